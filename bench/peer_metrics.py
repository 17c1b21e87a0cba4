"""The scores and curves that ClickTrain computes of predictions, computed with
scikit-learn and numpy: each asked for as its documentation shows."""
import numpy as np
from scipy.stats import pearsonr
from sklearn import metrics as m
from sklearn.calibration import calibration_curve


def confusion_scores(y, said):
    """What both kinds of classification report of the predicted classes."""
    cells = m.confusion_matrix(y, said)
    right, truth, predicted, n = np.diag(cells), cells.sum(1), cells.sum(0), cells.sum()
    false_positive_rates = (predicted - right) / (n - truth)
    for average in ("weighted", "macro", None):
        m.precision_recall_fscore_support(y, said, average=average)
    return (m.accuracy_score(y, said), m.balanced_accuracy_score(y, said), m.matthews_corrcoef(y, said), m.cohen_kappa_score(y, said),
            1 - m.balanced_accuracy_score(y, said), false_positive_rates)


def binary(y, said, proba):
    p = proba[:, 1]
    confusion_scores(y, said)
    m.recall_score(y, said, pos_label=0)
    m.fbeta_score(y, said, beta=0.5)
    m.fbeta_score(y, said, beta=2)
    auc = m.roc_auc_score(y, p)
    gini = 2 * auc - 1
    m.average_precision_score(y, p)
    m.average_precision_score(1 - y, 1 - p)
    fpr, tpr, thresholds = m.roc_curve(y, p)
    ks = np.max(tpr - fpr)
    m.precision_recall_curve(y, p)
    m.log_loss(y, proba)
    m.brier_score_loss(y, p)
    calibration_curve(y, p, n_bins=10)
    thresholds_and_gains(y, p, fpr, tpr)
    return gini, ks


def thresholds_and_gains(y, p, fpr, tpr):
    """What comes of each threshold and of the best by several scores, and the
    share of the second class in each tenth of the rows by rank."""
    positive = int(y.sum())
    negative = len(y) - positive
    tp, fp = tpr * positive, fpr * negative
    fn, tn = positive - tp, negative - fp
    with np.errstate(all="ignore"):
        precision = tp / (tp + fp)
        for score in (2 * tp / (2 * tp + fp + fn), 1.25 * tp / (1.25 * tp + 0.25 * fn + fp), 5 * tp / (5 * tp + 4 * fn + fp),
                      (tp + tn) / len(y), precision, tpr, tn / (tn + fp), np.minimum(tpr, tn / (tn + fp)), (tpr + tn / (tn + fp)) / 2,
                      (tp * tn - fp * fn) / np.sqrt((tp + fp) * positive * negative * (tn + fn))):
            np.nanargmax(score)
    order = np.argsort(-p, kind="stable")
    np.cumsum(y[order])


def multi(y, said, proba):
    confusion_scores(y, said)
    classes = range(proba.shape[1])
    m.roc_auc_score(y, proba, multi_class="ovr")
    m.log_loss(y, proba)
    for k in list(classes)[:-1]:
        m.top_k_accuracy_score(y, proba, k=k + 1)
    for c in classes:
        against, p = (y == c).astype(int), proba[:, c]
        m.roc_auc_score(against, p)
        m.average_precision_score(against, p)
        m.roc_curve(against, p)
        m.matthews_corrcoef(against, said == c)
        calibration_curve(against, p, n_bins=10)


def numbers(y, said):
    e, columns, n = y - said, 20, len(y)
    r2 = m.r2_score(y, said)
    adjusted = 1 - (1 - r2) * (n - 1) / (n - columns - 1)
    smape = np.mean(np.abs(e) / ((np.abs(y) + np.abs(said)) / 2))
    spread = y - y.mean()
    return (r2, adjusted, smape, m.root_mean_squared_error(y, said), m.mean_squared_error(y, said), m.mean_absolute_error(y, said),
            m.median_absolute_error(y, said), m.mean_absolute_percentage_error(y, said), m.max_error(y, said),
            m.explained_variance_score(y, said), m.root_mean_squared_log_error(y, said), np.sqrt(np.mean(e**2)) / y.mean(),
            pearsonr(y, said)[0], np.abs(e).sum() / np.abs(spread).sum(), np.sqrt((e**2).sum() / (spread**2).sum()),
            m.d2_absolute_error_score(y, said))
