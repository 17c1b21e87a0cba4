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
// number that is not finite are undefined. The cost is O(n log n).
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
	mse := e.squared / float64(n)
	r2 := e.share(R2, e.squared, truth)
	return RegressReport{Rows: n, Scores: Scores{
		r2,
		score("rmse", math.Sqrt(mse)),
		score("mse", mse),
		score("mae", e.sum/float64(n)),
		score("median_ae", median(e.sizes)),
		e.mape(truth),
		score("max_error", slices.Max(e.sizes)),
		e.share("explained_variance", e.centered, truth),
		adjusted(r2, n, columns),
		smape(truth, predicted),
		rmsle(truth, predicted),
		e.cvRMSE(mse),
		pearson(truth, predicted),
		e.absolute("relative_absolute_error", truth, e.mean),
		e.rootRelative(truth),
		e.absolute("d2_absolute_error", truth, median(truth)),
	}}
}

// residuals holds the sums that the scores are made of.
type residuals struct {
	sizes    []float64 // |predicted − truth|
	sum      float64   // of sizes
	squared  float64   // Σ error²
	centered float64   // Σ (error − mean error)²
	spread   float64   // Σ (truth − mean)²
	mean     float64   // of truth
}

func newResiduals(truth, predicted []float64) residuals {
	e := residuals{sizes: make([]float64, len(truth))}
	var bias, mean float64
	for i, y := range truth {
		d := y - predicted[i]
		e.sizes[i] = math.Abs(d)
		e.sum += e.sizes[i]
		e.squared += d * d
		bias += d
		mean += y
	}
	n := float64(len(truth))
	bias, mean = bias/n, mean/n
	e.mean = mean
	for i, y := range truth {
		d, s := y-predicted[i]-bias, y-mean
		e.centered += d * d
		e.spread += s * s
	}
	return e
}

// share returns 1 − rest/spread, which no spread leaves undefined.
func (e residuals) share(name string, rest float64, truth []float64) Value {
	switch {
	case len(truth) < 2:
		return undefined(name, "It takes at least 2 rows.")
	case constant(truth) || e.spread == 0:
		return undefined(name, "The true value is the same in every row.")
	}
	return score(name, 1-rest/e.spread)
}

func (e residuals) mape(truth []float64) Value {
	zeros, sum := 0, 0.0
	for i, y := range truth {
		if y == 0 {
			zeros++
		}
		sum += e.sizes[i] / math.Abs(y)
	}
	if zeros > 0 {
		return undefined("mape", "The true value is 0 in %s, and no error is a share of 0.", count(zeros, "row"))
	}
	return score("mape", sum/float64(len(truth)))
}

func constant(x []float64) bool {
	for _, v := range x {
		if v != x[0] {
			return false
		}
	}
	return true
}

// median returns the median of a non-empty x, the mean of the middle two for
// an even length, and NaN if x holds NaN.
func median(x []float64) float64 {
	for _, v := range x {
		if math.IsNaN(v) {
			return v
		}
	}
	x = slices.Clone(x)
	sortDescending(x)
	mid := len(x) / 2
	if len(x)%2 == 1 {
		return x[mid]
	}
	return x[mid]/2 + x[mid-1]/2
}
