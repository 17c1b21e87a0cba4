package tree

import (
	"math"
	"slices"
)

// A key's upper bits say which of so many groups a number is sorted in.
const (
	groupShift = 2 * radixBits
	groups     = 1 << (32 - groupShift)
)

// order returns the rows by the value of x, rounded to float32; rows of one
// value ascend. Groups are sorted by themselves, in the room of the
// largest.
func (s *sorter) order(x []float64) ([]int32, *tooLarge) {
	rows := s.rows
	if s.rows = nil; len(rows) != len(x) {
		rows = make([]int32, len(x))
	}
	var at [groups]int32
	for _, v := range x {
		if math.IsInf(float64(float32(v)), 0) {
			big := tooLarge(v)
			return nil, &big
		}
		at[unsigned(v)>>groupShift]++
	}
	var sum int32
	for d, n := range at {
		at[d] = sum
		sum += n
	}
	for i, v := range x {
		d := unsigned(v) >> groupShift
		rows[at[d]] = int32(i)
		at[d]++
	}
	from := int32(0)
	for _, to := range at { // now the ends
		if to-from > 1 {
			s.group(rows[from:to], x)
		}
		from = to
	}
	return rows, nil
}

// unsigned is x's Key as a number that is not negative.
func unsigned(x float64) uint32 { return uint32(Key(x)) ^ 1<<31 }

// group sorts the rows of a group by their values in x.
func (s *sorter) group(rows []int32, x []float64) {
	const few = 1 << 9 // from there on counting is quicker
	n := len(rows)
	if cap(s.keys) < n {
		n := max(n, len(x)/8)
		s.keys, s.other = make([]uint64, n), make([]uint64, n)
	}
	s.keys, s.other = s.keys[:n], s.other[:n]
	for i, r := range rows {
		s.keys[i] = uint64(unsigned(x[r]))<<32 | uint64(r)
	}
	if n < few {
		slices.Sort(s.keys)
	} else {
		s.pass(32)
		s.pass(32 + radixBits)
	}
	for i, k := range s.keys {
		rows[i] = int32(uint32(k))
	}
}

// exact makes a column of x: of a bin for each value, or of more than MaxBins
// values in order.
func (s *sorter) exact(x []float64) (column, *tooLarge) {
	order, err := s.order(x)
	if err != nil {
		return column{}, err
	}
	n := 1
	for i := 1; i < len(order) && n <= MaxBins; i++ {
		if Key(x[order[i]]) != Key(x[order[i-1]]) {
			n++
		}
	}
	if n > MaxBins {
		return column{values: x, order: order}, nil
	}
	s.rows = order // for the next column
	c := column{lo: make([]float32, 0, n)}
	if n <= 256 {
		c.bins = make([]uint8, len(x))
		c.lo = numberValues(c.bins, c.lo, order, x)
	} else {
		c.wide = make([]uint16, len(x))
		c.lo = numberValues(c.wide, c.lo, order, x)
	}
	c.hi = c.lo
	return c, nil
}

// numberValues writes the number of each row's value to its place in bins and
// appends the values to all.
func numberValues[B uint8 | uint16](bins []B, all []float32, order []int32, x []float64) []float32 {
	for i, r := range order {
		if k := Key(x[r]); i == 0 || k != Key(x[order[i-1]]) {
			all = append(all, keyFloat(k))
		}
		bins[r] = B(len(all) - 1)
	}
	return all
}
