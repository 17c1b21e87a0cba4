package tree

// manyClass measures splits of any number of classes by the Gini impurity. A row
// is kept as one number: its weight in the upper half, its class in the lower.
type manyClass struct {
	y       []float64
	classes int
	minLeaf int
	weights rowWeights

	in, moved []uint64
	node      []uint64 // those of the node at hand
	counts    []int64  // the node's weight by class
	total, sq int64    // their sum, and the sum of their squares

	left   []int64  // weight by class on the left
	hist   []uint32 // by bin, then class; all 0 between searches
	rows   []uint32 // by bin; likewise
	sorted []uint64 // rows in order of bin
	keys   [few]uint32
	seen   occupied // pairs of bin and class

	stride   int
	leftSide []uint32 // by class, then column: what a sweep sent left
}

// denseCells is the most counters that a histogram by bin and class may have.
const denseCells = 1 << 16

func newManyClass(y []float64, classes, rows, minLeaf int) *manyClass {
	return &manyClass{
		y: y, classes: classes, minLeaf: minLeaf,
		in: make([]uint64, 0, rows), moved: make([]uint64, rows),
		counts: make([]int64, classes), left: make([]int64, classes),
		hist: make([]uint32, denseCells), rows: make([]uint32, MaxBins), sorted: make([]uint64, rows),
	}
}

func (c *manyClass) begin(rows []int32, w rowWeights, _ float64) *Tree {
	c.in, c.weights = c.in[:0], w
	for _, r := range rows {
		c.in = append(c.in, c.of(r))
	}
	return &Tree{Classes: c.classes, from: []uint32{0}}
}

// of returns row r's weight and class.
func (c *manyClass) of(r int32) uint64 {
	w := uint64(1)
	if c.weights.whole != nil {
		w = uint64(c.weights.whole[r])
	}
	return w<<32 | uint64(c.y[r])
}

func (c *manyClass) weight() float64 { return float64(c.total) }

func (c *manyClass) rename([]int32) {}

func (c *manyClass) enter(rows []int32, from int) bool {
	c.node = c.in[from : from+len(rows)]
	clear(c.counts)
	for _, r := range c.node {
		c.counts[uint32(r)] += int64(r >> 32)
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
	case c.minLeaf == 1 && n*c.classes <= min(denseCells, len(bins)):
		best = c.searchDense(bins, n)
	case c.minLeaf == 1 && n*c.classes <= MaxBins:
		best = c.searchPairs(bins, n)
	default:
		best = c.searchSorted(bins, n)
	}
	best.perfect = c.perfect(&best)
	return best
}

// perfect reports whether each side of a cut has one class.
func (c *manyClass) perfect(x *cut) bool { return x.num > (float64(c.total)-0.5)*x.den }

// sides is a cut under trial: the weight on the left, the sum of the squares
// of its classes' weights, and the sum of their products with the node's.
type sides struct{ w, sq, cross int64 }

// start puts all of the node on the right.
func (c *manyClass) start() sides {
	clear(c.left)
	return sides{}
}

// move brings weight w of a class to the left.
func (c *manyClass) move(s *sides, class uint32, w int64) {
	l := c.left[class]
	s.w += w
	s.sq += w * (2*l + w)
	s.cross += w * c.counts[class]
	c.left[class] = l + w
}

// score is the fall in Gini impurity that s brings, but for a term and a
// factor of the node's: ∑l²/∑l + ∑r²/∑r over class weights l and r = c - l.
func (c *manyClass) score(s *sides) (num, den float64) {
	l, r := float64(s.w), float64(c.total-s.w)
	return float64(s.sq)*r + float64(c.sq-2*s.cross+s.sq)*l, l * r
}

func (c *manyClass) searchFew(bins []uint16) cut {
	best := noCut
	keys := order(&c.keys, bins)
	s := c.start()
	last := len(keys) - c.minLeaf
	for i, k := range keys[:len(keys)-1] {
		r := c.node[k&0xffff]
		c.move(&s, uint32(r), int64(r>>32))
		if next := keys[i+1]; k>>16 != next>>16 && i+1 >= c.minLeaf && i+1 <= last {
			if n, d := c.score(&s); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(k >> 16), right: uint16(next >> 16)}
			}
		}
	}
	return best
}

