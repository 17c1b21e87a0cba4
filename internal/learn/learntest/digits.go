package learntest

import (
	"math"
	"math/rand/v2"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// LastDigits checks that a model gives the rows that it was fitted on the same
// answers once each number has other last digits, as numbers have that another
// program computes from the same file. There are n rows of columns with so many
// distinct values, in two classes; weights are 1, 2 and 0 in turn where weigh
// is set.
func LastDigits(t *testing.T, l learn.Learner, n, values int, weigh bool, params map[string]any) {
	t.Helper()
	rng := rand.New(rand.NewPCG(31, 32))
	cols, moved := columns(n, 3), columns(n, 3)
	d := learn.Data{Y: make([]float64, n), Classes: 2, Seed: 7, Workers: 2}
	for i := range n {
		for j := range cols {
			x := math.Log1p(float64(rng.IntN(values)))
			cols[j][i] = x
			moved[j][i] = x * (1 + float64(rng.IntN(9)-4)*0x1p-52)
		}
		if cols[0][i]+math.Sin(7*cols[1][i])+0.5*rng.NormFloat64() > math.Log(float64(values))-1 {
			d.Y[i] = 1
		}
		if weigh {
			d.Weights = append(d.Weights, float64(i%3))
		}
	}
	d.X = frame.Dense(n, cols...)
	m := Fit(t, l, d, params)
	want, got := make([]float64, 2*n), make([]float64, 2*n)
	m.(learn.Proba).Proba(d.X, want)
	m.(learn.Proba).Proba(frame.Dense(n, moved...), got)
	apart := 0
	for i := range n {
		if math.Abs(got[2*i]-want[2*i]) > 1e-9 {
			apart++
		}
	}
	if apart > 0 {
		t.Errorf("%d of %d rows get another answer for other last digits", apart, n)
	}
}
