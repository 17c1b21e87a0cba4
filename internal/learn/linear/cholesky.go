package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// cholesky is the factor UᵀU of a positive definite matrix whose rows and
// columns were scaled to a diagonal of ones; those of a 0 there are left out.
type cholesky struct {
	scale []float64
	u     blas64.Triangular
	least float64 // least pivot: how far a scaled column stands out of those before it, squared
}

// newCholesky factors the n×n matrix h, of which it reads the upper triangle.
// Where rounding has left h indefinite it adds the least power of 100 times
// 1e-14 to the scaled diagonal that mends it.
func newCholesky(ctx context.Context, h []float64, n int) (*cholesky, error) {
	for jitter := 0.0; ; jitter = max(1e-14, 100*jitter) {
		c, err := factorize(ctx, h, n, jitter)
		if err != nil || c.least > 0 || jitter > 1e6 {
			return c, err
		}
	}
}

// steady reports whether solutions keep half of float64's digits.
func (c *cholesky) steady() bool { return c.least > safePivot }

// factorize factors h as it is, plus a jitter to the scaled diagonal. Where it
// is not definite to rounding, least is 0 and the factor is of no use. The cost
// is n³/3 multiplications; ctx is looked at every few milliseconds.
func factorize(ctx context.Context, h []float64, n int, jitter float64) (*cholesky, error) {
	c := &cholesky{scale: make([]float64, n), least: 1}
	for i := range c.scale {
		if d := h[i*n+i]; d > 0 {
			c.scale[i] = 1 / math.Sqrt(d)
		}
	}
	a := blas64.General{Rows: n, Cols: n, Stride: max(n, 1), Data: make([]float64, n*n)}
	for i := range n {
		row, from := a.Data[i*n:][:n], h[i*n:][:n]
		for j := i + 1; j < n; j++ {
			row[j] = from[j] * c.scale[i] * c.scale[j]
		}
		row[i] = 1 + jitter
	}
	c.u = blas64.Triangular{N: n, Stride: max(n, 1), Data: a.Data, Uplo: blas.Upper, Diag: blas.NonUnit}
	const block = 96
	for k := 0; k < n; k += block {
		m := min(block, n-k)
		if ok := c.panel(a, k, m); !ok {
			c.least = 0
			return c, ctx.Err()
		}
		for i := k + m; i < n; i += block {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			rows := min(block, n-i)
			blas64.Gemm(blas.Trans, blas.NoTrans, -1, part(a, k, i, m, rows), part(a, k, i, m, n-i), 1, part(a, i, i, rows, n-i))
		}
	}
	for i := range n {
		c.least = min(c.least, a.Data[i*(n+1)]*a.Data[i*(n+1)])
	}
	return c, ctx.Err()
}

// panel factors rows k to k+m of a, from which rows above were taken.
func (c *cholesky) panel(a blas64.General, k, m int) bool {
	corner := part(a, k, k, m, m)
	u, ok := lapack64.Potrf(blas64.Symmetric{N: m, Stride: a.Stride, Uplo: blas.Upper, Data: corner.Data})
	if ok && k+m < a.Cols {
		blas64.Trsm(blas.Left, blas.Trans, 1, u, part(a, k, k+m, m, a.Cols-k-m))
	}
	return ok
}

// part returns rows×cols of a from row i and column j on, shared.
func part(a blas64.General, i, j, rows, cols int) blas64.General {
	return blas64.General{Rows: rows, Cols: cols, Stride: a.Stride, Data: a.Data[i*a.Stride+j : (i+rows-1)*a.Stride+j+cols]}
}

// solve overwrites b with the solution of hx = b.
func (c *cholesky) solve(b []float64) {
	floats.Mul(b, c.scale)
	x := blas64.Vector{N: len(b), Inc: 1, Data: b}
	blas64.Trsv(blas.Trans, c.u, x)
	blas64.Trsv(blas.NoTrans, c.u, x)
	floats.Mul(b, c.scale)
}
