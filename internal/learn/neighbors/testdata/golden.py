"""Writes neighbors.json: what scikit-learn's KNeighborsClassifier and
KNeighborsRegressor make of small data sets, which the Go tests compare with.

Run in this folder with scikit-learn and numpy installed. No two rows are at the
same distance from a third: which of them is nearer then is a matter of rounding
there.
"""
import json
import platform
import warnings

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

VERSIONS = {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__}


def dense(*columns):
    return [{"dense": np.asarray(c, float).tolist()} for c in columns]


def matrix(blocks):
    columns = []
    for b in blocks:
        if "dense" in b:
            columns.append(np.array(b["dense"], float))
            continue
        codes = np.array(b["codes"])
        columns += [(codes == level).astype(float) for level in range(b["width"])]
    return np.column_stack(columns)


def mix(rng, n):
    return [{"codes": rng.integers(-1, width, n).tolist(), "width": width} for width in (3, 11)]


def tables(rng):
    """Yields the rows of a fit and others to predict."""
    n = 60
    a, b, c = rng.standard_normal((3, 2, n)).round(9)
    yield "one column", *(dense(a[i]) for i in (0, 1))
    yield "three columns", *(dense(a[i], b[i], c[i]) for i in (0, 1))
    yield "copied column", *(dense(a[i], b[i], a[i]) for i in (0, 1))
    yield "constant column", *(dense(a[i], np.full(n, 0.1), b[i]) for i in (0, 1))
    yield "twenty columns", *(dense(*rng.standard_normal((20, n)).round(3)) for i in (0, 1))
    yield "more columns than rows", *(dense(*rng.standard_normal((40, 20)).round(3)) for i in (0, 1))
    yield "magnitudes", *(dense(1e3 * a[i], b[i], 1e-3 * c[i]) for i in (0, 1))
    yield "huge", *(dense(1e100 * a[i], 1e100 * b[i]) for i in (0, 1))
    yield "tiny", *(dense(1e-100 * a[i], 1e-100 * b[i]) for i in (0, 1))
    yield "mixed", *(dense(a[i], b[i]) + mix(rng, n) for i in (0, 1))


SETTINGS = ({}, {"weights": "distance"}, {"p": 1, "n_neighbors": 8}, {"p": 1, "weights": "distance", "n_neighbors": 20}, {"n_neighbors": 1})


def fits(rng, blocks, others):
    X, Q = matrix(blocks), matrix(others)
    y = (X[:, 0] / X[:, 0].std() + rng.standard_normal(len(X))).round(4)
    for params in SETTINGS:
        for classes in (0, 3):
            target = y if classes == 0 else np.digitize(y, np.quantile(y, [1 / 3, 2 / 3]))
            model = KNeighborsClassifier if classes else KNeighborsRegressor
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                m = model(algorithm="brute", **params).fit(X, target)
                yield {"params": params, "y": target.tolist(), "classes": classes, "predict": m.predict(Q).tolist(),
                       "proba": m.predict_proba(Q).ravel().tolist() if classes else None}


def results():
    rng = np.random.default_rng(1)
    for name, blocks, others in tables(rng):
        yield {"name": name, "blocks": blocks, "others": {"blocks": others}, "fits": list(fits(rng, blocks, others))}


with open("neighbors.json", "w") as f:
    f.write('{"versions": %s, "cases": [\n' % json.dumps(VERSIONS))
    f.write(",\n".join(json.dumps(c) for c in results()))
    f.write("\n]}\n")
