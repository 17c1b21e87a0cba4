package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
)

// robust subtracts the median and divides by the distance between the
// quartiles, as scikit-learn's RobustScaler does.
type robust struct{ center, spread float64 }

func (o *robust) apply(v *values, seen *Seen) error {
	scale := divisor(o.spread)
	from, to := v.rewrite()
	for i, x := range from {
		z := float64(x-o.center) / scale
		if math.IsInf(z, 0) {
			return tooFar(seen.Column, x, "scaled")
		}
		to[i] = z
	}
	return nil
}

func (o *robust) like() string { return "robust" }

func (o *robust) sklearn(columns []op) *pickle.Object {
	center := gather(columns, func(o *robust) float64 { return o.center })
	scale := gather(columns, func(o *robust) float64 { return divisor(o.spread) })
	return pickle.Estimator("sklearn.preprocessing._data", "RobustScaler",
		pickle.Attr{Name: "with_centering", Value: true},
		pickle.Attr{Name: "with_scaling", Value: true},
		pickle.Attr{Name: "quantile_range", Value: pickle.Tuple{25.0, 75.0}},
		pickle.Attr{Name: "unit_variance", Value: false},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "center_", Value: pickle.Floats(center)},
		pickle.Attr{Name: "scale_", Value: pickle.Floats(scale)})
}

func (o *robust) step() string { return "scale" }
func (o *robust) word() string { return "robust" }

func (o *robust) describe() (text, value string) {
	return "Scaled by the median and the distance between the quartiles",
		fmt.Sprintf("median %s, distance %s", rounded(o.center), rounded(o.spread))
}

func (o *robust) sound() bool { return allFinite(o.center, o.spread) && o.spread >= 0 }

func (o *robust) append(b []byte) []byte {
	return appendFloats(append(b, tagRobust), o.center, o.spread)
}

// Robust learns the median and the quartiles, and makes the median 0 and the
// distance between the quartiles 1.
func (c *Column) Robust() error {
	return c.perColumn(func(x []float64) (op, error) {
		n := countPresent(x)
		o := &robust{center: median(x), spread: quantileOf(x, n, 0.75) - quantileOf(x, n, 0.25)}
		if !o.sound() {
			return nil, c.tooLarge("distance between quartiles")
		}
		return o, nil
	})
}
