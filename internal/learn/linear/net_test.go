package linear_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
)

// TestNetByHand: with x = ±1 and y = ±2 the weight is 2, less the penalty's
// share α of it.
func TestNetByHand(t *testing.T) {
	d := learn.Data{X: frame.Dense(2, []float64{-1, 1}), Y: []float64{-2, 2}, Workers: 1}
	tests := []struct {
		l      learn.Learner
		params map[string]any
		want   float64
	}{
		{linear.Lasso, map[string]any{"alpha": 0.5}, 1.5},
		{linear.Lasso, map[string]any{"alpha": 2}, 0},
		{linear.ElasticNet, map[string]any{"alpha": 1}, (2 - 0.5) / 1.5},
		{linear.ElasticNet, map[string]any{"alpha": 1, "l1_ratio": 0}, 1},
		{linear.ElasticNet, map[string]any{"alpha": 0}, 2},
		{linear.Ridge, map[string]any{"alpha": 2}, 1},
	}
	for _, tt := range tests {
		w, b := learntest.Fit(t, tt.l, d, tt.params).(learn.Linear).Coefficients()
		if !(math.Abs(w[0][0]-tt.want) <= 1e-15) || b[0] != 0 {
			t.Errorf("%s %v: weight %v and intercept %v, want %v and 0", tt.l.Name, tt.params, w[0][0], b[0], tt.want)
		}
	}
}

// TestLassoOfManyColumns checks what marks the minimum, where columns are too
// many to be solved for at once: a column with a weight pulls with α, others
// with less.
func TestLassoOfManyColumns(t *testing.T) {
	tests := []struct {
		name  string
		d     learn.Data
		alpha float64
		least int // weights that are not 0
	}{
		{"more columns than rows", learntest.Mixed(1, 300, 900, nil, 0), 0.5, 100},
		{"more rows than columns", learntest.Mixed(2, 2000, 600, []int{40, 9}, 0), 0.01, 500},
		{"levels", learntest.Mixed(3, 5000, 5, []int{500, 700}, 0), 0.0005, 10},
		{"weighted levels", learntest.Mixed(4, 3000, 5, []int{500, 300}, 0), 0.003, 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "weighted levels" {
				tt.d.Weights = make([]float64, len(tt.d.Y))
				for i := range tt.d.Weights {
					tt.d.Weights[i] = float64(i % 4)
				}
			}
			m := learntest.Fit(t, linear.Lasso, tt.d, map[string]any{"alpha": tt.alpha}).(*linear.NetModel)
			if w := m.Warnings(); w != nil {
				t.Errorf("Warnings = %q, want none", w)
			}
			left, total := learntest.Predict(m, tt.d.X), 0.0
			for i := range left {
				left[i] = tt.d.Y[i] - left[i]
				w := 1.0
				if tt.d.Weights != nil {
					w = tt.d.Weights[i]
				}
				left[i] *= w
				total += w
			}
			if sum := floats.Sum(left) / total; math.Abs(sum) > 1e-9 {
				t.Errorf("what is left has the mean %v, want 0", sum)
			}
			on := 0
			for j, c := range tt.d.X.Columns() {
				pull, want := floats.Dot(c, left)/total, math.Copysign(tt.alpha, m.Coef[j])
				if m.Coef[j] != 0 {
					on++
				}
				if m.Coef[j] != 0 && math.Abs(pull-want) > 1e-8 || math.Abs(pull) > tt.alpha+1e-8 {
					t.Fatalf("column %d of weight %v pulls with %v at α = %v", j, m.Coef[j], pull, tt.alpha)
				}
			}
			if on < tt.least || on == len(m.Coef) {
				t.Errorf("%d of %d weights are not 0, want at least %d and not all", on, len(m.Coef), tt.least)
			}
		})
	}
}

func TestNetWarns(t *testing.T) {
	d := learntest.Mixed(1, 500, 20, nil, 0)
	m := learntest.Fit(t, linear.Lasso, d, map[string]any{"alpha": 1e-4, "max_iter": 1, "tol": 1e-12})
	if w := m.(learn.Warner).Warnings(); len(w) != 1 {
		t.Errorf("Warnings = %q, want one", w)
	}
}
