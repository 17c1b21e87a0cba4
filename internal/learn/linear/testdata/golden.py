"""Writes regression.json, ridge.json, lasso.json, elastic_net.json,
logistic.json, penalties.json, machines.json and tubes.json: scikit-learn's coefficients and
predictions on small data sets, which the Go tests compare with.

Run in this folder with scikit-learn, pandas and numpy installed. The three
CSV files are subsets of public data: penguins.csv is palmerpenguins (Horst,
Hill and Gorman, CC0), titanic.csv the first 400 rows of the passenger list as
seaborn ships it, housing.csv each 50th row of the California census of 1990
(Pace and Barry 1997).
"""
import json
import platform

import numpy as np
import pandas as pd
import scipy
import sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.svm import LinearSVC, LinearSVR

VERSIONS = {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__,
            "scipy": scipy.__version__, "pandas": pd.__version__}


def table(name, numbers, texts, target):
    """Returns blocks and target of a CSV file, without rows that miss a value.

    Numbers are standardized, texts become one-hot codes.
    """
    frame = pd.read_csv(name).dropna()
    blocks = []
    for c in numbers:
        x = frame[c].to_numpy(float)
        blocks.append({"dense": ((x - x.mean()) / x.std()).tolist()})
    for c in texts:
        codes, levels = pd.factorize(frame[c], sort=True)
        blocks.append({"codes": codes.tolist(), "width": len(levels)})
    y = frame[target]
    if y.dtype.kind not in "if":
        y = pd.Series(pd.factorize(y, sort=True)[0])
    return blocks, y.to_numpy(float)


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


def mixed(rng, n):
    """Normal columns, one of them skewed, and groups with unused codes (-1)."""
    blocks = dense(*rng.standard_normal((5, n)).round(4), np.exp(rng.standard_normal(n)).round(4))
    for width in (3, 11):
        codes = rng.integers(-1, width, n)
        codes[:width] = range(width)
        blocks.append({"codes": codes.tolist(), "width": width})
    X = matrix(blocks)
    return blocks, X @ rng.standard_normal(X.shape[1]) + rng.standard_normal(n)


