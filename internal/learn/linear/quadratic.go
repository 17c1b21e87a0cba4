package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// quadratic is ½xᵀHx - bᵀx + Σl|x| with a positive semidefinite H, to be
// minimized by coordinate descent (Friedman, Hastie & Tibshirani 2010, section
// 2.2): a column whose weight stays 0 costs nothing but a look.
type quadratic struct {
	h []float64 // n×n, all of it
	l []float64 // n, none below 0
	x []float64 // n
	r []float64 // b - Hx
}

// round visits each coordinate once, and returns the largest change by which
// one lowered the objective.
func (q *quadratic) round() (most float64) {
	n := len(q.x)
	for j, old := range q.x {
		if old == 0 && math.Abs(q.r[j]) <= q.l[j] {
			continue
		}
		row := q.h[j*n:][:n]
		if !(row[j] > 0) {
			continue
		}
		x := soften(q.r[j]+row[j]*old, q.l[j]) / row[j]
		if d := x - old; d != 0 {
			q.x[j] = x
			floats.AddScaled(q.r, -d, row)
			most = max(most, d*d*row[j])
		}
	}
	return most
}

// soften returns x moved towards 0 by l, at most to it.
func soften(x, l float64) float64 {
	switch {
	case x > l:
		return x - l
	case x < -l:
		return x + l
	}
	return 0
}

// maxPolish bounds the columns of which polish forms the equations.
const maxPolish = 2000

// polish moves x to where the coordinates that are not 0 would be best if they
// kept their signs, and reports whether they do and all others stay 0: x then
// is the minimum to rounding. Otherwise it leaves x alone.
func (q *quadratic) polish(ctx context.Context) (bool, error) {
	n := len(q.x)
	var on []int
	for j, x := range q.x {
		if x != 0 {
			on = append(on, j)
		}
	}
	m := len(on)
	if m == 0 || m > maxPolish {
		return m == 0, nil
	}
	h, d := make([]float64, m*m), make([]float64, m)
	for a, j := range on {
		for b, k := range on {
			h[a*m+b] = q.h[j*n+k]
		}
		d[a] = q.r[j] - math.Copysign(q.l[j], q.x[j])
	}
	c, err := factorize(ctx, h, m, 0)
	if err != nil || !c.steady() {
		return false, err
	}
	c.solve(d)
	r := append([]float64(nil), q.r...)
	for a, j := range on {
		if !((q.x[j]+d[a])*q.x[j] > 0) {
			return false, nil
		}
		floats.AddScaled(r, -d[a], q.h[j*n:][:n])
	}
	for j, x := range q.x {
		if x == 0 && math.Abs(r[j]) > q.l[j]*(1+1e-9) {
			return false, nil
		}
	}
	for a, j := range on {
		q.x[j] += d[a]
	}
	q.r = r
	return true, nil
}
