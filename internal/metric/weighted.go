package metric

import (
	"fmt"
	"math"
	"slices"
)

const noWeights = "No test row counts: all have weight 0."

// Weighted returns the scores in which a row of weight 2 counts as two rows, as
// scikit-learn's sample_weight has it: those of Report that have such a form.
// A row of weight 0 counts as if it were not there. It panics if there is not a
// weight for each row.
func (a Answers) Weighted(weights []float64) Scores {
	a.check()
	a, weights = a.counting(weights)
	if len(weights) == 0 {
		names := classNames[:]
		if a.Positive >= 0 {
			names = slices.Concat(names, interestNames[:], []string{"roc_auc", "average_precision"})
		}
		if a.Classes != 2 {
			names = append(slices.Clone(names), "roc_auc_ovr")
		}
		return faulty(noWeights, append(slices.Clone(names), a.probaNames()...)...)
	}
	t := newTable(a.Truth, a.Predicted, weights, a.Classes)
	out := t.scores(t.perClass())
	if a.Positive >= 0 {
		out = append(out, t.ofInterest(a.Positive)...)
	}
	n, ranks := len(a.Truth), a.ranks()
	fault := rankFault(ranks, a.Proba != nil, n)
	if a.Positive >= 0 {
		if fault == "" {
			auc, ap := a.weightedRanks(weights, ranks, a.Positive)
			out = append(out, auc, ap)
		} else {
			out = append(out, faulty(fault, "roc_auc", "average_precision")...)
		}
	}
	if a.Classes != 2 {
		v := undefined("roc_auc_ovr", "%s", fault)
		if fault == "" {
			v = a.weightedOneVsRest(weights, ranks, t)
		}
		out = append(out, v)
	}
	if fault := probaFault(a.Proba, n); fault != "" {
		return append(out, faulty(fault, a.probaNames()...)...)
	}
	return append(out, a.weightedLosses(weights, t.n)...)
}

// probaNames are the scores that need probabilities.
func (a Answers) probaNames() []string {
	if a.Classes == 2 {
		return []string{"log_loss", "brier"}
	}
	return []string{"log_loss"}
}

// counting returns the rows whose weight is above 0.
func (a Answers) counting(weights []float64) (Answers, []float64) {
	if len(weights) != len(a.Truth) {
		panic(fmt.Sprintf("metric: %d weights for %d rows", len(weights), len(a.Truth)))
	}
	b := Answers{Classes: a.Classes, Positive: a.Positive}
	var kept []float64
	for i, w := range weights {
		if !(w > 0) {
			continue
		}
		kept = append(kept, w)
		b.Truth, b.Predicted = append(b.Truth, a.Truth[i]), append(b.Predicted, a.Predicted[i])
		if a.Proba != nil {
			b.Proba = append(b.Proba, a.Proba[i*a.Classes:(i+1)*a.Classes]...)
		}
		if a.Decision != nil {
			b.Decision = append(b.Decision, a.Decision[i*a.Classes:(i+1)*a.Classes]...)
		}
	}
	return b, kept
}

// weightedRanks returns the ROC AUC and the average precision of a class
// against the rest.
func (a Answers) weightedRanks(weights, ranks []float64, class int) (auc, ap Value) {
	order := make([]int, len(a.Truth))
	for i := range order {
		order[i] = i
	}
	at := func(i int) float64 { return ranks[i*a.Classes+class] }
	slices.SortStableFunc(order, func(i, j int) int {
		switch x, y := at(i), at(j); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	var tp, fp, area, precision float64
	for lo := 0; lo < len(order); {
		hi, hits, alarms := lo, 0.0, 0.0
		for ; hi < len(order) && at(order[hi]) == at(order[lo]); hi++ {
			if i := order[hi]; a.Truth[i] == class {
				hits += weights[i]
			} else {
				alarms += weights[i]
			}
		}
		area += alarms * (tp + hits/2)
		tp, fp, lo = tp+hits, fp+alarms, hi
		precision += hits * tp / (tp + fp)
	}
	auc, ap = undefined("roc_auc", "Every row is of one class."), undefined("average_precision", "No row is of the class.")
	if tp > 0 && fp > 0 {
		auc = score("roc_auc", area/tp/fp)
	}
	if tp > 0 {
		ap = score("average_precision", precision/tp)
	}
	return auc, ap
}

func (a Answers) weightedOneVsRest(weights, ranks []float64, t *table) Value {
	if used(t.truth) < a.Classes {
		return undefined("roc_auc_ovr", "%s of %d without a row that counts.", count(a.Classes-used(t.truth), "class"), a.Classes)
	}
	sum := 0.0
	for c := range a.Classes {
		auc, _ := a.weightedRanks(weights, ranks, c)
		sum += auc.Score
	}
	return score("roc_auc_ovr", sum/float64(a.Classes))
}

func (a Answers) weightedLosses(weights []float64, total float64) Scores {
	loss, square := 0.0, 0.0
	for i, c := range a.Truth {
		p := a.Proba[i*a.Classes+c]
		loss += weights[i] * rowLoss(p)
		square += weights[i] * (1 - p) * (1 - p)
	}
	out := Scores{score("log_loss", loss/total)}
	if a.Classes == 2 {
		out = append(out, score("brier", square/total))
	}
	return out
}

// RegressWeighted returns the scores of Regress in which a row of weight 2
// counts as two rows: those that scikit-learn has with sample_weight. A row of
// weight 0 counts as if it were not there.
func RegressWeighted(truth, predicted, weights []float64) Scores {
	names := []string{R2, "rmse", "mse", "mae", "mape", "max_error", "explained_variance", "rmsle"}
	var total, mean, bias float64
	for i, w := range weights {
		total += w
		mean += w * truth[i]
		bias += w * (truth[i] - predicted[i])
	}
	if total == 0 {
		return faulty(noWeights, names...)
	}
	mean, bias = mean/total, bias/total
	var squared, size, part, most, spread, centered, logs float64
	zero, noLog := false, false
	for i, w := range weights {
		if !(w > 0) {
			continue
		}
		y, p := truth[i], predicted[i]
		e := y - p
		squared, size, most = squared+w*e*e, size+w*math.Abs(e), max(most, math.Abs(e))
		spread, centered = spread+w*(y-mean)*(y-mean), centered+w*(e-bias)*(e-bias)
		if zero = zero || y == 0; !zero {
			part += w * math.Abs(e) / math.Abs(y)
		}
		if noLog = noLog || !(y > -1) || !(p > -1); !noLog {
			l := logRatio(y, p)
			logs += w * l * l
		}
	}
	share := func(name string, rest float64) Value {
		if spread == 0 {
			return undefined(name, "The true value is the same in every row that counts.")
		}
		return score(name, 1-rest/spread)
	}
	out := Scores{share(R2, squared), score("rmse", math.Sqrt(squared/total)), score("mse", squared/total), score("mae", size/total),
		score("mape", part/total), score("max_error", most), share("explained_variance", centered), score("rmsle", math.Sqrt(logs/total))}
	if zero {
		out[4] = undefined("mape", "The true value is 0 in a row, and no error is a share of 0.")
	}
	if noLog {
		out[7] = undefined("rmsle", "A true or predicted value is -1 or less, and has no log(1 + value).")
	}
	return out
}
