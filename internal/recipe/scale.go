package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
)

// standardize subtracts the mean and divides by the standard deviation.
type standardize struct {
	mean, variance, scale float64
	n                     int // training rows with a value
}

// apply rounds twice, as scikit-learn does: a product with 1/scale would
// differ in the last place.
func (o *standardize) apply(v *values, seen *Seen) error {
	mean, scale := o.mean, o.scale
	from, to := v.rewrite()
	for i, x := range from {
		z := float64(x-mean) / scale
		if math.IsInf(z, 0) {
			return tooFar(seen.Column, x, "scaled")
		}
		to[i] = z
	}
	return nil
}

func (o *standardize) like() string { return "standardize" }

func (o *standardize) sklearn(columns []op) *pickle.Object {
	k := len(columns)
	mean, variance, scale, n := make([]float64, k), make([]float64, k), make([]float64, k), make([]int64, k)
	same := true
	for i, c := range columns {
		s := c.(*standardize)
		mean[i], variance[i], scale[i], n[i] = s.mean, s.variance, s.scale, int64(s.n)
		same = same && n[i] == n[0]
	}
	var count pickle.Value = int(n[0])
	if !same {
		count = pickle.Ints(n)
	}
	return pickle.Estimator("sklearn.preprocessing._data", "StandardScaler",
		pickle.Attr{Name: "with_mean", Value: true},
		pickle.Attr{Name: "with_std", Value: true},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "n_samples_seen_", Value: count},
		pickle.Attr{Name: "mean_", Value: pickle.Floats(mean)},
		pickle.Attr{Name: "var_", Value: pickle.Floats(variance)},
		pickle.Attr{Name: "scale_", Value: pickle.Floats(scale)})
}

// constant reports whether the variance is within its rounding error.
func (o *standardize) constant() bool {
	const eps = 0x1p-52
	size := float64(o.n)
	drift := size * o.mean * eps
	return !(o.variance > float64(size*eps*o.variance)+float64(drift*drift))
}

// newStandardize learns from the numbers of x that are not missing. The
// variance is the population's, by two passes with the correction of Chan,
// Golub and LeVeque 1983; a variance within its rounding error counts as zero,
// and its scale is then 1, by the rule of scikit-learn's StandardScaler.
func newStandardize(x []float64) (*standardize, error) {
	sum, n := sumPresent(x)
	if n == 0 {
		return &standardize{scale: 1}, nil
	}
	size := float64(n)
	o := &standardize{mean: sum / size, n: n}
	correction, squares := 0.0, 0.0
	for len(x) > 0 { // in blocks, so that rounding errors do not add up
		block := x[:min(len(x), sumBlock)]
		x = x[len(block):]
		var c, s float64
		for _, v := range block {
			if d := v - o.mean; d == d {
				c += d
				s += float64(d * d)
			}
		}
		correction += c
		squares += s
	}
	o.variance = (squares - float64(correction*correction)/size) / size
	o.scale = math.Sqrt(o.variance)
	if o.constant() {
		o.scale = 1
	}
	if math.IsInf(o.mean, 0) || math.IsInf(squares, 0) || o.scale != o.scale {
		return nil, fmt.Errorf("mean %g, sum of squares %g", o.mean, squares)
	}
	return o, nil
}
