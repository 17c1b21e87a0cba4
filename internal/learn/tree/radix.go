package tree

import (
	"math"
	"slices"
)

// sorter sorts columns by value. Its buffers are used again for each column.
type sorter struct{ keys, other []uint64 }

// radixBits is the digit's width: three digits make a float32.
const radixBits = 11

// sort returns the values of x, rounded to float32, in ascending order. A key
// is the value in the upper half, as an integer of the same order, and its row
// in the lower. Rows of one value ascend. -0 counts as 0. The keys are valid
// until the next call.
func (s *sorter) sort(x []float64) ([]uint64, *tooLarge) {
	n := len(x)
	if cap(s.keys) < n {
		s.keys, s.other = make([]uint64, n), make([]uint64, n)
	}
	s.keys, s.other = s.keys[:n], s.other[:n]
	for i, v := range x {
		f := float32(v)
		if math.IsInf(float64(f), 0) {
			big := tooLarge(v)
			return nil, &big
		}
		s.keys[i] = uint64(sortable(f))<<32 | uint64(i)
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

// sortable maps floats to integers of the same order.
func sortable(f float32) uint32 {
	u := math.Float32bits(f + 0) // -0 + 0 is 0
	if u>>31 == 1 {
		return ^u
	}
	return u | 1<<31
}

// keyValue returns a key's value.
func keyValue(key uint64) float32 {
	u := uint32(key >> 32)
	if u>>31 == 1 {
		return math.Float32frombits(u &^ (1 << 31))
	}
	return math.Float32frombits(^u)
}
