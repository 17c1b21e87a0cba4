package linear

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/learn"
)

// sparse minimizes ½‖y - Zγ‖² + Σl|γ| + ½Σλγ² of a centered design.
type sparse struct {
	*leastSquares
	l        []float64 // by column of the design, as all that follows
	lambda   []float64
	gamma    []float64
	maxIter  int
	tol      float64
	progress func(float64)

	rounds  int
	settled bool
}

// newSparse returns the problem whose minimum is e's in the design's units.
func newSparse(z *design, e *net, d learn.Data) *sparse {
	s := &sparse{leastSquares: newLeastSquares(z, e.fitIntercept, d.Workers), lambda: z.penalty(e.alpha * (1 - e.ratio) * z.total),
		l: z.kinks(e.alpha * e.ratio * z.total * z.number[len(z.number)-1].scale), gamma: make([]float64, z.cols), maxIter: e.maxIter, tol: e.tol, progress: d.Progress}
	return s
}

// firstColumns is the number of columns that solve starts with: with some
// hundred, products of each pair cost less than many rounds over all rows.
const firstColumns = 400

// solve sets gamma. It solves for a set of columns by their inner products
// alone, looks which others would then get a weight, and adds the foremost of
// these, until there are none.
func (s *sparse) solve(ctx context.Context) error {
	set := s.features()
	if len(set) > firstColumns {
		first, err := s.wanted(ctx, nil, firstColumns)
		if err != nil {
			return err
		}
		set = first
	}
	for {
		if err := s.solveFor(ctx, set); err != nil || len(set) == s.cols-1 || !s.settled {
			return err
		}
		more, err := s.wanted(ctx, set, len(set))
		if err != nil || len(more) == 0 {
			return err
		}
		set = append(set, more...)
	}
}

// wanted returns up to most columns beside those in set that would get a
// weight, those first that want it most. It reads the design once.
func (s *sparse) wanted(ctx context.Context, set []int, most int) ([]int, error) {
	c, err := s.products(ctx)
	if err != nil {
		return nil, err
	}
	pull := make([]float64, s.cols)
	for j := range pull {
		if !slices.Contains(set, j) && j != s.y() && math.Abs(c[j]) > s.l[j]*(1+1e-9) {
			pull[j] = math.Abs(c[j]) / s.l[j]
		}
	}
	var more []int
	for j, p := range pull {
		if p > 0 {
			more = append(more, j)
		}
	}
	slices.SortStableFunc(more, func(a, b int) int { return cmp.Compare(pull[b], pull[a]) })
	return more[:min(len(more), most)], nil
}

// products returns the inner products of the centered columns with what gamma
// leaves of the target.
func (s *sparse) products(ctx context.Context) ([]float64, error) {
	theta := make([]float64, s.cols)
	floats.ScaleTo(theta, -1, s.gamma)
	theta[s.y()] = 1
	base := -floats.Dot(theta, s.mean)
	return s.sum(ctx, s.workers, s.cols, 2*s.numbers(), func() worker {
		buf := make([]float64, tileRows)
		return func(t *tile, sums []float64) {
			left := buf[:t.n]
			s.spread(left, t, theta)
			floats.AddConst(base, left)
			if t.w != nil {
				floats.Mul(left, t.w)
			}
			s.project(sums, t, left)
		}
	})
}

// solveFor finds gamma of the given columns, in X's order, all others being 0.
func (s *sparse) solveFor(ctx context.Context, set []int) error {
	slices.SortFunc(set, func(a, b int) int { return s.source(a) - s.source(b) })
	part, place := s.only(set)
	gram, err := newLeastSquares(part, s.center, s.workers).centeredGram(ctx)
	if err != nil {
		return err
	}
	n, q, y := len(set), part.cols, len(part.number)-1
	p := &netProblem{
		quadratic: quadratic{h: make([]float64, n*n), l: make([]float64, n), x: make([]float64, n), r: make([]float64, n)},
		b:         make([]float64, n), lambda: make([]float64, n), yy: gram[y*q+y],
	}
	for a, j := range set {
		row := p.h[a*n:][:n]
		for b, k := range place {
			row[b] = gram[place[a]*q+k]
		}
		row[a] += s.lambda[j]
		p.l[a], p.lambda[a], p.x[a], p.b[a] = s.l[j], s.lambda[j], s.gamma[j], gram[place[a]*q+y]
	}
	for a := range set {
		p.r[a] = p.b[a] - floats.Dot(p.h[a*n:][:n], p.x)
	}
	if err := s.descend(ctx, p); err != nil {
		return err
	}
	for a, j := range set {
		s.gamma[j] = p.x[a]
	}
	return nil
}

// source returns the column of X that a column of the design is.
func (s *sparse) source(j int) int {
	if j < len(s.number) {
		return s.number[j].source
	}
	for _, g := range s.groups {
		if j < g.first+g.width {
			return g.source + j - g.first
		}
	}
	panic("linear: no such column")
}

// only returns a design of the given columns and the target, and the columns'
// places in it.
func (s *sparse) only(set []int) (part *design, place []int) {
	part = &design{rows: s.rows, weight: s.weight, total: s.total}
	at := make([]int, s.cols)
	for j := range at {
		at[j] = -1
	}
	for _, j := range set {
		at[j] = 0
	}
	for j, c := range s.number {
		if at[j] == 0 || j == s.y() {
			at[j] = len(part.number)
			part.number = append(part.number, c)
		}
	}
	part.cols = len(part.number)
	for _, g := range s.groups {
		part.addLevels(g, at[g.first:][:g.width])
	}
	place = make([]int, len(set))
	for a, j := range set {
		place[a] = at[j]
	}
	return part, place
}

// addLevels adds the levels of g for which at is 0, and sets at to their places.
func (d *design) addLevels(g group, at []int) {
	first, code := d.cols, make([]int32, g.width)
	for l := range at {
		code[l] = -1
		if at[l] == 0 {
			code[l], at[l] = int32(d.cols-first), d.cols
			d.cols++
		}
	}
	if d.cols == first {
		return
	}
	if width := d.cols - first; width < g.width {
		codes := make([]int32, len(g.codes))
		for i, c := range g.codes {
			codes[i] = -1
			if c >= 0 {
				codes[i] = code[c]
			}
		}
		g.codes, g.width = codes, width
	}
	g.first = first
	d.groups = append(d.groups, g)
}
