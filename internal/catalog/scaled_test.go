package catalog

import (
	"math"
	"testing"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
)

// TestScaledTarget checks that learners whose steps are meant for small targets
// learn large ones as well, and that the unit of the target does not matter.
func TestScaledTarget(t *testing.T) {
	for _, name := range []string{"linear_svm", "multi_layer_perceptron"} {
		t.Run(name, func(t *testing.T) {
			l, ok := All().Learner(name)
			if !ok {
				t.Fatalf("there is no %s", name)
			}
			d := learntest.Friedman(3, 600, 6)
			small := learntest.Predict(learntest.Fit(t, l, d, nil), d.X)
			const unit, shift = 65536, 1 << 28 // exact in binary, so that nothing but the unit changes
			large := d
			large.Y = make([]float64, len(d.Y))
			for i, y := range d.Y {
				large.Y[i] = unit*y + shift
			}
			m := learntest.Fit(t, l, large, nil)
			got := learntest.Predict(m, d.X)
			var rest, spread float64
			for i, y := range large.Y {
				if math.Abs((got[i]-shift)/unit-small[i]) > 1e-3 {
					t.Fatalf("row %d is predicted %v, want %v in the other unit", i, got[i], small[i])
				}
				rest += (y - got[i]) * (y - got[i])
				spread += (y - shift - 14.4*unit) * (y - shift - 14.4*unit)
			}
			if r2 := 1 - rest/spread; r2 < 0.6 {
				t.Errorf("R² on the training rows is %v", r2)
			}
			if lm, ok := m.(learn.Linear); ok {
				w, b := lm.Coefficients()
				row := make([]float64, d.X.Cols)
				d.X.Row(row, 7)
				sum := b[0]
				for j, x := range row {
					sum += w[0][j] * x
				}
				if math.Abs(sum-got[7]) > 1e-6*math.Abs(got[7]) {
					t.Errorf("the coefficients give %v, the model %v", sum, got[7])
				}
			}
			plain := learntest.Fit(t, l, large, map[string]any{"scale_target": false})
			if p := learntest.Predict(plain, d.X); p[0] == got[0] {
				t.Error("scale_target makes no difference")
			}
		})
	}
}

// TestScaledConformance runs the conformance suite on a learner as it is
// offered, with its target scaled.
func TestScaledConformance(t *testing.T) {
	l, _ := All().Learner("linear_svm")
	l.Tasks = []learn.Task{learn.Regression}
	learntest.Run(t, l)
}
