"""Writes tree.json: what scikit-learn's single trees say of rows they have not
seen; golden.py runs it. Cases are such that all values of random_state say the same.
"""
import json

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

CODES = [4, 7]  # widths of the one-hot blocks of codes


def numbers(r, n, p):
    return np.round(r.normal(size=(n, p)), 3)


def codes(r, n):
    """One column a block; -1 is a row of zeros."""
    return np.stack([r.integers(-1, w, n) for w in CODES], axis=1)


def dense(X, C):
    if not C.size:
        return X
    return np.hstack([X, *[(C[:, [j]] == np.arange(w)).astype(float) for j, w in enumerate(CODES)]])


def target(r, X, C, classes):
    f = X[:, 0] + X[:, -1] * X[:, 0] + 0.3 * r.normal(size=len(X))
    if C.size:
        f = f + 0.8 * (C[:, 0] == 1) - 0.9 * (C[:, 1] == 3)
    if not classes:
        return np.round(f, 3)
    return np.digitize(f, np.quantile(f, np.arange(1, classes) / classes)).astype(float)


def case(seed, name, classes, n=240, p=4, change=None, weights=None, onehot=False, **params):
    while True:
        r = np.random.default_rng(seed)
        X, T = numbers(r, n, p), numbers(r, 60, p)
        C, D = (codes(r, n), codes(r, 60)) if onehot else (np.empty((n, 0), int), np.empty((60, 0), int))
        y = target(r, X, C, classes)
        if change:
            X, T, y = change(X, T, y)
        w = None
        if weights in ("real", "positive"):
            w = np.round(0.01 + r.exponential(size=n), 3)
            if weights == "real":
                w[::9] = 0
        elif weights == "whole":
            w = r.integers(0, 4, n).astype(float)
        kind = DecisionTreeClassifier if classes else DecisionTreeRegressor
        models = [kind(random_state=s, **params).fit(dense(X, C), y, sample_weight=w) for s in range(10)]
        said = [m.predict_proba(dense(T, D)) if classes else m.predict(dense(T, D)) for m in models]
        if all(np.allclose(said[0], s, rtol=1e-13, atol=0) for s in said):
            break
        seed += 1000
    return {
        "name": name, "classes": classes, "params": params,
        "columns": X.T.tolist(), "codes": C.T.tolist(), "widths": CODES if onehot else [],
        "y": y.tolist(), "weights": None if w is None else w.tolist(),
        "test_columns": T.T.tolist(), "test_codes": D.T.tolist(),
        "leaves": int(models[0].get_n_leaves()), "depth": int(models[0].get_depth()), "said": said[0].ravel().tolist(),
    }


def constant_column(X, T, y):
    X[:, 1], T[:, 1] = 7.25, 7.25
    return X, T, y


def copied_column(X, T, y):
    X[:, 1], T[:, 1] = X[:, 0], T[:, 0]
    return X, T, y


def scaled(by):
    return lambda X, T, y: (X * by, T * by, y)


def separable(X, T, y):
    return X, T, (X[:, 2] > 0.1).astype(float)


def far_target(X, T, y):
    return X, T, y * 1e9 + 1e12


def main():
    limits = {"max_depth": 5, "min_samples_leaf": 5}
    cases = []
    for k in (0, 2, 4):
        cases += [
            case(1, "plain", k, **limits),
            case(2, "one-hot blocks", k, onehot=True, **limits),
            case(3, "row weights", k, weights="real", **limits),
            case(4, "whole weights", k, weights="whole", **limits),
            case(5, "constant column", k, change=constant_column, **limits),
            case(6, "copied column", k, change=copied_column, **limits),
            case(7, "huge", k, change=scaled(1e30), **limits),
            case(8, "small", k, change=scaled(1e-2), **limits),
            case(9, "one column", k, p=1, **limits),
            case(10, "more columns than rows", k, n=40, p=60, max_depth=2, min_samples_leaf=6),
            case(11, "shares", k, min_samples_leaf=0.03, min_samples_split=0.1, min_weight_fraction_leaf=0.04),
            case(12, "cut back", k, ccp_alpha=0.015, min_samples_leaf=4),
            case(13, "few leaves", k, max_leaf_nodes=7, min_samples_leaf=4),
            case(14, "one-hot and weights", k, onehot=True, weights="real", min_impurity_decrease=0.01, min_samples_leaf=4),
        ]
        if k:
            cases += [
                case(15, "class weights", k, class_weight="balanced", onehot=True, **limits),
                case(16, "class and row weights", k, class_weight="balanced", weights="positive", criterion="entropy", **limits),
                case(17, "log loss", k, criterion="log_loss", weights="whole", **limits),
            ]
    cases += [
        case(18, "separable", 2, change=separable),
        case(19, "one row", 0, n=1, p=2),
        case(20, "far target", 0, change=far_target, **limits),
    ]
    with open("tree.json", "w") as f:
        json.dump({"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__}, "cases": cases}, f, separators=(",", ":"))
        f.write("\n")
