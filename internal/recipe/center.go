package recipe

import (
	"math"
	"slices"
)

// sumBlock is how many numbers are added up before their sum joins the total.
const sumBlock = 128

// sumPresent returns the sum of the numbers that are not missing, and their
// count. It adds in blocks, so that the rounding error grows with the number
// of blocks.
func sumPresent(x []float64) (sum float64, n int) {
	for len(x) > 0 {
		block := x[:min(len(x), sumBlock)]
		x = x[len(block):]
		s := 0.0
		for _, v := range block {
			if v == v {
				s += v
				n++
			}
		}
		sum += s
	}
	return sum, n
}

// median returns the middle of the numbers that are not missing, or the mean
// of the two middle ones. There must be one. The cost is linear in len(x).
func median(x []float64) float64 {
	n := countPresent(x)
	a, b := place(x, n, (n-1)/2)
	if n%2 == 1 {
		return a
	}
	if m := (a + b) / 2; !math.IsInf(m, 0) {
		return m
	}
	return a/2 + b/2
}

// orderKey maps numbers to integers that ascend as they do. 0 and -0 are one.
func orderKey(x float64) uint64 {
	b := math.Float64bits(x + 0)
	if b>>63 == 1 {
		return ^b
	}
	return b | 1<<63
}

func keyOrder(k uint64) float64 {
	if k>>63 == 1 {
		return math.Float64frombits(k &^ (1 << 63))
	}
	return math.Float64frombits(^k)
}

// kth returns the key that would stand at position i if keys were sorted. It
// looks at 16 bits at a time and keeps only the keys that share them, so no
// order of the input makes it slow. keys is overwritten.
func kth(keys []uint64, i int) uint64 {
	const few = 2048 // that sorting is faster
	var counts []uint32
	for shift := 48; len(keys) > few && shift >= 0; shift -= 16 {
		if counts == nil {
			counts = make([]uint32, 1<<16)
		}
		clear(counts)
		for _, k := range keys {
			counts[uint16(k>>shift)]++
		}
		bucket := 0
		for i >= int(counts[bucket]) {
			i -= int(counts[bucket])
			bucket++
		}
		kept := keys[:0]
		for _, k := range keys {
			if int(uint16(k>>shift)) == bucket {
				kept = append(kept, k)
			}
		}
		keys = kept
	}
	slices.Sort(keys)
	return keys[i]
}

// mostFrequentNumber returns the number that occurs most, the smallest of
// those that tie. One must not be missing.
func mostFrequentNumber(x []float64) float64 {
	counts := map[float64]int{}
	best, most := 0.0, 0
	for _, v := range x {
		if v == v {
			counts[v]++
		}
	}
	for v, n := range counts {
		if n > most || n == most && v < best {
			best, most = v, n
		}
	}
	return best
}

// mostFrequentText returns the level that occurs most, the smallest of those
// that tie. One must not be missing.
func mostFrequentText(t texts) string {
	best, most := "", 0
	for code, n := range levelCounts(t) {
		if n > most || n == most && n > 0 && t.levels[code] < best {
			best, most = t.levels[code], n
		}
	}
	return best
}

func levelCounts(t texts) []int {
	counts := make([]int, len(t.levels))
	for _, c := range t.codes {
		if c >= 0 {
			counts[c]++
		}
	}
	return counts
}
