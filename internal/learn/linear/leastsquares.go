package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/problem"
)

// leastSquares minimizes ‖y - Zγ‖², a sum weighted by row, over a design Z whose
// last number column is y. Where center is set, Z's one-hot columns are taken
// less their means, as its number columns are already.
type leastSquares struct {
	*design
	center  bool
	workers int
	mean    []float64 // of each one-hot column, by column of the design; 0 for numbers
	flat    []bool    // by column of the design: whether it is 0 throughout, less its mean
}

func newLeastSquares(d *design, center bool, workers int) *leastSquares {
	s := &leastSquares{design: d, center: center, workers: workers, mean: make([]float64, d.cols), flat: make([]bool, d.cols)}
	for j, c := range d.number {
		s.flat[j] = c.constant
	}
	if !center {
		return s
	}
	for _, g := range d.groups {
		mean := s.mean[g.first:][:g.width]
		tally(mean, g.codes, d.weight)
		floats.Scale(1/d.total, mean)
		if l := g.only(); l >= 0 {
			mean[l], s.flat[g.first+l] = 1, true // without rounding
		}
	}
	return s
}

// only returns the level that all rows have, or -1.
func (g *group) only() int {
	first := g.codes[0]
	for _, c := range g.codes {
		if c != first {
			return -1
		}
	}
	return int(first)
}

// y returns the column of the target.
func (s *leastSquares) y() int { return len(s.number) - 1 }

// features returns the columns that are neither the target nor flat.
func (s *leastSquares) features() []int {
	cols := make([]int, 0, s.cols-1)
	for j := range s.cols {
		if j != s.y() && !s.flat[j] {
			cols = append(cols, j)
		}
	}
	return cols
}

// rankTol returns the share of its own length by which a column must stand out
// of the others to count. It is numpy's ε·max(n,p), but at least 1e-11: the
// rounding of means alone brings copies of a column that far apart.
func rankTol(n, p int) float64 {
	const epsilon = 0x1p-52
	return max(1e-11, epsilon*float64(max(n, p)))
}

// safePivot is the least squared distance of a unit column from the others at
// which normal equations keep half of float64's digits.
const safePivot = 1e-8

// solve returns γ by column of the design; the target's is 0.
//
// It works on the p×p normal equations while every column either stands well
// out of the others or, as a look at all rows then confirms, is a combination
// of them; dropped first levels, copies and full one-hot groups all pass. In
// the twilight between, and where there are fewer rows than columns, it takes
// the QR factorization of Z itself.
func (s *leastSquares) solve(ctx context.Context) ([]float64, error) {
	if s.rows <= s.cols {
		return s.solveQR(ctx, nil)
	}
	gram, err := s.centeredGram(ctx)
	if err != nil {
		return nil, err
	}
	length := make([]float64, s.cols)
	for j := range length {
		length[j] = math.Sqrt(gram[j*s.cols+j])
	}
	f, err := s.cholesky(ctx, gram, length)
	if err != nil {
		return nil, err
	}
	ok, err := s.confirm(ctx, f)
	if err != nil {
		return nil, err
	}
	if !ok {
		return s.solveQR(ctx, length)
	}
	return s.expand(ctx, f)
}

// centeredGram returns ZᵀZ of the columns less their means, both triangles.
func (s *leastSquares) centeredGram(ctx context.Context) ([]float64, error) {
	q := s.cols
	gram, err := s.sum(ctx, s.workers, q*q, s.numbers()*s.numbers(), func() worker {
		scratch := s.newPanels()
		return func(t *tile, sums []float64) { s.gram(sums, t, t.w, scratch) }
	})
	if err != nil {
		return nil, err
	}
	for a := range q {
		for b := a; b < q; b++ {
			if s.mean[a] != 0 && s.mean[b] != 0 {
				gram[a*q+b] = s.lessMeans(gram[a*q+b], s.mean[a]*s.total, s.mean[b]*s.total)
			}
			gram[b*q+a] = gram[a*q+b]
		}
	}
	return gram, nil
}

// lessMeans returns the inner product of two one-hot columns less their means
// from the product of the columns themselves and their sums, which are counts
// and exact where there are no weights.
func (s *leastSquares) lessMeans(product, a, b float64) float64 {
	if s.weight == nil {
		a, b = math.Round(a), math.Round(b)
	}
	return (s.total*product - a*b) / s.total
}

// expand returns the least-norm solution of f by column of the design.
func (s *leastSquares) expand(ctx context.Context, f *factor) ([]float64, error) {
	x, err := f.leastNorm(ctx, s.unitOf)
	if err != nil {
		return nil, err
	}
	gamma := make([]float64, s.cols)
	for k, w := range x {
		gamma[f.cols[k]] = w / f.length[k]
	}
	return gamma, nil
}

// unitOf returns how many units of X's column one unit of the design's is, as
// a share of the target's: weights of X's columns are weights of the design's
// times it.
func (s *leastSquares) unitOf(j int) float64 {
	if j < len(s.number) {
		return s.number[j].scale
	}
	return 1
}

// model turns weights of the design's columns into a model of X's.
func (s *leastSquares) model(gamma []float64, p int) (*RegressionModel, error) {
	m := &RegressionModel{Coef: make([]float64, p), FitIntercept: s.center}
	y := s.number[s.y()]
	base := y.shift // of the scaled target
	for j, c := range s.number[:s.y()] {
		m.Coef[c.source] = unscale(gamma[j], c.scale, y.scale)
		base -= gamma[j] * c.shift
	}
	for _, g := range s.groups {
		for l := range g.width {
			m.Coef[g.source+l] = gamma[g.first+l] / y.scale
			base -= gamma[g.first+l] * s.mean[g.first+l]
		}
	}
	if s.center {
		m.Intercept = base / y.scale
	}
	for _, b := range append(m.Coef, m.Intercept) {
		if math.IsInf(b, 0) || math.IsNaN(b) {
			return nil, problem.New(problem.Invalid, "The numbers are too large or too small to fit a line to.").
				WithHint("Scale the columns, and give the target in another unit.")
		}
	}
	return m, nil
}

// unscale returns w·scale/target, which may be within range where one of the
// two steps is not.
func unscale(w, scale, target float64) float64 {
	f, e := math.Frexp(w)
	_, up := math.Frexp(scale)
	_, down := math.Frexp(target)
	return math.Ldexp(f, e+up-down)
}