def regression_cases():
    rng = np.random.default_rng(1)
    housing = table("housing.csv", ["longitude", "latitude", "housing_median_age", "total_rooms", "population",
                                    "households", "median_income"], ["ocean_proximity"], "median_house_value")
    yield "housing", {}, *housing, {}
    yield "housing through the origin", {"fit_intercept": False}, *housing, {}
    raw = pd.read_csv("housing.csv").drop(columns="ocean_proximity")
    yield "housing unscaled", {}, dense(*raw.drop(columns="median_house_value").to_numpy().T), raw["median_house_value"].to_numpy(), {"tol": 1e-14}
    yield "mixed", {}, *mixed(rng, 400), {}
    a, b, c = rng.standard_normal((3, 60))
    y = 2 * a - 3 * b + 0.5 * c + 0.1 * rng.standard_normal(60)
    yield "one column", {}, dense(a), y, {}
    yield "copied column", {}, dense(a, b, a, c), y, {}
    yield "copied column through the origin", {"fit_intercept": False}, dense(a, b, a, c), y, {}
    yield "sum of columns", {}, dense(a, b, c, a + b - c), y, {}
    yield "copy in another unit", {}, dense(a, b, 32 + 1.8 * a, 1000 * b), y, {}
    yield "constant column", {}, dense(a, np.full(60, 0.1), b), y, {}
    yield "constant column through the origin", {"fit_intercept": False}, dense(a, np.full(60, 0.1), b), y, {}
    wide = rng.standard_normal((25, 12))
    yield "more columns than rows", {}, dense(*wide), wide[0] + rng.standard_normal(12), {}
    yield "more columns than rows through the origin", {"fit_intercept": False}, dense(*wide), wide[0] + rng.standard_normal(12), {}
    # The default tol of scikit-learn 1.7 and later, 1e-6, takes columns of small units for none at all.
    yield "magnitudes", {}, dense(1e5 * a, b, 1e-5 * c), y, {"tol": 1e-14}
    yield "tiny", {}, dense(1e-300 * a, 1e-300 * b, 1e-300 * c), y, {}
    yield "far from zero", {}, dense(2000 + a, 1e6 + b, 1e9 + c), 1e6 + y, {}
    near = a + 1e-5 * b
    yield "nearly collinear", {}, dense(a, near, c), y, {"tol": 1e-14}
    yield "nearer to collinear", {}, dense(a, a + 1e-7 * b, c), y, {"tol": 1e-14}
    yield "nearly collinear and copied", {}, dense(a, a + 1e-6 * b, c, c), y, {"tol": 1e-12}
    w = rng.integers(0, 4, 60) * rng.uniform(0.1, 3, 60)
    yield "weighted", {}, dense(a, b, c), y, {}, w
    yield "weighted through the origin", {"fit_intercept": False}, dense(a, b, c), y, {}, w
    yield "weighted copy", {}, dense(a, b, a, c), y, {}, w
    yield "weighted, nearly collinear", {}, dense(a, near, c), y, {"tol": 1e-14}, w
    yield "weighted, more columns than rows", {}, dense(*wide), wide[0] + rng.standard_normal(12), {}, w[:12] + 0.5
    yield "weights of all sizes", {}, dense(a, b), y, {}, 10.0 ** rng.integers(-6, 7, 60)
    blocks, y = mixed(rng, 400)
    yield "weighted, mixed", {}, blocks, y, {}, rng.integers(0, 4, 400) * rng.uniform(0.1, 3, 400)
    wide[3] = 0.1
    yield "more columns than rows, one constant", {}, dense(*wide), wide[0] + rng.standard_normal(12), {}
    # At a smaller tol the rounding of means counts as a column.
    yield "more columns than rows, far from zero", {}, dense(*wide + 10.0 ** rng.integers(4, 7, (25, 1))), wide[0] + rng.standard_normal(12), {"tol": 1e-9}
    level = [{"codes": [0] * 60, "width": 2}]
    yield "group of one level", {}, dense(a, b) + level, 2 * a - b + c, {}
    yield "weighted, group of one level", {}, dense(a, b) + level, 2 * a - b + c, {"tol": 1e-12}, w
    yield "more columns than rows, weighted, group of one level", {}, dense(*wide) + [{"codes": [1] * 12, "width": 2}], wide[0], {}, w[:12] + 0.5


