package metric

import "math"

// The most classes that have a curve each, and the points of those.
const (
	maxCurves      = 20
	maxCurvePoints = 60
	maxCuts        = 100
)

// rank fills in what comes of ranking the rows by n×k numbers, and returns the
// scores. fault says why there is nothing to rank by, if so.
func (r *ClassReport) rank(truth []int, ranks []float64, fault string) Scores {
	k := len(r.Classes)
	for c := range r.Classes {
		r.Classes[c].AUC, r.Classes[c].AP = undefined("roc_auc", "%s", fault), undefined("average_precision", "%s", fault)
	}
	if fault != "" {
		return faulty(fault, map[bool][]string{true: {"roc_auc", "average_precision", "gini", "ks"}, false: {"roc_auc_ovr"}}[k == 2]...)
	}
	if k == 2 {
		return r.rankTwo(newRanking(truth, ranks, 1, 2))
	}
	for c := range r.Classes {
		of, class := newRanking(truth, ranks, c, k), &r.Classes[c]
		class.AUC, class.AP = of.auc(), of.averagePrecision()
		if k <= maxCurves {
			class.ROC = thin(of.roc(), maxCurvePoints)
		}
	}
	return Scores{r.aucOneVsRest()}
}

// rankTwo does the same for a choice between two classes.
func (r *ClassReport) rankTwo(of ranking) Scores {
	cuts := of.cuts()
	auc, ap := of.auc(), of.averagePrecision()
	r.Classes[1].AUC, r.Classes[1].AP = auc, ap
	other := ranking{of.negative, of.positive}.reversed()
	r.Classes[0].AUC, r.Classes[0].AP = auc, other.averagePrecision() // of class 0 by falling rank
	gini := undefined("gini", "%s", auc.Reason)
	if auc.Defined() {
		gini = score("gini", 2*auc.Score-1)
	}
	r.ROC = thin(of.roc(), maxPoints)
	if of.oneSided() == "" {
		r.PrecisionRecall = of.precisionRecall(cuts, maxPoints)
		r.Thresholds = sweep(cuts, maxCuts)
		r.Best = best(cuts)
		r.Gains = of.gains(cuts)
	}
	return Scores{auc, ap, gini, of.ks(cuts)}
}

// probabilities fills in what comes of the probabilities themselves, and
// returns the scores.
func (r *ClassReport) probabilities(truth []int, proba []float64, fault string) Scores {
	k := len(r.Classes)
	if fault != "" {
		return faulty(fault, map[bool][]string{true: {"log_loss", "brier"}, false: {"log_loss"}}[k == 2]...)
	}
	r.TopK = hitRatios(truth, proba, k)
	if k == 2 {
		r.Calibration = calibration(truth, proba, 1, 2)
		return Scores{logLoss(truth, proba, 2), brier(truth, proba)}
	}
	for c := range r.Classes {
		if k <= maxCurves {
			r.Classes[c].Calibration = calibration(truth, proba, c, k)
		}
	}
	return Scores{logLoss(truth, proba, k)}
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
