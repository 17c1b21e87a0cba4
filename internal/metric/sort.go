package metric

import (
	"math"
	"slices"
)

// radixAbove is the length from which the radix sort is faster.
const radixAbove = 2048

// sortDescending sorts numbers that are not negative and not NaN. The bits of
// such numbers, read as a whole number, are in the same order, so that many
// are sorted by counting, 11 bits at a time from the lowest (Knuth 1998,
// section 5.2.5), in O(n).
func sortDescending(x []float64) {
	if len(x) < radixAbove {
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
		key := math.Float64bits(x[i])
		for d := range counts {
			counts[d][key>>(d*bits)&mask]++
		}
	}
	from, to := x, make([]float64, len(x))
	for d := range counts {
		shift := d * bits
		if counts[d][math.Float64bits(x[0])>>shift&mask] == len(x) {
			continue // all have the same digit
		}
		starts(&counts[d])
		for _, v := range from {
			at := &counts[d][math.Float64bits(v)>>shift&mask]
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