def logistic_cases():
    rng = np.random.default_rng(2)
    iris = load_iris()
    yield "iris", {}, dense(*iris.data.T), iris.target.astype(float)
    yield "iris through the origin", {"fit_intercept": False, "C": 0.3}, dense(*iris.data.T), iris.target.astype(float)
    penguins = table("penguins.csv", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
                     ["island", "sex"], "species")
    yield "penguins", {}, *penguins
    yield "penguins with much freedom", {"C": 100.0}, *penguins
    titanic = table("titanic.csv", ["age", "fare", "sibsp", "parch"], ["pclass", "sex", "embarked"], "survived")
    yield "titanic", {}, *titanic
    yield "titanic held tight", {"C": 0.01}, *titanic
    yield "titanic through the origin", {"fit_intercept": False}, *titanic
    blocks, score = mixed(rng, 400)
    yield "mixed of two", {}, blocks, (score > 1).astype(float)
    yield "mixed of five", {}, blocks, np.digitize(score, [-1, 0, 1, 3]).astype(float)
    a, b, c = rng.standard_normal((3, 80))
    y = (a - b + 0.3 * c + rng.standard_normal(80) > 0.5).astype(float)
    yield "one column", {}, dense(a), y
    yield "copied column", {}, dense(a, b, a, c), y
    yield "constant column", {}, dense(a, np.full(80, 0.1), b), y
    yield "constant column through the origin", {"fit_intercept": False}, dense(a, np.full(80, 0.1), b), y
    yield "separable", {}, dense(a, b), (a + b > 0).astype(float)
    yield "separable with much freedom", {"C": 1e4}, dense(a, b), (a + b > 0).astype(float)
    wide = rng.standard_normal((30, 15))
    yield "more columns than rows", {}, dense(*wide), (wide[0] > 0).astype(float)
    yield "more columns than rows of three", {}, dense(*wide), np.arange(15.0) % 3
    yield "magnitudes", {}, dense(1e4 * a, b, 1e-4 * c), y
    yield "magnitudes of three", {}, dense(1e3 * a, b, 1e-3 * c), np.digitize(a - b + c, [-1, 1]).astype(float)
    yield "far from zero", {}, dense(2000 + a, 100 + b), y
    yield "rare class", {}, dense(a, b, c), (np.arange(80) == 7).astype(float)
    w = rng.integers(0, 4, 80) * rng.uniform(0.1, 3, 80)
    three = np.digitize(a - b + c, [-1, 1]).astype(float)
    balanced = {"class_weight": "balanced"}
    yield "weighted", {}, dense(a, b, c), y, w
    yield "weighted, of three", {}, dense(a, b, c), three, w
    yield "weighted, held tight", {"C": 0.01}, dense(a, b, c), y, 1000 * w
    yield "balanced", balanced, dense(a, b, c), (a > 1).astype(float)
    yield "balanced of three", balanced, dense(a, b, c), three
    yield "balanced and weighted", balanced, dense(a, b, c), (a > 1).astype(float), w
    yield "balanced and weighted, of three", balanced, dense(a, b, c), three, w
    blocks, score = mixed(rng, 400)
    w = rng.integers(0, 4, 400) * rng.uniform(0.1, 3, 400)
    yield "balanced and weighted, mixed of five", balanced, blocks, np.digitize(score, [-1, 0, 1, 3]).astype(float), w


def penalty_cases():
    rng = np.random.default_rng(3)
    penguins = table("penguins.csv", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
                     ["island", "sex"], "species")
    titanic = table("titanic.csv", ["age", "fare", "sibsp", "parch"], ["pclass", "sex", "embarked"], "survived")
    blocks, score = mixed(rng, 400)
    five = np.digitize(score, [-1, 0, 1, 3]).astype(float)
    a, b, c = rng.standard_normal((3, 80))
    y = (a - b + 0.3 * c + rng.standard_normal(80) > 0.5).astype(float)
    w = rng.integers(0, 4, 400) * rng.uniform(0.1, 3, 400)
    wide = rng.standard_normal((40, 20))
    yield "titanic", {"penalty": "l1"}, *titanic
    yield "titanic held tight", {"penalty": "l1", "C": 0.02}, *titanic
    yield "titanic through the origin", {"penalty": "l1", "C": 0.1, "fit_intercept": False}, *titanic
    yield "titanic in a net", {"penalty": "elasticnet", "l1_ratio": 0.7, "C": 0.1}, *titanic
    yield "penguins", {"penalty": "l1", "C": 0.3}, *penguins
    yield "penguins in a net", {"penalty": "elasticnet", "l1_ratio": 0.3}, *penguins
    yield "mixed of two", {"penalty": "l1", "C": 0.5}, blocks, (score > 1).astype(float)
    yield "mixed of five", {"penalty": "l1", "C": 0.2}, blocks, five
    yield "mixed of five in a net", {"penalty": "elasticnet", "l1_ratio": 0.5, "C": 0.2}, blocks, five
    yield "balanced and weighted", {"penalty": "l1", "C": 0.5, "class_weight": "balanced"}, blocks, (score > 2).astype(float), w
    yield "balanced and weighted, of five", {"penalty": "l1", "C": 0.5, "class_weight": "balanced"}, blocks, five, w
    yield "constant column", {"penalty": "l1"}, dense(a, np.full(80, 0.1), b), y
    yield "more columns than rows", {"penalty": "l1"}, dense(*wide), (wide[0] > 0).astype(float)
    yield "all weights 0", {"penalty": "l1", "C": 1e-4}, dense(a, b), y
    yield "none", {"penalty": "none"}, dense(a, b, c), y
    yield "none, of three", {"penalty": "none"}, dense(a, b, c), np.digitize(a - b + 2 * rng.standard_normal(80), [-1, 1]).astype(float)
    yield "none, weighted", {"penalty": "none"}, dense(a, b, c), y, w[:80]
    yield "none, through the origin", {"penalty": "none", "fit_intercept": False, "C": 0.1}, dense(a, b, c), y


