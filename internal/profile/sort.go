package profile

import (
	"math"
	"slices"
)

// sorter sorts numbers, keeping its working memory from call to call.
type sorter struct {
	keys, spare []uint64
	out         []float64
}

const (
	radixBits   = 11
	radixPasses = 6 // 6·11 = 66 bits
	radixSize   = 1 << radixBits
)

// sorted returns the values of v that are not missing, in ascending order. The
// result is valid until the next call. From 512 values on it is a radix sort,
// least significant digits first, that leaves out digits all values share.
func (s *sorter) sorted(v []float64) []float64 {
	if cap(s.out) < len(v) {
		s.out = make([]float64, len(v))
	}
	out := s.out[:0]
	for _, x := range v {
		if x == x {
			out = append(out, x)
		}
	}
	if len(out) < 512 {
		slices.Sort(out)
		return out
	}
	s.radix(out)
	return out
}

func (s *sorter) radix(v []float64) {
	n := len(v)
	if cap(s.keys) < n {
		s.keys, s.spare = make([]uint64, n), make([]uint64, n)
	}
	a, b := s.keys[:n], s.spare[:n]
	var count [radixPasses][radixSize]uint32
	for i, x := range v {
		k := math.Float64bits(x)
		k ^= uint64(int64(k)>>63) | 1<<63 // ascends as x does
		a[i] = k
		count[0][k&(radixSize-1)]++
		count[1][k>>11&(radixSize-1)]++
		count[2][k>>22&(radixSize-1)]++
		count[3][k>>33&(radixSize-1)]++
		count[4][k>>44&(radixSize-1)]++
		count[5][k>>55]++
	}
	for pass := range radixPasses {
		shift := pass * radixBits
		c := &count[pass]
		if c[a[0]>>shift&(radixSize-1)] == uint32(n) {
			continue
		}
		sum := uint32(0)
		for d, k := range c {
			c[d] = sum
			sum += k
		}
		for _, k := range a {
			d := k >> shift & (radixSize - 1)
			b[c[d]] = k
			c[d]++
		}
		a, b = b, a
	}
	for i, k := range a {
		k ^= uint64(^int64(k)>>63) | 1<<63
		v[i] = math.Float64frombits(k)
	}
}
