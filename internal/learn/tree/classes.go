package tree

import "slices"

// classes measures splits of any number of classes by either criterion, with
// any weights. It is slower than twoClass and manyClass.
type classes struct {
	y           []float64
	k           int
	entropy     bool
	minLeaf     int
	leastWeight float64
	w           rowWeights

	in, moved []classRow
	node      []classRow
	counts    []float64 // the node's weight by class
	total     float64
	base      float64 // of fall

	left   []float64 // weight by class on the left
	hist   []float64 // by bin, then class; all 0 between searches
	rows   []uint32  // by bin; likewise
	sorted []classRow
	keys   []int32
	order  []uint64
}

// classRow is a row's weight and class.
type classRow struct {
	w     float64
	class int32
}

func newClasses(y []float64, k, rows int, opt *Options) *classes {
	return &classes{
		y: y, k: k, entropy: opt.Criterion == Entropy, minLeaf: opt.MinSamplesLeaf,
		in: make([]classRow, 0, rows), moved: make([]classRow, rows),
		counts: make([]float64, k), left: make([]float64, k),
		hist: make([]float64, denseCells), rows: make([]uint32, MaxBins),
		sorted: make([]classRow, rows), keys: make([]int32, rows), order: make([]uint64, 0, rows),
	}
}

func (c *classes) begin(rows []int32, w rowWeights, leastWeight float64) *Tree {
	c.in, c.w, c.leastWeight = c.in[:0], w, leastWeight
	for _, r := range rows {
		c.in = append(c.in, classRow{w.of(r), int32(c.y[r])})
	}
	t := &Tree{Classes: c.k, from: []uint32{0}}
	if c.entropy {
		t.Criterion = Entropy
	}
	return t
}

func (c *classes) rename([]int32) {}

func (c *classes) enter(rows []int32, from int) bool {
	c.node = c.in[from : from+len(rows)]
	clear(c.counts)
	same := true
	for _, r := range c.node {
		c.counts[r.class] += r.w
		same = same && r.class == c.node[0].class
	}
	c.total = 0
	for _, w := range c.counts {
		c.total += w
	}
	clear(c.left)
	c.base = 0
	c.base = c.measure(0) // of all rows on one side
	return same
}

func (c *classes) weight() float64 { return c.total }

// measure is how pure the two sides are where c.left, of weight w, is the left
// one, less what the node is: for Gini ∑l²/∑l + ∑r²/∑r, for entropy
// ∑l·log l - L·log L + ∑r·log r - R·log R, over the node's weight.
func (c *classes) measure(w float64) float64 {
	rest := c.total - w
	if c.entropy {
		sum := -xlog2(w) - xlog2(rest)
		for class, l := range c.left {
			sum += xlog2(l) + xlog2(c.counts[class]-l)
		}
		return sum/c.total - c.base
	}
	var l2, r2 float64
	for class, l := range c.left {
		r := c.counts[class] - l
		l2 += l * l
		r2 += r * r
	}
	if w > 0 {
		l2 /= w
	}
	return (l2+r2/rest)/c.total - c.base
}

// try returns the cut that leaves c.left, of so many rows, on the left.
func (c *classes) try(rows int) (score float64, ok bool) {
	if rows < c.minLeaf || len(c.node)-rows < c.minLeaf {
		return 0, false
	}
	var w float64
	for _, l := range c.left {
		w += l
	}
	if !(w >= c.leastWeight) || !(c.total-w >= c.leastWeight) || !(w < c.total) {
		return 0, false
	}
	return c.measure(w), true
}

func (c *classes) best(bins []uint16, n int) cut {
	if n*c.k <= denseCells && n <= len(bins) {
		return c.searchDense(bins, n)
	}
	c.order = c.order[:0]
	for i, b := range bins {
		c.order = append(c.order, uint64(b)<<32|uint64(i))
	}
	slices.Sort(c.order)
	for i, k := range c.order {
		c.sorted[i], c.keys[i] = c.node[uint32(k)], int32(k>>32)
	}
	best := c.walk(c.keys[:len(bins)])
	if best.num >= 0 {
		best.left, best.right = uint16(c.keys[best.at-1]), uint16(c.keys[best.at])
	}
	return best
}

// searchDense counts by bin and class.
func (c *classes) searchDense(bins []uint16, n int) cut {
	hist, count := c.hist[:n*c.k], c.rows[:n]
	for i, b := range bins {
		r := &c.node[i]
		hist[int(b)*c.k+int(r.class)] += r.w
		count[b]++
	}
	clear(c.left)
	best := noCut
	prev, rows := 0, 0
	for b, m := range count {
		if m == 0 {
			continue
		}
		if s, ok := c.try(rows); ok && s > best.num {
			best = cut{num: s, den: 1, left: uint16(prev), right: uint16(b)}
		}
		for class, w := range hist[b*c.k : (b+1)*c.k] {
			c.left[class] += w
		}
		rows += int(m)
		prev = b
	}
	clear(hist)
	clear(count)
	return best
}

// scan looks at every cut between rows of different keys.
func (c *classes) scan(rows, keys []int32) cut {
	for i, r := range rows {
		c.sorted[i] = classRow{c.w.of(r), int32(c.y[r])}
	}
	return c.walk(keys)
}

// walk is scan of the rows in c.sorted.
func (c *classes) walk(keys []int32) cut {
	clear(c.left)
	best := noCut
	for i, k := range keys[:len(keys)-1] {
		r := &c.sorted[i]
		c.left[r.class] += r.w
		if k == keys[i+1] {
			continue
		}
		if s, ok := c.try(i + 1); ok && s > best.num {
			best = cut{num: s, den: 1, at: i + 1}
		}
	}
	return best
}

func (c *classes) toss(keys []int32, key int32) cut {
	clear(c.left)
	rows := 0
	for i, k := range keys {
		if k <= key {
			c.left[c.node[i].class] += c.node[i].w
			rows++
		}
	}
	if s, ok := c.try(rows); ok {
		return cut{num: s, den: 1}
	}
	return noCut
}

func (c *classes) fall(x cut) float64 { return x.num * c.total }

func (c *classes) partition(from, to int, bins []uint16, left uint16) {
	partition(c.in[from:to], c.moved, bins, left)
}

func (c *classes) leaf(t *Tree, _ []int32, _ int) {
	for class, w := range c.counts {
		if w > 0 {
			t.addCount(uint32(class), w, c.w.real != nil)
		}
	}
	t.from = append(wide(t.from), uint32(len(t.counts)))
}

// addCount appends an entry of a leaf's counts.
func (t *Tree) addCount(class uint32, w float64, real bool) {
	if real {
		t.counts = append(wide(t.counts), classCount{class: class})
		t.real = append(wide(t.real), w)
		return
	}
	t.counts = append(wide(t.counts), classCount{class, uint32(w)})
}
