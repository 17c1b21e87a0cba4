package tree

import (
	"math/bits"
	"math/rand/v2"
)

// localRows is the most rows of a node below which a local grows the tree: a
// set of them is the bits of one word.
const localRows = 64

// local grows what is below a small node of a regression tree that looks at
// all columns for each split. Its columns are sorted once, and a split hands
// each side its part of every order, so that nothing is sorted again.
type local struct {
	g *Grower
	c *variance

	rows     []int32
	targets  [localRows]sum // less the mean of all
	features []int32        // the columns that are not constant, and for each:
	bins     [][localRows]uint16
	rank     [][localRows]uint8 // of a position's value; equal values have equal ranks
	order    [][localRows]uint8 // positions by value; a node's are adjacent

	seen occupied
}

func newLocal(g *Grower, c *variance) *local {
	p := g.cols.Len()
	return &local{
		g: g, c: c,
		features: make([]int32, 0, p),
		bins:     make([][localRows]uint16, p),
		rank:     make([][localRows]uint8, p),
		order:    make([][localRows]uint8, p),
	}
}

// grow adds node n and all below it to t.
func (l *local) grow(t *Tree, n pending, random *rand.PCG) {
	l.rows = l.g.rows[n.from:n.to]
	var total sum
	for _, r := range l.c.in[n.from:n.to] {
		total.y += r.y
		total.w += r.w
	}
	mean := total.y / total.w
	for i, r := range l.c.in[n.from:n.to] {
		l.targets[i] = sum{r.y - mean*r.w, r.w}
	}
	l.features = l.features[:0]
	for _, f := range l.g.features[n.constants:] {
		k := len(l.features)
		bins := l.bins[k][:len(l.rows)]
		l.g.cols.cols[f].load(bins, l.rows)
		if !constant(bins) {
			l.sort(k, bins, len(l.g.cols.cols[f].lo))
			l.features = append(l.features, f)
		}
	}
	l.node(t, part{0, len(l.rows), ^uint64(0) >> (localRows - len(l.rows))}, n.depth, random)
}

// sort ranks the rows of column k, whose bins, of n, are given, by counting
// the bins that are occupied below theirs.
func (l *local) sort(k int, bins []uint16, n int) {
	for _, b := range bins {
		l.seen.add(b)
	}
	words := l.seen[:(n+63)/64]
	var below [MaxBins / 64]uint8
	sum := 0
	for i, w := range words {
		below[i] = uint8(sum)
		sum += bits.OnesCount64(w)
	}
	var at [localRows]uint8 // where each rank starts
	rank, order := &l.rank[k], &l.order[k]
	for i, b := range bins {
		r := below[b>>6&63] + uint8(bits.OnesCount64(words[b>>6]&(1<<(b&63)-1)))
		rank[i] = r
		at[(r+1)%localRows]++
	}
	at[0] = 0
	for r := 1; r < sum; r++ {
		at[r] += at[r-1]
	}
	for i := range bins {
		r := rank[i]
		order[at[r]&63] = uint8(i)
		at[r]++
	}
	clear(words)
}

// part is a node: its places in every order, and its rows as bits.
type part struct {
	from, to int
	rows     uint64
}

// node adds a node at the given depth, and all below it, to t.
func (l *local) node(t *Tree, p part, depth int, random *rand.PCG) {
	t.Depth = max(t.Depth, depth)
	opt, size := &l.g.opt, p.to-p.from
	stop := size < opt.MinSamplesSplit || size < 2*opt.MinSamplesLeaf ||
		opt.MaxDepth > 0 && depth >= opt.MaxDepth || l.pure(p.rows)
	k, mid := -1, 0
	if !stop {
		k, mid = l.split(p, random)
	}
	if k < 0 {
		l.leaf(t, p.rows)
		return
	}
	order, bins := &l.order[k], &l.bins[k]
	feature := l.features[k]
	id := len(t.nodes)
	t.addNode(node{
		key:     Key(float64(l.g.cols.cols[feature].threshold(bins[order[mid-1]], bins[order[mid]]))),
		feature: feature,
	})
	left := part{from: p.from, to: mid}
	for _, i := range order[p.from:mid] {
		left.rows |= 1 << i
	}
	if size > 2 {
		for j := range l.features {
			if j != k {
				divide(l.order[j][p.from:p.to], left.rows)
			}
		}
	}
	l.node(t, left, depth+1, random)
	t.nodes[id].right = int32(len(t.nodes))
	l.node(t, part{mid, p.to, p.rows &^ left.rows}, depth+1, random)
}

