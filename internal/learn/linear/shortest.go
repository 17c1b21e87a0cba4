package linear

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// shortest returns the shortest x for which Ax = c, from A's rows, of which
// there are no more than columns and none depends on others. It overwrites
// them. With A = UᵀQᵀ it is QU⁻ᵀc.
//
// The columns are taken from the largest to the smallest, and at each step the
// row of which most is left: columns of very different sizes then each keep
// their own digits (Cox & Higham 1998, "Stability of Householder QR
// factorization for weighted least squares problems").
func shortest(ctx context.Context, rows [][]float64, c []float64) ([]float64, error) {
	order := bySize(rows)
	buf := make([]float64, len(order))
	for _, row := range rows {
		for k, j := range order {
			buf[k] = row[j]
		}
		copy(row, buf)
	}
	rows, c = slices.Clone(rows), slices.Clone(c)
	reflectors := make([]reflector, len(rows))
	for a := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		best := a + longest(rows[a:], a)
		rows[a], rows[best] = rows[best], rows[a]
		c[a], c[best] = c[best], c[a]
		reflectors[a] = reflect(rows[a][a:])
		for _, row := range rows[a+1:] {
			reflectors[a].apply(row[a:])
		}
	}
	x := buf
	clear(x)
	for a, row := range rows { // U's column a is row[:a+1]
		x[a] = (c[a] - floats.Dot(row[:a], x[:a])) / row[a]
	}
	for a := len(rows) - 1; a >= 0; a-- {
		reflectors[a].apply(x[a:])
	}
	out := make([]float64, len(x))
	for k, j := range order {
		out[j] = x[k]
	}
	return out, nil
}

// bySize returns the columns from the one with the largest number to the one
// with the smallest, equal ones in their order.
func bySize(rows [][]float64) []int {
	most, order := make([]float64, len(rows[0])), make([]int, len(rows[0]))
	for _, row := range rows {
		for j, v := range row {
			most[j] = max(most[j], math.Abs(v))
		}
	}
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case most[a] > most[b]:
			return -1
		case most[a] < most[b]:
			return 1
		}
		return 0
	})
	return order
}

// longest returns the row whose numbers from the given column on have the
// largest sum of squares.
func longest(rows [][]float64, from int) int {
	best, most := 0, -1.0
	for i, row := range rows {
		if ss := floats.Dot(row[from:], row[from:]); ss > most {
			best, most = i, ss
		}
	}
	return best
}
