"""Writes prepared.json: what scikit-learn makes of columns by the steps on
prepared columns and by target encoding.

    python prepared.py
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest, SelectPercentile, VarianceThreshold, chi2, f_classif, f_regression
from sklearn.preprocessing import PolynomialFeatures, TargetEncoder

N, TRAIN = 60, 45
rng = np.random.default_rng(5)
base = rng.normal(size=(N, 3))
x = np.column_stack([
    base[:, 0], base[:, 1] * 40 + 1000, base[:, 0] * 0.7 + base[:, 2], np.round(base[:, 2] * 2), np.full(N, 3.5), rng.exponential(2, N),
])
numbers = base[:, 0] * 3 + base[:, 1] + rng.normal(size=N)
three = np.digitize(numbers, [-1.5, 1.5])
two = (numbers > 0).astype(int)
levels = np.array(list("abcdefg"), dtype=object)
words = levels[rng.choice(7, N, p=[0.3, 0.25, 0.2, 0.1, 0.08, 0.05, 0.02])]
words[:3] = None
words[TRAIN] = "new"
words = np.array([np.nan if w is None else w for w in words], dtype=object)


def case(name, step, params, y, transformer, columns):
    fitted = transformer.fit(columns[:TRAIN], y[:TRAIN])
    out = {"name": name, "step": step, "params": params, "y": y[:TRAIN].tolist(),
           "classes": 0 if y is numbers else int(y.max()) + 1, "test": fitted.transform(columns[TRAIN:]).T.tolist()}
    for attribute in ("scores_", "pvalues_"):
        if hasattr(fitted, attribute):
            out[attribute.strip("_")] = [None if v != v else v for v in getattr(fitted, attribute).tolist()]
    return out


def folds(y, smooth):
    """What each row becomes where the rows of every fifth place are encoded by
    the others: the folds are the test's own."""
    out = np.zeros((TRAIN, 3 if y is three else 1))
    column = words[:TRAIN, None]
    for k in range(5):
        part = np.arange(TRAIN) % 5 == k
        # Categories that the others lack are the mean of the others.
        out[part] = TargetEncoder(smooth=smooth).fit(column[~part], y[:TRAIN][~part]).transform(column[part])
    return out.T.tolist()


targets = []
for name, y in (("number", numbers), ("two", two), ("three", three)):
    for smooth in ("auto", 10.0):
        c = case(f"{name} {smooth}", "encode", {"method": "target"} | ({} if smooth == "auto" else {"smooth": smooth}), y, TargetEncoder(smooth=smooth), words[:, None])
        c["crossed"] = folds(y, smooth)
        targets.append(c)

cases = [
    case("variance", "variance_threshold", {"threshold": 0.5}, numbers, VarianceThreshold(0.5), x),
    case("no variance", "variance_threshold", {}, numbers, VarianceThreshold(), x),
    case("best for numbers", "select_best", {"k": 3}, numbers, SelectKBest(f_regression, k=3), x),
    case("best for classes", "select_best", {"k": 2}, three, SelectKBest(f_classif, k=2), x),
    case("best half", "select_best", {"mode": "percentile", "percentile": 50.0}, two, SelectPercentile(f_classif, percentile=50), x),
    case("best counts", "select_best", {"k": 3, "score_func": "chi2"}, three, SelectKBest(chi2, k=3), np.abs(x)),
    case("best half of counts", "select_best", {"mode": "percentile", "percentile": 50.0, "score_func": "chi2"}, two, SelectPercentile(chi2, percentile=50), np.abs(x)),
    case("polynomial", "polynomial", {"degree": 3}, numbers, PolynomialFeatures(3, include_bias=False), x),
    case("interactions", "polynomial", {"degree": 3, "interaction_only": True}, numbers, PolynomialFeatures(3, interaction_only=True, include_bias=False), x),
    case("all components", "pca", {"n_components": 5}, numbers, PCA(5, svd_solver="full"), x),
    case("share", "pca", {"n_components": 0.9999}, numbers, PCA(0.9999, svd_solver="full"), x),
    case("whitened", "pca", {"n_components": 3, "whiten": True}, numbers, PCA(3, whiten=True, svd_solver="full"), x),
]

path = pathlib.Path(__file__).with_name("prepared.json")
path.write_text(json.dumps({
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
    "train": TRAIN, "x": x.T.tolist(), "words": [None if w != w else w for w in words.tolist()], "cases": cases, "targets": targets,
}, indent=None) + "\n")
