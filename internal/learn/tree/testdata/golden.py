"""Writes tree.json: scikit-learn's trees on small made data.

Each case is one on which scikit-learn grows the same tree whatever its
random_state is, so that there is one right answer: no two columns tie. Data
is made from one seed after another until that is so.
"""
import json

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

FIELDS = ["feature", "threshold", "impurity", "n_node_samples", "weighted_n_node_samples"]


def data(seed, n, p, classes):
    r = np.random.default_rng(seed)
    X = np.round(r.normal(size=(n, p)), 2)
    X[:, 0] = r.integers(0, 6, n)
    X[:, 1] = np.round(1e6 + 1e3 * X[:, 1])
    f = X[:, 0] + X[:, 2] * X[:, 3] + (X[:, 1] - 1e6) / 1e3 + 0.5 * r.normal(size=n)
    y = np.digitize(f, np.quantile(f, np.arange(1, classes) / classes)) if classes else np.round(f, 3) + 100
    return X, y.astype(float), r.integers(0, 4, n)


def same(trees):
    first = trees[0].tree_
    return all(np.array_equal(getattr(t.tree_, f), getattr(first, f)) for t in trees for f in ("feature", "threshold"))


def case(seed, n, p, classes, weighted, **params):
    kind = DecisionTreeClassifier if classes else DecisionTreeRegressor
    trees = []
    while not trees or not same(trees):
        X, y, w = data(seed, n, p, classes)
        w = w if weighted else np.ones(n, int)
        trees = [kind(random_state=s, **params).fit(X, y, sample_weight=w) for s in range(20)]
        seed += 1000
    first = trees[0].tree_
    out = {
        "classes": classes, "params": params, "columns": X.T.tolist(), "y": y.tolist(), "weights": w.tolist(),
        "depth": int(first.max_depth), "importances": trees[0].feature_importances_.tolist(),
        "values": first.value[:, 0, :].tolist(),
    }
    for f in FIELDS:
        out[f] = getattr(first, f).tolist()
    return out


if __name__ == "__main__":
    cases = [
        case(1, 300, 6, 0, False, max_depth=6, min_samples_leaf=4),
        case(2, 300, 6, 0, True, max_depth=5, min_samples_leaf=5),
        case(3, 400, 5, 2, False, max_depth=5, min_samples_leaf=6),
        case(4, 400, 5, 2, True, max_depth=4, min_samples_leaf=8),
        case(5, 400, 5, 5, False, max_depth=6, min_samples_leaf=5),
        case(6, 400, 5, 3, True, max_depth=5, min_samples_split=40),
        case(7, 200, 4, 2, False, max_depth=2),
        case(8, 200, 4, 0, False, max_depth=3),
    ]
    with open("tree.json", "w") as f:
        json.dump({"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__}, "cases": cases}, f)
        f.write("\n")
