package boost

import "math"

// key returns a number that orders as x does; 0 and -0 have one key. x is not
// NaN.
func key(x float64) uint64 {
	b := math.Float64bits(x + 0)
	return b ^ (uint64(int64(b)>>63) | 1<<63)
}

// keyFloat returns the number whose key is k.
func keyFloat(k uint64) float64 {
	return math.Float64frombits(k ^ (^uint64(int64(k)>>63) | 1<<63))
}

const (
	digitBits = 11
	digits    = 6 // digitBits·digits is at least 64
	radix     = 1 << digitBits
)

// sortKeys sorts keys with the help of scratch, of the same length, and returns
// the one of the two that holds the result. Cost: at most seven passes.
func sortKeys(keys, scratch []uint64) []uint64 {
	var counts [digits][radix]uint32
	for _, k := range keys {
		for d := range counts {
			counts[d][k>>(d*digitBits)&(radix-1)]++
		}
	}
	for d := range counts {
		if len(keys) == 0 || counts[d][keys[0]>>(d*digitBits)&(radix-1)] == uint32(len(keys)) {
			continue // all keys share the digit
		}
		at := uint32(0)
		for v, n := range counts[d] {
			counts[d][v] = at
			at += n
		}
		for _, k := range keys {
			place := &counts[d][k>>(d*digitBits)&(radix-1)]
			scratch[*place] = k
			*place++
		}
		keys, scratch = scratch, keys
	}
	return keys
}

// sorter is what one worker sorts keys with.
type sorter struct{ keys, scratch []uint64 }

// sorters returns sorters of n keys for so many workers. They lie in the words of
// the rows, which are not written before all is sorted, as far as there is room.
func (t *table) sorters(workers, n int) []sorter {
	free := t.packed
	take := func() []uint64 {
		if len(free) < n {
			return make([]uint64, n)
		}
		part := free[:n:n]
		free = free[n:]
		return part
	}
	out := make([]sorter, workers)
	for i := range out {
		out[i] = sorter{take(), take()}
	}
	return out
}