// searchPairs counts by bin and class, and looks at the occupied pairs only.
func (c *manyClass) searchPairs(bins []uint16, n int) cut {
	hist, node, k := c.hist, c.node[:len(bins)], uint16(c.classes)
	for i, b := range bins {
		r := node[i]
		pair := b*k + uint16(r)
		hist[pair] += uint32(r >> 32)
		c.seen.add(pair)
	}
	best := noCut
	s := c.start()
	var prev, end uint16 // the bin at hand, and its last pair + 1
	words := c.seen[:(n*c.classes+63)/64]
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			pair := lowest(i, w)
			if pair >= end {
				b := pair / k
				if s.w > 0 {
					if n, d := c.score(&s); n*best.den > best.num*d {
						best = cut{num: n, den: d, left: prev, right: b}
					}
				}
				prev, end = b, (b+1)*k
			}
			c.move(&s, uint32(pair+k-end), int64(hist[pair]))
			hist[pair] = 0
		}
		words[i] = 0
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
	best := noCut
	s := c.start()
	prev := 0
	for b := range n {
		before, w := s, s.w
		for class, x := range hist[b*k : b*k+k] {
			if x != 0 {
				c.move(&s, uint32(class), int64(x))
			}
		}
		if s.w == w {
			continue
		}
		if w > 0 {
			if n, d := c.score(&before); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(prev), right: uint16(b)}
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
	best := noCut
	s := c.start()
	from, prev := 0, 0
	for b, end := range at { // now the ends
		to := int(end)
		if to == from {
			continue
		}
		if from >= c.minLeaf && len(bins)-from >= c.minLeaf {
			if n, d := c.score(&s); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(prev), right: uint16(b)}
			}
		}
		for _, r := range c.sorted[from:to] {
			c.move(&s, uint32(r), int64(r>>32))
		}
		from, prev = to, b
	}
	clear(at)
	return best
}

func (c *manyClass) scan(rows, keys []int32) cut {
	best := noCut
	s := c.start()
	last := len(rows) - c.minLeaf
	for i, row := range rows[:len(rows)-1] {
		r := c.of(row)
		c.move(&s, uint32(r), int64(r>>32))
		if keys[i] != keys[i+1] && i+1 >= c.minLeaf && i+1 <= last {
			if n, d := c.score(&s); n*best.den > best.num*d {
				best = cut{num: n, den: d, at: i + 1}
			}
		}
	}
	best.perfect = c.perfect(&best)
	return best
}

func (c *manyClass) toss(keys []int32, key int32) cut {
	clear(c.left)
	node := c.node[:len(keys)]
	for i, k := range keys {
		c.left[uint32(node[i])] += int64(node[i] >> 32 & left(k, key))
	}
	if c.minLeaf > 1 {
		if rows := countLeft(keys, key); rows < c.minLeaf || len(keys)-rows < c.minLeaf {
			return noCut
		}
	}
	var s sides
	for class, l := range c.left {
		s.w += l
		s.sq += l * l
		s.cross += l * c.counts[class]
	}
	n, d := c.score(&s)
	x := cut{num: n, den: d}
	x.perfect = c.perfect(&x)
	return x
}

// mostSwept is the most counters of a sweep, which every node clears.
const mostSwept = 1 << 10

func (c *manyClass) startSweeps(stride int) {
	c.stride, c.leftSide = stride, make([]uint32, c.classes*stride)
}

func (c *manyClass) sweep(records, rows []int32, stride int, at []int32) {
	clear(c.leftSide)
	sumClasses(records, rows, stride, at, c.node, c.leftSide)
}

func (c *manyClass) swept(column int32) cut {
	var s sides
	for class, all := range c.counts {
		l := int64(c.leftSide[class*c.stride+int(column)])
		s.w += l
		s.sq += l * l
		s.cross += l * all
	}
	n, d := c.score(&s)
	return cut{num: n, den: d}
}

func (c *manyClass) fall(x cut) float64 { return x.num/x.den - float64(c.sq)/float64(c.total) }

func (c *manyClass) partition(from, to int, bins []uint16, left uint16) {
	partition(c.in[from:to], c.moved, bins, left)
}

func (c *manyClass) leaf(t *Tree, _ []int32, _ int) {
	for class, w := range c.counts {
		if w > 0 {
			t.counts = append(wide(t.counts), classCount{uint32(class), uint32(w)})
		}
	}
	t.from = append(wide(t.from), uint32(len(t.counts)))
}
