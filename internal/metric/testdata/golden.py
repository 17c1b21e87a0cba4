"""Writes golden.json: scores as scikit-learn computes them.

Run it with scikit-learn, scipy and numpy installed; the file names their
versions.
A score that scikit-learn leaves undefined, or replaces by a constant, is null.
"""
import json
import math
import pathlib
import sys
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
rng = np.random.default_rng(20240501)


def finite(x):
    x = float(x)
    return x if math.isfinite(x) else None


def classify(name, truth, pred, proba, k):
    truth, pred = np.asarray(truth), np.asarray(pred)
    labels = list(range(k))
    out = {
        "accuracy": m.accuracy_score(truth, pred),
        "balanced_accuracy": m.balanced_accuracy_score(truth, pred),
    }
    for avg, suffix in (("weighted", ""), ("macro", "_macro")):
        kw = dict(average=avg, zero_division=0)
        out["precision" + suffix] = m.precision_score(truth, pred, **kw)
        out["recall" + suffix] = m.recall_score(truth, pred, **kw)
        out["f1" + (suffix or "_score")] = m.f1_score(truth, pred, **kw)
    varied = len(set(truth)) > 1 and len(set(pred)) > 1
    out["mcc"] = m.matthews_corrcoef(truth, pred) if varied else None
    kappa = m.cohen_kappa_score(truth, pred)
    out["cohen_kappa"] = finite(kappa)
    out["mean_per_class_error"] = 1 - out["balanced_accuracy"]
    if k == 2:
        out |= interest(truth == 1, pred == 1)
    case = dict(name=name, classes=k, truth=truth.tolist(), predicted=pred.tolist(), proba=None, roc=None)
    if proba is not None:
        proba = np.asarray(proba, dtype=float)
        case["proba"] = proba.ravel().tolist()
        out["log_loss"] = m.log_loss(truth, proba, labels=labels)
        two = len(set(truth)) == 2
        if k == 2:
            out["roc_auc"] = m.roc_auc_score(truth, proba[:, 1]) if two else None
            out["gini"] = 2 * out["roc_auc"] - 1 if two else None
            a, b = proba[truth == 1, 1], proba[truth == 0, 1]
            out["ks"] = stats.ks_2samp(a, b).statistic if two else None
            out["average_precision"] = m.average_precision_score(truth, proba[:, 1]) if truth.any() else None
            out["brier"] = m.brier_score_loss(truth, proba[:, 1], pos_label=1)
            if two:
                fpr, tpr, _ = m.roc_curve(truth, proba[:, 1], drop_intermediate=False)
                case["roc"] = dict(fpr=fpr.tolist(), tpr=tpr.tolist())
                case["best"] = best(truth, proba[:, 1])
                case["pr"] = [c.tolist() for c in m.precision_recall_curve(truth, proba[:, 1])[:2]]
                case["capture"] = capture(truth, proba[:, 1])
        else:
            every = len(set(truth)) == k
            out["roc_auc_ovr"] = m.roc_auc_score(truth, proba, multi_class="ovr", average="macro") if every else None
        case["hit_ratios"] = [float(m.top_k_accuracy_score(truth, proba[:, 1] if k == 2 else proba, k=i, labels=labels)) if i < k else 1.0 for i in range(1, min(k, 10) + 1)] if k > 2 else None
        case["calibration"] = [list(zip(*[x.tolist() for x in reversed(calibration_curve(truth == c, proba[:, c], n_bins=10))])) if len(set(truth == c)) == 2 else None for c in labels]
        one = [[float(f((truth == c).astype(int), proba[:, c])) if len(set(truth == c)) == 2 else None for f in (m.roc_auc_score, m.average_precision_score)] for c in labels]
        case["auc_ap"] = one
    both = [(truth == c, pred == c) for c in labels]
    case["mcc"] = [float(m.matthews_corrcoef(a, b)) if len(set(a)) == 2 and len(set(b)) == 2 else None for a, b in both]
    case["fpr"] = [float(b[~a].mean()) if not a.all() else None for a, b in both]
    p, r, f, s = m.precision_recall_fscore_support(truth, pred, labels=labels, zero_division=np.nan)
    case["per_class"] = [dict(precision=finite(a), recall=finite(b), f1_score=finite(c), support=int(d)) for a, b, c, d in zip(p, r, f, s)]
    case["confusion"] = m.confusion_matrix(truth, pred, labels=labels).tolist()
    case["scores"] = {key: None if v is None else float(v) for key, v in out.items()}
    return case


