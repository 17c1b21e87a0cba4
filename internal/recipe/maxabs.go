package recipe

import (
	"math"

	"clicktrain/internal/export/pickle"
)

// maxAbs divides by the greatest size of a training row's number, as
// scikit-learn's MaxAbsScaler does, so that 0 stays 0.
type maxAbs struct {
	most float64
	n    int // training rows
}

func (o *maxAbs) apply(v *values, seen *Seen) error {
	scale := divisor(o.most)
	from, to := v.rewrite()
	for i, x := range from {
		z := x / scale
		if math.IsInf(z, 0) {
			return tooFar(seen.Column, x, "scaled")
		}
		to[i] = z
	}
	return nil
}

func (o *maxAbs) like() string { return "max-abs" }

func (o *maxAbs) sklearn(columns []op) *pickle.Object {
	most := gather(columns, func(o *maxAbs) float64 { return o.most })
	scale := gather(columns, func(o *maxAbs) float64 { return divisor(o.most) })
	return pickle.Estimator("sklearn.preprocessing._data", "MaxAbsScaler",
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "clip", Value: false},
		pickle.Attr{Name: "n_samples_seen_", Value: o.n},
		pickle.Attr{Name: "max_abs_", Value: pickle.Floats(most)},
		pickle.Attr{Name: "scale_", Value: pickle.Floats(scale)})
}

func (o *maxAbs) step() string { return "scale" }
func (o *maxAbs) word() string { return "max_abs" }

func (o *maxAbs) describe() (text, value string) {
	return "Scaled to -1 to 1, with 0 left where it is", "divided by " + rounded(divisor(o.most))
}

func (o *maxAbs) sound() bool { return finite(o.most) && o.most >= 0 }

func (o *maxAbs) append(b []byte) []byte {
	return appendFloats(appendCount(append(b, tagMaxAbs), o.n), o.most)
}

// MaxAbs learns the greatest size of a number, and makes it 1.
func (c *Column) MaxAbs() error {
	return c.perColumn(func(num []float64) (op, error) {
		o := &maxAbs{n: len(num)}
		for _, x := range num {
			if a := math.Abs(x); a > o.most {
				o.most = a
			}
		}
		return o, nil
	})
}
