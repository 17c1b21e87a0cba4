package recipe

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPlace compares with sorting, on numbers that make the guess easy, hard
// and wrong.
func TestPlace(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	const n = 20_000
	for name, draw := range map[string]func(i int) float64{
		"normal":         func(int) float64 { return rng.NormFloat64() },
		"ascending":      func(i int) float64 { return float64(i) },
		"descending":     func(i int) float64 { return -float64(i) },
		"few values":     func(int) float64 { return float64(rng.IntN(3)) },
		"one value":      func(int) float64 { return 4 },
		"zeros":          func(i int) float64 { return math.Copysign(0, float64(i%2)-0.5) },
		"sample is low":  func(i int) float64 { return indicator(i*1024/n != (i-1)*1024/n) * -1e9 * rng.Float64() },
		"extremes":       func(int) float64 { return rng.NormFloat64() * math.MaxFloat64 / 8 },
		"mostly missing": func(i int) float64 { return [...]float64{math.NaN(), math.NaN(), float64(i)}[i%3] },
	} {
		x := make([]float64, n)
		for i := range x {
			if x[i] = draw(i); rng.IntN(50) == 0 {
				x[i] = math.NaN()
			}
		}
		before := slices.Clone(x)
		sorted := ascending(x)
		m := len(sorted)
		if got := countPresent(x); got != m {
			t.Errorf("%s: %d numbers, want %d", name, got, m)
		}
		for _, i := range []int{0, 1, m / 100, m / 4, (m - 1) / 2, m / 2, m * 3 / 4, m - 2, m - 1} {
			at, next := place(x, m, i)
			if want := sorted[min(i+1, m-1)]; at != sorted[i] || next != want || math.Signbit(at) && at == 0 {
				t.Errorf("%s: place %d of %d = %v, %v, want %v, %v", name, i, m, at, next, sorted[i], want)
			}
		}
		for _, q := range []float64{0, 0.1, 0.25, 0.5, 0.75, 1} {
			if got, want := quantileOf(x, m, q), quantile(sorted, q); got != want {
				t.Errorf("%s: quantile %g = %v, want %v", name, q, got, want)
			}
		}
		if !slices.EqualFunc(x, before, func(a, b float64) bool { return a == b || a != a && b != b }) {
			t.Errorf("%s: the numbers were changed", name)
		}
	}
}
