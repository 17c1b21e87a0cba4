package tree

import (
	"math"
	"slices"
)

// sorter sorts columns by value. Its buffers are used again for each column.
type sorter struct {
	keys, other []uint64
	rows        []int32 // of a column whose order is not kept
}

// radixBits is the digit's width: three digits make a float32.
const radixBits = 11

// sort returns the values of x, rounded to float32, in ascending order. A key
// has the value's Key, made unsigned, in the upper half and its row in the
// lower. Rows of one value ascend. The keys are valid until the next call.
func (s *sorter) sort(x []float64) ([]uint64, *tooLarge) {
	n := len(x)
	if cap(s.keys) < n {
		s.keys, s.other = make([]uint64, n), make([]uint64, n)
	}
	s.keys, s.other = s.keys[:n], s.other[:n]
	for i, v := range x {
		if math.IsInf(float64(float32(v)), 0) {
			big := tooLarge(v)
			return nil, &big
		}
		s.keys[i] = uint64(unsigned(v))<<32 | uint64(i) // unsigned order
	}
	if n < 1<<radixBits {
		slices.Sort(s.keys)
		return s.keys, nil
	}
	for shift := 32; shift < 64; shift += radixBits {
		s.pass(shift)
	}
	return s.keys, nil
}

// pass sorts the keys by the digit at shift, stably.
func (s *sorter) pass(shift int) {
	const mask = 1<<radixBits - 1
	var at [1 << radixBits]int32
	for _, k := range s.keys {
		at[k>>shift&mask]++
	}
	var sum int32
	for d, n := range at {
		if int(n) == len(s.keys) {
			return // all have the same digit
		}
		at[d] = sum
		sum += n
	}
	for _, k := range s.keys {
		d := k >> shift & mask
		s.other[at[d]] = k
		at[d]++
	}
	s.keys, s.other = s.other, s.keys
}

// keyValue returns the value in an entry.
func keyValue(entry uint64) float32 { return keyFloat(int32(uint32(entry>>32) ^ 1<<31)) }
