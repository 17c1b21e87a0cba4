"""Which learners are fitted, on what, beside whom, and how much faster each
should be."""
from dataclasses import dataclass, field

SKLEARN = "scikit-learn"
# At least as fast, and at most half of the memory.
FASTER = {"fit": 1, "memory": 0.5}
FOREST = {"batch": 4, "row": 50, "file": 0.4, "memory": 0.5}


@dataclass
class Case:
    part: str
    algorithm: str
    task: str  # binary, multi or reg
    size: str = "medium"
    linear: bool = False  # one-hot and scaled rather than codes
    params: dict = field(default_factory=dict)  # the same on both sides
    ours: dict = field(default_factory=dict)  # and ours alone
    goals: dict = field(default_factory=lambda: FASTER)  # beside scikit-learn
    peers: dict = field(default_factory=dict)  # others, with the goal for the fit
    runs: int = 3  # each with a seed of its own
    predict: int = 0  # how many rows to predict; 0 is all

    @property
    def kind(self):
        return "regression" if self.task == "reg" else "classification"

    def name(self):
        target = {"binary": "two classes", "multi": "five classes", "reg": "regression"}[self.task]
        size = ", 800,000 rows" if self.size == "large" else ""
        given = "".join(f", {k} {v}" for k, v in self.params.items())
        return f"{self.algorithm}, {target}{size}{given}"


def boosting(part, task, size="medium"):
    # Rows are not set aside to stop early on either side.
    return Case(part, "hist_gradient_boosting", task, size, ours={"early_stopping": "no"},
                goals={"fit": 1.1, "batch": 1.5, "row": 50, "memory": 0.5}, peers={"LightGBM": 0.9, "XGBoost": 0.9})


CASES = [
    Case("forest", "random_forest", "binary", goals=FOREST | {"fit": 10}, runs=5),
    Case("forest", "random_forest", "multi", goals=FOREST | {"fit": 5}, runs=5),
    Case("forest", "random_forest", "reg", goals=FOREST | {"fit": 5}, runs=5),
    Case("forest-large", "random_forest", "binary", "large", params={"n_estimators": 20}, goals=FOREST | {"fit": 10}),
    Case("trees", "extra_trees", "binary", runs=5),
    Case("trees", "extra_trees", "multi", runs=5),
    Case("trees", "extra_trees", "reg"),
    Case("trees", "decision_tree", "binary", runs=5),
    Case("trees", "decision_tree", "multi", runs=5),
    Case("trees", "decision_tree", "reg", runs=5),
    boosting("boosting", "binary"),
    boosting("boosting", "multi"),
    boosting("boosting", "reg"),
    boosting("boosting-large", "binary", "large"),
    Case("linear", "linear_regression", "reg", linear=True, goals=FASTER | {"fit": 4}),
    Case("linear", "linear_regression", "reg", "large", linear=True, goals=FASTER | {"fit": 4}),
    Case("linear", "ridge", "reg", linear=True),
    Case("linear", "lasso", "reg", linear=True, params={"alpha": 0.01}),
    Case("linear", "elastic_net", "reg", linear=True, params={"alpha": 0.01}),
    Case("logistic", "logistic_regression", "binary", linear=True, params={"max_iter": 1000}, goals=FASTER | {"fit": 3}),
    Case("logistic", "logistic_regression", "multi", linear=True, params={"max_iter": 1000}, goals=FASTER | {"fit": 2}),
    Case("logistic", "logistic_regression", "binary", "large", linear=True, params={"max_iter": 1000}, goals=FASTER | {"fit": 3}),
    Case("logistic", "linear_svm", "binary", linear=True),
    Case("logistic", "linear_svm", "multi", linear=True),
    Case("neighbors", "k_nearest_neighbors", "binary", linear=True, goals={"batch": 1, "row": 1, "memory": 0.5}, predict=5000),
    Case("neighbors", "gaussian_naive_bayes", "multi"),
    Case("neural", "multi_layer_perceptron", "binary", linear=True, params={"max_iter": 10}),
    Case("neural", "multi_layer_perceptron", "reg", linear=True, params={"max_iter": 10}),
]