def penalties():
    """The solver saga is run until it no longer moves; with l1 it must not stop
    at a score that rounding alone decides."""
    for name, params, blocks, y, *weights in penalty_cases():
        X, w = matrix(blocks), *(weights or [None])
        new = {k: v for k, v in params.items() if k not in ("penalty", "l1_ratio")}
        if params["penalty"] == "none":
            m = LogisticRegression(**{**new, "C": np.inf}, solver="newton-cholesky", tol=1e-12, max_iter=10000)
        else:
            m = LogisticRegression(**new, l1_ratio=params.get("l1_ratio", 1.0), solver="saga", tol=1e-13, max_iter=300_000, random_state=0)
        m.fit(X, y, w)
        print("%-36s %d steps, %d of %d weights are 0" % (name, m.n_iter_.max(), (m.coef_ == 0).sum(), m.coef_.size))
        yield {"name": name, "params": params, "blocks": blocks, "y": y.tolist(), "weights": listed(w), "classes": len(m.classes_),
               "coef": m.coef_.tolist(), "intercept": m.intercept_.tolist(), "predict": m.predict(X).tolist(),
               "proba": m.predict_proba(X).ravel().tolist()}


def machines():
    """Squared losses are solved by liblinear to the end. Its coordinate descent
    for the others creeps near the end, so that predictions there are compared
    by what they cost."""
    rng = np.random.default_rng(4)
    for name, params, blocks, y, *weights in logistic_cases():
        if name in ("penguins with much freedom", "magnitudes of three", "far from zero", "separable with much freedom") or "mixed" in name and "weighted" in name:
            continue
        for loss in ("squared_hinge", "hinge"):
            new = {**params, "loss": loss, "intercept_scaling": float(rng.choice([1.0, 3.0]))}
            X, w = matrix(blocks), *(weights or [None])
            m = LinearSVC(**new, dual=loss == "hinge", tol=1e-12, max_iter=200_000 if loss == "hinge" else 100_000, random_state=0).fit(X, y, w)
            print("%-60s %d steps" % (name + ", " + loss, m.n_iter_))
            yield {"name": name + ", " + loss, "params": new, "blocks": blocks, "y": y.tolist(), "weights": listed(w), "classes": len(m.classes_),
                   "coef": m.coef_.tolist(), "intercept": (np.zeros(len(m.coef_)) + m.intercept_).tolist(), "predict": m.predict(X).tolist()}


def tubes():
    rng = np.random.default_rng(5)
    for i, (name, params, blocks, y, _, *weights) in enumerate(regression_cases()):
        if name in ("housing unscaled", "tiny", "magnitudes", "far from zero", "more columns than rows, far from zero", "weights of all sizes", "copy in another unit"):
            continue
        spread = y.std()
        for loss in ("squared_epsilon_insensitive", "epsilon_insensitive"):
            new = {**params, "loss": loss, "epsilon": float(spread * rng.choice([0, 0.1, 0.5])), "intercept_scaling": float(rng.choice([1.0, 3.0])),
                   "C": float(spread ** (loss == "epsilon_insensitive") * rng.choice([0.1, 1.0, 10.0]))}
            if "origin" not in name:
                y = y - y.mean()
            X, w = matrix(blocks), *(weights or [None])
            m = LinearSVR(**new, dual=loss == "epsilon_insensitive", tol=1e-12, max_iter=200_000 if loss == "epsilon_insensitive" else 100_000, random_state=0)
            m.fit(X, y, w)
            print("%-60s %d steps" % (name + ", " + loss, m.n_iter_))
            yield {"name": name + ", " + loss, "params": new, "blocks": blocks, "y": y.tolist(), "weights": listed(w),
                   "coef": [m.coef_.tolist()], "intercept": [float(np.ravel(m.intercept_)[0])], "predict": m.predict(X).tolist()}


