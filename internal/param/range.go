package param

import (
	"math"
	"strconv"
)

// Range is an interval. Min and Max are allowed unless Open excludes Min.
type Range struct {
	Min, Max float64
	Open     bool // Min itself is refused
}

// AtLeast allows lo and above.
func AtLeast(lo float64) Range { return Range{Min: lo, Max: math.Inf(1)} }

// Above allows numbers greater than lo.
func Above(lo float64) Range { return Range{Min: lo, Max: math.Inf(1), Open: true} }

// Between allows lo to hi.
func Between(lo, hi float64) Range { return Range{Min: lo, Max: hi} }

// String reads after "must be".
func (r Range) String() string {
	min := "at least " + number(r.Min)
	if r.Open {
		min = "greater than " + number(r.Min)
	}
	max := "at most " + number(r.Max)
	over := math.Nextafter(r.Max, math.Inf(1)) // where it is whole, Max is the largest number below it
	below := over == math.Trunc(over) && r.Max != math.Trunc(r.Max)
	if below {
		max = "less than " + number(over)
	}
	switch {
	case math.IsInf(r.Max, 1) && math.IsInf(r.Min, -1):
		return "a number"
	case math.IsInf(r.Max, 1):
		return min
	case math.IsInf(r.Min, -1):
		return max
	case r.Open || below:
		return min + " and " + max
	}
	return "between " + number(r.Min) + " and " + number(r.Max)
}

// has reports whether x is in the range; NaN is not.
func (r Range) has(x float64) bool { return x >= r.Min && x <= r.Max && !(r.Open && x == r.Min) }

// number writes a number as people do where it has few digits: 1000000, and
// not 1e+06.
func number(x float64) string {
	if math.Abs(x) < 1e15 && x == math.Trunc(x) {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
