"""Writes weights.json and scores.json: what scikit-learn's MLPClassifier and
MLPRegressor make of small data sets, which the Go tests compare with.

Run in this folder with scikit-learn and numpy installed.

weights.json starts from scikit-learn's own first weights and does not shuffle,
so that every step can be compared. scores.json has the mean test score of five
seeds.
"""
import json
import platform
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

VERSIONS = {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__}
warnings.simplefilter("error")
warnings.simplefilter("ignore", ConvergenceWarning)


def dense(*columns):
    return [{"dense": np.asarray(c, float).tolist()} for c in columns]


def scaled(X):
    return ((X - X.mean(axis=0)) / X.std(axis=0)).round(4)


def matrix(blocks):
    columns = []
    for b in blocks:
        if "dense" in b:
            columns.append(np.array(b["dense"], float))
            continue
        codes = np.array(b["codes"])
        columns += [(codes == level).astype(float) for level in range(b["width"])]
    return np.column_stack(columns)


def first_weights(sizes, activation, seed):
    """The weights that scikit-learn draws: each layer's, and its intercepts."""
    random = np.random.RandomState(seed)
    out = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        bound = np.sqrt((2.0 if activation == "logistic" else 6.0) / (fan_in + fan_out))
        out.append(random.uniform(-bound, bound, (fan_in, fan_out)))
        out.append(random.uniform(-bound, bound, fan_out))
    return out


def flat(parts):
    return np.concatenate([p.ravel() for p in parts]).tolist()


