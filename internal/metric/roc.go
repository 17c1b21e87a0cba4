package metric

// Point is one point of a ROC curve: what share of each class has a
// probability of at least Threshold.
type Point struct {
	FPR       float64 `json:"fpr"`       // share of the other rows, 0 to 1
	TPR       float64 `json:"tpr"`       // share of the class's rows, 0 to 1
	Threshold float64 `json:"threshold"` // of the first point, (0, 0): above every probability
}

// maxPoints bounds a stored curve; a plot shows no more.
const maxPoints = 200

// ranking holds the scores of one class's rows and of all others, each sorted
// descending: all that a rank metric needs.
type ranking struct{ positive, negative []float64 }

// newRanking ranks the rows by the probability of one class.
func newRanking(truth []int, proba []float64, class, classes int) ranking {
	all := make([]float64, len(truth))
	lo, hi := 0, len(all)
	for i, c := range truth {
		p := proba[i*classes+class]
		if c == class {
			all[lo] = p
			lo++
		} else {
			hi--
			all[hi] = p
		}
	}
	r := ranking{all[:lo], all[lo:]}
	sortDescending(r.positive)
	sortDescending(r.negative)
	return r
}

// reversed returns the ranking by the negated scores.
func (r ranking) reversed() ranking {
	negated := func(x []float64) []float64 {
		out := make([]float64, len(x))
		for i, v := range x {
			out[len(x)-1-i] = -v
		}
		return out
	}
	return ranking{negated(r.positive), negated(r.negative)}
}

// walk calls step for each distinct score, from the highest, with how many
// positives and negatives have at least that score.
func (r ranking) walk(step func(score float64, tp, fp int)) {
	tp, fp := 0, 0
	for tp < len(r.positive) || fp < len(r.negative) {
		var s float64
		switch {
		case tp == len(r.positive):
			s = r.negative[fp]
		case fp == len(r.negative):
			s = r.positive[tp]
		default:
			s = max(r.positive[tp], r.negative[fp])
		}
		for tp < len(r.positive) && r.positive[tp] == s {
			tp++
		}
		for fp < len(r.negative) && r.negative[fp] == s {
			fp++
		}
		step(s, tp, fp)
	}
}

// oneSided says why nothing can be ranked, or is empty.
func (r ranking) oneSided() string {
	if len(r.positive) == 0 || len(r.negative) == 0 {
		return "Every row is of one class."
	}
	return ""
}

// auc is the area under the ROC curve by trapezoids, which counts a tie as a
// half (Fawcett 2006, algorithm 2). The doubled area is summed in whole
// numbers, so it is exact.
func (r ranking) auc() Value {
	if reason := r.oneSided(); reason != "" {
		return undefined("roc_auc", "%s", reason)
	}
	var area float64
	lastTP, lastFP := 0, 0
	r.walk(func(_ float64, tp, fp int) {
		area += float64((fp - lastFP) * (tp + lastTP))
		lastTP, lastFP = tp, fp
	})
	return score("roc_auc", area/2/float64(len(r.positive))/float64(len(r.negative)))
}

// averagePrecision is Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over the distinct thresholds, without
// interpolation.
func (r ranking) averagePrecision() Value {
	if len(r.positive) == 0 {
		return undefined("average_precision", "No row is of the class.")
	}
	sum, last := 0.0, 0
	r.walk(func(_ float64, tp, fp int) {
		if tp > last {
			sum += float64(tp-last) * float64(tp) / float64(tp+fp)
			last = tp
		}
	})
	return score("average_precision", sum/float64(len(r.positive)))
}

// roc returns the curve from (0, 0) to (1, 1), or nil where one of the classes
// has no rows. Points on a straight line between their neighbors are left out.
func (r ranking) roc() []Point {
	if r.oneSided() != "" {
		return nil
	}
	type corner struct {
		score  float64
		tp, fp int
	}
	top := 0.0
	for _, s := range []([]float64){r.positive, r.negative} {
		top = max(top, s[0])
	}
	corners := []corner{{top + 1, 0, 0}}
	r.walk(func(s float64, tp, fp int) {
		if n := len(corners); n > 1 {
			a, b := corners[n-2], corners[n-1]
			if (b.tp-a.tp)*(fp-b.fp) == (tp-b.tp)*(b.fp-a.fp) {
				corners = corners[:n-1]
			}
		}
		corners = append(corners, corner{s, tp, fp})
	})
	points := make([]Point, len(corners))
	for i, c := range corners {
		points[i] = Point{float64(c.fp) / float64(len(r.negative)), float64(c.tp) / float64(len(r.positive)), c.score}
	}
	return points
}

// thin keeps at most limit points of a curve: the ends, and those that are far
// enough along it from the last one kept. No point left out is further than
// 2/(limit−2) along the curve from one that is kept.
func thin(points []Point, limit int) []Point {
	if len(points) <= limit {
		return points
	}
	gap := 2 / float64(limit-2)
	along := func(p Point) float64 { return p.FPR + p.TPR } // 0 to 2, never falling
	out := []Point{points[0]}
	end := len(points) - 1
	for _, p := range points[1:end] {
		if along(p)-along(out[len(out)-1]) > gap {
			out = append(out, p)
		}
	}
	return append(out, points[end])
}
