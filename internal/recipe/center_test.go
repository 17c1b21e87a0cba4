package recipe

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestMedian compares with sorting, on orders and values that could trip the
// selection.
func TestMedian(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	makers := map[string]func(i, n int) float64{
		"normal":     func(int, int) float64 { return rng.NormFloat64() },
		"ascending":  func(i, _ int) float64 { return float64(i) },
		"descending": func(i, _ int) float64 { return -float64(i) },
		"few":        func(int, int) float64 { return float64(rng.IntN(3) - 1) },
		"constant":   func(int, int) float64 { return -7 },
		"two ends":   func(i, n int) float64 { return []float64{-1e300, 1e300}[i*2/n] },
		"close":      func(int, int) float64 { return math.Nextafter(1, float64(rng.IntN(3))) },
		"with holes": func(i, _ int) float64 {
			if i%3 == 1 {
				return math.NaN()
			}
			return rng.ExpFloat64()
		},
	}
	for name, value := range makers {
		for _, n := range []int{1, 2, 3, 4, 2047, 2048, 2049, 5000, 5001} {
			x := make([]float64, n)
			var sorted []float64
			for i := range x {
				if x[i] = value(i, n); x[i] == x[i] {
					sorted = append(sorted, x[i])
				}
			}
			slices.Sort(sorted)
			k := len(sorted)
			want := (sorted[(k-1)/2] + sorted[k/2]) / 2
			if got := median(x); got != want {
				t.Errorf("%s, n = %d: median = %v, want %v", name, n, got, want)
			}
		}
	}
	if got, want := median([]float64{math.MaxFloat64, math.MaxFloat64}), math.MaxFloat64; got != want {
		t.Errorf("median of the largest number = %v, want %v", got, want)
	}
}

func TestMostFrequent(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		x    []float64
		want float64
	}{
		{[]float64{3, 1, 2, 1, 3}, 1},
		{[]float64{nan, nan, nan, 5}, 5},
		{[]float64{-1, -2}, -2},
	} {
		if got := mostFrequentNumber(tt.x); got != tt.want {
			t.Errorf("most frequent of %v = %v, want %v", tt.x, got, tt.want)
		}
	}
	for _, tt := range []struct {
		codes []int32
		want  string
	}{
		{[]int32{2, 1, 1, 2, -1, -1, -1}, "b"},
		{[]int32{2}, "c"},
	} {
		if got := mostFrequentText(texts{tt.codes, []string{"a", "b", "c"}}); got != tt.want {
			t.Errorf("most frequent of %v = %q, want %q", tt.codes, got, tt.want)
		}
	}
}

// TestStandardizeByHand has numbers a person can check.
func TestStandardizeByHand(t *testing.T) {
	o, err := newStandardize([]float64{2, math.NaN(), 4, 6})
	if err != nil {
		t.Fatal(err)
	}
	if o.n != 3 || o.mean != 4 || o.variance != 8.0/3 || o.scale != math.Sqrt(8.0/3) {
		t.Errorf("standardize = %+v, want mean 4 and variance 8/3 of 3 numbers", *o)
	}
	for _, constant := range []float64{0, 0.1, 1e9, -1e-300} {
		x := slices.Repeat([]float64{constant}, 1000)
		if o, err := newStandardize(x); err != nil || o.scale != 1 {
			t.Errorf("1000 times %g: scale %v, %v, want 1", constant, o, err)
		}
	}
}
