package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// factor is a rank-revealing factorization of unit columns: R is r×p, upper
// triangular in its first r columns, and Rx ≈ c holds at each least-squares
// solution x of the permuted columns. Columns of no length are left out.
type factor struct {
	cols   []int       // column of the design, by position
	length []float64   // of that column, which x is in units of
	rank   int         // r
	r      [][]float64 // p columns of R, by position, r numbers each
	c      []float64   // r
}

// cholesky factors the normal equations of the given columns' lengths with
// diagonal pivoting (Higham 2002, algorithm 10.2). It stops at the first pivot
// below safePivot, and returns ctx's error soon after its end.
func (s *leastSquares) cholesky(ctx context.Context, gram, length []float64) (*factor, error) {
	f := new(factor)
	for _, j := range s.features() {
		if length[j] > 0 {
			f.cols, f.length = append(f.cols, j), append(f.length, length[j])
		}
	}
	p, y, q := len(f.cols), s.y(), s.cols
	// rest[k] is column k of what is not yet explained; its last number is the
	// target's.
	rest := make([][]float64, p)
	for k, j := range f.cols {
		rest[k] = make([]float64, p+1)
		for i, l := range f.cols {
			rest[k][i] = gram[j*q+l] / (f.length[k] * f.length[i])
		}
		rest[k][p] = gram[j*q+y] / f.length[k]
	}
	order := make([]int, p) // position → index into rest
	for k := range order {
		order[k] = k
	}
	var rows [][]float64 // of R, by index into rest
	for k := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		best := k
		for i := k; i < p; i++ {
			if rest[order[i]][order[i]] > rest[order[best]][order[best]] {
				best = i
			}
		}
		order[k], order[best] = order[best], order[k]
		pivot := order[k]
		if !(rest[pivot][pivot] > safePivot) {
			break
		}
		row := make([]float64, p+1)
		copy(row, rest[pivot])
		floats.Scale(1/math.Sqrt(rest[pivot][pivot]), row)
		for _, i := range order[:k] {
			row[i] = 0
		}
		for _, i := range order[k+1:] {
			floats.AddScaled(rest[i], -row[i], row)
		}
		rows = append(rows, row)
	}
	f.arrange(order, rows)
	return f, nil
}

// arrange sets R and c from R's rows, whose columns are numbered as cols is
// and followed by c's, and puts the columns in the given order.
func (f *factor) arrange(order []int, rows [][]float64) {
	p := len(order)
	cols, length := make([]int, p), make([]float64, p)
	f.rank, f.r, f.c = len(rows), make([][]float64, p), make([]float64, len(rows))
	for k, i := range order {
		cols[k], length[k] = f.cols[i], f.length[i]
		f.r[k] = make([]float64, f.rank)
		for a, row := range rows {
			f.r[k][a] = row[i]
		}
	}
	for a, row := range rows {
		f.c[a] = row[p]
	}
	f.cols, f.length = cols, length
}

// combination returns the weights of the first r columns that make up column
// k, a later one.
func (f *factor) combination(k int) []float64 { return f.back(f.r[k]) }

// back solves R₁x = b for the first r columns R₁ of R.
func (f *factor) back(b []float64) []float64 {
	x := append([]float64(nil), b...)
	for k := f.rank - 1; k >= 0; k-- {
		x[k] /= f.r[k][k]
		floats.AddScaled(x[:k], -x[k], f.r[k][:k])
	}
	return x
}

// leastNorm returns the solution x of Rx = c for which the weights of X's
// columns, x[k]·unit(cols[k])/length[k], have the least sum of squares: with
// D = diag(unit/length) it is D⁻¹ times the shortest solution for RD⁻¹ (Golub &
// Van Loan 2013, section 5.6.2).
func (f *factor) leastNorm(ctx context.Context, unit func(col int) float64) ([]float64, error) {
	p, r := len(f.cols), f.rank
	if r == p {
		return f.back(f.c), nil
	}
	if r == 0 {
		return make([]float64, p), nil
	}
	inverse := f.inverseUnits(unit)
	t := make([][]float64, r) // RD⁻¹ by rows
	for a := range t {
		t[a] = make([]float64, p)
		for k := range p {
			t[a][k] = f.r[k][a] * inverse[k]
		}
	}
	x, err := shortest(ctx, t, f.c)
	if err != nil {
		return nil, err
	}
	floats.Mul(x, inverse)
	return x, nil
}

// inverseUnits returns D⁻¹ up to a factor, which leastNorm's result does not
// depend on: the largest is 1, and none is so small that squares vanish.
func (f *factor) inverseUnits(unit func(col int) float64) []float64 {
	inverse := make([]float64, len(f.cols))
	most := math.Inf(-1)
	for k, j := range f.cols {
		inverse[k] = math.Log2(f.length[k]) - math.Log2(unit(j))
		most = max(most, inverse[k])
	}
	for k := range inverse {
		inverse[k] = math.Exp2(max(inverse[k]-most, -400))
	}
	return inverse
}
