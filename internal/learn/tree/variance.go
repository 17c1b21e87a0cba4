package tree

import "math"

// variance measures splits of numbers by their variance. Targets are centered
// and brought to about ±1, which keeps sums of them exact enough and in range.
type variance struct {
	y       []float64
	unit    []float64 // (y - mean) in scaled units
	scale   float64   // a power of two
	minLeaf int

	leastWeight float64
	names       []int32 // of rows that are given as places in it; nil else
	w           rowWeights

	in, moved []sum
	leafRows  []float64 // what the rows of a leaf weigh
	node      []sum     // those of the node at hand
	total     sum

	hist []sum    // by bin; all 0 between searches
	rows []uint32 // likewise
	seen occupied
	keys [few]uint32

	leftY, leftW []float64 // by column: what a sweep sent left
}

// sum is a weight and a weighted sum of targets.
type sum struct{ y, w float64 }

func newVariance(y []float64, rows, minLeaf int) *variance {
	c := &variance{
		y: y, minLeaf: minLeaf,
		in: make([]sum, 0, rows), moved: make([]sum, rows),
		hist: make([]sum, MaxBins), rows: make([]uint32, MaxBins),
	}
	c.unit, c.scale = centered(y)
	return c
}

// centered returns the targets less their mean, in units that bring them to
// about ±1; multiplying by scale, a power of two, brings a target to them.
func centered(y []float64) (unit []float64, scale float64) {
	var greatest float64
	for _, v := range y {
		greatest = max(greatest, math.Abs(v))
	}
	_, exp := math.Frexp(greatest)
	scale = math.Ldexp(1, -max(exp, -1000))
	var mean float64
	for _, v := range y {
		mean += v * scale
	}
	mean /= float64(len(y))
	unit = make([]float64, len(y))
	for i, v := range y {
		unit[i] = v*scale - mean
	}
	return unit, scale
}

func (c *variance) begin(rows []int32, w rowWeights, leastWeight float64) *Tree {
	c.in, c.w, c.leastWeight = c.in[:0], w, leastWeight
	for _, r := range rows {
		c.in = append(c.in, c.of(r))
	}
	return &Tree{Criterion: Squared}
}

// of returns row r's weight and weighted target.
func (c *variance) of(r int32) sum {
	w := c.w.of(r)
	return sum{w * c.unit[r], w}
}

func (c *variance) weight() float64 { return c.total.w }

// limited reports whether leaves are bound to hold so many rows or so much.
func (c *variance) limited() bool { return c.minLeaf > 1 || c.leastWeight > 0 }

// allows reports whether a left side of so many rows, of n, may be split off.
func (c *variance) allows(left sum, rows, n int) bool {
	return rows >= c.minLeaf && n-rows >= c.minLeaf &&
		left.w >= c.leastWeight && c.total.w-left.w >= c.leastWeight
}

func (c *variance) rename(names []int32) { c.names = names }

// target returns the target of a row as it is given.
func (c *variance) target(row int32) float64 {
	if c.names != nil {
		row = c.names[row]
	}
	return c.y[row]
}

func (c *variance) enter(rows []int32, from int) bool {
	c.node = c.in[from : from+len(rows)]
	c.total = sum{}
	for _, r := range c.node {
		c.total.y += r.y
		c.total.w += r.w
	}
	if n := c.node; len(n) > 1 && n[0].w == n[1].w && n[0].y != n[1].y {
		return false // which spares looking up targets
	}
	first := c.target(rows[0])
	for _, r := range rows {
		if c.target(r) != first {
			return false
		}
	}
	return true
}

// score is the fall in the sum of squares that a left side brings, but for a
// factor of the node's: (y·W - Y·w)² / (w·(W-w)).
func (c *variance) score(left sum) (num, den float64) {
	d := left.y*c.total.w - c.total.y*left.w
	return d * d, left.w * (c.total.w - left.w)
}

func (c *variance) best(bins []uint16, n int) cut {
	switch {
	case len(bins) <= few && c.leastWeight == 0:
		best := c.searchFew(bins)
		best.perfect = len(bins) == 2
		return best
	case c.limited():
		return c.searchLeaf(bins, n)
	case 2*len(bins) < n:
		return c.searchSparse(bins, n)
	}
	return c.searchDense(bins, n)
}

func (c *variance) searchFew(bins []uint16) cut {
	best := noCut
	keys := order(&c.keys, bins)
	var left sum
	last := len(keys) - c.minLeaf
	for i, k := range keys[:len(keys)-1] {
		r := c.node[k&0xffff]
		left.y += r.y
		left.w += r.w
		if next := keys[i+1]; k>>16 != next>>16 && i+1 >= c.minLeaf && i+1 <= last {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(k >> 16), right: uint16(next >> 16)}
			}
		}
	}
	return best
}

