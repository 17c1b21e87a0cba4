package linear

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/learn/learntest"
)

// TestSampleStart checks that a fit that starts from a sample's comes to the
// same weights in fewer steps, also with weights, and that a class that the
// sample lacks keeps the fit at 0.
func TestSampleStart(t *testing.T) {
	for _, k := range []int{2, 3} {
		d := learntest.Mixed(8, 30_000, 6, []int{4, 9}, k)
		d.Weights = make([]float64, len(d.Y))
		for i := range d.Weights {
			d.Weights[i] = float64(1 + i%3)
		}
		o := testObjective(t, d, 1)
		var at [2]newton
		for i := range at {
			at[i] = newton{objective: o, maxIter: 100, tol: 1e-4}
		}
		if err := at[0].run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := at[1].from(t.Context(), make([]float64, o.size())); err != nil {
			t.Fatal(err)
		}
		if diff := floats.Distance(at[0].theta, at[1].theta, math.Inf(1)); !(diff <= 1e-8) || !at[0].settled {
			t.Errorf("k=%d: weights differ by %g", k, diff)
		}
		if at[0].steps >= at[1].steps {
			t.Errorf("k=%d: %d steps from a sample, %d from 0", k, at[0].steps, at[1].steps)
		}
	}
	d := learntest.Mixed(8, 30_000, 6, nil, 2)
	clear(d.Y)
	d.Y[77], d.Y[1000] = 1, 1
	n := newton{objective: testObjective(t, d, 1), maxIter: 100, tol: 1e-4}
	theta, err := n.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if floats.Norm(theta, 1) != 0 {
		t.Errorf("a fit whose sample lacks a class starts at %v", theta)
	}
}
