package linear

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// solveQR is solve by Householder QR with column pivoting of the design, which
// is first reduced to a triangle where it is tall. length holds the lengths of
// the columns, or nil where they are not known. Rows n, columns p: 2np²
// multiplications, min(n, p)·p numbers of memory.
func (s *leastSquares) solveQR(ctx context.Context, length []float64) ([]float64, error) {
	if length == nil {
		squares, err := s.sum(ctx, s.workers, s.cols, s.cols, func() worker {
			cols := s.newColumns(tileRows)
			return func(t *tile, sums []float64) {
				s.fill(cols, 0, t)
				for j, c := range cols {
					sums[j] += floats.Dot(c[:t.n], c[:t.n])
				}
			}
		})
		if err != nil {
			return nil, err
		}
		length = squares
		for j := range length {
			length[j] = math.Sqrt(length[j])
		}
	}
	cols, err := s.triangle(ctx)
	if err != nil {
		return nil, err
	}
	f, err := s.pivotedQR(ctx, cols, length)
	if err != nil {
		return nil, err
	}
	return s.expand(ctx, f)
}

func (s *leastSquares) newColumns(rows int) [][]float64 {
	cols := make([][]float64, s.cols)
	for j := range cols {
		cols[j] = make([]float64, rows)
	}
	return cols
}

// fill writes the tile's rows, dense and centered, into cols from row at on,
// each times the root of its weight.
func (s *leastSquares) fill(cols [][]float64, at int, t *tile) {
	for j, z := range t.z {
		copy(cols[j][at:], z)
	}
	for _, g := range s.groups {
		for l := range g.width {
			c := cols[g.first+l][at:][:t.n]
			for i := range c {
				c[i] = -s.mean[g.first+l]
			}
		}
		for i, c := range g.codes[t.lo:][:t.n] {
			if c >= 0 {
				cols[g.first+int(c)][at+i]++
			}
		}
	}
	for i, w := range t.w {
		root := math.Sqrt(w)
		for _, c := range cols {
			c[at+i] *= root
		}
	}
}

// recenter takes off what the rounding of means left of them in columns of all
// the rows. Where there are fewer rows than columns, all that is left of the
// rows counts: a column far from 0 would otherwise stand for the constant, and
// be held to the target's.
func (s *leastSquares) recenter(cols [][]float64) {
	if !s.center {
		return
	}
	if s.weight == nil {
		for _, c := range cols {
			floats.AddConst(-floats.Sum(c)/s.total, c)
		}
		return
	}
	root := make([]float64, s.rows)
	for i, w := range s.weight {
		root[i] = math.Sqrt(w)
	}
	for _, c := range cols {
		floats.AddScaled(c, -floats.Dot(root, c)/s.total, root)
	}
}

// triangle returns columns of at most q rows whose inner products are those of
// the design's columns: the R of its QR factorization, made by folding in a
// few tiles of rows at a time. With few rows it returns the rows themselves.
func (s *leastSquares) triangle(ctx context.Context) ([][]float64, error) {
	q := s.cols
	room := q + max(q, tileRows)
	if s.rows <= 2*q {
		room = s.rows
	}
	cols, have := s.newColumns(room), 0
	t := s.newTile()
	for lo := 0; lo < s.rows; {
		for ; lo < s.rows && have < room; lo += t.n {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			s.load(t, lo, min(lo+tileRows, s.rows, lo+room-have))
			s.fill(cols, have, t)
			have += t.n
		}
		if room == s.rows {
			s.recenter(cols)
			break
		}
		if err := fold(ctx, cols, have); err != nil {
			return nil, err
		}
		have = min(have, q)
	}
	for j := range cols {
		cols[j] = cols[j][:have]
	}
	return cols, nil
}

// fold turns the first rows rows of cols into an upper triangle.
func fold(ctx context.Context, cols [][]float64, rows int) error {
	for k := range min(len(cols), rows) {
		if err := ctx.Err(); err != nil {
			return err
		}
		h := reflect(cols[k][k:rows])
		for _, c := range cols[k+1:] {
			h.apply(c[k:rows])
		}
	}
	return nil
}

// pivotedQR factors the feature columns, which it overwrites, each divided by
// its length. It stops where no column stands out of the others.
func (s *leastSquares) pivotedQR(ctx context.Context, cols [][]float64, length []float64) (*factor, error) {
	f, y := new(factor), cols[s.y()]
	var unit [][]float64
	for _, j := range s.features() {
		if length[j] > 0 {
			floats.Scale(1/length[j], cols[j])
			unit = append(unit, cols[j])
			f.cols, f.length = append(f.cols, j), append(f.length, length[j])
		}
	}
	p, tol := len(unit), rankTol(s.rows, s.cols)
	order := make([]int, p)
	for k := range order {
		order[k] = k
	}
	rank := 0
	for ; rank < min(p, len(y)); rank++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		best, most := rank, -1.0
		for i, k := range order[rank:] {
			if ss := floats.Dot(unit[k][rank:], unit[k][rank:]); ss > most {
				best, most = rank+i, ss
			}
		}
		if !(math.Sqrt(most) > tol) {
			break
		}
		order[rank], order[best] = order[best], order[rank]
		h := reflect(unit[order[rank]][rank:])
		for _, k := range order[rank+1:] {
			h.apply(unit[k][rank:])
		}
		h.apply(y[rank:])
	}
	rows := make([][]float64, rank)
	for a := range rows {
		rows[a] = make([]float64, p+1)
		for k := range unit {
			rows[a][k] = unit[k][a]
		}
		rows[a][p] = y[a]
	}
	f.arrange(order, rows)
	return f, nil
}
