"""Writes boost.json: what scikit-learn's HistGradientBoosting estimators predict.

    python golden.py

needs scikit-learn and numpy; the file names their versions. Data has three
decimals, to keep the file small; predictions are written in full.
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

rng = np.random.default_rng(20)
cases = []


def listed(a):
    return [[None if v != v else float(v) for v in row] for row in np.atleast_2d(a)]


def case(name, X, y, classes=0, categories=(), weights=None, rows=40, **params):
    """Fits, and records the columns, the target and the predictions of the
    first training rows and of rows not trained on."""
    X = np.asarray(X, dtype=float)
    y = np.asarray(y)
    kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    own = dict(params)
    own.setdefault("max_iter", 20)
    kwargs = dict(own)
    if "monotonic_cst" in kwargs:
        kwargs["monotonic_cst"] = [kwargs["monotonic_cst"].get(f"x{j}", 0) for j in range(X.shape[1])]
    kwargs["early_stopping"] = kwargs.get("early_stopping", "no") == "yes"
    own.setdefault("early_stopping", "no")
    if own.get("max_leaf_nodes", 1) is None:
        own["max_leaf_nodes"] = "none"
    if own.get("class_weight", 1) is None:
        del own["class_weight"]
    model = kind(categorical_features=list(categories) or None, random_state=0, **kwargs)
    model.fit(X, y, sample_weight=weights)
    lo, hi = np.nanmin(X, axis=0), np.nanmax(X, axis=0)
    new = rng.uniform(lo - 0.1 * (hi - lo), hi + 0.1 * (hi - lo), size=(rows, X.shape[1]))
    new = np.where(np.abs(new) < 1e3, np.round(new, 3), new)
    new[rng.random(new.shape) < 0.1] = np.nan
    # Where there are more values than bins, scikit-learn cuts at values of the
    # column, and ClickTrain midway to the next: between the two is no answer.
    counted = X if weights is None else X[np.asarray(weights) > 0]
    for j, known in enumerate(np.unique(x[~np.isnan(x)]) for x in counted.T):
        if len(known) > params.get("max_bins", 255):
            nearest = known[np.abs(new[:, [j]] - known).argmin(axis=1)]
            new[:, j] = np.where((new[:, j] < known[0]) | (new[:, j] > known[-1]) | np.isnan(new[:, j]), new[:, j], nearest)
    for j in categories:
        new[:, j] = rng.integers(0, int(hi[j]) + 1, size=rows)
        new[rng.random(rows) < 0.1, j] = np.nan

    def predict(rows):
        return model.predict_proba(rows) if classes else model.predict(rows)[:, None]

    cases.append(dict(
        name=name, classes=classes, params=own, categories=[int(j) for j in categories],
        levels=[int(hi[j]) + 1 for j in categories], weights=None if weights is None else [float(w) for w in weights],
        columns=listed(X.T), y=[float(v) for v in y], new=listed(new.T),
        fitted=listed(predict(X[:60])), predicted=listed(predict(new))))


def normal(n, p):
    return np.round(rng.standard_normal((n, p)), 3)


def number(X):
    return np.round(2 * X[:, 0] - X[:, 1] * X[:, 2] + np.sin(2 * X[:, 0]) + 0.5 * rng.standard_normal(len(X)), 3)


X = normal(400, 5)
y = number(X)
positive = np.round(np.exp(0.4 * y), 3) + 0.001
case("squared error", X, y)
case("absolute error", X, y, loss="absolute_error")
case("quantile", X, y, loss="quantile", quantile=0.8)
case("poisson", X, np.floor(positive), loss="poisson")
case("gamma", X, positive, loss="gamma")
case("two classes", X, y > 0.3, classes=2)
case("four classes", X, np.digitize(y, [-1.5, 0, 1.5]), classes=4)
case("two classes, balanced", X, y > 2.5, classes=2, class_weight="balanced")

weights = rng.integers(1, 5, size=400) * 0.75
case("weights, squared error", X, y, weights=weights)
case("weights with zeros", X, y, weights=np.where(rng.random(400) < 0.3, 0, weights))
case("weights, absolute error", X, y, weights=weights, loss="absolute_error")
case("weights, quantile", X, y, weights=weights, loss="quantile", quantile=0.3)
case("weights, two classes", X, y > 0, classes=2, weights=weights)
case("weights, three classes, balanced", X, np.digitize(y, [-1, 2]), classes=3, weights=weights, class_weight="balanced")

case("few leaves", X, y, max_leaf_nodes=4)
case("no limit of leaves", X, y, max_leaf_nodes=None, min_samples_leaf=9)
case("shallow", X, y, max_depth=2)
case("small leaves, ridge", X, y, min_samples_leaf=2, l2_regularization=1.5, learning_rate=0.3)
case("few bins", X, y, max_bins=7)
case("two bins", X, y, max_bins=2)
case("rising and falling", X, y, monotonic_cst={"x0": 1, "x1": -1})
case("rising, two classes", X, y > 0, classes=2, monotonic_cst={"x0": 1})

gaps = X.copy()
gaps[rng.random(gaps.shape) < 0.15] = np.nan
gaps[:, 4] = np.where(rng.random(400) < 0.5, np.nan, 1.0)
y_gaps = y + np.isnan(gaps[:, 1]) - 2 * np.isnan(gaps[:, 4])
case("missing values", gaps, y_gaps)
case("missing values, two classes", gaps, y_gaps > 0, classes=2)

mixed = np.column_stack([X[:, :2], rng.integers(0, 4, 400), rng.integers(0, 40, 400), X[:, 2]])
effect = rng.standard_normal(40)
y_mixed = y + np.round(effect, 3)[mixed[:, 3].astype(int)] + np.array([0, 2, -1, 1])[mixed[:, 2].astype(int)]
mixed[rng.random(400) < 0.06, 3] = np.nan
case("categories", mixed, y_mixed, categories=[2, 3])
case("categories, two classes", mixed, y_mixed > 0, classes=2, categories=[2, 3])
case("categories, small leaves", mixed, y_mixed, categories=[2, 3], min_samples_leaf=3)

wide = normal(60, 90)
case("more columns than rows", wide, number(wide), min_samples_leaf=5)
rounded = np.column_stack([np.round(X[:, 0], 1), np.floor(3 * X[:, 1]), np.full(400, 7.0), X[:, 2]])
case("few values and a constant", rounded, y)
case("huge and tiny numbers", X * [1e200, 1e-200, 1e-310, 1, 1e299], y)
case("separable", X, X[:, 1] > 0, classes=2, max_iter=60)
case("rare class", X, np.arange(400) % 50 == 0, classes=2, min_samples_leaf=2)
case("one row", X[:1], y[:1])
case("two rows", X[:2], [0, 1], classes=2, min_samples_leaf=1)
case("one column", X[:, :1], y)
many = normal(2000, 3)
case("more values than bins", many, number(np.column_stack([many[:, 0], many[:, 1], many[:, 2]])))

versions = dict(sklearn=sklearn.__version__, numpy=np.__version__)
Path(__file__).with_name("boost.json").write_text(json.dumps(dict(versions=versions, cases=cases), separators=(",", ":")))
