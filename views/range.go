package views

import (
	"math"
	"strconv"
)

// Range formats the two ends of an interval and half its width, with as many
// decimals as show that it is one: two digits of the width where the first is 1
// or 2, else one. An interval of no width is an en dash, thrice.
func Range(low, high float64) (from, to, half string) {
	width := (high - low) / 2
	if !(width > 0) || math.IsInf(width, 0) {
		return none, none, none
	}
	exponent := math.Floor(math.Log10(width))
	decimals := -int(exponent)
	if width/math.Pow(10, exponent) < 3 {
		decimals++
	}
	const most = 8
	if decimals > most || max(math.Abs(low), math.Abs(high)) >= 1e7 {
		digits := 2 + max(0, int(math.Ceil(math.Log10(max(math.Abs(low), math.Abs(high))/width))))
		return significant(low, digits), significant(high, digits), significant(width, 2)
	}
	decimals = max(decimals, 0)
	return Fixed(low, decimals), Fixed(high, decimals), Fixed(width, decimals)
}

// significant formats a number with that many digits, as 1.23×10⁵ where it is
// far from 1.
func significant(x float64, digits int) string {
	if a := math.Abs(x); a == 0 || a >= 1e-4 && a < 1e7 {
		return grouped(strconv.FormatFloat(x, 'g', digits, 64))
	}
	return scientificWith(x, digits)
}
