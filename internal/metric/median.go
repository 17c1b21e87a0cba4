package metric

import (
	"math"

	"clicktrain/internal/numeric"
)

// coarseBits is how many of a key's upper bits a coarse order goes by: the sign,
// the exponent and the first four digits of the fraction.
const coarseBits = 16

// median returns the median of a non-empty x, the mean of the middle two for
// an even length, and NaN if x holds NaN. It counts x by its upper bits and
// then searches those numbers only that have the middle's. The cost is O(n) on
// average.
func median(x []float64) float64 {
	var near []float64
	k := len(x) / 2
	if len(x) < radixAbove {
		near = append(near, x...)
		for _, v := range x {
			if math.IsNaN(v) {
				return v
			}
		}
	} else {
		counts := make([]uint32, 1<<coarseBits)
		for _, v := range x {
			if v != v {
				return v
			}
			counts[coarse(v)]++
		}
		lower, below := holds(counts, (len(x)-1)/2)
		upper, _ := holds(counts, k)
		near = make([]float64, 0, counts[lower]+counts[upper])
		for _, v := range x {
			if c := coarse(v); c >= lower && c <= upper {
				near = append(near, v)
			}
		}
		k -= below
	}
	high := numeric.Select(near, k)
	if len(x)%2 == 1 {
		return high
	}
	low := near[0]
	for _, v := range near[:k] {
		low = max(low, v)
	}
	return high/2 + low/2
}

// coarse returns the upper bits of x's key.
func coarse(x float64) uint64 { return orderKey(x+0) >> (64 - coarseBits) } // -0 and 0 are the same

// holds returns the upper bits of the number at place k of all in order, and
// how many numbers have lower ones.
func holds(counts []uint32, k int) (bits uint64, below int) {
	for int(counts[bits]) <= k-below {
		below += int(counts[bits])
		bits++
	}
	return bits, below
}