def interest(truth, pred, weights=None):
    """Scores of a class against the rest, given as booleans."""
    kw = dict(sample_weight=weights)
    out = dict(
        precision_positive=m.precision_score(truth, pred, **kw) if pred.any() else None,
        recall_positive=m.recall_score(truth, pred, **kw) if truth.any() else None,
        specificity=m.recall_score(~truth, ~pred, **kw) if not truth.all() else None,
    )
    for beta, key in ((1, "f1_positive"), (0.5, "f05_score"), (2, "f2_score")):
        out[key] = m.fbeta_score(truth, pred, beta=beta, **kw) if truth.any() or pred.any() else None
    return out


def of_class(name, truth, pred, proba, k, positive):
    """What changes where another class is of interest."""
    proba = np.asarray(proba, dtype=float)
    truth, pred, p = np.asarray(truth), np.asarray(pred), proba[:, positive]
    is_it = truth == positive
    out = interest(is_it, pred == positive)
    out["roc_auc"] = m.roc_auc_score(is_it, p)
    out["gini"] = 2 * out["roc_auc"] - 1
    out["ks"] = stats.ks_2samp(p[is_it], p[~is_it]).statistic
    out["average_precision"] = m.average_precision_score(is_it, p)
    case = dict(name=name, classes=k, positive=positive, truth=truth.tolist(), predicted=pred.tolist(), proba=proba.ravel().tolist())
    fpr, tpr, _ = m.roc_curve(is_it, p, drop_intermediate=False)
    case["roc"] = dict(fpr=fpr.tolist(), tpr=tpr.tolist())
    case["best"] = best(is_it, p)
    case["pr"] = [c.tolist() for c in m.precision_recall_curve(is_it, p)[:2]]
    case["capture"] = capture(is_it, p)
    case["scores"] = {key: None if v is None else float(v) for key, v in out.items()}
    return case


def weighted(name, truth, pred, proba, k, positive, weights):
    """Scores with sample_weight; positive is -1 where no class is of interest."""
    truth, pred, proba, weights = np.asarray(truth), np.asarray(pred), np.asarray(proba, float), np.asarray(weights, float)
    kw = dict(sample_weight=weights)
    out = dict(accuracy=m.accuracy_score(truth, pred, **kw), balanced_accuracy=m.balanced_accuracy_score(truth, pred, **kw))
    for avg, suffix in (("weighted", ""), ("macro", "_macro")):
        out["precision" + suffix] = m.precision_score(truth, pred, average=avg, zero_division=0, **kw)
        out["recall" + suffix] = m.recall_score(truth, pred, average=avg, zero_division=0, **kw)
        out["f1" + (suffix or "_score")] = m.f1_score(truth, pred, average=avg, zero_division=0, **kw)
    out["mcc"] = m.matthews_corrcoef(truth, pred, **kw)
    out["cohen_kappa"] = m.cohen_kappa_score(truth, pred, **kw)
    out["mean_per_class_error"] = 1 - out["balanced_accuracy"]
    if positive >= 0:
        is_it, p = truth == positive, proba[:, positive]
        out |= interest(is_it, pred == positive, weights)
        out["roc_auc"] = m.roc_auc_score(is_it, p, **kw)
        out["average_precision"] = m.average_precision_score(is_it, p, **kw)
    if k == 2:
        out["brier"] = m.brier_score_loss(truth, proba[:, 1], pos_label=1, **kw)
    else:
        out["roc_auc_ovr"] = m.roc_auc_score(truth, proba, multi_class="ovr", average="macro", **kw)
    out["log_loss"] = m.log_loss(truth, proba, labels=list(range(k)), **kw)
    return dict(name=name, classes=k, positive=positive, truth=truth.tolist(), predicted=pred.tolist(), proba=proba.ravel().tolist(),
                weights=weights.tolist(), scores={key: float(v) for key, v in out.items()})


def weighted_numbers(name, truth, pred, weights):
    truth, pred, weights = (np.asarray(x, float) for x in (truth, pred, weights))
    kw = dict(sample_weight=weights)
    counts = weights > 0
    out = {
        "r2_score": m.r2_score(truth, pred, **kw),
        "rmse": m.root_mean_squared_error(truth, pred, **kw),
        "mse": m.mean_squared_error(truth, pred, **kw),
        "mae": m.mean_absolute_error(truth, pred, **kw),
        "mape": m.mean_absolute_percentage_error(truth, pred, **kw),
        "max_error": m.max_error(truth[counts], pred[counts]),
        "explained_variance": m.explained_variance_score(truth, pred, **kw),
        "rmsle": m.root_mean_squared_log_error(truth, pred, **kw) if (truth > -1).all() and (pred > -1).all() else None,
    }
    return dict(name=name, truth=truth.tolist(), predicted=pred.tolist(), weights=weights.tolist(),
                scores={k: None if v is None else float(v) for k, v in out.items()})


