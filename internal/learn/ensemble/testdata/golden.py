"""Writes ensemble.json: what scikit-learn's ensembles make of small data sets,
which the Go tests compare with. Stacks are given folds to cut rows into, which
the file names.

Run in this folder with scikit-learn and numpy installed.
"""
import json
import platform
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

VERSIONS = {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__}
warnings.simplefilter("error")


def logistic(**params):
    return LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000, **params)


MEMBERS = {
    "logistic_regression": (logistic, None), "gaussian_naive_bayes": (GaussianNB, None),
    "k_nearest_neighbors": (KNeighborsClassifier, KNeighborsRegressor),
    "ridge": (None, Ridge), "linear_regression": (None, LinearRegression),
}


def scaled(X):
    return ((X - X.mean(axis=0)) / X.std(axis=0)).round(4)


def table(load, columns, step):
    X, y = load(return_X_y=True)
    return scaled(X[::step, :columns]), y[::step]


def cases():
    iris = table(load_iris, 4, 1)
    cancer = table(load_breast_cancer, 8, 3)
    X, y = table(load_diabetes, 10, 3)
    numbers = X, ((y - y.mean()) / y.std()).round(4)
    three = ["logistic_regression", "gaussian_naive_bayes", "k_nearest_neighbors"]
    for name, data in (("iris", iris), ("cancer", cancer)):
        yield name + " soft", "voting", three, {}, {}, data
        yield name + " soft weighed", "voting", three, {"weights": [2, 0.5, 1]}, {"k_nearest_neighbors__n_neighbors": 9}, data
        yield name + " hard", "voting", three, {"voting": "hard"}, {"logistic_regression__C": 0.01}, data
        yield name + " hard weighed", "voting", three[:2], {"voting": "hard", "weights": [1, 3]}, {}, data
        yield name + " stacked", "stacking", three, {"final_estimator": "logistic_regression"}, {}, data
        yield name + " stacked in 3", "stacking", three[:2], {"cv": 3, "passthrough": True, "final_estimator": "gaussian_naive_bayes"}, {"logistic_regression__C": 3}, data
    all_three = ["ridge", "linear_regression", "k_nearest_neighbors"]
    yield "mean", "voting", all_three, {}, {"ridge__alpha": 30.0}, numbers
    yield "weighed mean", "voting", all_three, {"weights": [1, 0, 2]}, {}, numbers
    yield "stacked numbers", "stacking", all_three, {"final_estimator": "ridge"}, {}, numbers
    yield "stacked numbers in 7", "stacking", all_three, {"cv": 7, "passthrough": True, "final_estimator": "linear_regression"}, {"k_nearest_neighbors__weights": "distance"}, numbers


def build(kind, names, params, nested, task):
    estimators = [(n, MEMBERS[n][task]()) for n in names]
    given = dict(params)
    if kind == "voting":
        if task == 0:
            given.setdefault("voting", "soft")
        m = (VotingClassifier, VotingRegressor)[task](estimators, **given)
    else:
        given["final_estimator"] = MEMBERS[given["final_estimator"]][task]()
        given["cv"] = (StratifiedKFold, KFold)[task](given.get("cv", 5), shuffle=True, random_state=3)
        m = (StackingClassifier, StackingRegressor)[task](estimators, **given)
    return m.set_params(**nested)


def results():
    for name, kind, names, params, nested, (X, y) in cases():
        task = int(y.dtype.kind == "f")
        m = build(kind, names, params, nested, task).fit(X, y)
        fold = None
        if kind == "stacking":
            fold = np.zeros(len(y), int)
            for i, (_, test) in enumerate(m.cv.split(X, y)):
                fold[test] = i
            fold = fold.tolist()
        yield {"name": name, "kind": kind, "fold": fold, "params": {"estimators": names, **params, **nested},
               "blocks": [{"dense": c.tolist()} for c in X.T], "y": y.tolist(), "classes": 0 if task else int(y.max()) + 1,
               "predict": m.predict(X).tolist(), "proba": m.predict_proba(X).ravel().tolist() if hasattr(m, "predict_proba") else None}


def write(name, cases):
    with open(name, "w") as f:
        f.write('{"versions": %s, "cases": [\n' % json.dumps(VERSIONS))
        f.write(",\n".join(json.dumps(c) for c in cases))
        f.write("\n]}\n")


write("ensemble.json", results())
