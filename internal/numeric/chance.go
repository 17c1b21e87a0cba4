package numeric

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Expit returns 1/(1+e^-d), for any d without overflow.
func Expit(d float64) float64 {
	if d >= 0 {
		return 1 / (1 + math.Exp(-d))
	}
	e := math.Exp(d)
	return e / (1 + e)
}

// Softmax turns scores into shares that sum to 1, in place: e^d over the sum of
// all e^d. Of infinite scores, the first highest takes all. d must not be empty.
func Softmax(d []float64) {
	top := floats.MaxIdx(d)
	most, sum := d[top], 0.0
	for c := range d {
		d[c] = math.Exp(d[c] - most)
		sum += d[c]
	}
	if math.IsNaN(sum) {
		clear(d)
		d[top], sum = 1, 1
	}
	for c := range d {
		d[c] /= sum
	}
}