def cases():
    rng = np.random.default_rng(1)
    iris = load_iris()
    X, y = dense(*scaled(iris.data).T), iris.target
    yield "iris", {}, X, y, 3, None, 20
    yield "iris of two", {}, X, (y == 1).astype(int), 2, None, 20
    yield "iris as numbers", {}, X, y - 0.5, 0, None, 20
    yield "until it settles", {"tol": 0.01, "n_iter_no_change": 4, "hidden_layer_sizes": (12,)}, X, y, 3, None, 500
    for activation in ("tanh", "logistic", "identity"):
        yield activation, {"activation": activation, "hidden_layer_sizes": (9, 5)}, X, y, 3, None, 15
    yield "three layers", {"hidden_layer_sizes": (10, 7, 4), "alpha": 1.0}, X, y, 3, None, 15
    yield "small batches", {"batch_size": 7, "learning_rate_init": 0.01, "hidden_layer_sizes": (8,)}, X, y, 3, None, 5
    yield "own pace", {"beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3, "hidden_layer_sizes": (8,)}, X, y, 3, None, 15
    weights = rng.exponential(size=len(y)).round(4)
    yield "weighed", {"hidden_layer_sizes": (8,), "alpha": 0.1}, X, y, 3, weights, 15
    yield "weighed numbers", {"hidden_layer_sizes": (8,), "batch_size": 40}, X, y - 0.5, 0, weights, 15
    yield "weighed of two", {"hidden_layer_sizes": (8,)}, X, (y == 1).astype(int), 2, weights, 15
    for name, params, rounds in (
            ("sgd", {}, 30),
            ("sgd without momentum", {"momentum": 0.0, "learning_rate_init": 0.1, "batch_size": 30}, 20),
            ("sgd without Nesterov's momentum", {"nesterovs_momentum": False, "learning_rate_init": 0.02, "activation": "tanh"}, 30),
            ("sgd of falling pace", {"learning_rate": "invscaling", "learning_rate_init": 0.5, "power_t": 0.3, "batch_size": 20}, 30),
            ("sgd until it settles", {"learning_rate_init": 0.05, "tol": 0.001, "n_iter_no_change": 3, "activation": "logistic"}, 500),
            ("sgd that adapts", {"learning_rate": "adaptive", "learning_rate_init": 0.1, "tol": 0.003, "n_iter_no_change": 2, "activation": "tanh"}, 500)):
        yield name, {"solver": "sgd", "hidden_layer_sizes": (8,), **params}, X, y, 3, None, rounds
    yield "sgd of weighed numbers", {"solver": "sgd", "hidden_layer_sizes": (6, 5), "learning_rate_init": 0.01, "learning_rate": "adaptive"}, X, y - 0.5, 0, y + 0.5, 20
    n = 80
    a, b = rng.standard_normal((2, n)).round(4)
    mixed = dense(a, b)
    for width in (3, 11):
        mixed.append({"codes": rng.integers(-1, width, n).tolist(), "width": width})
    yield "mixed", {"hidden_layer_sizes": (13,)}, mixed, (a + np.array(mixed[2]["codes"]) > 0.5).astype(int), 2, None, 20
    yield "codes alone", {"hidden_layer_sizes": (6,)}, mixed[2:], a, 0, None, 20
    yield "one column", {"hidden_layer_sizes": (5,)}, dense(a), b, 0, None, 20
    yield "one row", {"hidden_layer_sizes": (5,)}, dense([0.5], [2.0]), np.array([3.0]), 0, None, 20
    yield "magnitudes", {"hidden_layer_sizes": (5,)}, dense(1e4 * a, 1e-4 * b), a + b, 0, None, 20
    yield "lbfgs", {"solver": "lbfgs", "hidden_layer_sizes": (5,), "activation": "tanh", "alpha": 1.0, "tol": 1e-5}, X, y, 3, None, 3000
    yield "lbfgs of numbers", {"solver": "lbfgs", "hidden_layer_sizes": (4,), "activation": "identity", "alpha": 1.0, "tol": 1e-6}, X, y - 0.5, 0, weights, 3000


def weights():
    for name, params, blocks, y, classes, weight, rounds in cases():
        X = matrix(blocks)
        model = MLPClassifier if classes else MLPRegressor
        m = model(random_state=7, shuffle=False, max_iter=rounds, **params)
        m.fit(X, y, sample_weight=weight)
        sizes = [X.shape[1], *m.hidden_layer_sizes, m.n_outputs_]
        final = [p for pair in zip(m.coefs_, m.intercepts_) for p in pair]
        yield {"name": name, "params": {**params, "max_iter": rounds, "shuffle": False}, "blocks": blocks, "y": y.tolist(), "classes": classes,
               "weights": None if weight is None else weight.tolist(),
               "start": flat(first_weights(sizes, m.activation, 7)), "end": flat(final), "loss": float(m.loss_), "rounds": m.n_iter_,
               "predict": m.predict(X).tolist(), "proba": m.predict_proba(X).ravel().tolist() if classes else None}


def scores():
    for name, load, classes, params in (("wine", load_wine, 3, {}), ("breast cancer", load_breast_cancer, 2, {}),
                                        ("breast cancer, stopped early", load_breast_cancer, 2, {"early_stopping": True, "max_iter": 500}),
                                        ("wine by sgd", load_wine, 3, {"solver": "sgd", "learning_rate_init": 0.01}),
                                        ("diabetes", load_diabetes, 0, {"hidden_layer_sizes": (30,), "alpha": 10.0, "learning_rate_init": 0.01})):
        X, y = load(return_X_y=True)
        X = scaled(X)
        if not classes:
            y = ((y - y.mean()) / y.std()).round(4)
        test = np.arange(len(y)) % 3 == 0
        model = MLPClassifier if classes else MLPRegressor
        found = [model(random_state=seed, **params).fit(X[~test], y[~test]).score(X[test], y[test]) for seed in range(5)]
        print(name, np.round(found, 4))
        yield {"name": name, "params": params, "blocks": dense(*X.T), "y": y.tolist(), "classes": classes, "score": float(np.mean(found))}


def write(name, cases):
    with open(name, "w") as f:
        f.write('{"versions": %s, "cases": [\n' % json.dumps(VERSIONS))
        f.write(",\n".join(json.dumps(c) for c in cases))
        f.write("\n]}\n")


write("weights.json", weights())
write("scores.json", scores())
