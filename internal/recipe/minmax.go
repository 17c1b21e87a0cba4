package recipe

import (
	"fmt"

	"clicktrain/internal/export/pickle"
)

// minMax maps the range of the training rows to 0 to 1, as scikit-learn's
// MinMaxScaler does: x·scale + min.
type minMax struct {
	low, high float64 // of the training rows
	n         int     // training rows
}

// tiny is the least range, or size, that a scaler divides by: what is below it
// counts as constant. It is scikit-learn's.
const tiny = 10 * 0x1p-52

// divisor returns what a scaler divides by.
func divisor(x float64) float64 {
	if x < tiny {
		return 1
	}
	return x
}

// factors returns what numbers are multiplied by, and what is then added.
func (o *minMax) factors() (scale, shift float64) {
	scale = 1 / divisor(o.high-o.low)
	return scale, 0 - float64(o.low*scale)
}

func (o *minMax) apply(v *values, seen *Seen) error {
	scale, shift := o.factors()
	from, to := v.rewrite()
	for i, x := range from {
		z := float64(x*scale) + shift // rounded twice, as numpy does
		if !finite(z) && x == x {
			return tooFar(seen.Column, x, "scaled")
		}
		to[i] = z
	}
	return nil
}

func (o *minMax) like() string { return "min-max" }

func (o *minMax) sklearn(columns []op) *pickle.Object {
	get := func(f func(*minMax) float64) pickle.Array { return pickle.Floats(gather(columns, f)) }
	return pickle.Estimator("sklearn.preprocessing._data", "MinMaxScaler",
		pickle.Attr{Name: "feature_range", Value: pickle.Tuple{0, 1}},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "clip", Value: false},
		pickle.Attr{Name: "n_samples_seen_", Value: o.n},
		pickle.Attr{Name: "scale_", Value: get(func(o *minMax) float64 { scale, _ := o.factors(); return scale })},
		pickle.Attr{Name: "min_", Value: get(func(o *minMax) float64 { _, shift := o.factors(); return shift })},
		pickle.Attr{Name: "data_min_", Value: get(func(o *minMax) float64 { return o.low })},
		pickle.Attr{Name: "data_max_", Value: get(func(o *minMax) float64 { return o.high })},
		pickle.Attr{Name: "data_range_", Value: get(func(o *minMax) float64 { return o.high - o.low })})
}

func (o *minMax) step() string { return "scale" }
func (o *minMax) word() string { return "min_max" }

func (o *minMax) describe() (text, value string) {
	return "Scaled to 0 to 1", fmt.Sprintf("from %s to %s", rounded(o.low), rounded(o.high))
}

func (o *minMax) sound() bool {
	scale, shift := o.factors()
	return allFinite(o.low, o.high, o.high-o.low, scale, shift) && o.low <= o.high
}

func (o *minMax) append(b []byte) []byte {
	return appendFloats(appendCount(append(b, tagMinMax), o.n), o.low, o.high)
}

// MinMax learns the least and the greatest number, and makes them 0 and 1.
func (c *Column) MinMax() error {
	return c.perColumn(func(num []float64) (op, error) {
		o := &minMax{n: len(num)}
		o.low, o.high = extent(num)
		if !o.sound() {
			return nil, c.tooLarge("range")
		}
		return o, nil
	})
}
