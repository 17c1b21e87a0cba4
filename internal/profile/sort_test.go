package profile

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSortedIsSorted compares the radix sort with the standard one, on numbers
// whose digits differ in some places and in all.
func TestSortedIsSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, at := range map[string]func(i int) float64{
		"whole":      func(int) float64 { return float64(r.IntN(2000) - 1000) },
		"large":      func(int) float64 { return float64(r.Int64N(1<<32)) + 1e14 },
		"cents":      func(int) float64 { return float64(r.IntN(1e9)-5e8) / 100 },
		"six":        func(int) float64 { return math.Round(r.NormFloat64()*1e6) / 1e6 },
		"one odd":    func(i int) float64 { return float64(i%977) + float64(i/4999)*1e-12 },
		"all digits": func(int) float64 { return r.NormFloat64() },
		"all sizes":  func(int) float64 { return math.Float64frombits(r.Uint64() &^ (1 << 62)) },
		"far apart":  func(i int) float64 { return []float64{-1e300, 1e300, 0.5, -5e-324}[i%4] },
		"with holes": func(i int) float64 { return []float64{math.NaN(), 0.25, -3}[i%3] },
		"constant":   func(int) float64 { return 0.1 },
		"past exact": func(i int) float64 { return float64(1<<53) - float64(i) },
	} {
		v := make([]float64, 5000)
		for i := range v {
			v[i] = at(i)
		}
		want := slices.DeleteFunc(slices.Clone(v), func(x float64) bool { return x != x })
		slices.Sort(want)
		var s sorter
		for range 2 { // the second time in used memory
			if got := s.sorted(v); !slices.Equal(got, want) {
				t.Errorf("%s: not sorted as by package slices", name)
			}
		}
	}
}

func TestSearchFindsTheLastEdgeAtMost(t *testing.T) {
	edges := []float64{-1e300, -2, 0, 5e-324, 1, 7}
	var keys [256]uint64
	for i := range keys {
		if keys[i] = math.MaxUint64; i < len(edges) {
			keys[i] = ascending(edges[i])
		}
	}
	for x, want := range map[float64]int{-1e300: 0, -3: 0, -2: 1, math.Copysign(0, -1): 2, 0: 2, 5e-324: 3, 0.5: 3, 1: 4, 6.9: 4, 7: 5, math.MaxFloat64: 5} {
		if got := search(&keys, ascending(x)); got != want {
			t.Errorf("search(%v) = %d, want %d", x, got, want)
		}
	}
}
