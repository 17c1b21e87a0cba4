package recipe

import (
	"math"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/problem"
)

// log1p takes the logarithm of 1 + x.
type log1p struct{}

func (log1p) apply(v *values, seen *Seen) error {
	from, to := v.rewrite()
	for i, x := range from {
		if x <= -1 {
			return noLog(seen.Column, x)
		}
		to[i] = math.Log1p(x)
	}
	return nil
}

func noLog(column string, x float64) error {
	return problem.Column(column, "%s is %s in one row; log takes numbers above -1 alone.", column, number(x)).
		WithHint("Choose yeo_johnson, which takes any number.")
}

func (log1p) like() string { return "log1p" }

func (log1p) sklearn([]op) *pickle.Object {
	return function(pickle.Global{Module: "numpy", Name: "log1p"}, nil)
}

// keepsNames reports whether scikit-learn's transformer returns a DataFrame
// where it is given one: functions do.
func keepsNames(o op) bool {
	switch o.(type) {
	case log1p, *limits:
		return true
	}
	return false
}

func (log1p) step() string { return "transform" }
func (log1p) word() string { return "log" }

func (log1p) describe() (text, value string) { return "Logarithm taken", "log(1 + x)" }

func (log1p) sound() bool { return true }

func (log1p) append(b []byte) []byte { return append(b, tagLog) }

// Log takes the logarithm of 1 + x. A number that is not above -1 is a
// *problem.Error.
func (c *Column) Log() error { return c.learned(log1p{}) }