def best(truth, score):
    """The highest of each criterion over all thresholds."""
    said = [score >= t for t in np.unique(score)]
    kw = dict(zero_division=0)
    per_class = [m.recall_score(truth, p, average=None, labels=[0, 1], **kw) for p in said]
    return {
        "f1": max(m.f1_score(truth, p, **kw) for p in said),
        "f2": max(m.fbeta_score(truth, p, beta=2, **kw) for p in said),
        "f0point5": max(m.fbeta_score(truth, p, beta=0.5, **kw) for p in said),
        "accuracy": max(m.accuracy_score(truth, p) for p in said),
        "precision": max(m.precision_score(truth, p, **kw) for p in said),
        "recall": max(m.recall_score(truth, p, **kw) for p in said),
        "specificity": max(m.recall_score(truth, p, pos_label=0, **kw) for p in said),
        "absolute_mcc": max(abs(m.matthews_corrcoef(truth, p)) for p in said),
        "min_per_class_accuracy": max(float(r.min()) for r in per_class),
        "mean_per_class_accuracy": max(float(r.mean()) for r in per_class),
    }


def capture(truth, score):
    """Rows and positives at or above the score at which each group must end."""
    out = []
    order = np.sort(score)[::-1]
    for q in (0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1):
        at = score >= order[math.ceil(q * len(order) - 1e-9) - 1]
        group = [float(at.mean()), float(truth[at].sum() / truth.sum())]
        if not out or out[-1] != group:
            out.append(group)
    return out


def drawn(n, k, skill, digits=5, absent=(), unpredicted=()):
    """Random truth and probabilities; few digits make ties."""
    allowed = [c for c in range(k) if c not in absent]
    truth = rng.choice(allowed, n)
    truth[: len(allowed)] = allowed
    raw = rng.gamma(1.0, size=(n, k))
    raw[np.arange(n), truth] *= skill
    if unpredicted:
        raw[:, list(unpredicted)] *= 1e-6
    proba = raw / raw.sum(axis=1, keepdims=True)
    unit = 10.0**digits
    proba = np.floor(proba * unit) / unit
    proba[:, -1] += 1 - proba.sum(axis=1)
    proba = np.round(proba, digits)
    return truth, proba.argmax(axis=1), proba, k


def regress(name, truth, pred):
    truth, pred = np.asarray(truth, float), np.asarray(pred, float)
    n, varied = len(truth), len(set(truth.tolist())) > 1
    mse = m.mean_squared_error(truth, pred)
    out = {
        "r2_score": m.r2_score(truth, pred) if n > 1 and varied else None,
        "rmse": m.root_mean_squared_error(truth, pred),
        "mse": mse,
        "mae": m.mean_absolute_error(truth, pred),
        "median_ae": m.median_absolute_error(truth, pred),
        "mape": m.mean_absolute_percentage_error(truth, pred) if truth.all() else None,
        "max_error": m.max_error(truth, pred),
        "explained_variance": m.explained_variance_score(truth, pred) if n > 1 and varied else None,
    }
    columns = 2
    fit = n > 1 and varied
    r2 = out["r2_score"]
    out["adjusted_r2"] = 1 - (1 - r2) * (n - 1) / (n - columns - 1) if fit and n > columns + 1 else None
    down = np.abs(truth) + np.abs(pred)
    out["smape"] = float(np.mean(np.divide(2 * np.abs(truth - pred), down, out=np.zeros(n), where=down > 0)))
    out["rmsle"] = m.root_mean_squared_log_error(truth, pred) if (truth > -1).all() and (pred > -1).all() else None
    out["cv_rmse"] = out["rmse"] / abs(truth.mean()) if truth.mean() != 0 else None
    out["pearson_r"] = stats.pearsonr(truth, pred).statistic if fit and len(set(pred.tolist())) > 1 else None
    center = np.full(n, truth.mean())
    out["relative_absolute_error"] = out["mae"] / m.mean_absolute_error(truth, center) if fit else None
    out["root_relative_squared_error"] = out["rmse"] / m.root_mean_squared_error(truth, center) if fit else None
    out["d2_absolute_error"] = m.d2_absolute_error_score(truth, pred) if fit else None
    return dict(name=name, truth=truth.tolist(), predicted=pred.tolist(), scores={k: None if v is None else float(v) for k, v in out.items()})


