package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// direct forms the Hessian and factors it.
type direct struct{ *objective }

func (s *direct) look(ctx context.Context, theta []float64) (*point, error) {
	at := &point{theta: theta}
	return at, s.curvature(ctx, at)
}

func (s *direct) left() float64 { return 0 }

// step solves by Cholesky. The softmax does not change where all classes gain
// the same weight, and no gradient points there; a term that makes the Hessian
// definite in that direction keeps the step off it.
func (s *direct) step(_ context.Context, at *point) ([]float64, error) {
	if s.outputs > 1 {
		s.fixSums(at.h)
	}
	d := make([]float64, len(at.g))
	floats.ScaleTo(d, -1, at.g)
	newCholesky(at.h, len(d)).solve(d)
	return d, nil
}

// fixSums adds, for each column, its mean curvature to all pairs of classes.
func (s *direct) fixSums(h []float64) {
	q, size := s.cols, s.size()
	for j := range q {
		mean := 0.0
		for a := range s.outputs {
			mean += h[(a*q+j)*(size+1)] / float64(s.outputs*s.outputs)
		}
		for a := range s.outputs {
			for b := a; b < s.outputs; b++ {
				h[(a*q+j)*size+b*q+j] += mean
			}
		}
	}
}

// cholesky is the factor of a positive semidefinite matrix whose rows and
// columns were scaled to a diagonal of ones.
type cholesky struct {
	scale []float64
	u     blas64.Triangular
}

// newCholesky factors the n×n matrix h, of which it reads the upper triangle.
// Where rounding has left h indefinite it adds the least power of 100 times
// 1e-14 to the scaled diagonal that mends it.
func newCholesky(h []float64, n int) *cholesky {
	c := &cholesky{scale: make([]float64, n)}
	for i := range c.scale {
		if d := h[i*n+i]; d > 0 {
			c.scale[i] = 1 / math.Sqrt(d)
		}
	}
	for jitter := 0.0; ; jitter = max(1e-14, 100*jitter) {
		a := blas64.Symmetric{N: n, Stride: n, Uplo: blas.Upper, Data: make([]float64, n*n)}
		for i := range n {
			for j := i; j < n; j++ {
				a.Data[i*n+j] = h[i*n+j] * c.scale[i] * c.scale[j]
			}
			a.Data[i*n+i] = 1 + jitter
		}
		u, ok := lapack64.Potrf(a)
		if ok || jitter > 1e6 {
			c.u = u
			return c
		}
	}
}

// solve overwrites b with the solution of hx = b.
func (c *cholesky) solve(b []float64) {
	floats.Mul(b, c.scale)
	x := blas64.Vector{N: len(b), Inc: 1, Data: b}
	blas64.Trsv(blas.Trans, c.u, x)
	blas64.Trsv(blas.NoTrans, c.u, x)
	floats.Mul(b, c.scale)
}
