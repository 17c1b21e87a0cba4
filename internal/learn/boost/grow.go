package boost

import (
	"container/heap"
	"context"
	"math"
	"math/rand/v2"
)

// grower grows trees on one table, one after the other.
type grower struct {
	settings
	table   *table
	crew    *crew
	width   int      // columns of the design matrix
	seed    uint64   // of draws of columns
	finders []finder // of each worker
	buffers []*gatherer
	rows    []uint32 // parted by the tree at hand
	spare   []uint32
	pool    *pool
	grads   *gradients
	nodes   nodes
	sides   []sides // of each worker
}

// newGrower returns a grower for workers up to those of c. It parts rows in the
// given room, and takes histograms from p.
func newGrower(s settings, t *table, width int, rows, spare []uint32, seed uint64, c *crew, p *pool) *grower {
	g := &grower{settings: s, table: t, crew: c, width: width, seed: seed, pool: p, rows: rows, spare: spare}
	workers := c.first + c.size
	g.finders = make([]finder, workers)
	g.buffers = make([]*gatherer, workers)
	g.sides = make([]sides, workers)
	signed := false
	for _, col := range t.columns {
		signed = signed || col.sign != 0
	}
	for w := c.first; w < workers; w++ {
		g.finders[w] = finder{table: t, minLeaf: s.minLeaf, l2: s.l2, signed: signed}
		g.buffers[w] = newGatherer(t.words)
	}
	return g
}

// grow grows one tree, the given number of the fit, and returns its root. The
// values of leaves are not yet shrunk. rows are those to grow it on. The next
// tree takes the nodes of this one.
func (g *grower) grow(ctx context.Context, gr *gradients, rows []uint32, number int) (*node, error) {
	copy(g.rows, rows)
	g.grads = gr
	g.nodes.reset()
	for w := g.crew.first; w < len(g.finders); w++ {
		g.finders[w].scale = &gr.scale
	}
	root := g.root(number)
	var open nodeHeap
	leaves := 1
	if root.split.gain > 0 {
		open = append(open, root)
	}
	for len(open) > 0 {
		if err := ctx.Err(); err != nil {
			g.drop(root)
			return nil, err
		}
		nd := heap.Pop(&open).(*node)
		leaves++
		last := g.maxLeaves > 0 && leaves == g.maxLeaves
		g.expandNext(nd, open, last)
		if last {
			break
		}
		for _, child := range []*node{nd.left, nd.right} {
			if child.split.gain > 0 {
				heap.Push(&open, child)
			}
		}
		open = g.prune(open, leaves)
	}
	g.drop(root)
	return root, nil
}

// prune drops the open nodes whose turn cannot come before a tree of so many
// leaves is full, so that at most half as many histograms live as it has leaves.
func (g *grower) prune(open nodeHeap, leaves int) nodeHeap {
	for g.maxLeaves > 0 && len(open) > g.maxLeaves-leaves {
		least := len(open) / 2 // the first of those with none below them
		for i := least + 1; i < len(open); i++ {
			if open.Less(least, i) {
				least = i
			}
		}
		g.drop(heap.Remove(&open, least).(*node))
	}
	return open
}

// drop gives the histograms of a tree's nodes back, and forgets children that
// were made ahead of their turn.
func (g *grower) drop(nd *node) {
	g.pool.put(nd.hist)
	nd.hist = nil
	if nd.left != nil {
		g.drop(nd.left)
		g.drop(nd.right)
	}
	if !nd.expanded {
		nd.left, nd.right = nil, nil
	}
}

// sharedWork is how many bins of rows make a node worth the whole crew: below,
// the two nodes that come next are each worked on by one worker.
const sharedWork = 1 << 19

// expandNext gives nd children, and where there are workers to spare and the
// tree is not full, makes those of the node that comes next, as things stand,
// ahead of its turn. If that turn never comes the node stays a leaf.
func (g *grower) expandNext(nd *node, open nodeHeap, last bool) {
	defer func() { nd.expanded = true }()
	if nd.left != nil {
		return
	}
	if g.crew.size == 1 || last || len(nd.rows)*len(g.table.slots) > sharedWork {
		g.expand(g.crew, nd, last)
		return
	}
	ahead := make([]*node, 1, g.crew.size)
	ahead[0] = nd
	for _, other := range open[:min(len(open), 3)] { // the top of the heap
		if len(ahead) < g.crew.size && other.left == nil {
			ahead = append(ahead, other)
		}
	}
	g.crew.do(len(ahead), func(worker, i int) { g.expand(solo(worker), ahead[i], false) })
}

// root makes the root.
func (g *grower) root(number int) *node {
	nd := g.nodes.get()
	nd.rows, nd.spare, nd.path, nd.lower, nd.upper = g.rows, g.spare, uint64(number), unbounded[0], unbounded[1]
	nd.bounded = g.finders[g.crew.first].signed
	nd.hist = g.pool.get()
	g.sum(g.crew, nd.hist, nd.rows)
	f := &g.finders[g.crew.first]
	for b := range slotBins { // any slot holds all rows
		nd.total = nd.total.plus(f.sumsOf(nd.hist, 0, uint8(b)))
	}
	nd.g, nd.h = f.scale.gradient(nd.total), f.scale.hessian(nd.total)
	if len(nd.rows) >= 2*g.minLeaf && nd.h >= minHessian {
		g.search(g.crew, nd)
	}
	return nd
}

