package linear_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
	"clicktrain/internal/problem"
)

// TestRegressionByHand fits y = 1 + 2x, and a copied column, among which the
// least sum of squares splits the weight evenly.
func TestRegressionByHand(t *testing.T) {
	x, y := []float64{-1, 0, 1}, []float64{-1, 1, 3}
	tests := []struct {
		name string
		cols [][]float64
		want []float64
	}{
		{"one", [][]float64{x}, []float64{2}},
		{"copied", [][]float64{x, x}, []float64{1, 1}},
		{"copied twice as large", [][]float64{x, {-2, 0, 2}}, []float64{0.4, 0.8}},
		{"constant", [][]float64{{5, 5, 5}, x}, []float64{0, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := learntest.Fit(t, linear.Regression, learn.Data{X: frame.Dense(3, tt.cols...), Y: y, Workers: 1}, nil)
			got := m.(*linear.RegressionModel)
			for j := range tt.want {
				if !(math.Abs(got.Coef[j]-tt.want[j]) <= 1e-15) {
					t.Errorf("Coef = %v, want %v", got.Coef, tt.want)
				}
			}
			if !(math.Abs(got.Intercept-1) <= 1e-15) {
				t.Errorf("Intercept = %v, want 1", got.Intercept)
			}
		})
	}
}

// TestRegressionUnits checks that a column in another unit gets the weight in
// that unit, up to the ends of float64.
func TestRegressionUnits(t *testing.T) {
	d := learntest.Friedman(1, 200, 5)
	want := learntest.Fit(t, linear.Regression, d, nil).(*linear.RegressionModel)
	units := []float64{math.Ldexp(1, 900), math.Ldexp(1, -900), 1, math.Ldexp(1, 500), math.Ldexp(1, -500)}
	cols := d.X.Columns()
	for j := range cols {
		cols[j] = slices.Clone(cols[j])
		for i := range cols[j] {
			cols[j][i] *= units[j]
		}
	}
	d.X = frame.Dense(d.X.Rows, cols...)
	got := learntest.Fit(t, linear.Regression, d, nil).(*linear.RegressionModel)
	for j := range units {
		if got.Coef[j]*units[j] != want.Coef[j] {
			t.Errorf("weight %d is %v in units of %v, want %v", j, got.Coef[j]*units[j], units[j], want.Coef[j])
		}
	}
}

// TestLogisticByHand: at x = ±1 with y = ±1 of equal counts and C = 1 the
// weight w solves w = 4·(1 - 1/(1+e^-w)).
func TestLogisticByHand(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{-1, -1, 1, 1}), Y: []float64{0, 0, 1, 1}, Classes: 2, Workers: 1}
	m := learntest.Fit(t, linear.Logistic, d, nil).(*linear.LogisticModel)
	w := m.Coef[0][0]
	if left := w - 4*(1-1/(1+math.Exp(-w))); !(math.Abs(left) <= 1e-12) || !(math.Abs(m.Intercept[0]) <= 1e-12) {
		t.Errorf("w = %v leaves %v, intercept %v; want neither", w, left, m.Intercept[0])
	}
}

func TestLogisticWarns(t *testing.T) {
	d := learntest.Blobs(1, 300, 4, 3)
	for steps, want := range map[int]string{1: "Stopped after 1 step before", 2: "Stopped after 2 steps before"} {
		m := learntest.Fit(t, linear.Logistic, d, map[string]any{"max_iter": steps})
		w := m.(learn.Warner).Warnings()
		if len(w) != 1 || !strings.HasPrefix(w[0], want) {
			t.Errorf("max_iter=%d: Warnings = %q, want one that starts %q", steps, w, want)
		}
	}
}

// TestLogisticSettles checks that hard data comes to rest within the default
// number of steps: separated classes with next to no penalty, one row of a
// class, columns far from zero, and many classes.
func TestLogisticSettles(t *testing.T) {
	apart := learntest.Blobs(1, 100, 3, 2)
	for i := range apart.Y {
		apart.Y[i] = 0
		if apart.X.Blocks[0].Dense[i] > 0 {
			apart.Y[i] = 1
		}
	}
	rare := learntest.Blobs(2, 400, 3, 2)
	clear(rare.Y)
	rare.Y[17] = 1
	far := learntest.Blobs(3, 200, 3, 3)
	for _, b := range far.X.Blocks {
		for i := range b.Dense {
			b.Dense[i] += 1e7
		}
	}
	tests := []struct {
		name   string
		d      learn.Data
		params map[string]any
	}{
		{"separated", apart, map[string]any{"C": 1e10}},
		{"one row of a class", rare, nil},
		{"far from zero", far, nil},
		{"many classes", learntest.Blobs(4, 1500, 8, 150), nil},
		{"strict", learntest.Blobs(5, 500, 4, 3), map[string]any{"tol": 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := learntest.Fit(t, linear.Logistic, tt.d, tt.params).(*linear.LogisticModel)
			if w := m.Warnings(); w != nil {
				t.Errorf("after %d steps: %q", m.Iterations, w)
			}
		})
	}
}

// TestWideCancels checks that a fit looks often whether it should stop where a
// tile of rows alone is a lot of work.
func TestWideCancels(t *testing.T) {
	const looks = 20
	const p = 3000
	shared := learntest.Blobs(1, 4000, 40, 2)
	cols := make([][]float64, p)
	for j := range cols {
		cols[j] = shared.X.Blocks[j%40].Dense
	}
	d := learn.Data{X: frame.Dense(4000, cols...), Y: shared.Y, Classes: 2, Workers: 2}
	few := learn.Data{X: frame.Dense(4000, cols[:1500]...), Y: shared.Y, Classes: 2, Workers: 2}
	tests := []struct {
		l      learn.Learner
		task   learn.Task
		d      learn.Data
		params map[string]any
	}{
		{linear.Regression, learn.Regression, d, nil},
		{linear.Ridge, learn.Regression, d, nil},
		{linear.Lasso, learn.Regression, d, map[string]any{"alpha": 1e-6}},
		{linear.Logistic, learn.Classification, d, nil},
		{linear.Logistic, learn.Classification, few, map[string]any{"penalty": "l1"}},
		{linear.SVM, learn.Classification, d, nil},
		{linear.SVM, learn.Classification, few, map[string]any{"loss": "hinge"}},
		{linear.SVM, learn.Regression, few, nil},
	}
	for _, tt := range tests {
		l, d := tt.l, tt.d
		if tt.task == learn.Regression {
			d.Classes = 0
		}
		ctx := learntest.LookedAt(t, looks)
		if _, err := learntest.Configure(t, l, tt.task, tt.params).Fit(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: told to stop at look %d, Fit gives %v after %d looks, want %v", l.Name, looks, err, ctx.Looks(), context.Canceled)
		}
	}
}

func TestTooLarge(t *testing.T) {
	codes := make([]int32, 6000)
	for i := range codes {
		codes[i] = int32(i)
	}
	wide := frame.NewMatrix(6000, frame.Block{Codes: codes, Width: 6000})
	_, err := learntest.Configure(t, linear.Regression, learn.Regression, nil).
		Fit(t.Context(), learn.Data{X: wide, Y: make([]float64, 6000), Workers: 1})
	if p, ok := problem.As(err); !ok || p.Hint == "" {
		t.Errorf("Fit gives %v, want a problem with a hint", err)
	}
}
