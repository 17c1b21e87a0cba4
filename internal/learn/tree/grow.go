package tree

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Options says how far a tree grows; the names are scikit-learn's.
type Options struct {
	MaxDepth        int // 0 is no limit
	MinSamplesSplit int // rows that a node needs to be split, at least 2
	MinSamplesLeaf  int // rows that a leaf needs, at least 1
	MaxFeatures     int // columns looked at for each split, 1 to p
}

// checkEvery is how many cells are read between two looks at the context: a
// few milliseconds' work.
const checkEvery = 1 << 21

// Grower grows trees on one training set, one at a time. Many Growers may
// share the Columns and the targets.
type Grower struct {
	cols  *Columns
	opt   Options
	crit  criterion
	local *local // nil if small nodes are grown as large ones are

	rows        []int32 // in-bag rows; a node's are adjacent and ascend
	moved       []int32 // rows on their way to the right child
	bins, spare []uint16

	features  []int32 // a permutation of the columns; those known to be constant first
	constants []int32 // constant columns of the nodes above, in order found

	cells int // read since the last look at the context
	stack []pending
}

// pending is a node that is still to be grown.
type pending struct {
	from, to  int // its rows
	depth     int
	constants int // columns known to be constant in it
	parent    int // whose right child it is; -1 is none
}

// NewGrower returns a grower for targets y, which are numbers where classes is
// 0, else class indices below it. It keeps cols and y and changes neither.
func NewGrower(cols *Columns, y []float64, classes int, opt Options) *Grower {
	p := cols.Len()
	g := &Grower{
		cols: cols, opt: opt,
		rows:     make([]int32, 0, cols.Rows),
		moved:    make([]int32, cols.Rows),
		bins:     make([]uint16, cols.Rows),
		spare:    make([]uint16, cols.Rows),
		features: make([]int32, p), constants: make([]int32, p),
	}
	switch {
	case classes == 0:
		c := newVariance(y, cols.Rows, opt.MinSamplesLeaf)
		g.crit = c
		if opt.MaxFeatures >= p {
			g.local = newLocal(g, c)
		}
	case classes == 2:
		g.crit = newTwoClass(y, cols.Rows, opt.MinSamplesLeaf)
	default:
		g.crit = newManyClass(y, classes, cols.Rows, opt.MinSamplesLeaf)
	}
	return g
}

// Grow grows a tree on the rows of non-zero weight, each counted as often as
// it weighs; nil weighs all rows 1. The columns that each split looks at are
// drawn from random, as scikit-learn draws them. It returns ctx's error soon
// after ctx ends. Cost: O(MaxFeatures · rows · depth).
func (g *Grower) Grow(ctx context.Context, weights []uint32, random *rand.PCG) (*Tree, error) {
	g.rows = g.rows[:0]
	for i := range g.cols.Rows {
		if weights == nil || weights[i] > 0 {
			g.rows = append(g.rows, int32(i))
		}
	}
	for j := range g.features {
		g.features[j] = int32(j)
	}
	t := g.crit.begin(g.rows, weights)
	g.stack = append(g.stack[:0], pending{to: len(g.rows), parent: -1})
	for len(g.stack) > 0 {
		n := g.stack[len(g.stack)-1]
		g.stack = g.stack[:len(g.stack)-1]
		if err := g.node(ctx, t, n, random); err != nil {
			return nil, err
		}
	}
	return t.compact(), nil
}

// node adds node n to t and leaves its children on the stack.
func (g *Grower) node(ctx context.Context, t *Tree, n pending, random *rand.PCG) error {
	id := len(t.nodes)
	if n.parent >= 0 {
		t.nodes[n.parent].right = int32(id)
	}
	size := n.to - n.from
	if g.local != nil && size <= localRows {
		g.local.grow(t, n, random)
		return nil
	}
	t.Depth = max(t.Depth, n.depth)
	pure := g.crit.enter(g.rows[n.from:n.to], n.from)
	stop := pure || size < g.opt.MinSamplesSplit || size < 2*g.opt.MinSamplesLeaf ||
		g.opt.MaxDepth > 0 && n.depth >= g.opt.MaxDepth
	if !stop {
		s, err := g.split(ctx, &n, random)
		if err != nil {
			return err
		}
		if s.feature >= 0 {
			col := &g.cols.cols[s.feature]
			t.nodes = append(t.nodes, node{key: Key(float64(col.threshold(s.left, s.right))), feature: s.feature})
			mid := n.from + partition(g.rows[n.from:n.to], g.moved, g.bins, s.left)
			g.crit.partition(n.from, n.to, g.bins, s.left)
			g.stack = append(g.stack,
				pending{from: mid, to: n.to, depth: n.depth + 1, constants: n.constants, parent: id},
				pending{from: n.from, to: mid, depth: n.depth + 1, constants: n.constants, parent: -1})
			return nil
		}
	}
	t.addLeaf(uint32(size))
	g.crit.leaf(t, g.rows[n.from:n.to], n.from)
	return nil
}

// partition moves the items whose bin is at most left to the front, keeps the
// order on both sides, and returns how many they are. tmp holds as many items.
func partition[T any](items, tmp []T, bins []uint16, left uint16) int {
	bins = bins[:len(items)]
	l, r := 0, 0
	for i, x := range items {
		items[l], tmp[r] = x, x
		goes := 0
		if bins[i] <= left {
			goes = 1
		}
		l += goes
		r += 1 - goes
	}
	copy(items[l:], tmp[:r])
	return l
}

// compact gives back the room that growing left unused, and the impurities if
// all are 0.
func (t *Tree) compact() *Tree {
	t.nodes = slices.Clone(t.nodes)
	t.rows = slices.Clone(t.rows)
	t.from = slices.Clone(t.from)
	t.counts = slices.Clone(t.counts)
	t.weight = slices.Clone(t.weight)
	t.value = slices.Clone(t.value)
	if !slices.ContainsFunc(t.impurity, func(x float64) bool { return x > 0 }) {
		t.impurity = nil
	}
	t.impurity = slices.Clone(t.impurity)
	return t
}
