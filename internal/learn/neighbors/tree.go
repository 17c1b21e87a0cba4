package neighbors

import (
	"math"
	"slices"

	"clicktrain/internal/numeric"
)

// tree is a k-d tree of a table's rows (Bentley 1975): each node halves its
// rows by the column in which they spread widest. Its table holds the rows in
// the order of the leaves.
type tree struct {
	*table
	order []int32 // by row of the tree's table: the row of the table it is made of
	nodes []node
}

// node is rows lo to hi. It is a leaf where left is 0; otherwise rows of which
// the column is at most cut are in the node left, the others in the next.
type node struct {
	lo, hi int32
	left   int32
	column int32
	// Rows of the left node are at most cut, those of the right at least high.
	cut, high float64
}

// leafRows is how many rows a leaf holds at most.
const leafRows = 24

// newTree returns the tree of a table with at least one number column.
func newTree(t *table) *tree {
	b := &tree{order: make([]int32, t.rows)}
	for i := range b.order {
		b.order[i] = int32(i)
	}
	b.nodes = append(b.nodes, node{hi: int32(t.rows)})
	keys := make([]float64, t.rows)
	for i := 0; i < len(b.nodes); i++ {
		b.split(t, i, keys)
	}
	b.table = t.take(b.order)
	return b
}

// take returns the given rows as a table to read distances of.
func (t *table) take(rows []int32) *table {
	out := &table{rows: len(rows), numbers: t.numbers, groups: t.groups,
		dense: make([]float64, 0, len(rows)*t.numbers), codes: make([]int32, 0, len(rows)*t.groups)}
	for _, i := range rows {
		out.dense = append(out.dense, t.dense[int(i)*t.numbers:][:t.numbers]...)
		out.codes = append(out.codes, t.codes[int(i)*t.groups:][:t.groups]...)
	}
	return out
}

// split gives node i two children, unless it is small or its rows are equal.
func (b *tree) split(t *table, i int, keys []float64) {
	n := &b.nodes[i]
	rows := b.order[n.lo:n.hi]
	if len(rows) <= leafRows {
		return
	}
	column, spread := widest(t, rows)
	if !(spread > 0) {
		return
	}
	n.column = int32(column)
	key := func(r int32) float64 { return t.dense[int(r)*t.numbers+column] }
	for j, r := range rows {
		keys[j] = key(r)
	}
	middle := numeric.Select(keys[:len(rows)], len(rows)/2)
	n.cut, n.high = math.Inf(-1), math.Inf(1)
	// Rows below the middle go left; where none are, those equal to it do.
	below := func(x float64) bool { return x < middle }
	if !slices.ContainsFunc(keys[:len(rows)], below) {
		below = func(x float64) bool { return x <= middle }
	}
	left := partition(rows, func(r int32) bool { return below(key(r)) })
	for j, r := range rows {
		if j < left {
			n.cut = max(n.cut, key(r))
		} else {
			n.high = min(n.high, key(r))
		}
	}
	n.left = int32(len(b.nodes))
	lo, mid, hi := n.lo, n.lo+int32(left), n.hi
	b.nodes = append(b.nodes, node{lo: lo, hi: mid}, node{lo: mid, hi: hi})
}

// widest returns the column of the largest difference between two rows.
func widest(t *table, rows []int32) (column int, spread float64) {
	spread = -1
	for j := range t.numbers {
		low, high := math.Inf(1), math.Inf(-1)
		for _, r := range rows {
			x := t.dense[int(r)*t.numbers+j]
			low, high = min(low, x), max(high, x)
		}
		if high-low > spread {
			column, spread = j, high-low
		}
	}
	return column, spread
}

// partition moves the rows that are to the front, keeping the order of both
// kinds, and returns how many there are.
func partition(rows []int32, first func(int32) bool) int {
	rest := make([]int32, 0, len(rows))
	n := 0
	for _, r := range rows {
		if first(r) {
			rows[n] = r
			n++
		} else {
			rest = append(rest, r)
		}
	}
	copy(rows[n:], rest)
	return n
}

// search is a search under way.
type search struct {
	*tree
	power int
	best  *nearest
	q     query
	off   []float64 // by column: how far the node's rows are at least
}

// find offers every row that may be among the nearest.
func (b *tree) find(s *search, q query, best *nearest) {
	s.q, s.best = q, best
	clear(s.off)
	s.visit(0, 0)
}

// rounding is taken off the distance of a box, so that a row is not missed for
// a sum's last digit.
const rounding = 1 - 1e-12

// visit looks at a node, whose rows' distance is at least apart, the nearer
// child first.
func (s *search) visit(i int32, apart float64) {
	n := &s.nodes[i]
	if n.left == 0 {
		for r := n.lo; r < n.hi; r++ {
			s.best.offer(s.measure(s.power, int(r), s.q, s.best.limit()), s.order[r])
		}
		return
	}
	x := s.q.dense[n.column]
	near, far, gap := n.left, n.left+1, n.high-x
	if x-n.cut > n.high-x {
		near, far, gap = far, near, x-n.cut
	}
	s.visit(near, apart)
	was := s.off[n.column]
	gap = max(gap, was, 0)
	more := apart + gap - was
	if s.power == 2 {
		more = apart + gap*gap - was*was
	}
	if more*rounding > s.best.limit() {
		return
	}
	s.off[n.column] = gap
	s.visit(far, more)
	s.off[n.column] = was
}
