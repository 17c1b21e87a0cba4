package linear_test

import (
	"math"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
)

// TestSVMByHand: with x and y = ±1, C rows on each side and the weight w, hinges
// cost ½w² + 2C(1-w), least at w = 1 or where the slope w - 2C is 0; their
// squares ½w² + 2C(1-w)², least at 4C/(1+4C).
func TestSVMByHand(t *testing.T) {
	x := frame.Dense(2, []float64{-1, 1})
	tests := []struct {
		task   learn.Task
		params map[string]any
		want   float64
	}{
		{learn.Classification, map[string]any{"loss": "hinge", "C": 10}, 1},
		{learn.Classification, map[string]any{"loss": "hinge", "C": 0.2}, 0.4},
		{learn.Classification, map[string]any{"C": 0.5}, 2.0 / 3},
		{learn.Regression, map[string]any{"C": 10}, 1},
		{learn.Regression, map[string]any{"C": 10, "epsilon": 0.25}, 0.75},
		{learn.Regression, map[string]any{"C": 0.2}, 0.4},
		{learn.Regression, map[string]any{"C": 0.5, "loss": "squared_epsilon_insensitive"}, 2.0 / 3},
	}
	for _, tt := range tests {
		d := learn.Data{X: x, Y: []float64{-1, 1}, Workers: 1}
		if tt.task == learn.Classification {
			d.Y, d.Classes = []float64{0, 1}, 2
		}
		m := learntest.Fit(t, linear.SVM, d, tt.params)
		w, b := m.(learn.Linear).Coefficients()
		if !(math.Abs(w[0][0]-tt.want) <= 1e-9) || !(math.Abs(b[0]) <= 1e-9) {
			t.Errorf("%v %v: weight %v and intercept %v, want %v and 0", tt.task, tt.params, w[0][0], b[0], tt.want)
		}
	}
}

// TestSVMSettles checks that hard data comes to rest within the default number
// of steps, and soon.
func TestSVMSettles(t *testing.T) {
	apart := learntest.Blobs(1, 200, 3, 2)
	for i := range apart.Y {
		apart.Y[i] = 0
		if apart.X.Blocks[0].Dense[i] > 0 {
			apart.Y[i] = 1
		}
	}
	far := learntest.Blobs(3, 200, 3, 3)
	for _, b := range far.X.Blocks {
		for i := range b.Dense {
			b.Dense[i] += 1e5
		}
	}
	heavy := learntest.Mixed(4, 2000, 5, []int{30, 4}, 0)
	for i := range heavy.Y {
		heavy.Y[i] = 1e6 * heavy.Y[i] * heavy.Y[i] * heavy.Y[i]
	}
	tests := []struct {
		name  string
		d     learn.Data
		c     float64
		class bool
	}{
		{"apart", apart, 1e6, true},
		{"far from zero", far, 1, true},
		{"mixed", learntest.Mixed(5, 5000, 8, []int{3, 60}, 4), 1, true},
		{"outliers", heavy, 1, false},
		{"outliers, much freedom", heavy, 1e5, false},
	}
	for _, tt := range tests {
		losses := []string{"epsilon_insensitive", "squared_epsilon_insensitive"}
		if tt.class {
			losses = []string{"hinge", "squared_hinge"}
		}
		for _, loss := range losses {
			t.Run(tt.name+", "+loss, func(t *testing.T) {
				m := learntest.Fit(t, linear.SVM, tt.d, map[string]any{"loss": loss, "C": tt.c})
				steps := 0
				switch m := m.(type) {
				case *linear.SVCModel:
					steps = m.Iterations
				case *linear.SVRModel:
					steps = m.Iterations
				}
				if w := m.(learn.Warner).Warnings(); w != nil || steps > 60 {
					t.Errorf("after %d steps: %q", steps, w)
				}
			})
		}
	}
}
