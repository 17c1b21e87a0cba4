package profile

import (
	"math"
	"sort"

	"clicktrain/internal/frame"
	"clicktrain/internal/numeric"
)

var undefined = Stat(math.NaN())

// number describes a numeric column; s holds its values in ascending order.
func number(c *frame.Column, s []float64) *Number {
	n := &Number{Count: len(s), Min: undefined, Max: undefined, IQR: undefined, Range: undefined, CV: undefined}
	n.moments(s)
	n.Q05, n.Q25, n.Q50 = Stat(quantile(s, 0.05)), Stat(quantile(s, 0.25)), Stat(quantile(s, 0.5))
	n.Q75, n.Q95 = Stat(quantile(s, 0.75)), Stat(quantile(s, 0.95))
	n.MAD = Stat(mad(s, float64(n.Q50)))
	if len(s) == 0 {
		return n
	}
	n.Min, n.Max = Stat(s[0]), Stat(s[len(s)-1])
	n.IQR, n.Range = n.Q75-n.Q25, n.Max-n.Min
	if n.Mean != 0 {
		n.CV = n.Std / n.Mean
	}
	n.Negatives = sort.SearchFloat64s(s, 0)
	n.Zeros = above(s, 0) - n.Negatives
	reach := Stat(1.5 * n.IQR) // rounded by itself: values at the very fence are no outliers, as pandas counts
	low, high := float64(n.Q25-reach), float64(n.Q75+reach)
	n.Outliers = sort.SearchFloat64s(s, low) + len(s) - above(s, high)
	n.Whole = c.Whole || whole(s)
	n.Histogram = numberHistogram(s, float64(n.IQR), n.Whole)
	n.Smallest, n.Largest = smallest(s), largest(s)
	n.Order = order(c.Num)
	n.Disguised = disguised(n, s)
	return n
}

// above returns how many of the ascending s are at most x.
func above(s []float64, x float64) int {
	return sort.Search(len(s), func(i int) bool { return s[i] > x })
}

func whole(s []float64) bool {
	for _, x := range s {
		if x != math.Trunc(x) {
			return false
		}
	}
	return true
}

// moments sets the sum, mean, deviation, skewness and kurtosis. Values are
// centered first, and scaled by a power of two, so that neither an offset nor
// a size loses digits. With G1 and G2 of Joanes and Gill (1998), as pandas;
// undefined for a constant and under 3 and 4 values.
func (n *Number) moments(s []float64) {
	n.Mean, n.Std, n.Skewness, n.Kurtosis = undefined, undefined, undefined, undefined
	sum := pairwiseSum(s)
	n.Sum = Stat(sum)
	k := float64(len(s))
	if k == 0 {
		return
	}
	mean := sum / k
	n.Mean = Stat(mean)
	if len(s) < 2 || math.IsInf(mean, 0) {
		return
	}
	if s[0] == s[len(s)-1] {
		n.Std = 0
		return
	}
	_, exponent := math.Frexp(max(mean-s[0], s[len(s)-1]-mean))
	exponent = min(max(exponent, -1000), 1000)
	inv := math.Ldexp(1, -exponent)
	var m1, m2, m3, m4 float64
	for _, x := range s {
		d := (x - mean) * inv
		d2 := d * d
		m1 += d
		m2 += d2
		m3 += d2 * d
		m4 += d2 * d2
	}
	// What rounding left of the mean, u, is taken out of the powers.
	u := m1 / k
	m4 += u * (-4*m3 + u*(6*m2-3*k*u*u))
	m3 += u * (-3*m2 + 2*k*u*u)
	m2 -= k * u * u
	n.Std = Stat(math.Ldexp(math.Sqrt(m2/(k-1)), exponent))
	if k >= 3 {
		n.Skewness = Stat(k * math.Sqrt(k-1) / (k - 2) * m3 / (m2 * math.Sqrt(m2)))
	}
	if k >= 4 {
		n.Kurtosis = Stat(k*(k+1)*(k-1)*m4/((k-2)*(k-3)*m2*m2) - 3*(k-1)*(k-1)/((k-2)*(k-3)))
	}
}

// pairwiseSum adds blocks and then the sums of blocks two by two, which keeps
// the rounding error at log n instead of n.
func pairwiseSum(v []float64) float64 {
	if len(v) > 256 {
		half := len(v) / 2
		return pairwiseSum(v[:half]) + pairwiseSum(v[half:])
	}
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum
}

// quantile interpolates linearly between the values of the ascending s.
func quantile(s []float64, q float64) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	at := q * float64(len(s)-1)
	i := int(at)
	if i+1 >= len(s) {
		return s[len(s)-1]
	}
	return numeric.Between(s[i], s[i+1], at-float64(i))
}

// mad returns the median distance of the ascending s from m, walking outward
// from it.
func mad(s []float64, m float64) float64 {
	n := len(s)
	if n == 0 {
		return math.NaN()
	}
	right := sort.SearchFloat64s(s, m)
	left := right - 1
	previous, last := 0.0, 0.0
	for k := 0; k <= n/2; k++ {
		previous = last
		if left >= 0 && (right >= n || m-s[left] <= s[right]-m) {
			last = m - s[left]
			left--
		} else {
			last = s[right] - m
			right++
		}
	}
	if n%2 == 1 {
		return last
	}
	return (previous + last) / 2
}
