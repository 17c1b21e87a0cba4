package tree

import (
	"context"
	"math/rand/v2"
)

// sweeper is a criterion that measures one cut of every column at a time.
type sweeper interface {
	criterion
	// startSweeps makes room for sweeps of records of so many keys.
	startSweeps(stride int)
	// sweep sums up what goes left where each column is cut at its key in at.
	// The rows of the node at hand are given with the records of all.
	sweep(records, rows []int32, stride int, at []int32)
	// swept returns the cut of a column after sweep.
	swept(column int32) cut
}

// sweep draws cuts of many columns of records and measures them in two passes
// over a node's rows: one for the columns' ranges, one for what goes left.
type sweep struct {
	g               *Grower
	crit            sweeper
	least, greatest []int32 // of each column in the node
	at              []int32 // the key where each column is cut
	columns         []int32 // a permutation, to draw from
	drawn           []int32 // the columns that are cut
	pairs           bool    // of two rows, all cuts are as good
}

// newSweep returns nil if g does not keep records or its criterion cannot sweep.
func newSweep(g *Grower) *sweep {
	crit, ok := g.crit.(sweeper)
	if !ok || g.records == nil {
		return nil
	}
	crit.startSweeps(g.stride)
	p := g.cols.Len()
	return &sweep{
		g: g, crit: crit,
		least: make([]int32, g.stride), greatest: make([]int32, g.stride), at: make([]int32, g.stride),
		columns: g.features, drawn: make([]int32, 0, p),
		pairs: g.opt.MinWeightFractionLeaf == 0 && g.opt.MaxLeafNodes == 0 && g.opt.MinImpurityDecrease == 0,
	}
}

// split is Grower.split of records. It remembers no constant columns: the pass
// for the ranges tells of all.
func (s *sweep) split(ctx context.Context, n *pending, random *rand.PCG) (split, error) {
	best := split{feature: -1, cut: noCut}
	g := s.g
	rows := g.rows[n.from:n.to]
	if g.cells += len(rows) * g.stride; g.cells > checkEvery {
		g.cells = 0
		if err := ctx.Err(); err != nil {
			return best, err
		}
	}
	s.measure(rows)
	pair := len(rows) == 2 && s.pairs
	if pair {
		s.draw(1, random)
	} else {
		s.draw(g.opt.MaxFeatures, random)
	}
	if len(s.drawn) == 0 {
		return best, nil
	}
	s.toss(random)
	if pair {
		f := s.drawn[0]
		return split{cut: cut{num: 1, den: 1}, feature: f, key: s.at[f]}, nil
	}
	s.crit.sweep(g.records, rows, g.stride, s.at)
	for _, f := range s.drawn {
		c := s.crit.swept(f)
		if c.beats(&best.cut) && (g.opt.MinSamplesLeaf == 1 || s.fits(f, rows)) {
			best.cut, best.feature = c, f
		}
	}
	if best.feature >= 0 {
		best.key = s.at[best.feature]
	}
	return best, nil
}

// measure sets the ranges of the columns.
func (s *sweep) measure(rows []int32) {
	first := s.g.records[int(rows[0])*s.g.stride:]
	copy(s.least, first)
	copy(s.greatest, first)
	extremes(s.g.records, rows[1:], s.g.stride, s.least, s.greatest)
}

// draw draws so many columns without replacement, and goes on until one of
// them is not constant; it notes those that are not. Where all are to be drawn
// they are taken in turn from a random one on, which decides between equals.
func (s *sweep) draw(m int, random *rand.PCG) {
	s.drawn = s.drawn[:0]
	c := s.columns
	if m >= len(c) {
		start := below(random, len(c))
		s.note(c[start:])
		s.note(c[:start])
		return
	}
	for i := 0; i < len(c) && (i < m || len(s.drawn) == 0); i++ {
		j := i + below(random, len(c)-i)
		c[i], c[j] = c[j], c[i]
		s.note(c[i : i+1])
	}
}

// note adds the columns that are not constant to those drawn.
func (s *sweep) note(columns []int32) {
	for _, f := range columns {
		if s.least[f] != s.greatest[f] {
			s.drawn = append(s.drawn, f)
		}
	}
}

// toss cuts the drawn columns between their least and their greatest value,
// uniformly at random, as scikit-learn's RandomSplitter does. One random number
// makes two cuts: 32 bits are more than a threshold has.
func (s *sweep) toss(random *rand.PCG) {
	var u uint64
	for i, f := range s.drawn {
		if u >>= 32; i%2 == 0 {
			u = random.Uint64()
		}
		s.at[f] = cutBetween(s.least[f], s.greatest[f], float64(uint32(u))/(1<<32))
	}
}

// fits reports whether a column's cut leaves enough rows on each side.
func (s *sweep) fits(column int32, rows []int32) bool {
	g, n := s.g, 0
	for _, r := range rows {
		n += int(left(g.records[int(r)*g.stride+int(column)], s.at[column]) & 1)
	}
	return n >= g.opt.MinSamplesLeaf && len(rows)-n >= g.opt.MinSamplesLeaf
}
