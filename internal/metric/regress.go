package metric

import (
	"fmt"
	"math"
	"slices"
)

// RegressReport scores a regression.
type RegressReport struct {
	Rows   int    `json:"rows"`
	Scores Scores `json:"scores"` // R² first

	// Intervals are 95 % intervals of scores, by name; nil where they were not
	// asked for.
	Intervals Intervals `json:"intervals,omitempty"`
}

// Values returns the scores in order.
func (r RegressReport) Values() []Value { return r.Scores }

// Headline returns R².
func (r RegressReport) Headline() Value {
	v, _ := r.Scores.Named(R2)
	return v
}

// Regress scores n predicted numbers against the true ones; columns is how many
// columns the model was fitted on, for adjusted R². It reads its arguments
// only, and panics if their lengths differ. Scores that overflow or that meet a
// number that is not finite are undefined. It works on all processors; the
// scores do not depend on how many there are. The cost is O(n).
func Regress(truth, predicted []float64, columns int) RegressReport {
	n := len(truth)
	if len(predicted) != n {
		panic(fmt.Sprintf("metric: %d true numbers and %d predicted", n, len(predicted)))
	}
	if n == 0 {
		var out Scores
		for _, m := range catalog[slices.IndexFunc(catalog[:], func(m Metric) bool { return m.Name == R2 }):] {
			out = append(out, undefined(m.Name, noRows))
		}
		return RegressReport{Scores: out}
	}
	e := newResiduals(truth, predicted)
	mse := e.first.squared / float64(n)
	r2 := e.share(R2, e.first.squared)
	return RegressReport{Rows: n, Scores: Scores{
		r2,
		score("rmse", math.Sqrt(mse)),
		score("mse", mse),
		score("mae", e.first.size/float64(n)),
		score("median_ae", e.middleSize),
		e.mape(),
		score("max_error", e.first.max),
		e.share("explained_variance", e.rest.centered),
		adjusted(r2, n, columns),
		score("smape", e.first.mutual/float64(n)),
		e.rmsle(),
		e.cvRMSE(mse),
		e.pearson(),
		e.relative(),
		e.rootRelative(),
		e.d2(),
	}}
}

// share returns 1 − rest/spread, which no spread leaves undefined.
func (e *residuals) share(name string, rest float64) Value {
	reason := e.alike()
	if reason == "" && e.rest.spread == 0 {
		reason = "The true value is the same in every row."
	}
	if reason != "" {
		return undefined(name, "%s", reason)
	}
	return score(name, 1-rest/e.rest.spread)
}

// alike returns why a score that compares errors with how truth spreads is
// undefined, or nothing.
func (e *residuals) alike() string {
	switch {
	case e.n < 2:
		return "It takes at least 2 rows."
	case e.truthSame:
		return "The true value is the same in every row."
	}
	return ""
}

func (e *residuals) mape() Value {
	if zeros := e.first.zeros; zeros > 0 {
		return undefined("mape", "The true value is 0 in %s, and no error is a share of 0.", count(zeros, "row"))
	}
	return score("mape", e.first.share/float64(e.n))
}
