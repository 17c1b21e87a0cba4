package metric

import (
	"math"
	"slices"
)

// Cut counts what comes of saying the class of interest from a threshold on.
type Cut struct {
	Threshold float64 `json:"threshold"`
	TP        int     `json:"tp"` // rows of the class that are found
	FP        int     `json:"fp"` // false alarms
	FN        int     `json:"fn"` // rows of the class that are missed
	TN        int     `json:"tn"`
}

// Best is the threshold at which a score is highest.
type Best struct {
	Criterion string  `json:"criterion"`
	Score     float64 `json:"score"`
	Cut
}

// criteria are the scores that a threshold can be chosen for. A share of no
// rows is 0, as an answer that finds nothing deserves.
var criteria = []struct {
	name string
	of   func(c Cut) float64
}{
	{"f1", func(c Cut) float64 { return c.fBeta(1) }},
	{"f2", func(c Cut) float64 { return c.fBeta(2) }},
	{"f0point5", func(c Cut) float64 { return c.fBeta(0.5) }},
	{"accuracy", func(c Cut) float64 { return ratio(c.TP+c.TN, c.TP+c.FP+c.FN+c.TN) }},
	{"precision", func(c Cut) float64 { return ratio(c.TP, c.TP+c.FP) }},
	{"recall", func(c Cut) float64 { return ratio(c.TP, c.TP+c.FN) }},
	{"specificity", func(c Cut) float64 { return ratio(c.TN, c.TN+c.FP) }},
	{"absolute_mcc", absoluteMCC},
	{"min_per_class_accuracy", func(c Cut) float64 { return min(ratio(c.TP, c.TP+c.FN), ratio(c.TN, c.TN+c.FP)) }},
	{"mean_per_class_accuracy", func(c Cut) float64 { return (ratio(c.TP, c.TP+c.FN) + ratio(c.TN, c.TN+c.FP)) / 2 }},
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// fBeta is the weighted harmonic mean of precision and recall, in which recall
// counts beta times as much.
func fBeta(tp, fp, fn, beta float64) float64 {
	b := beta * beta
	down := (1+b)*tp + b*fn + fp
	if down == 0 {
		return 0
	}
	return (1 + b) * tp / down
}

func (c Cut) fBeta(beta float64) float64 {
	return fBeta(float64(c.TP), float64(c.FP), float64(c.FN), beta)
}

func absoluteMCC(c Cut) float64 {
	tp, fp, fn, tn := float64(c.TP), float64(c.FP), float64(c.FN), float64(c.TN)
	down := math.Sqrt(tp+fp) * math.Sqrt(tp+fn) * math.Sqrt(tn+fp) * math.Sqrt(tn+fn)
	if down == 0 {
		return 0
	}
	return math.Abs(tp*tn-fp*fn) / down
}

// cuts returns what comes of each distinct score as the threshold, from the
// highest.
func (r ranking) cuts() []Cut {
	var out []Cut
	r.walk(func(s float64, tp, fp int) {
		out = append(out, Cut{s, tp, fp, len(r.positive) - tp, len(r.negative) - fp})
	})
	return out
}

// best returns the cut at which each criterion is highest; of equal ones, the
// one of the highest threshold. There must be a cut.
func best(cuts []Cut) []Best {
	out := make([]Best, len(criteria))
	for k, c := range criteria {
		out[k] = Best{c.name, c.of(cuts[0]), cuts[0]}
		for _, cut := range cuts[1:] {
			if x := c.of(cut); x > out[k].Score {
				out[k].Score, out[k].Cut = x, cut
			}
		}
	}
	return out
}

// sweep returns at most limit of the cuts, evenly spaced over the rows that are
// said to be of the class; the first and the last are among them.
func sweep(cuts []Cut, limit int) []Cut {
	if len(cuts) <= limit {
		return slices.Clone(cuts)
	}
	said := func(c Cut) int { return c.TP + c.FP }
	total := float64(said(cuts[len(cuts)-1]))
	out := []Cut{cuts[0]}
	for i, c := range cuts[1:] {
		last := i+1 == len(cuts)-1
		if last || float64(said(c)-said(out[len(out)-1])) > total/float64(limit-2) {
			out = append(out, c)
		}
	}
	return out
}

// ks is the largest distance between the shares found of both classes
// (Kolmogorov and Smirnov's statistic of two samples).
func (r ranking) ks(cuts []Cut) Value {
	if reason := r.oneSided(); reason != "" {
		return undefined("ks", "%s", reason)
	}
	most := 0.0
	for _, c := range cuts {
		most = max(most, math.Abs(ratio(c.TP, len(r.positive))-ratio(c.FP, len(r.negative))))
	}
	return score("ks", most)
}

// PRPoint is one point of a precision-recall curve.
type PRPoint struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Threshold float64 `json:"threshold"`
}

// precisionRecall returns the curve by rising recall, thinned to about limit
// points, or nil where the class has no rows.
func (r ranking) precisionRecall(cuts []Cut, limit int) []PRPoint {
	if len(r.positive) == 0 {
		return nil
	}
	var out []PRPoint
	for _, c := range sweep(cuts, limit) {
		out = append(out, PRPoint{ratio(c.TP, c.TP+c.FP), ratio(c.TP, len(r.positive)), c.Threshold})
		if c.FN == 0 {
			break // precision only falls from here
		}
	}
	return out
}
