package dummy_test

import (
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/dummy"
	"clicktrain/internal/learn/learntest"
)

func TestConformance(t *testing.T) { learntest.Run(t, dummy.Learner) }

func TestClasses(t *testing.T) {
	tests := []struct {
		name   string
		y      []float64
		k      int
		want   float64
		shares []float64
	}{
		{"the most frequent", []float64{0, 1, 1, 2}, 3, 1, []float64{0.25, 0.5, 0.25}},
		{"of two the lowest", []float64{1, 0, 2, 1, 2}, 3, 1, []float64{0.2, 0.4, 0.4}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			X := frame.Dense(len(tt.y), make([]float64, len(tt.y)))
			m := learntest.Fit(t, dummy.Learner, learn.Data{X: X, Y: tt.y, Classes: tt.k, Workers: 1}, nil)
			if got := learntest.Predict(m, X); got[0] != tt.want {
				t.Errorf("Predict = %v, want %v", got[0], tt.want)
			}
			if got := learntest.Proba(t, m, X, tt.k)[:tt.k]; !slices.Equal(got, tt.shares) {
				t.Errorf("Proba = %v, want %v", got, tt.shares)
			}
		})
	}
}

func TestMean(t *testing.T) {
	X := frame.Dense(4, make([]float64, 4))
	m := learntest.Fit(t, dummy.Learner, learn.Data{X: X, Y: []float64{1, 2, 3, 6}, Workers: 1}, nil)
	if got := learntest.Predict(m, X); !slices.Equal(got, []float64{3, 3, 3, 3}) {
		t.Errorf("Predict = %v, want 3 each", got)
	}
}

func TestWeights(t *testing.T) {
	X := frame.Dense(4, make([]float64, 4))
	weights := []float64{1, 0, 2, 5}
	m := learntest.Fit(t, dummy.Learner, learn.Data{X: X, Y: []float64{1, 100, 2, 3}, Workers: 1, Weights: weights}, nil)
	if got := learntest.Predict(m, X); got[0] != 2.5 {
		t.Errorf("Predict = %v, want (1 + 2·2 + 5·3) / 8 = 2.5", got)
	}
	m = learntest.Fit(t, dummy.Learner, learn.Data{X: X, Y: []float64{0, 1, 0, 2}, Classes: 3, Workers: 1, Weights: weights}, nil)
	if got := learntest.Proba(t, m, X, 3)[:3]; !slices.Equal(got, []float64{0.375, 0, 0.625}) {
		t.Errorf("Proba = %v, want [0.375 0 0.625]", got)
	}
}
