package tree

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Options says how a tree grows; the names are scikit-learn's.
type Options struct {
	Criterion       Criterion
	Random          bool // each column looked at is cut at random, not where it is best
	Weighted        bool // weights are any numbers, not whole ones
	Alone           bool // one tree is grown, and Columns that CutExact made serve no other; saves a copy of them
	MaxDepth        int  // 0 is no limit
	MinSamplesSplit int  // rows that a node needs to be split, at least 2
	MinSamplesLeaf  int  // rows that a leaf needs, at least 1
	MaxFeatures     int  // columns looked at for each split, 1 to p

	MinWeightFractionLeaf float64 // share of all weight that a leaf needs
	MaxLeafNodes          int     // 0 is no limit; else the best splits are made first
	MinImpurityDecrease   float64 // that a split must bring, weighed by its share of all weight
	Alpha                 float64 // ccp_alpha: what a leaf costs when the tree is pruned
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
	keys        []int32   // of a node, of a column
	kept        []int32   // likewise, of random splits: those of the best cut so far
	orders      [][]int32 // of each column that has one, the in-bag rows by key; a node's are adjacent
	goes        []uint8   // by row: 0 to the left, 1 to the right

	records []int32 // of the rows as they are named at hand; nil where columns are kept apart
	stride  int
	sweep   *sweep // nil if columns are looked at one by one
	tile    tile

	total float64 // weight of all rows

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
// 0, else class indices below it. cols are Uncut if splits are random, else
// the result of Cut or CutExact. It keeps cols and y and changes neither.
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
	if opt.Random || cols.ordered() {
		g.keys = make([]int32, cols.Rows)
	}
	if opt.Random {
		g.kept = make([]int32, cols.Rows)
		g.records, g.stride = cols.records, stride(p)
	}
	if opt.Random && opt.MaxLeafNodes == 0 {
		g.tile = newTile(g.stride)
	}
	plain := !opt.Random && !cols.ordered() && opt.MinWeightFractionLeaf == 0 && opt.MaxLeafNodes == 0 && opt.MinImpurityDecrease == 0
	switch {
	case classes == 0:
		c := newVariance(y, cols.Rows, opt.MinSamplesLeaf)
		g.crit = c
		if opt.MaxFeatures >= p && plain {
			g.local = newLocal(g, c)
		}
	case byAny(&opt):
		g.crit = newClasses(y, classes, cols.Rows, &opt)
	case classes == 2:
		g.crit = newTwoClass(y, cols.Rows, opt.MinSamplesLeaf)
	default:
		g.crit = newManyClass(y, classes, cols.Rows, opt.MinSamplesLeaf)
	}
	g.sweep = newSweep(g)
	return g
}

// byAny reports whether classes are measured by the criterion that takes any
// options.
func byAny(opt *Options) bool {
	return opt.Criterion == Entropy || opt.Weighted || opt.MinWeightFractionLeaf > 0
}

// Grow grows a tree on the rows of non-zero weight, each counted as often as
// it weighs; nil weighs all rows 1. The columns that each split looks at are
// drawn from random, as scikit-learn draws them. It returns ctx's error soon
// after ctx ends. Cost: O(MaxFeatures · rows · depth); columns that CutExact
// keeps in order cost all rows at each depth.
func (g *Grower) Grow(ctx context.Context, counts []uint32, random *rand.PCG) (*Tree, error) {
	return g.grow(ctx, rowWeights{whole: counts}, random)
}

// GrowWeighted is Grow of a Grower whose Options say Weighted, with weights
// that are any numbers not below 0, one above it at least.
func (g *Grower) GrowWeighted(ctx context.Context, real []float64, random *rand.PCG) (*Tree, error) {
	return g.grow(ctx, rowWeights{real: real}, random)
}

