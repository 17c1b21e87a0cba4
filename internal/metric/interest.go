package metric

// The scores of the class of interest alone.
const (
	PrecisionOfInterest = "precision_positive"
	RecallOfInterest    = "recall_positive"
	F1OfInterest        = "f1_positive"
)

// interestNames are the scores that ofInterest returns, in order.
var interestNames = [...]string{PrecisionOfInterest, RecallOfInterest, F1OfInterest, "specificity", "f05_score", "f2_score"}

// ofInterest returns the scores that class c against the rest has, without
// ranking rows.
func (t *table) ofInterest(c int) Scores {
	if t.n == 0 {
		return faulty(noRows, interestNames[:]...)
	}
	s := t.against(c)
	share := func(name string, part, rest float64, reason string) Value {
		if part+rest == 0 {
			return undefined(name, "%s", reason)
		}
		return score(name, part/(part+rest))
	}
	f := func(name string, beta float64) Value {
		if s.tp+s.fp+s.fn == 0 {
			return undefined(name, "No row is of the class of interest or was predicted as it.")
		}
		return score(name, fBeta(s.tp, s.fp, s.fn, beta))
	}
	return Scores{
		share(PrecisionOfInterest, s.tp, s.fp, "No row was predicted as the class of interest."),
		share(RecallOfInterest, s.tp, s.fn, "No row is of the class of interest."),
		f(F1OfInterest, 1),
		share("specificity", s.tn, s.fp, "Every row is of the class of interest."),
		f("f05_score", 0.5),
		f("f2_score", 2),
	}
}

// rankInterest fills in what comes of ranking the rows by how likely they are
// of the class of interest, and returns the scores.
func (r *ClassReport) rankInterest(of ranking) Scores {
	cuts := of.cuts()
	auc, ap := of.auc(), of.averagePrecision()
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
