package numeric_test

import (
	"math"
	"testing"

	"clicktrain/internal/numeric"
)

func TestMean(t *testing.T) {
	tests := []struct {
		name string
		x    []float64
		want float64
	}{
		{"one", []float64{3}, 3},
		{"equal tenths", []float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 0.1},
		{"far from zero", []float64{1e15 + 1, 1e15 + 2, 1e15 + 3}, 1e15 + 2},
		{"sum beyond float64", []float64{math.MaxFloat64, math.MaxFloat64}, math.MaxFloat64},
		{"largest and lowest", []float64{math.MaxFloat64, -math.MaxFloat64}, 0},
		{"beyond both ways", []float64{math.MaxFloat64, math.MaxFloat64, -math.MaxFloat64, -math.MaxFloat64}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := numeric.Mean(tt.x); got != tt.want {
				t.Errorf("Mean(%v) = %v, want %v", tt.x, got, tt.want)
			}
		})
	}
}
