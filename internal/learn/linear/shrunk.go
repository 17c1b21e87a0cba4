package linear

import (
	"context"
	"math"
	"slices"
)

// shrunk minimizes ‖y - Zγ‖² + Σλγ².
type shrunk struct {
	*leastSquares
	lambda []float64 // by column of the design
}

// penaltyScale keeps the square of a scale, which is a penalty, finite.
const penaltyScale = 500

// penalty returns, by column of the design, the penalty that strength α on the
// squares of the weights of X's columns is on those of the design's.
func (d *design) penalty(alpha float64) []float64 {
	lambda := make([]float64, d.cols)
	for j := range lambda {
		scale := 1.0
		if j < len(d.number) {
			scale = d.number[j].scale
		}
		lambda[j] = math.Min(alpha*scale*scale, 1e300)
	}
	return lambda
}

// kinks is penalty for the sizes of weights.
func (d *design) kinks(alpha float64) []float64 {
	l := make([]float64, d.cols)
	for j := range l {
		l[j] = alpha
		if j < len(d.number) {
			l[j] = math.Min(alpha*d.number[j].scale, 1e300)
		}
	}
	return l
}

// solve returns γ by column of the design. With a penalty it factors the
// normal equations as they are, unless a column hardly stands out of the others
// or there are fewer rows than columns; it then turns to QR, of the rows and a
// row √λ for each column.
func (s *shrunk) solve(ctx context.Context, alpha float64) ([]float64, error) {
	if alpha == 0 {
		return s.leastSquares.solve(ctx)
	}
	if s.rows < s.cols {
		return s.solveWide(ctx)
	}
	gram, err := s.centeredGram(ctx)
	if err != nil {
		return nil, err
	}
	length := make([]float64, s.cols)
	for j, l := range s.lambda {
		if j == s.y() {
			l = 0
		}
		gram[j*s.cols+j] += l
		length[j] = math.Sqrt(gram[j*s.cols+j])
	}
	f, err := s.cholesky(ctx, gram, length)
	if err != nil {
		return nil, err
	}
	if f.rank == len(f.cols) {
		return s.expand(ctx, f)
	}
	cols, err := s.triangle(ctx)
	if err != nil {
		return nil, err
	}
	f, err = s.pivotedQR(ctx, s.penalized(cols), length)
	if err != nil {
		return nil, err
	}
	return s.expand(ctx, f)
}

// penalized returns cols with a row more for each column's penalty.
func (s *shrunk) penalized(cols [][]float64) [][]float64 {
	for j := range cols {
		cols[j] = append(cols[j], make([]float64, s.cols)...)
		if j != s.y() {
			cols[j][len(cols[j])-s.cols+j] = math.Sqrt(s.lambda[j])
		}
	}
	return cols
}

// leastRoot is the least root of a penalty, as a share of the largest, that
// solveWide heeds: its square must not vanish.
const leastRoot = 1e-100

// solveWide is solve for few rows: with D = diag(√λ), u = Dγ and the residuals
// v, what is sought is the shortest solution of (ZD⁻¹ 1)(u v)ᵀ = y.
func (s *shrunk) solveWide(ctx context.Context) ([]float64, error) {
	cols := s.newColumns(s.rows)
	for t, lo := s.newTile(), 0; lo < s.rows; lo += t.n {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.load(t, lo, min(lo+tileRows, s.rows))
		s.fill(cols, lo, t)
	}
	s.recenter(cols)
	features := s.features()
	if len(features) == 0 {
		return make([]float64, s.cols), nil
	}
	root := make([]float64, len(features))
	for k, j := range features {
		root[k] = math.Sqrt(s.lambda[j])
	}
	least := math.Max(leastRoot*slices.Max(root), 1e-300)
	rows := make([][]float64, s.rows)
	for i := range rows {
		rows[i] = make([]float64, len(features)+s.rows)
		for k, j := range features {
			root[k] = math.Max(root[k], least)
			rows[i][k] = cols[j][i] / root[k]
		}
		rows[i][len(features)+i] = 1
	}
	u, err := shortest(ctx, rows, cols[s.y()])
	if err != nil {
		return nil, err
	}
	gamma := make([]float64, s.cols)
	for k, j := range features {
		gamma[j] = u[k] / root[k]
	}
	return gamma, nil
}
