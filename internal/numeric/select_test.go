package numeric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSelect(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 10, 101} {
		for _, draw := range []func() float64{rng.NormFloat64, func() float64 { return float64(rng.IntN(3)) }, func() float64 { return 4 }} {
			x := make([]float64, n)
			for i := range x {
				x[i] = draw()
			}
			sorted := slices.Sorted(slices.Values(x))
			for k := range n {
				y := slices.Clone(x)
				if got := Select(y, k); got != sorted[k] {
					t.Fatalf("Select(%v, %d) = %v, want %v", x, k, got, sorted[k])
				}
				if slices.Max(y[:k+1]) > sorted[k] || slices.Min(y[k:]) < sorted[k] {
					t.Fatalf("Select(%v, %d) leaves %v", x, k, y)
				}
			}
		}
	}
}

func TestSoftmax(t *testing.T) {
	inf := math.Inf(1)
	for _, tt := range []struct{ in, want []float64 }{
		{[]float64{0, 0}, []float64{0.5, 0.5}},
		{[]float64{1000, 0}, []float64{1, 0}},
		{[]float64{math.Log(3), 0}, []float64{0.75, 0.25}},
		{[]float64{-inf, inf, inf}, []float64{0, 1, 0}},
	} {
		got := slices.Clone(tt.in)
		Softmax(got)
		for i := range got {
			if math.Abs(got[i]-tt.want[i]) > 1e-15 {
				t.Errorf("Softmax(%v) = %v, want %v", tt.in, got, tt.want)
			}
		}
	}
	if Expit(-1000) != 0 || Expit(1000) != 1 || Expit(0) != 0.5 || math.Abs(Expit(math.Log(3))-0.75) > 1e-15 {
		t.Error("Expit is off at -1000, 1000, 0 or log 3")
	}
}
