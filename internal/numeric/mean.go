// Package numeric has pure functions on numbers that gonum lacks. Each names
// its source.
package numeric

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Mean returns the mean of x, which must not be empty and must be finite: the
// result then is finite too, however large the numbers are. It is found in two
// passes, the second of which adds the mean of what the first left over, so
// that the mean of equal numbers is that number (Higham 2002, section 1.9).
func Mean(x []float64) float64 {
	n := float64(len(x))
	mean := floats.Sum(x) / n
	if math.IsInf(mean, 0) || math.IsNaN(mean) { // the sum is beyond float64
		mean = 0
		for _, v := range x {
			mean += v / n
		}
		return mean
	}
	rest := 0.0
	for _, v := range x {
		rest += v - mean
	}
	if math.IsInf(rest, 0) || math.IsNaN(rest) {
		return mean
	}
	return mean + rest/n
}