// expand parts a node's rows, and unless its children are the tree's last,
// looks for their splits.
func (g *grower) expand(c *crew, nd *node, last bool) {
	col := &g.table.columns[nd.split.column]
	to := &g.sides[c.first]
	nd.split.fillSides(to, g.table)
	n := part(c, nd.rows, nd.spare, g.table.slots[col.slot], to)
	s := &nd.split
	nd.left = g.child(nd, 0, nd.rows[:n:n], nd.spare[:n:n], s.left, s.leftValue)
	nd.right = g.child(nd, 1, nd.rows[n:], nd.spare[n:], nd.total.minus(s.left), s.rightValue)
	if !col.missing { // missing values, new to it, follow the most rows
		s.missingLeft = n > len(nd.rows)-n
	}
	if last || g.maxDepth > 0 && nd.depth+1 == g.maxDepth {
		return
	}
	nd.inherit(col.sign)
	var open []*node
	for _, child := range []*node{nd.left, nd.right} {
		if len(child.rows) >= 2*g.minLeaf {
			open = append(open, child)
		}
	}
	if len(open) > 0 {
		g.histograms(c, nd, open)
		g.search(c, open...)
	}
}

// child makes one child of nd; side is 0 on the left.
func (g *grower) child(nd *node, side uint64, rows, spare []uint32, s sums, value float64) *node {
	scale := &g.grads.scale
	child := g.nodes.get()
	child.rows, child.spare, child.depth, child.path = rows, spare, nd.depth+1, mix(2*nd.path+side+1)
	child.total, child.g, child.h = s, scale.gradient(s), scale.hessian(s)
	child.value, child.bounded = value, nd.bounded
	child.loss = float64(value * child.g)
	return child
}

// mix is a bijection that scatters its argument (Steele and others 2014,
// SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// histograms makes those of a node's children that may be split. The smaller
// child's rows are added up, and its sums taken from the parent's.
func (g *grower) histograms(c *crew, nd *node, open []*node) {
	if nd.hist == nil || len(open) == 1 && 2*len(open[0].rows) <= len(nd.rows) {
		for _, child := range open {
			child.hist = g.pool.get()
			g.sum(c, child.hist, child.rows)
		}
		g.pool.put(nd.hist)
		nd.hist = nil
		return
	}
	small, large := nd.left, nd.right
	if len(small.rows) > len(large.rows) {
		small, large = large, small
	}
	small.hist, large.hist = g.pool.get(), nd.hist
	nd.hist = nil
	g.sum(c, small.hist, small.rows)
	large.hist.subtract(small.hist)
	if len(small.rows) < 2*g.minLeaf {
		g.pool.put(small.hist)
		small.hist = nil
	}
}

// sum adds rows to a cleared histogram. A crew shares many rows.
func (g *grower) sum(c *crew, h *histogram, rows []uint32) {
	if c.size == 1 || len(rows) < wholeRows {
		g.buffers[c.first].sum(h, g.table, g.grads, rows)
		return
	}
	parts := make([]*histogram, c.size)
	parts[0] = h
	for i := 1; i < len(parts); i++ {
		parts[i] = g.pool.get()
	}
	c.do(len(parts), func(worker, i int) {
		g.buffers[worker].sum(parts[i], g.table, g.grads, rows[i*len(rows)/len(parts):(i+1)*len(rows)/len(parts)])
	})
	c.do(g.table.words, func(_, w int) {
		for _, p := range parts[1:] {
			h.add(p, w, w+1)
		}
	})
	for _, p := range parts[1:] {
		g.pool.put(p)
	}
}

// search finds the best splits of nodes, by groups of columns where a crew
// shares the work.
func (g *grower) search(c *crew, nodes ...*node) {
	groups := 1
	if c.size > 1 {
		groups = min(2*c.size, len(g.table.columns))
	}
	for _, nd := range nodes {
		nd.drawn = g.draw(nd.path)
	}
	found := make([]split, len(nodes)*groups)
	p := len(g.table.columns)
	c.do(len(found), func(worker, task int) {
		i := task % groups
		found[task] = g.finders[worker].find(nodes[task/groups], i*p/groups, (i+1)*p/groups)
	})
	for k, nd := range nodes {
		for _, s := range found[k*groups : (k+1)*groups] {
			if s.gain > nd.split.gain {
				nd.split = s
			}
		}
		if nd.split.gain == 0 || !g.pool.keep() {
			g.pool.put(nd.hist)
			nd.hist = nil
		}
	}
}

// draw returns which columns of the design matrix a split looks at.
func (g *grower) draw(path uint64) []bool {
	if g.features >= 1 {
		return nil
	}
	n := max(1, int(math.Ceil(g.features*float64(g.width))))
	random := rand.New(rand.NewPCG(g.seed, path))
	drawn := make([]bool, g.width)
	for _, j := range random.Perm(g.width)[:n] {
		drawn[j] = true
	}
	return drawn
}

// nodeHeap holds the nodes that can be split, the greatest gain first; of
// equals, the one nearest the root, then by path.
type nodeHeap []*node

func (h nodeHeap) Len() int { return len(h) }
func (h nodeHeap) Less(i, j int) bool {
	a, b := h[i], h[j]
	if a.split.gain != b.split.gain {
		return a.split.gain > b.split.gain
	}
	if a.depth != b.depth {
		return a.depth < b.depth
	}
	return a.path < b.path
}
func (h nodeHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *nodeHeap) Push(x any)   { *h = append(*h, x.(*node)) }
func (h *nodeHeap) Pop() any {
	last := len(*h) - 1
	nd := (*h)[last]
	*h = (*h)[:last]
	return nd
}
