package tree

// twoClass measures splits of two classes by the Gini impurity. A pair of
// counts is one number, class 0 in the lower half and class 1 in the upper.
type twoClass struct {
	y       []float64
	minLeaf int
	weights rowWeights

	in, moved  []uint64 // each in-bag row's weight, as a pair
	node       []uint64 // those of the node at hand
	total, one float64  // the node's weight, and that of class 1

	hist []uint64 // by bin; all 0 between searches
	rows []uint32 // likewise
	seen occupied
	keys [few]uint32

	leftZero, leftOne []uint32 // by column: what a sweep sent left
}

func newTwoClass(y []float64, rows, minLeaf int) *twoClass {
	return &twoClass{
		y: y, minLeaf: minLeaf,
		in: make([]uint64, 0, rows), moved: make([]uint64, rows),
		hist: make([]uint64, MaxBins), rows: make([]uint32, MaxBins),
	}
}

func (c *twoClass) begin(rows []int32, w rowWeights, _ float64) *Tree {
	c.in, c.weights = c.in[:0], w
	for _, r := range rows {
		c.in = append(c.in, c.of(r))
	}
	return &Tree{Classes: 2, from: []uint32{0}}
}

// of returns row r's weight, as a pair.
func (c *twoClass) of(r int32) uint64 {
	w := uint64(1)
	if c.weights.whole != nil {
		w = uint64(c.weights.whole[r])
	}
	if c.y[r] != 0 {
		w <<= 32
	}
	return w
}

func (c *twoClass) rename([]int32) {}

func (c *twoClass) enter(rows []int32, from int) bool {
	c.node = c.in[from : from+len(rows)]
	var sum uint64
	for _, w := range c.node {
		sum += w
	}
	zero, one := pair(sum)
	c.total, c.one = zero+one, one
	return zero == 0 || one == 0
}

func (c *twoClass) weight() float64 { return c.total }

// pair returns the counts of classes 0 and 1.
func pair(p uint64) (zero, one float64) { return float64(uint32(p)), float64(uint32(p >> 32)) }

// score is the fall in Gini impurity that a left side brings, but for a factor
// of the node's: (one·W - One·w)² / (w·(W-w)).
func (c *twoClass) score(left uint64) (num, den float64) {
	zero, one := pair(left)
	w := zero + one
	d := one*c.total - c.one*w
	return d * d, w * (c.total - w)
}

func (c *twoClass) best(bins []uint16, n int) cut {
	var best cut
	switch {
	case len(bins) <= few:
		best = c.searchFew(bins)
	case c.minLeaf > 1:
		best = c.searchLeaf(bins, n)
	case 2*len(bins) < n:
		best = c.searchSparse(bins, n)
	default:
		best = c.searchDense(bins, n)
	}
	best.perfect = c.perfect(&best)
	return best
}

// perfect reports whether a cut parts the classes.
func (c *twoClass) perfect(x *cut) bool { return x.num >= c.one*(c.total-c.one)*x.den }

func (c *twoClass) searchFew(bins []uint16) cut {
	best := noCut
	keys := order(&c.keys, bins)
	var left uint64
	last := len(keys) - c.minLeaf
	for i, k := range keys[:len(keys)-1] {
		left += c.node[k&0xffff]
		if next := keys[i+1]; k>>16 != next>>16 && i+1 >= c.minLeaf && i+1 <= last {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(k >> 16), right: uint16(next >> 16)}
			}
		}
	}
	return best
}

// searchDense looks at every bin.
func (c *twoClass) searchDense(bins []uint16, n int) cut {
	hist, node := c.hist[:n], c.node[:len(bins)]
	for i, b := range bins {
		hist[b] += node[i]
	}
	best := noCut
	var left uint64
	prev := -1
	for b, h := range hist {
		if h == 0 {
			continue
		}
		if prev >= 0 {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(prev), right: uint16(b)}
			}
		}
		left += h
		prev = b
	}
	clear(hist)
	return best
}

// searchSparse looks at the occupied bins only.
func (c *twoClass) searchSparse(bins []uint16, n int) cut {
	hist, node := c.hist, c.node[:len(bins)]
	for i, b := range bins {
		hist[b] += node[i]
		c.seen.add(b)
	}
	best := noCut
	var left uint64
	var prev uint16
	words := c.seen[:(n+63)/64]
	for k, w := range words {
		for ; w != 0; w &= w - 1 {
			b := lowest(k, w)
			if left != 0 {
				if n, d := c.score(left); n*best.den > best.num*d {
					best = cut{num: n, den: d, left: prev, right: b}
				}
			}
			left += hist[b]
			hist[b] = 0
			prev = b
		}
		words[k] = 0
	}
	return best
}

// searchLeaf is searchDense where a side must have minLeaf rows.
func (c *twoClass) searchLeaf(bins []uint16, n int) cut {
	hist, rows, node := c.hist[:n], c.rows[:n], c.node[:len(bins)]
	for i, b := range bins {
		hist[b] += node[i]
		rows[b]++
	}
	best := noCut
	var left uint64
	prev, count := 0, 0
	for b, r := range rows {
		if r == 0 {
			continue
		}
		if count >= c.minLeaf && len(bins)-count >= c.minLeaf {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(prev), right: uint16(b)}
			}
		}
		left += hist[b]
		count += int(r)
		prev = b
	}
	clear(hist)
	clear(rows)
	return best
}

func (c *twoClass) scan(rows, keys []int32) cut {
	best := noCut
	var left uint64
	last := len(rows) - c.minLeaf
	for i, r := range rows[:len(rows)-1] {
		left += c.of(r)
		if keys[i] != keys[i+1] && i+1 >= c.minLeaf && i+1 <= last {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, at: i + 1}
			}
		}
	}
	best.perfect = c.perfect(&best)
	return best
}

func (c *twoClass) toss(keys []int32, key int32) cut {
	node := c.node[:len(keys)]
	left := leftPairs(node, keys, key)
	if c.minLeaf > 1 {
		if rows := countLeft(keys, key); rows < c.minLeaf || len(keys)-rows < c.minLeaf {
			return noCut
		}
	}
	n, d := c.score(left)
	x := cut{num: n, den: d}
	x.perfect = c.perfect(&x)
	return x
}

func (c *twoClass) startSweeps(stride int) {
	c.leftZero, c.leftOne = make([]uint32, stride), make([]uint32, stride)
}

func (c *twoClass) sweep(records, rows []int32, stride int, at []int32) {
	clear(c.leftZero)
	clear(c.leftOne)
	sumPairs(records, rows, stride, at, c.node, c.leftZero, c.leftOne)
}

func (c *twoClass) swept(column int32) cut {
	n, d := c.score(uint64(c.leftOne[column])<<32 | uint64(c.leftZero[column]))
	return cut{num: n, den: d}
}

func (c *twoClass) fall(x cut) float64 { return 2 * x.num / x.den / c.total }

func (c *twoClass) partition(from, to int, bins []uint16, left uint16) {
	partition(c.in[from:to], c.moved, bins, left)
}

func (c *twoClass) leaf(t *Tree, _ []int32, _ int) {
	for class, w := range []float64{c.total - c.one, c.one} {
		if w > 0 {
			t.counts = append(wide(t.counts), classCount{uint32(class), uint32(w)})
		}
	}
	t.from = append(wide(t.from), uint32(len(t.counts)))
}
