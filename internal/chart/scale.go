package chart

import (
	"fmt"
	"math"
)

// scale maps [lo, hi] to a length in pixels. It is the chart library's Range,
// except that nobody moves its ends and it knows fractions of a pixel.
type scale struct {
	lo, hi float64
	length int
}

// leastSpan is the least range that is told from a single value: below it,
// differences lose their digits.
const leastSpan = 1e-290

// newScale returns a scale over [lo, hi], widened around a single value.
func newScale(lo, hi float64) *scale {
	if !(hi/2-lo/2 > leastSpan) {
		pad := math.Max(math.Abs(lo)*0.05, 1e10*leastSpan)
		if lo == 0 {
			pad = 1
		}
		lo, hi = lo-pad, hi+pad
	}
	return &scale{lo: math.Max(lo, -math.MaxFloat64), hi: math.Min(hi, math.MaxFloat64)}
}

// padded returns a scale with a margin of the given share at both ends.
func padded(lo, hi, share float64) *scale {
	s := newScale(lo, hi)
	m := (s.hi/2 - s.lo/2) * share * 2
	return newScale(s.lo-m, s.hi+m)
}

// at returns the distance of v from the low end, in pixels. A value beyond an
// end is drawn at that end.
func (s *scale) at(v float64) float64 {
	f := (v/2 - s.lo/2) / (s.hi/2 - s.lo/2)
	if math.IsNaN(f) {
		f = 0.5
	}
	return math.Min(math.Max(f, 0), 1) * float64(s.length)
}

func (s *scale) Translate(v float64) int { return int(math.Round(s.at(v))) }
func (s *scale) GetMin() float64         { return s.lo }
func (s *scale) GetMax() float64         { return s.hi }
func (s *scale) SetMin(float64)          {}
func (s *scale) SetMax(float64)          {}
func (s *scale) GetDelta() float64       { return 1 } // the ends are known to be good
func (s *scale) GetDomain() int          { return s.length }
func (s *scale) SetDomain(n int)         { s.length = n }
func (s *scale) IsDescending() bool      { return false }
func (s *scale) IsZero() bool            { return false }
func (s *scale) String() string          { return fmt.Sprintf("%g to %g over %d", s.lo, s.hi, s.length) }

// span returns the least and the greatest finite value, and how many values
// are finite.
func span(groups ...[]float64) (lo, hi float64, n int) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, vs := range groups {
		for _, v := range vs {
			if finite(v) {
				lo, hi, n = math.Min(lo, v), math.Max(hi, v), n+1
			}
		}
	}
	return lo, hi, n
}
