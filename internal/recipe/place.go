package recipe

import (
	"math"
	"slices"
)

// place returns the number that stands at place i, counted from 0, if the n
// numbers of x that are not missing were in order, and the one after it, which
// is the same one if it is the last. Negative zeros become zeros. It takes
// about one pass over x, and never more than linear time.
func place(x []float64, n, i int) (at, next float64) {
	part, less := narrow(x, n, i)
	keys := make([]uint64, 0, len(part))
	for _, v := range part {
		if v == v {
			keys = append(keys, orderKey(v))
		}
	}
	low := kth(keys, i-less) // permutes keys
	if i == n-1 {
		return keyOrder(low), keyOrder(low)
	}
	upTo, high := less, uint64(math.MaxUint64)
	for _, v := range part {
		if v != v {
			continue
		}
		if k := orderKey(v); k <= low {
			upTo++
		} else {
			high = min(high, k)
		}
	}
	if upTo > i+1 {
		high = low
	}
	return keyOrder(low), keyOrder(high)
}

// narrow returns some of the numbers of x, among which are those at places i
// and i+1, and how many numbers are less than all it returns. It guesses from a
// sample between which two numbers they lie (Floyd and Rivest 1975), and
// returns all of x where the guess was wrong or saves nothing.
func narrow(x []float64, n, i int) (part []float64, less int) {
	const (
		size   = 1024
		margin = 48 // three standard deviations of a sampled median
	)
	if n < 8*size {
		return x, 0
	}
	sample := make([]float64, 0, size)
	for k := range size {
		if v := x[k*len(x)/size]; v == v {
			sample = append(sample, v)
		}
	}
	slices.Sort(sample)
	low, high := math.Inf(-1), math.Inf(1)
	middle := int(float64(i) / float64(n) * float64(len(sample)))
	if k := middle - margin; k >= 0 && k < len(sample) {
		low = sample[k]
	}
	if k := middle + margin; k < len(sample) {
		high = sample[k]
	}
	part = make([]float64, n/4)
	k := 0
	for _, v := range x {
		if k == len(part) {
			return x, 0
		}
		part[k] = v
		k += one(v >= low) & one(v <= high) // no branch: which way it goes cannot be foreseen
		less += one(v < low)
	}
	if i < less || i+1 >= less+k && i+1 < n {
		return x, 0
	}
	return part[:k], less
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// countPresent returns how many numbers are not missing.
func countPresent(x []float64) int {
	n := 0
	for _, v := range x {
		n += one(v == v)
	}
	return n
}