func (g *Grower) grow(ctx context.Context, w rowWeights, random *rand.PCG) (*Tree, error) {
	g.rows, g.total = g.rows[:0], 0
	for i := range int32(g.cols.Rows) {
		if x := w.of(i); x > 0 {
			g.rows = append(g.rows, i)
			g.total += x
		}
	}
	for j := range g.features {
		g.features[j] = int32(j)
	}
	g.fillOrders(w)
	t := g.crit.begin(g.rows, w, g.opt.MinWeightFractionLeaf*g.total)
	if g.opt.MaxLeafNodes > 0 {
		if err := g.bestFirst(ctx, t, random); err != nil {
			return nil, err
		}
		return t.pruned(g.opt.Alpha).compact(), nil
	}
	g.stack = append(g.stack[:0], pending{to: len(g.rows), parent: -1})
	for len(g.stack) > 0 {
		n := g.stack[len(g.stack)-1]
		g.stack = g.stack[:len(g.stack)-1]
		if err := g.node(ctx, t, n, random); err != nil {
			return nil, err
		}
	}
	return t.pruned(g.opt.Alpha).compact(), nil
}

// node adds node n to t and leaves its children on the stack.
func (g *Grower) node(ctx context.Context, t *Tree, n pending, random *rand.PCG) error {
	id := len(t.nodes)
	if n.parent >= 0 {
		t.nodes[n.parent].right = int32(id)
	}
	if g.local != nil && n.to-n.from <= localRows {
		g.local.grow(t, n, random)
		return nil
	}
	if g.tile.width == 0 && n.to-n.from <= g.tile.most {
		return g.growTile(ctx, t, n, random)
	}
	t.Depth = max(t.Depth, n.depth)
	s, err := g.decide(ctx, &n, random)
	if err != nil {
		return err
	}
	if s.feature < 0 {
		g.leaf(t, n)
		return nil
	}
	t.addNode(node{key: g.threshold(&s), feature: s.feature})
	mid := g.part(n, &s)
	g.stack = append(g.stack,
		pending{from: mid, to: n.to, depth: n.depth + 1, constants: n.constants, parent: id},
		pending{from: n.from, to: mid, depth: n.depth + 1, constants: n.constants, parent: -1})
	return nil
}

// decide enters node n and returns how it is split; feature -1 is not at all.
func (g *Grower) decide(ctx context.Context, n *pending, random *rand.PCG) (split, error) {
	none := split{feature: -1}
	size := n.to - n.from
	pure := g.crit.enter(g.rows[n.from:n.to], n.from)
	if pure || size < g.opt.MinSamplesSplit || size < 2*g.opt.MinSamplesLeaf ||
		g.opt.MaxDepth > 0 && n.depth >= g.opt.MaxDepth ||
		g.crit.weight() < 2*g.opt.MinWeightFractionLeaf*g.total {
		return none, nil
	}
	s, err := g.split(ctx, n, random)
	if err != nil || s.feature < 0 {
		return none, err
	}
	if g.opt.MinImpurityDecrease > 0 && g.improvement(&s)+epsilon < g.opt.MinImpurityDecrease {
		return none, nil
	}
	return s, nil
}

// improvement is how much a split of the node at hand lowers the impurity,
// weighed by the node's share of all weight.
func (g *Grower) improvement(s *split) float64 { return g.crit.fall(s.cut) / g.total }

// leaf adds the node at hand, n, to t as a leaf.
func (g *Grower) leaf(t *Tree, n pending) {
	t.addLeaf(uint32(n.to - n.from))
	g.crit.leaf(t, g.rows[n.from:n.to], n.from)
}

// threshold returns the Key of a split's threshold.
func (g *Grower) threshold(s *split) int32 {
	if col := &g.cols.cols[s.feature]; col.lo != nil && !g.opt.Random {
		return Key(float64(col.threshold(s.left, s.right)))
	}
	return s.key
}

// part hands the rows of node n to its sides and returns where the right one
// starts.
func (g *Grower) part(n pending, s *split) (mid int) {
	rows := g.rows[n.from:n.to]
	if col := &g.cols.cols[s.feature]; col.lo == nil || g.opt.Random {
		if g.records != nil {
			g.sidesOfRecords(s.feature, rows, s.key)
		} else {
			g.sides(s.feature, rows, s.key)
		}
		s.left = 0
	}
	g.partOrders(n, s.left)
	mid = n.from + partition(rows, g.moved, g.bins, s.left)
	g.crit.partition(n.from, n.to, g.bins, s.left)
	return mid
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
	t.real = slices.Clone(t.real)
	return t
}
