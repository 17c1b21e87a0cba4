package train

import (
	"math"
	"testing"
)

// TestDeviation checks spreads of numbers whose squares are no float64, and that
// the unit of a column changes no digit.
func TestDeviation(t *testing.T) {
	x := []float64{3, 7, 7, 19}
	one := deviation(x)
	if math.Abs(one-6) > 1e-14 {
		t.Errorf("deviation of %v = %v, want 6", x, one)
	}
	for _, e := range []int{1019, 600, -600, -1070} {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = math.Ldexp(v, e)
		}
		if got, want := deviation(y), math.Ldexp(one, e); got != want {
			t.Errorf("deviation of 2^%d times %v = %v, want %v", e, x, got, want)
		}
	}
	if got := deviation([]float64{math.MaxFloat64, -math.MaxFloat64}); got != math.MaxFloat64 {
		t.Errorf("deviation of the largest numbers = %v", got)
	}
	if got := deviation([]float64{0, 0}); got != 0 {
		t.Errorf("deviation of zeros = %v", got)
	}
}
