"""Writes bayes.json: what scikit-learn's GaussianNB makes of small data sets,
which the Go tests compare with.

Run in this folder with scikit-learn and numpy installed.
"""
import json
import platform
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_iris, load_wine
from sklearn.naive_bayes import GaussianNB

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


def cases():
    rng = np.random.default_rng(1)
    iris, wine = load_iris(), load_wine()
    yield "iris", {}, dense(*iris.data.T), iris.target, None
    yield "wine unscaled", {}, dense(*wine.data.T), wine.target, None
    yield "wine weighed", {}, dense(*wine.data.T), wine.target, rng.integers(0, 5, len(wine.target))
    yield "wine smoothed", {"var_smoothing": 0.01}, dense(*wine.data.T), wine.target, rng.random(len(wine.target))
    a, b, c = rng.standard_normal((3, 80))
    y = (a - b + 0.5 * rng.standard_normal(80) > 0.3).astype(int)
    yield "one column", {}, dense(a), y, None
    yield "copied column", {}, dense(a, b, a), y, None
    yield "constant column", {}, dense(a, np.full(80, 0.1), b), y, None
    yield "separable", {}, dense(100 * y + a, b), y, None
    yield "rare class", {}, dense(a, b, c), (np.arange(80) == 7).astype(int), None
    yield "no smoothing", {"var_smoothing": 0.0}, dense(a, b, c), y, None
    yield "magnitudes", {}, dense(1e4 * a, b, 1e-4 * c), y, None
    yield "tiny", {}, dense(1e-100 * a, 1e-100 * b), y, None
    yield "huge", {}, dense(1e100 * a, 1e100 * b), y, None
    yield "far from zero", {}, dense(2000 + a, 1e6 + b), y, None
    wide = rng.standard_normal((30, 12))
    yield "more columns than rows", {}, dense(*wide), np.arange(12) % 3, None
    blocks = dense(a, np.exp(b))
    for width in (3, 11):
        codes = rng.integers(-1, width, 80)
        blocks.append({"codes": codes.tolist(), "width": width})
    yield "mixed", {"var_smoothing": 1e-3}, blocks, y, None
    yield "mixed weighed", {"var_smoothing": 1e-3}, blocks, y, rng.exponential(size=80)
    three = np.digitize(a, [-0.5, 0.5])
    levels = blocks[:3] + [{"codes": three.tolist(), "width": 3}]
    yield "levels that tell the class", {}, levels, three, None


def results():
    for name, params, blocks, y, weights in cases():
        X = matrix(blocks)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            m = GaussianNB(**params).fit(X, y, weights)
        yield {"name": name, "params": params, "blocks": blocks, "y": y.tolist(), "classes": len(m.classes_),
               "weights": None if weights is None else weights.tolist(), "mean": m.theta_.ravel().tolist(),
               "variance": m.var_.ravel().tolist(), "predict": m.predict(X).tolist(),
               "proba": m.predict_proba(X).ravel().tolist()}


with open("bayes.json", "w") as f:
    f.write('{"versions": %s, "cases": [\n' % json.dumps(VERSIONS))
    f.write(",\n".join(json.dumps(c) for c in results()))
    f.write("\n]}\n")
