package metric

import (
	"math"
	"slices"
)

// radixAbove is the length from which the radix sort is faster.
const radixAbove = 2048

// orderKey returns a whole number that ascends as x does. The bits of numbers
// that are not negative are in order already; those of others are in reverse.
func orderKey(x float64) uint64 {
	b := math.Float64bits(x)
	return b ^ (uint64(int64(b)>>63) | 1<<63)
}

// sortDescending sorts numbers that are not NaN. Many are sorted by their keys,
// 11 bits at a time from the lowest (Knuth 1998, section 5.2.5), in O(n).
func sortDescending(x []float64) {
	if len(x) < radixAbove {
		for i := range x {
			x[i] += 0 // -0 and 0 are the same score
		}
		slices.Sort(x)
		slices.Reverse(x)
		return
	}
	const (
		bits   = 11
		digits = (64 + bits - 1) / bits
		mask   = 1<<bits - 1
	)
	var counts [digits][mask + 1]int
	for i, v := range x {
		x[i] = v + 0 // -0 and 0 are the same score
		key := orderKey(x[i])
		for d := range counts {
			counts[d][key>>(d*bits)&mask]++
		}
	}
	from, to := x, make([]float64, len(x))
	for d := range counts {
		shift := d * bits
		if counts[d][orderKey(x[0])>>shift&mask] == len(x) {
			continue // all have the same digit
		}
		starts(&counts[d])
		for _, v := range from {
			at := &counts[d][orderKey(v)>>shift&mask]
			to[*at] = v
			*at++
		}
		from, to = to, from
	}
	if &from[0] != &x[0] {
		copy(x, from)
	}
}

// starts turns the count of each digit into the place of its first number, the
// highest digit first.
func starts(counts *[1 << 11]int) {
	at := 0
	for digit := len(counts) - 1; digit >= 0; digit-- {
		n := counts[digit]
		counts[digit] = at
		at += n
	}
}
