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


def data(seed, n, p, classes, digits=2):
    r = np.random.default_rng(seed)
    X = np.round(r.normal(size=(n, p)), digits)
    X[:, 0] = r.integers(0, 6, n)
    X[:, 1] = np.round(1e6 + 1e3 * X[:, 1])  # far from 0
    f = X[:, 0] + X[:, 2] * X[:, 3] + (X[:, 1] - 1e6) / 1e3 + 0.5 * r.normal(size=n)
    y = np.digitize(f, np.quantile(f, np.arange(1, classes) / classes)) if classes else np.round(f, 3) + 100
    return X, y.astype(float), r.integers(0, 4, n), np.round(r.exponential(size=n) * (r.random(n) < 0.9), 3)


def depth_first(tree):
    """Returns the nodes' numbers, a left child after its parent."""
    order, stack = [], [0]
    while stack:
        i = stack.pop()
        order.append(i)
        if tree.children_left[i] >= 0:
            stack += [tree.children_right[i], tree.children_left[i]]
    return np.array(order)


def same(trees):
    first = trees[0].tree_
    return all(np.array_equal(getattr(t.tree_, f), getattr(first, f)) for t in trees for f in ("feature", "threshold"))


def case(seed, n, p, classes, weighted, digits=2, scale=1.0, **params):
    """weighted is False, True for whole weights, or "real" for any."""
    kind = DecisionTreeClassifier if classes else DecisionTreeRegressor
    trees = []
    while not trees or not same(trees):
        X, y, w, real = data(seed, n, p, classes, digits)
        X = X * scale
        w = real if weighted == "real" else w if weighted else np.ones(n, int)
        trees = [kind(random_state=s, **params).fit(X, y, sample_weight=w) for s in range(20 if n < 1000 else 3)]
        seed += 1000
    first = trees[0].tree_
    order = depth_first(first)
    out = {
        "classes": classes, "params": params, "columns": X.T.tolist(), "y": y.tolist(),
        "weights" if weighted != "real" else "real": w.tolist(),
        "depth": int(first.max_depth), "importances": trees[0].feature_importances_.tolist(),
        "values": first.value[order, 0, :].tolist(),
    }
    for f in FIELDS:
        out[f] = getattr(first, f)[order].tolist()
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
        case(9, 400, 5, 2, "real", max_depth=5, min_samples_leaf=6),
        case(10, 400, 5, 4, "real", max_depth=5, min_samples_leaf=4),
        case(11, 300, 5, 0, "real", max_depth=5, min_samples_leaf=4),
        case(12, 400, 5, 2, False, max_depth=5, min_samples_leaf=6, criterion="entropy"),
        case(13, 400, 5, 4, "real", max_depth=5, min_samples_leaf=6, criterion="entropy"),
        case(14, 400, 5, 3, True, max_depth=8, min_weight_fraction_leaf=0.02),
        case(15, 300, 5, 0, "real", max_depth=8, min_weight_fraction_leaf=0.03),
        case(16, 400, 5, 2, False, min_impurity_decrease=0.004, min_samples_leaf=4),
        case(17, 400, 5, 4, True, min_impurity_decrease=0.006, min_samples_leaf=4),
        case(18, 300, 5, 0, True, min_impurity_decrease=0.01, min_samples_leaf=4),
        case(19, 400, 5, 2, False, max_leaf_nodes=14, min_samples_leaf=4),
        case(20, 400, 5, 4, "real", max_leaf_nodes=11, min_samples_leaf=4, criterion="entropy"),
        case(21, 300, 5, 0, False, max_leaf_nodes=17, min_samples_leaf=3),
        case(22, 400, 5, 2, False, ccp_alpha=0.004, min_samples_leaf=3),
        case(23, 400, 5, 4, "real", ccp_alpha=0.006, min_samples_leaf=3),
        case(24, 300, 5, 0, True, ccp_alpha=0.02, min_samples_leaf=3),
        case(25, 4600, 4, 0, False, digits=5, max_depth=4, min_samples_leaf=50),
        case(26, 4600, 4, 2, False, digits=5, max_depth=4, min_samples_leaf=50),
        case(27, 4600, 4, 4, "real", digits=5, max_depth=4, min_samples_leaf=50),
        case(28, 200, 4, 3, False, scale=1e25, max_depth=4, min_samples_leaf=4),
    ]
    for c in cases:
        c["params"].setdefault("criterion", "gini" if c["classes"] else "squared_error")
    with open("tree.json", "w") as f:
        json.dump({"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__}, "cases": cases}, f, separators=(",", ":"))
        f.write("\n")
