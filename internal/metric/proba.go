package metric

import "math"

// probaScores returns the scores of the n×k probabilities by row.
func probaScores(truth []int, proba []float64, classes int) Scores {
	names := []string{"roc_auc_ovr", "log_loss"}
	if classes == 2 {
		names = []string{"roc_auc", "average_precision", "log_loss", "brier"}
	}
	if fault := probaFault(proba, len(truth)); fault != "" {
		var out Scores
		for _, name := range names {
			out = append(out, undefined(name, "%s", fault))
		}
		return out
	}
	if classes != 2 {
		return Scores{aucOneVsRest(truth, proba, classes), logLoss(truth, proba, classes)}
	}
	r := newRanking(truth, proba, 1, 2)
	return Scores{r.auc(), r.averagePrecision(), logLoss(truth, proba, 2), brier(truth, proba)}
}

// probaFault says why there are no probability scores, or is empty.
func probaFault(proba []float64, n int) string {
	switch {
	case n == 0:
		return noRows
	case proba == nil:
		return "The model gives no probabilities."
	}
	for _, p := range proba {
		if !(p >= 0 && p <= 1) { // refuses NaN too
			return "The model gave a number that is not a probability."
		}
	}
	return ""
}

// logLoss is the mean of −ln p over the probability p of each row's class. As
// in scikit-learn, p is kept a rounding error away from 0 and 1.
func logLoss(truth []int, proba []float64, classes int) Value {
	const eps = 0x1p-52
	sum := 0.0
	for i, c := range truth {
		sum -= math.Log(min(max(proba[i*classes+c], eps), 1-eps))
	}
	return score("log_loss", sum/float64(len(truth)))
}

// brier is the mean squared error of the probability of class 1 (Brier 1950,
// halved, as is usual for two classes).
func brier(truth []int, proba []float64) Value {
	sum := 0.0
	for i, c := range truth {
		d := float64(c) - proba[2*i+1]
		sum += d * d
	}
	return score("brier", sum/float64(len(truth)))
}

// aucOneVsRest is the mean over classes of the AUC of that class against the
// rest, and undefined where a class has no rows.
func aucOneVsRest(truth []int, proba []float64, classes int) Value {
	const name = "roc_auc_ovr"
	rows := make([]int, classes)
	for _, c := range truth {
		rows[c]++
	}
	absent := 0
	for _, n := range rows {
		if n == len(truth) {
			return undefined(name, "Every row is of one class.")
		}
		if n == 0 {
			absent++
		}
	}
	if absent > 0 {
		return undefined(name, "%s of %d without a row.", count(absent, "class"), classes)
	}
	sum := 0.0
	for c := range classes {
		sum += newRanking(truth, proba, c, classes).auc().Score
	}
	return score(name, sum/float64(classes))
}