// divide brings the positions that are in left to the front and keeps the
// order on both sides.
func divide(order []uint8, left uint64) {
	var moved [localRows]uint8
	l, r := 0, 0
	for _, i := range order {
		order[l], moved[r&63] = i, i
		in := int(left >> (i & 63) & 1)
		l += in
		r += 1 - in
	}
	copy(order[l:], moved[:r])
}

// pure reports whether all targets of the rows are the same.
func (l *local) pure(rows uint64) bool {
	first := l.c.y[l.rows[bits.TrailingZeros64(rows)]]
	for ; rows != 0; rows &= rows - 1 {
		if l.c.y[l.rows[bits.TrailingZeros64(rows)]] != first {
			return false
		}
	}
	return true
}

// trial is a cut that is the best so far: what it scores, as a fraction, and
// where the right side starts.
type trial struct {
	num, den float64
	mid      int
}

// split returns the best split of a node: the number of the column and where
// in its order the right side starts. k is -1 if there is none. Columns are
// looked at from a random one on, which decides between equals.
func (l *local) split(p part, random *rand.PCG) (k, mid int) {
	k = -1
	if len(l.features) == 0 {
		return k, 0
	}
	best, total := trial{num: -1, den: 1}, l.total(p.rows)
	j := below(random, len(l.features))
	for range l.features {
		order, rank := &l.order[j], &l.rank[j]
		if rank[order[p.from]&63] != rank[order[p.to-1]&63] {
			if l.scan(&best, p, total, order, rank) {
				k = j
			}
			if p.to-p.from == 2 {
				break // no column does better than another
			}
		}
		if j++; j == len(l.features) {
			j = 0
		}
	}
	return k, best.mid
}

// total sums up the targets of the rows.
func (l *local) total(rows uint64) (s sum) {
	for ; rows != 0; rows &= rows - 1 {
		r := &l.targets[bits.TrailingZeros64(rows)&63]
		s.y += r.y
		s.w += r.w
	}
	return s
}

// scan tries every cut of a node in one column's order and reports whether one
// beats the best. The score is variance.score's; fractions are compared
// without dividing.
func (l *local) scan(best *trial, p part, total sum, order, rank *[localRows]uint8) (better bool) {
	first, last := p.from+l.c.minLeaf, p.to-l.c.minLeaf
	num, den := best.num, best.den
	var left sum
	here := order[p.from&63] & 63
	for i := p.from + 1; i < p.to; i++ {
		r := &l.targets[here]
		left.y += r.y
		left.w += r.w
		next := order[i&63] & 63
		if rank[here] != rank[next] && i >= first && i <= last {
			d := left.y*total.w - total.y*left.w
			if n, m := d*d, left.w*(total.w-left.w); n*den > num*m {
				num, den = n, m
				best.mid, better = i, true
			}
		}
		here = next
	}
	best.num, best.den = num, den
	return better
}

// leaf adds the rows to t as a leaf.
func (l *local) leaf(t *Tree, rows uint64) {
	var in [localRows]int32
	var weights [localRows]float64
	n := 0
	for ; rows != 0; rows &= rows - 1 {
		i := bits.TrailingZeros64(rows)
		in[n], weights[n] = l.rows[i], l.targets[i].w
		n++
	}
	t.addLeaf(uint32(n))
	l.c.describe(t, in[:n], weights[:n])
}
