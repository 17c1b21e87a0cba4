package recipe

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// picking is a way of choosing columns.
type picking uint8

const (
	byVariance   picking = iota // above a variance
	byCount                     // so many with the best scores
	byPercentile                // so many in a hundred with the best scores
)

// pick keeps some columns.
type pick struct {
	by     picking
	limit  float64   // the variance, the count or the percentage
	score  string    // f_classif, f_regression or chi2; empty by variance
	keep   []bool    // of each column
	scores []float64 // or variances; NaN where there is none
	p      []float64 // p-values of the scores; nil by variance
}

func (o *pick) kept() []int {
	var out []int
	for j, k := range o.keep {
		if k {
			out = append(out, j)
		}
	}
	return out
}

func (o *pick) apply(x *frame.Matrix) (*frame.Matrix, error) { return columnsOf(x, o.kept()), nil }

func (o *pick) width(in int) (int, bool) {
	n := len(o.kept())
	return n, in == len(o.keep) && n > 0 && len(o.scores) == in && (o.by == byVariance || len(o.p) == in) && o.by <= byPercentile && finite(o.limit)
}

func (o *pick) names(in []string) []string { return chosen(in, o.kept()) }
func (o *pick) origin(in [][]int) [][]int  { return chosen(in, o.kept()) }

func (o *pick) step() string {
	if o.by == byVariance {
		return "variance_threshold"
	}
	return "select_best"
}

// maxTold is how many columns a step on prepared columns names.
const maxTold = 50

func (o *pick) describe(names []string) Learned {
	kept := o.kept()
	l := Learned{Step: o.step(), Text: fmt.Sprintf("%d of %s kept", len(kept), counted(len(o.keep), "prepared column"))}
	what := "score"
	if o.by == byVariance {
		what = "variance"
	}
	for _, j := range kept[:min(len(kept), maxTold)] {
		l.Columns = append(l.Columns, names[j])
		l.Values = append(l.Values, what+" "+rounded(o.scores[j]))
	}
	return l
}

func (o *pick) sklearn() *pickle.Object {
	if o.by == byVariance {
		return pickle.Estimator("sklearn.feature_selection._variance_threshold", "VarianceThreshold",
			pickle.Attr{Name: "threshold", Value: o.limit},
			pickle.Attr{Name: "variances_", Value: pickle.Floats(o.scores)})
	}
	const module = "sklearn.feature_selection._univariate_selection"
	attrs := []pickle.Attr{
		{Name: "score_func", Value: pickle.Global{Module: module, Name: o.score}},
		{Name: "scores_", Value: pickle.Floats(o.scores)},
		{Name: "pvalues_", Value: pickle.Floats(o.p)},
	}
	if o.by == byPercentile {
		return pickle.Estimator(module, "SelectPercentile", append(attrs, pickle.Attr{Name: "percentile", Value: o.limit})...)
	}
	var k pickle.Value = "all"
	if int(o.limit) < len(o.keep) {
		k = int(o.limit)
	}
	return pickle.Estimator(module, "SelectKBest", append(attrs, pickle.Attr{Name: "k", Value: k})...)
}

func (o *pick) append(b []byte) []byte {
	b = appendFloats(append(b, tagPick, byte(o.by)), o.limit)
	b = appendCount(appendText(b, o.score), len(o.keep))
	for j, k := range o.keep {
		b = appendFloats(append(b, byte(indicator(k))), o.scores[j])
	}
	b = appendCount(b, len(o.p))
	return appendFloats(b, o.p...)
}

func (r *reader) pick() matrixOp {
	o := &pick{by: picking(r.byte()), limit: r.float(), score: r.text()}
	for range r.length() {
		o.keep = append(o.keep, r.byte() != 0)
		o.scores = append(o.scores, r.float())
	}
	for range r.length() {
		o.p = append(o.p, r.float())
	}
	if o.by != byVariance && o.score != "f_classif" && o.score != "f_regression" && o.score != "chi2" {
		r.fail(errNested)
	}
	return o
}

// Varying keeps the columns whose variance is above the threshold, as
// scikit-learn's VarianceThreshold does.
func (p *Prepared) Varying(threshold float64) error {
	o := &pick{by: byVariance, limit: threshold, scores: make([]float64, p.x.Cols), keep: make([]bool, p.x.Cols)}
	p.eachBlock(func(first int, b frame.Block) {
		for j, m := range momentsOf(b, p.x.Rows) {
			o.scores[first+j] = m.variance
			if threshold == 0 { // a constant column may have a tiny variance
				o.scores[first+j] = min(m.variance, m.high-m.low)
			}
		}
	})
	for j, v := range o.scores {
		o.keep[j] = v > threshold
	}
	if len(o.kept()) == 0 {
		e := problem.Field("threshold", "No prepared column has a variance above %s.", rounded(threshold))
		return e.WithHint("Choose a lower threshold; the largest variance is %s.", rounded(slices.Max(o.scores)))
	}
	p.op = o
	return nil
}

// Best keeps so many of the columns that tell most of the target, each taken
// alone: by the F-test of scikit-learn's f_classif or f_regression, or with chi2
// by that of its chi2.
func (p *Prepared) Best(count int, chi2 bool) error { return p.best(byCount, float64(count), chi2) }

// BestPercent keeps so many in a hundred columns, as Best does.
func (p *Prepared) BestPercent(percent float64, chi2 bool) error {
	return p.best(byPercentile, percent, chi2)
}

func (p *Prepared) best(by picking, limit float64, chi2 bool) error {
	if err := p.target.need("Choosing the best columns"); err != nil {
		return err
	}
	o := &pick{by: by, limit: limit, score: "f_regression", scores: make([]float64, p.x.Cols), p: make([]float64, p.x.Cols)}
	test := p.correlations()
	switch {
	case chi2:
		if err := p.checkCounts(); err != nil {
			return err
		}
		o.score, test = "chi2", p.chiSquared()
	case p.target.classes > 0:
		o.score, test = "f_classif", p.classes()
	}
	p.eachBlock(func(first int, b frame.Block) {
		for j, t := range test(b) {
			o.scores[first+j], o.p[first+j] = t.f, t.p
		}
	})
	o.keep = bestOf(o.scores, by, limit)
	if len(o.kept()) == 0 {
		return problem.Field("percentile", "%s %% of %s is none.", rounded(limit), counted(p.x.Cols, "prepared column")).WithHint("Keep more.")
	}
	p.op = o
	return nil
}

// bestOf marks the columns with the best scores. Of a count's equal scores
// the last columns win, of a percentage's the first, as in scikit-learn.
func bestOf(scores []float64, by picking, limit float64) []bool {
	clean := slices.Clone(scores)
	for j, s := range clean {
		if s != s {
			clean[j] = -math.MaxFloat64
		}
	}
	keep := make([]bool, len(clean))
	if by == byCount {
		order := make([]int, len(clean))
		for j := range order {
			order[j] = j
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(clean[a], clean[b]) })
		for _, j := range order[max(0, len(order)-int(limit)):] {
			keep[j] = true
		}
		return keep
	}
	if limit >= 100 {
		for j := range keep {
			keep[j] = true
		}
		return keep
	}
	threshold := quantile(slices.Sorted(slices.Values(clean)), (100-limit)/100)
	left := int(float64(len(clean)) * limit / 100)
	for j, s := range clean {
		if keep[j] = s > threshold; keep[j] {
			left--
		}
	}
	for j, s := range clean {
		if s == threshold && left > 0 {
			keep[j] = true
			left--
		}
	}
	return keep
}
