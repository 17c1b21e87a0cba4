package tree

import "math"

// manyClass measures splits of any number of classes by the Gini impurity. A row
// is kept as one number: its weight in the upper half, its class in the lower.
type manyClass struct {
	y       []float64
	classes int
	minLeaf int

	in, moved []uint64
	node      []uint64 // those of the node at hand
	counts    []uint64 // the node's weight by class
	total, sq uint64   // their sum, and the sum of their squares

	left, right []uint64 // weight by class on either side
	hist        []uint32 // by bin, then class; all 0 between searches
	rows        []uint32 // by bin; likewise
	sorted      []uint64 // rows in order of bin
	keys        [few]uint32
}

// denseCells is the most counters that a histogram by bin and class may have.
const denseCells = 1 << 16

func newManyClass(y []float64, classes, rows, minLeaf int) *manyClass {
	return &manyClass{
		y: y, classes: classes, minLeaf: minLeaf,
		in: make([]uint64, 0, rows), moved: make([]uint64, rows),
		counts: make([]uint64, classes), left: make([]uint64, classes), right: make([]uint64, classes),
		hist: make([]uint32, denseCells), rows: make([]uint32, MaxBins), sorted: make([]uint64, rows),
	}
}

func (c *manyClass) begin(rows []int32, weights []uint32) *Tree {
	c.in = c.in[:0]
	for _, r := range rows {
		w := uint64(1)
		if weights != nil {
			w = uint64(weights[r])
		}
		c.in = append(c.in, w<<32|uint64(c.y[r]))
	}
	return &Tree{Classes: c.classes, from: []uint32{0}}
}

func (c *manyClass) enter(rows []int32, from int) bool {
	c.node = c.in[from : from+len(rows)]
	clear(c.counts)
	for _, r := range c.node {
		c.counts[uint32(r)] += r >> 32
	}
	c.total, c.sq = 0, 0
	for _, w := range c.counts {
		c.total += w
		c.sq += w * w
	}
	return c.sq == c.total*c.total
}

func (c *manyClass) best(bins []uint16, n int) cut {
	var best cut
	switch {
	case len(bins) <= few:
		best = c.searchFew(bins)
	case c.minLeaf == 1 && n*c.classes <= min(denseCells, 2*len(bins)):
		best = c.searchDense(bins, n)
	default:
		best = c.searchSorted(bins, n)
	}
	best.perfect = best.score >= float64(c.total)
	return best
}

// sides is a cut under trial: weights, and sums of squared class weights.
type sides struct{ w, sq, rightW, rightSq uint64 }

// start puts all of the node on the right.
func (c *manyClass) start() sides {
	clear(c.left)
	copy(c.right, c.counts)
	return sides{rightW: c.total, rightSq: c.sq}
}

// move brings weight w of a class to the left.
func (c *manyClass) move(s *sides, class uint32, w uint64) {
	l, r := c.left[class], c.right[class]
	s.w += w
	s.sq += w * (2*l + w)
	s.rightW -= w
	s.rightSq -= w * (2*r - w)
	c.left[class], c.right[class] = l+w, r-w
}

// score is the fall in Gini impurity, but for a term and a factor of the
// node's.
func (s *sides) score() float64 {
	return float64(s.sq)/float64(s.w) + float64(s.rightSq)/float64(s.rightW)
}

func (c *manyClass) searchFew(bins []uint16) cut {
	best := cut{score: math.Inf(-1)}
	keys := order(&c.keys, bins)
	s := c.start()
	last := len(keys) - c.minLeaf
	for i, k := range keys[:len(keys)-1] {
		r := c.node[k&0xffff]
		c.move(&s, uint32(r), r>>32)
		if next := keys[i+1]; k>>16 != next>>16 && i+1 >= c.minLeaf && i+1 <= last {
			if x := s.score(); x > best.score {
				best = cut{score: x, left: uint16(k >> 16), right: uint16(next >> 16)}
			}
		}
	}
	return best
}

// searchDense counts by bin and class.
func (c *manyClass) searchDense(bins []uint16, n int) cut {
	k := c.classes
	hist, node := c.hist[:n*k], c.node[:len(bins)]
	for i, b := range bins {
		r := node[i]
		hist[int(b)*k+int(uint32(r))] += uint32(r >> 32)
	}
	best := cut{score: math.Inf(-1)}
	s := c.start()
	prev := 0
	for b := range n {
		before, w := s, s.w
		for class, x := range hist[b*k : b*k+k] {
			if x != 0 {
				c.move(&s, uint32(class), uint64(x))
			}
		}
		if s.w == w {
			continue
		}
		if w > 0 {
			if x := before.score(); x > best.score {
				best = cut{score: x, left: uint16(prev), right: uint16(b)}
			}
		}
		prev = b
	}
	clear(hist)
	return best
}

// searchSorted brings the rows in order of bin by counting, then moves them
// one by one. Its cost does not depend on the number of classes.
func (c *manyClass) searchSorted(bins []uint16, n int) cut {
	at, node := c.rows[:n], c.node[:len(bins)]
	for _, b := range bins {
		at[b]++
	}
	var sum uint32
	for b, r := range at {
		at[b] = sum
		sum += r
	}
	for i, b := range bins {
		c.sorted[at[b]] = node[i]
		at[b]++
	}
	best := cut{score: math.Inf(-1)}
	s := c.start()
	from, prev := 0, 0
	for b, end := range at { // now the ends
		to := int(end)
		if to == from {
			continue
		}
		if from >= c.minLeaf && len(bins)-from >= c.minLeaf {
			if x := s.score(); x > best.score {
				best = cut{score: x, left: uint16(prev), right: uint16(b)}
			}
		}
		for _, r := range c.sorted[from:to] {
			c.move(&s, uint32(r), r>>32)
		}
		from, prev = to, b
	}
	clear(at)
	return best
}

func (c *manyClass) partition(from, to int, bins []uint16, left uint16) {
	partition(c.in[from:to], c.moved, bins, left)
}

func (c *manyClass) leaf(t *Tree, _ []int32, _ int) {
	for class, w := range c.counts {
		if w > 0 {
			t.counts = append(t.counts, classCount{uint32(class), uint32(w)})
		}
	}
	t.from = append(t.from, uint32(len(t.counts)))
}
