package numeric

import "math"

// z95 leaves 2.5 % of a normal distribution on either side.
const z95 = 1.959963984540054

// Wilson returns the 95 % confidence interval of a share of which k of n were
// seen (Wilson 1927), and 0 to 1 for n = 0. Unlike the normal interval it stays
// within 0 to 1 and has a width where k is 0 or n.
func Wilson(k, n float64) (low, high float64) {
	if !(n > 0) {
		return 0, 1
	}
	p, z2 := k/n, z95*z95
	mid := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	low, high = max(mid-half, 0), min(mid+half, 1)
	if k <= 0 {
		low = 0
	}
	if k >= n {
		high = 1
	}
	return low, high
}

// MeanInterval returns the 95 % confidence interval of a mean by the normal
// distribution, from the mean, the deviation (divided by n−1) and the number
// of values. It is undefined, NaN, under two values.
func MeanInterval(mean, std, n float64) (low, high float64) {
	if n < 2 {
		return math.NaN(), math.NaN()
	}
	half := z95 * std / math.Sqrt(n)
	return mean - half, mean + half
}
