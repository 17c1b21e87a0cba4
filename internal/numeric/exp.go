package numeric

import "math"

// ExpTo writes e to the power of each of x to dst, which is as long and may be
// x itself. It is within two units in the last place of math.Exp, some five
// times as fast where the processor takes four numbers at once, and the same
// bit for bit on all processors between -700 and 700; beyond, and for NaN, it is
// math.Exp.
func ExpTo(dst, x []float64) {
	dst = dst[:len(x)]
	for len(x) > 0 {
		n := expSome(dst, x)
		next := min(n+4, len(x))
		for i := n; i < next; i++ {
			dst[i] = expPlain(x[i])
		}
		dst, x = dst[next:], x[next:]
	}
}

// expPlain returns exp(x) as 2^k·exp(r), where x = k·log 2 + r and k is whole,
// and exp(r) is the sum of the first terms of its series. No product is fused
// with a sum, which would round otherwise.
func expPlain(x float64) float64 {
	if !(math.Abs(x) <= 700) {
		return math.Exp(x)
	}
	const (
		log2Hi = 6.93147180369123816490e-01 // its last bits are 0
		log2Lo = 1.90821492927058770002e-10
		magic  = 3 << 51 // added to a small number, it rounds it
	)
	t := float64(x*math.Log2E) + magic
	k := t - magic
	r := x - float64(k*log2Hi)
	r -= float64(k * log2Lo)
	r2 := float64(r * r)
	r4 := float64(r2 * r2)
	high := seriesPair(r, 10) + float64(seriesPair(r, 12)*r2)
	middle := seriesPair(r, 6) + float64(seriesPair(r, 8)*r2)
	low := seriesPair(r, 2) + float64(seriesPair(r, 4)*r2)
	q := low + float64((middle+float64(high*r4))*r4)
	power := math.Float64frombits((math.Float64bits(t) + 1023) << 52)
	return (1 + (r + float64(q*r2))) * power
}

// seriesPair returns 1/n! + r/(n+1)!.
func seriesPair(r float64, n int) float64 {
	return inverseFactorials[n] + float64(inverseFactorials[n+1]*r)
}

var inverseFactorials = [14]float64{1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320,
	1. / 362880, 1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800}
