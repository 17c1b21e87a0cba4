"""Writes several.json: what scikit-learn makes of columns that are filled from
neighbors, and of texts. The cases are as in golden.json, which golden.py
writes.

    python several.py
"""
import json
import pathlib

import numpy as np
import pandas as pd
import scipy
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import KNNImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

N, TRAIN = 60, 40
rng = np.random.default_rng(21)


def plain(values):
    return [None if v is None or v != v else (v.item() if hasattr(v, "item") else v) for v in values]


def case(name, kind, columns, steps, names, train, test, tolerance):
    expected = [{"name": n, "train": plain(train[:, j]), "test": plain(test[:, j]), "tolerance": tolerance} for j, n in enumerate(names)]
    return {"name": name, "columns": [{"name": c, "kind": kind, "values": plain(v)} for c, v in columns.items()],
            "steps": steps, "train": list(range(TRAIN)), "test": list(range(TRAIN, N)), "expected": expected}


def gaps(share):
    """Columns that depend on each other, without ties, with rows that lack most values, or all."""
    x = rng.normal(size=(N, 2)) @ rng.normal(size=(2, 4)) + 0.3 * rng.normal(size=(N, 4)) + [0, 10, -3, 100]
    x[rng.random(x.shape) < share] = np.nan
    x[5], x[TRAIN + 1] = np.nan, np.nan
    x[TRAIN + 2, 1:] = np.nan
    return {f"c{j}": x[:, j] for j in range(4)}


def neighbors():
    for share in (0.15, 0.6):
        for k, weights in ((1, "uniform"), (5, "uniform"), (9, "distance")):
            columns = gaps(share)
            x = np.column_stack(list(columns.values()))
            params = {"n_neighbors": k, "weights": weights}
            for scaled in (False, True):
                chain = [KNNImputer(**params)]
                steps = [{"step": "impute", "strategy": "knn", **params}]
                if scaled:
                    chain, steps = [StandardScaler(), *chain], [{"step": "scale"}, *steps]
                p = make_pipeline(*chain)
                # Distances are differences of large products, less exact than differences squared.
                yield case(f"knn {share} {json.dumps(params)} {scaled}", "numeric", columns, steps, list(columns), p.fit_transform(x[:TRAIN]), p.transform(x[TRAIN:]),
                           1e-12 if weights == "uniform" else 1e-9 if scaled else 1e-6)


def texts():
    """Texts in several scripts, in which no two terms are equally frequent where some are left out."""
    words = "Film film, GOOD bad; don't it's e-mail plot_twist 3.14 x² ½ naïve e\u0301te\u0301 ΟΔΟΣ ΣΟΦΟΣ. İstanbul straße हिन्दी 東京 Ⅷ _ __ a I".split()
    p = 1 / np.arange(1, len(words) + 1)
    rows = [" ".join(rng.choice(words, rng.integers(0, 14), p=p / p.sum())) for _ in range(N)]
    rows[3], rows[TRAIN + 4], rows[TRAIN + 5] = None, None, "unheard of"
    filled = ["" if r is None else r for r in rows]
    for params in ({}, {"lowercase": False}, {"sublinear_tf": True}, {"ngram_range": (1, 2), "min_df": 3}, {"ngram_range": (2, 2), "max_df": 5},
                   {"min_df": 0.1, "max_df": 0.5}, {"ngram_range": (1, 3), "min_df": 2, "max_df": 0.3, "sublinear_tf": True}):
        p = TfidfVectorizer(**params)
        train, test = p.fit_transform(filled[:TRAIN]).toarray(), p.transform(filled[TRAIN:]).toarray()
        step = {"step": "tfidf", "max_features": 2000, **params}
        if "ngram_range" in params:
            step["ngram_range"] = "{}-{}".format(*params["ngram_range"])
        yield case("tfidf " + json.dumps(params), "text", {"text": rows}, [step], [f"text_{t}" for t in p.get_feature_names_out()], train, test, 1e-12)


cases = [*neighbors(), *texts()]
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__, "pandas": pd.__version__}
path = pathlib.Path(__file__).with_name("several.json")
path.write_text(json.dumps({"versions": versions, "cases": cases}, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