def penalized(make, strengths):
    """The regression cases of one strength each in turn, and a few of all."""
    for i, (name, params, blocks, y, _, *weights) in enumerate(regression_cases()):
        several = name in ("housing", "mixed", "weighted, mixed", "more columns than rows", "copied column")
        for params2 in strengths if several else [strengths[i % len(strengths)]]:
            params2 = {**params, **params2}
            X, w = matrix(blocks), *(weights or [None])
            m = make(params2, w, y)
            m.fit(X, y, w)
            if getattr(m, "dual_gap_", 0) > 1e-9 * np.var(y):
                print(name, params2, "is left with a gap of", m.dual_gap_, "of", np.var(y))
            yield {"name": f"{name}, {params2}", "params": params2, "blocks": blocks, "y": y.tolist(), "weights": listed(w),
                   "coef": [m.coef_.tolist()], "intercept": [float(m.intercept_)], "predict": m.predict(X).tolist()}


def ridge():
    yield from penalized(lambda p, w, y: Ridge(**p, solver="svd" if w is None else "cholesky"),
                         [{"alpha": 1.0}, {"alpha": 1e-6}, {"alpha": 300.0}])


def relative(strength, p, y):
    """Strengths are given as shares of the target's deviation."""
    p["alpha"] = float(strength * y.std())
    return {**p, "max_iter": 1_000_000, "tol": 1e-14}


def lasso():
    yield from penalized(lambda p, w, y: Lasso(**relative(p["alpha"], p, y)), [{"alpha": 0.1}, {"alpha": 1e-3}, {"alpha": 0.4}])


def elastic_net():
    yield from penalized(lambda p, w, y: ElasticNet(**relative(p["alpha"], p, y)),
                         [{"alpha": 0.1}, {"alpha": 1e-3, "l1_ratio": 0.9}, {"alpha": 0.4, "l1_ratio": 0.1}])


def write(name, cases):
    with open(name, "w") as f:
        f.write('{"versions": %s, "cases": [\n' % json.dumps(VERSIONS))
        f.write(",\n".join(json.dumps(c) for c in cases))
        f.write("\n]}\n")


def listed(weights):
    return None if weights is None else weights.tolist()


def regression():
    for name, params, blocks, y, extra, *weights in regression_cases():
        X, w = matrix(blocks), *(weights or [None])
        m = LinearRegression(**params, **extra).fit(X, y, w)
        yield {"name": name, "params": params, "blocks": blocks, "y": y.tolist(), "weights": listed(w), "coef": [m.coef_.tolist()],
               "intercept": [float(m.intercept_)], "predict": m.predict(X).tolist()}


def logistic():
    for name, params, blocks, y, *weights in logistic_cases():
        X, w = matrix(blocks), *(weights or [None])
        m = LogisticRegression(**params, solver="newton-cholesky", tol=1e-12, max_iter=10000).fit(X, y, w)
        other = LogisticRegression(**params, tol=1e-10, max_iter=100000).fit(X, y, w)
        print("%-36s lbfgs differs by %.1e" % (name, abs(other.predict_proba(X) - m.predict_proba(X)).max()))
        yield {"name": name, "params": params, "blocks": blocks, "y": y.tolist(), "weights": listed(w), "classes": len(m.classes_),
               "coef": m.coef_.tolist(), "intercept": m.intercept_.tolist(), "predict": m.predict(X).tolist(),
               "proba": m.predict_proba(X).ravel().tolist()}


write("regression.json", regression())
write("logistic.json", logistic())
write("penalties.json", penalties())
write("machines.json", machines())
write("tubes.json", tubes())
write("ridge.json", ridge())
write("lasso.json", lasso())
write("elastic_net.json", elastic_net())
