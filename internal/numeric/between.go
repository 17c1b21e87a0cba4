package numeric

import "math"

// Between returns the point at the share t of the way from a to b, exact at
// both ends, by the arithmetic of numpy's percentile.
func Between(a, b, t float64) float64 {
	if a == b {
		return a
	}
	d := b - a
	if math.IsInf(d, 0) { // the way is longer than any number
		return float64(a*(1-t)) + float64(b*t)
	}
	if t >= 0.5 {
		return b - float64(d*(1-t))
	}
	return a + float64(d*t)
}
