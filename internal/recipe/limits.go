package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
)

// Rule says what an outlier is.
type Rule uint8

// The rules.
const (
	IQR    Rule = iota // beyond the quartiles by some times the distance between them (Tukey 1977)
	ZScore             // further from the mean than some standard deviations
)

// String returns the rule's name in the API.
func (r Rule) String() string { return [...]string{IQR: "iqr", ZScore: "z_score"}[r] }

// limits moves what is beyond two limits to them.
type limits struct {
	rule      Rule
	low, high float64 // infinite where no number is too far
}

func (o *limits) apply(v *values, _ *Seen) error {
	from, to := v.rewrite()
	for i, x := range from {
		switch {
		case x < o.low:
			x = o.low
		case x > o.high:
			x = o.high
		}
		to[i] = x
	}
	return nil
}

func (o *limits) like() string { return "limits" }

func (o *limits) sklearn(columns []op) *pickle.Object {
	return function(pickle.Global{Module: "numpy", Name: "clip"}, pickle.Dict{
		{Key: "a_min", Value: pickle.Floats(gather(columns, func(o *limits) float64 { return o.low }))},
		{Key: "a_max", Value: pickle.Floats(gather(columns, func(o *limits) float64 { return o.high }))},
	})
}

func (o *limits) step() string { return "cap_outliers" }
func (o *limits) word() string { return "cap" }

func (o *limits) describe() (text, value string) {
	text = "Outliers moved to the limits of the rule " + o.rule.String()
	if math.IsInf(o.low, 0) {
		return text, "none: half of the values are equal"
	}
	return text, fmt.Sprintf("%s to %s", rounded(o.low), rounded(o.high))
}

func (o *limits) sound() bool { return o.rule <= ZScore && o.low <= o.high }

func (o *limits) append(b []byte) []byte {
	return appendFloats(append(b, tagCap, byte(o.rule)), o.low, o.high)
}

// Limits returns the least and the greatest number that is no outlier by the
// rule, with its factor k. Missing numbers are left out of account. Where the
// quartiles, or all numbers, are equal nothing is an outlier, and the limits
// are infinite. ok is false if the numbers are too large to tell.
func (r Rule) Limits(x []float64, k float64) (low, high float64, ok bool) {
	var center, spread float64
	if r == ZScore {
		s, err := newStandardize(x)
		if err != nil {
			return 0, 0, false
		}
		center, spread = s.mean, math.Sqrt(max(0, s.variance))
		low, high = center-float64(k*spread), center+float64(k*spread)
	} else {
		n := countPresent(x)
		first, third := quantileOf(x, n, 0.25), quantileOf(x, n, 0.75)
		spread = third - first
		low, high = first-float64(k*spread), third+float64(k*spread)
	}
	if spread == 0 {
		return math.Inf(-1), math.Inf(1), true
	}
	return low, high, allFinite(low, high)
}

// Cap learns the limits beyond which a number is an outlier, and moves outliers
// to them.
func (c *Column) Cap(rule Rule, k float64) error {
	low, high, ok := rule.Limits(c.values.num, k)
	if !ok {
		return c.tooLarge("limits")
	}
	return c.learned(&limits{rule, low, high})
}
