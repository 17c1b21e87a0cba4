package profile

import (
	"context"
	"math"
	"slices"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
)

const (
	mostCorrelated = 200 // numeric columns that are correlated
	topPairs       = 10
	blockRows      = 256 // rows worked on at a time, so that they stay in the cache
	segments       = 16  // parts of the rows, added up in order whatever the workers
)

// standard is a column with what makes it centered and of deviation 1.
type standard struct {
	x         []float64
	mean, inv float64
	missing   bool
	constant  bool // or not to be scaled: r is undefined
}

// sums holds, for each pair i < j, sums over the rows in which both have a
// value: of the products and, for pairs that lack some, what else r needs.
type sums struct {
	xy              []float64
	n, x, y, xx, yy []float64
}

// correlate returns Pearson's r of each pair of numeric columns.
func correlate(ctx context.Context, f *frame.Frame, described []Column, workers int) (Correlation, error) {
	var c Correlation
	var cols []standard
	for j, col := range f.Columns {
		if col.Kind != frame.Numeric {
			continue
		}
		if len(cols) == mostCorrelated {
			c.Left++
			continue
		}
		d := described[j]
		s := standard{x: col.Num, mean: float64(d.Number.Mean), inv: 1 / float64(d.Number.Std), missing: d.Missing > 0}
		s.constant = d.Distinct < 2 || !d.Number.Std.Defined() || !(s.inv > 0) || math.IsInf(s.inv, 0)
		c.Columns = append(c.Columns, col.Name)
		cols = append(cols, s)
	}
	p := len(cols)
	total, err := addUp(ctx, cols, f.Rows, workers)
	if err != nil {
		return c, err
	}
	c.R = make([]Stat, p*p)
	for i := range p {
		for j := i; j < p; j++ {
			r := undefined
			switch {
			case cols[i].constant || cols[j].constant:
			case i == j:
				r = 1
			default:
				r = total.r(cols, i, j, f.Rows)
			}
			c.R[i*p+j], c.R[j*p+i] = r, r
		}
	}
	c.Top = strongest(&c)
	return c, ctx.Err()
}

