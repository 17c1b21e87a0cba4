package numeric

import (
	"math"
	"testing"
)

// TestWilson compares with statsmodels' proportion_confint(method="wilson"),
// as published for these counts in its documentation's terms: the closed form
// evaluated with 50 digits.
func TestWilson(t *testing.T) {
	for _, x := range []struct{ k, n, low, high float64 }{
		{0, 10, 0, 0.27753279}, {10, 10, 0.72246721, 1}, {5, 10, 0.23659309, 0.76340691}, {0, 0, 0, 1},
	} {
		low, high := Wilson(x.k, x.n)
		if math.Abs(low-x.low) > 1e-8 || math.Abs(high-x.high) > 1e-8 {
			t.Errorf("Wilson(%v, %v) = %v, %v, want %v, %v", x.k, x.n, low, high, x.low, x.high)
		}
	}
}

func TestMeanInterval(t *testing.T) {
	low, high := MeanInterval(10, 2, 16)
	if math.Abs(low-(10-1.959963984540054/2)) > 1e-12 || math.Abs(high-(10+1.959963984540054/2)) > 1e-12 {
		t.Errorf("MeanInterval(10, 2, 16) = %v, %v", low, high)
	}
	if low, high := MeanInterval(10, 0, 1); low == low || high == high {
		t.Errorf("MeanInterval of one value = %v, %v, want NaN", low, high)
	}
}
