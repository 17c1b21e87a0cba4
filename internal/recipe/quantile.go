package recipe

import (
	"math"
	"slices"

	"clicktrain/internal/numeric"
)

// ascending returns the numbers of x that are not missing, in order.
func ascending(x []float64) []float64 {
	sorted := make([]float64, 0, len(x))
	for _, v := range x {
		if v == v {
			sorted = append(sorted, v+0) // a negative zero becomes zero
		}
	}
	slices.Sort(sorted)
	return sorted
}

// extent returns the least and the greatest number that is not missing. There
// must be one.
func extent(x []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range x {
		if v < low {
			low = v
		}
		if v > high {
			high = v
		}
	}
	return low, high
}

// quantile returns what stands at the share q, from 0 to 1, of numbers in
// order, of which there must be one: at place q·(n-1), counted from 0, and
// between two numbers on the line from one to the other. The arithmetic is that
// of numpy's percentile.
func quantile(sorted []float64, q float64) float64 {
	i, t := placeOf(q, len(sorted))
	return numeric.Between(sorted[i], sorted[min(i+1, len(sorted)-1)], t)
}

// quantileOf is quantile for n numbers in any order, with missing ones among
// them. It takes linear time.
func quantileOf(x []float64, n int, q float64) float64 {
	i, t := placeOf(q, n)
	a, b := place(x, n, i)
	return numeric.Between(a, b, t)
}

// placeOf returns which of n numbers in order stands at the share q, and how
// far the way to the next one goes.
func placeOf(q float64, n int) (i int, t float64) {
	at := q * float64(n-1)
	i = min(int(at), n-1)
	return i, at - float64(i)
}