// addUp computes the sums of all pairs, in segments side by side.
func addUp(ctx context.Context, cols []standard, rows, workers int) (sums, error) {
	parts := make([]sums, segments)
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for k := range parts {
		from, to := k*rows/segments, (k+1)*rows/segments
		g.Go(func() error {
			var err error
			parts[k], err = addRows(gctx, cols, from, to)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return sums{}, err
	}
	total := parts[0]
	for _, q := range parts[1:] {
		for _, pair := range [][2][]float64{{total.xy, q.xy}, {total.n, q.n}, {total.x, q.x}, {total.y, q.y}, {total.xx, q.xx}, {total.yy, q.yy}} {
			for i, v := range pair[1] {
				pair[0][i] += v
			}
		}
	}
	return total, nil
}

// addRows computes the sums over some rows. A missing value is 0 in z and in
// the mask m, so that it adds nothing.
func addRows(ctx context.Context, cols []standard, from, to int) (sums, error) {
	p := len(cols)
	z, m := make([]float64, p*blockRows), make([]float64, p*blockRows)
	s := sums{xy: make([]float64, p*p)}
	for _, c := range cols {
		if c.missing {
			s.n, s.x, s.y = make([]float64, p*p), make([]float64, p*p), make([]float64, p*p)
			s.xx, s.yy = make([]float64, p*p), make([]float64, p*p)
			break
		}
	}
	for ; from < to; from += blockRows {
		if err := ctx.Err(); err != nil {
			return s, err
		}
		n := min(to-from, blockRows)
		for j, c := range cols {
			c.standardize(z[j*blockRows:][:n], m[j*blockRows:][:n], from)
		}
		for i := range p {
			zi, mi := z[i*blockRows:][:n], m[i*blockRows:][:n]
			for j := i + 1; j < p; j++ {
				zj := z[j*blockRows:][:n]
				at := i*p + j
				if cols[i].missing || cols[j].missing {
					s.addShared(at, zi, mi, zj, m[j*blockRows:][:n])
					continue
				}
				s.xy[at] += dot(zi, zj)
			}
		}
	}
	return s, nil
}

func (c *standard) standardize(z, m []float64, from int) {
	for k, x := range c.x[from : from+len(z)] {
		if x != x || c.constant {
			z[k], m[k] = 0, 0
			continue
		}
		z[k], m[k] = (x-c.mean)*c.inv, 1
	}
}

func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	b = b[:len(a)]
	k := 0
	for ; k+3 < len(a); k += 4 {
		s0 += a[k] * b[k]
		s1 += a[k+1] * b[k+1]
		s2 += a[k+2] * b[k+2]
		s3 += a[k+3] * b[k+3]
	}
	for ; k < len(a); k++ {
		s0 += a[k] * b[k]
	}
	return s0 + s1 + (s2 + s3)
}

// addShared adds what a pair needs of which some values are missing.
func (s *sums) addShared(at int, zi, mi, zj, mj []float64) {
	var xy, n, x, y, xx, yy float64
	mi, zj, mj = mi[:len(zi)], zj[:len(zi)], mj[:len(zi)]
	for k, a := range zi {
		b, u, v := zj[k], mi[k], mj[k]
		av, bu := a*v, b*u
		xy += a * b
		n += u * v
		x += av
		y += bu
		xx += av * a
		yy += bu * b
	}
	s.xy[at] += xy
	s.n[at] += n
	s.x[at] += x
	s.y[at] += y
	s.xx[at] += xx
	s.yy[at] += yy
}

// r returns the correlation of columns i and j from the sums. Where the rows
// that they share leave next to no variance it is computed afresh.
func (s *sums) r(cols []standard, i, j, rows int) Stat {
	at := i*len(cols) + j
	if !cols[i].missing && !cols[j].missing {
		return clip(s.xy[at] / float64(rows-1))
	}
	n := s.n[at]
	if n < 2 {
		return undefined
	}
	xx, yy := s.xx[at]-s.x[at]*s.x[at]/n, s.yy[at]-s.y[at]*s.y[at]/n
	if xx <= 1e-6*s.xx[at] || yy <= 1e-6*s.yy[at] {
		return pairR(cols[i].x, cols[j].x)
	}
	return clip((s.xy[at] - s.x[at]*s.y[at]/n) / math.Sqrt(xx*yy))
}

func clip(r float64) Stat { return Stat(min(max(r, -1), 1)) }

// pairR returns r over the rows in which both have a value, in two passes.
func pairR(x, y []float64) Stat {
	var n, mx, my float64
	first := -1
	varies := [2]bool{}
	for k := range x {
		if x[k] != x[k] || y[k] != y[k] {
			continue
		}
		if first < 0 {
			first = k
		}
		varies[0] = varies[0] || x[k] != x[first]
		varies[1] = varies[1] || y[k] != y[first]
		n++
		mx += (x[k] - mx) / n
		my += (y[k] - my) / n
	}
	if !varies[0] || !varies[1] {
		return undefined
	}
	var xx, yy, xy float64
	for k := range x {
		if x[k] == x[k] && y[k] == y[k] {
			dx, dy := x[k]-mx, y[k]-my
			xx += dx * dx
			yy += dy * dy
			xy += dx * dy
		}
	}
	return clip(xy / (math.Sqrt(xx) * math.Sqrt(yy)))
}

// strongest returns the pairs of the largest |r|; of equals the first columns.
func strongest(c *Correlation) []Pair {
	type at struct {
		i, j int
		r    float64
	}
	var all []at
	p := len(c.Columns)
	for i := range p {
		for j := i + 1; j < p; j++ {
			if r := c.R[i*p+j]; r.Defined() {
				all = append(all, at{i, j, float64(r)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b at) int {
		switch x, y := math.Abs(a.r), math.Abs(b.r); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	var out []Pair
	for _, q := range all[:min(len(all), topPairs)] {
		out = append(out, Pair{c.Columns[q.i], c.Columns[q.j], Stat(q.r)})
	}
	return out
}