// searchDense looks at every bin.
func (c *variance) searchDense(bins []uint16, n int) cut {
	hist, node := c.hist[:n], c.node[:len(bins)]
	for i, b := range bins {
		h := &hist[b]
		h.y += node[i].y
		h.w += node[i].w
	}
	best := noCut
	var left sum
	prev := -1
	for b, h := range hist {
		if h.w == 0 {
			continue
		}
		if prev >= 0 {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(prev), right: uint16(b)}
			}
		}
		left.y += h.y
		left.w += h.w
		prev = b
	}
	clear(hist)
	return best
}

// searchSparse looks at the occupied bins only.
func (c *variance) searchSparse(bins []uint16, n int) cut {
	hist, node := c.hist, c.node[:len(bins)]
	for i, b := range bins {
		h := &hist[b]
		h.y += node[i].y
		h.w += node[i].w
		c.seen.add(b)
	}
	best := noCut
	var left sum
	var prev uint16
	words := c.seen[:(n+63)/64]
	for k, w := range words {
		for ; w != 0; w &= w - 1 {
			b := lowest(k, w)
			if left.w != 0 {
				if n, d := c.score(left); n*best.den > best.num*d {
					best = cut{num: n, den: d, left: prev, right: b}
				}
			}
			left.y += hist[b].y
			left.w += hist[b].w
			hist[b] = sum{}
			prev = b
		}
		words[k] = 0
	}
	return best
}

// searchLeaf is searchDense where a side must have minLeaf rows.
func (c *variance) searchLeaf(bins []uint16, n int) cut {
	hist, rows, node := c.hist[:n], c.rows[:n], c.node[:len(bins)]
	for i, b := range bins {
		h := &hist[b]
		h.y += node[i].y
		h.w += node[i].w
		rows[b]++
	}
	best := noCut
	var left sum
	prev, count := 0, 0
	for b, r := range rows {
		if r == 0 {
			continue
		}
		if count > 0 && c.allows(left, count, len(bins)) {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, left: uint16(prev), right: uint16(b)}
			}
		}
		left.y += hist[b].y
		left.w += hist[b].w
		count += int(r)
		prev = b
	}
	clear(hist)
	clear(rows)
	return best
}

func (c *variance) scan(rows, keys []int32) cut {
	best := noCut
	var left sum
	for i, row := range rows[:len(rows)-1] {
		r := c.of(row)
		left.y += r.y
		left.w += r.w
		if keys[i] != keys[i+1] && c.allows(left, i+1, len(rows)) {
			if n, d := c.score(left); n*best.den > best.num*d {
				best = cut{num: n, den: d, at: i + 1}
			}
		}
	}
	best.perfect = len(rows) == 2
	return best
}

func (c *variance) toss(keys []int32, key int32) cut {
	node := c.node[:len(keys)]
	left := leftSums(node, keys, key)
	if c.limited() && !c.allows(left, countLeft(keys, key), len(keys)) {
		return noCut
	}
	n, d := c.score(left)
	return cut{num: n, den: d, perfect: len(keys) == 2}
}

func (c *variance) startSweeps(stride int) {
	c.leftY, c.leftW = make([]float64, stride), make([]float64, stride)
}

func (c *variance) sweep(records, rows []int32, stride int, at []int32) {
	clear(c.leftY)
	clear(c.leftW)
	sumTargets(records, rows, stride, at, c.node, c.leftY, c.leftW)
}

func (c *variance) swept(column int32) cut {
	left := sum{c.leftY[column], c.leftW[column]}
	if c.leastWeight > 0 && (left.w < c.leastWeight || c.total.w-left.w < c.leastWeight) {
		return noCut
	}
	n, d := c.score(left)
	return cut{num: n, den: d}
}

func (c *variance) fall(x cut) float64 {
	return x.num / x.den / c.total.w / c.scale / c.scale
}

func (c *variance) partition(from, to int, bins []uint16, left uint16) {
	partition(c.in[from:to], c.moved, bins, left)
}

func (c *variance) leaf(t *Tree, rows []int32, from int) {
	c.leafRows = c.leafRows[:0]
	for _, r := range c.in[from : from+len(rows)] {
		c.leafRows = append(c.leafRows, r.w)
	}
	c.describe(t, rows, c.leafRows)
}

// describe adds the mean and the variance of the rows' targets, computed
// afresh, to t's leaves. A leaf of equal targets has exactly their value.
func (c *variance) describe(t *Tree, rows []int32, weights []float64) {
	first, same := c.target(rows[0]), true
	var total, weight float64
	for i, r := range rows {
		total += c.target(r) * c.scale * weights[i]
		weight += weights[i]
		same = same && c.target(r) == first
	}
	value, impurity := first, 0.0
	if !same {
		mean := total / weight
		value = mean / c.scale
		for i, r := range rows {
			d := c.target(r)*c.scale - mean
			impurity += weights[i] * d * d
		}
		impurity /= weight * c.scale * c.scale
	}
	t.value = append(wide(t.value), value)
	if c.w.real != nil {
		t.real = append(wide(t.real), weight)
	} else {
		t.weight = append(wide(t.weight), uint32(weight))
	}
	t.impurity = append(wide(t.impurity), impurity)
}
