package metric

import "math"

// The most classes that have a curve each, and the points of those.
const (
	maxCurves      = 20
	maxCurvePoints = 60
	maxCuts        = 100
)

// rank fills in what comes of ranking the rows, and returns the scores. fault
// says why there is nothing to rank by, if so.
func (r *ClassReport) rank(a Answers, fault string) (out Scores) {
	k, ranks := a.Classes, a.ranks()
	if fault != "" {
		for c := range r.Classes {
			r.Classes[c].AUC, r.Classes[c].AP = undefined("roc_auc", "%s", fault), undefined("average_precision", "%s", fault)
		}
		if a.Positive >= 0 {
			out = faulty(fault, "roc_auc", "average_precision", "gini", "ks")
		}
		if k != 2 {
			out = append(out, undefined("roc_auc_ovr", "%s", fault))
		}
		return out
	}
	if k == 2 && a.Positive >= 0 { // the other class is ranked the other way round
		of := newRanking(a.Truth, ranks, a.Positive, k)
		out = r.rankInterest(of)
		this, other := &r.Classes[a.Positive], &r.Classes[1-a.Positive]
		this.AUC, this.AP = out[0], out[1]
		other.AUC, other.AP = out[0], ranking{of.negative, of.positive}.reversed().averagePrecision()
		return out
	}
	for c := range r.Classes {
		of, class := newRanking(a.Truth, ranks, c, k), &r.Classes[c]
		class.AUC, class.AP = of.auc(), of.averagePrecision()
		if k <= maxCurves {
			class.ROC = thin(of.roc(), maxCurvePoints)
		}
		if c == a.Positive {
			out = r.rankInterest(of)
		}
	}
	return append(out, r.aucOneVsRest())
}

// probabilities fills in what comes of the probabilities themselves, and
// returns the scores.
func (r *ClassReport) probabilities(a Answers, fault string) Scores {
	k, names := a.Classes, []string{"log_loss"}
	if k == 2 {
		names = append(names, "brier")
	}
	if fault != "" {
		return faulty(fault, names...)
	}
	r.TopK = hitRatios(a.Truth, a.Proba, k)
	if a.Positive >= 0 {
		r.Calibration = calibration(a.Truth, a.Proba, a.Positive, k)
	}
	if k == 2 {
		return Scores{logLoss(a.Truth, a.Proba, 2), brier(a.Truth, a.Proba)}
	}
	for c := range r.Classes {
		if k <= maxCurves {
			r.Classes[c].Calibration = calibration(a.Truth, a.Proba, c, k)
		}
	}
	return Scores{logLoss(a.Truth, a.Proba, k)}
}

func faulty(fault string, names ...string) Scores {
	var out Scores
	for _, name := range names {
		out = append(out, undefined(name, "%s", fault))
	}
	return out
}

// rankFault says why rows cannot be ranked, or is empty.
func rankFault(ranks []float64, proba bool, n int) string {
	switch {
	case proba:
		return probaFault(ranks, n)
	case n == 0:
		return noRows
	case ranks == nil:
		return "The model gives no probabilities."
	}
	for _, x := range ranks {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return "The model gave a number that is not finite."
		}
	}
	return ""
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
	sum := 0.0
	for i, c := range truth {
		sum += rowLoss(proba[i*classes+c])
	}
	return score("log_loss", sum/float64(len(truth)))
}

// rowLoss is the loss of a row whose class was given probability p.
func rowLoss(p float64) float64 {
	const eps = 0x1p-52
	return -math.Log(min(max(p, eps), 1-eps))
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
func (r *ClassReport) aucOneVsRest() Value {
	const name = "roc_auc_ovr"
	absent, sum := 0, 0.0
	for _, c := range r.Classes {
		switch {
		case c.Support == r.Rows:
			return undefined(name, "Every row is of one class.")
		case c.Support == 0:
			absent++
		}
		sum += c.AUC.Score
	}
	if absent > 0 {
		return undefined(name, "%s of %d without a row.", count(absent, "class"), len(r.Classes))
	}
	return score(name, sum/float64(len(r.Classes)))
}