hard = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
y = np.round(rng.normal(50, 10, 301), 6)
classification = [
    classify("by hand", [0, 1, 1, 0], [0, 1, 0, 0], [[0.9, 0.1], [0.2, 0.8], [0.65, 0.35], [0.6, 0.4]], 2),
    classify("binary", *drawn(400, 2, 3)),
    classify("binary with ties", *drawn(400, 2, 2, digits=1)),
    classify("binary, all tied", rng.integers(0, 2, 50), np.zeros(50, int), np.full((50, 2), 0.5), 2),
    classify("binary, perfect", [0, 0, 1, 1], [0, 0, 1, 1], [[1, 0], [0.9, 0.1], [0.2, 0.8], [0, 1]], 2),
    classify("binary, reversed", [0, 0, 1, 1], [1, 1, 0, 0], [[0, 1], [0.1, 0.9], [0.8, 0.2], [1, 0]], 2),
    classify("certain and wrong", [0, 1, 0, 1, 1], [0, 1, 1, 0, 1], hard, 2),
    classify("only the first class", [0, 0, 0], [0, 1, 0], [[0.8, 0.2], [0.3, 0.7], [0.9, 0.1]], 2),
    classify("only the second class", [1, 1, 1], [1, 1, 0], [[0.2, 0.8], [0.3, 0.7], [0.9, 0.1]], 2),
    classify("only one class, only predicted so", [1, 1, 1], [1, 1, 1], [[0.2, 0.8], [0.3, 0.7], [0.1, 0.9]], 2),
    classify("one row", [1], [0], [[0.6, 0.4]], 2),
    classify("no probabilities", [0, 1, 2, 1], [0, 2, 2, 1], None, 3),
    classify("5 classes", *drawn(500, 5, 4)),
    classify("5 classes with ties", *drawn(300, 5, 4, digits=1)),
    classify("5 classes, 1 absent", *drawn(300, 5, 4, absent=[2])),
    classify("5 classes, 1 absent and never predicted", *drawn(300, 5, 4, absent=[2], unpredicted=[2])),
    classify("5 classes, 2 never predicted", *drawn(300, 5, 4, unpredicted=[0, 4])),
    classify("20 classes", *drawn(600, 20, 6)),
    classify("20 classes, few rows", *drawn(25, 20, 2)),
]
regression = [
    regress("by hand", [3, -0.5, 2, 7], [2.5, 0.0, 2, 8]),
    regress("normal", y, y + rng.normal(1, 5, 301)),
    regress("even count", y[:300], y[:300] * 0.9 + rng.normal(0, 2, 300)),
    regress("worse than the mean", y[:50], rng.normal(80, 30, 50)),
    regress("large offset", y + 1e7, y + 1e7 + rng.normal(0, 3, 301)),
    regress("tiny", y * 1e-12, y * 1e-12 + rng.normal(0, 1e-12, 301)),
    regress("zeros in the truth", [0, 1, 2, 0], [0.1, 1, 2, 0]),
    regress("constant truth", [0.1, 0.1, 0.1], [0.1, 0.2, 0.1]),
    regress("one row", [5], [4]),
    regress("perfect", [1, 2, 3], [1, 2, 3]),
]
own = rng = np.random.default_rng(20240502)  # the cases above stay as they are
interesting = [
    of_class("the first of two", *drawn(400, 2, 3), 0),
    of_class("the first of two, with ties", *drawn(300, 2, 2, digits=1), 0),
    of_class("one of five", *drawn(500, 5, 4), 3),
    of_class("one of five, with ties", *drawn(300, 5, 4, digits=1), 0),
]
many = drawn(400, 2, 3)
few = drawn(200, 4, 3, digits=1)
weighing = [
    weighted("whole numbers", *many, 1, own.integers(1, 5, 400)),
    weighted("some are 0", *many, 1, own.integers(0, 3, 400)),
    weighted("the first class", *many, 0, own.gamma(2.0, size=400)),
    weighted("four classes", *few, -1, own.gamma(2.0, size=200)),
    weighted("one of four classes", *few, 2, own.gamma(1.0, size=200)),
]
weighing_numbers = [
    weighted_numbers("gamma", y, y + own.normal(1, 5, 301), own.gamma(2.0, size=301)),
    weighted_numbers("some are 0", y, y * 0.9, own.integers(0, 3, 301)),
    weighted_numbers("below -1", y - 60, y - 58, own.integers(1, 3, 301)),
]
wilson = []
for k, n in [(0, 10), (10, 10), (5, 10), (81, 179), (1, 1), (99_990, 100_000)]:
    ci = stats.binomtest(k, n).proportion_ci(method="wilson")
    wilson.append(dict(k=k, n=n, low=float(ci.low), high=float(ci.high)))
versions = dict(python=sys.version.split()[0], sklearn=sklearn.__version__, scipy=scipy.__version__, numpy=np.__version__)
path = pathlib.Path(__file__).with_name("golden.json")
golden = dict(versions=versions, classification=classification, regression=regression, interest=interesting, weighted=weighing, weighted_numbers=weighing_numbers, wilson=wilson)
path.write_text(json.dumps(golden, allow_nan=False) + "\n")
