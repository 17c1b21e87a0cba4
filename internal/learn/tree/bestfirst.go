package tree

import (
	"container/heap"
	"context"
	"math/rand/v2"
)

// grown is a node of a tree that grows best-first. Its rows are already handed
// to its sides, whether or not these become nodes.
type grown struct {
	pending
	split
	mid         int // where the right side starts
	improvement float64
	left, right int // numbers of the children; 0 are none
}

// frontier is the nodes that can be split, by improvement; of equals, the
// older first.
type frontier struct {
	all  []grown
	open []int // a heap
}

func (f *frontier) Len() int { return len(f.open) }
func (f *frontier) Less(i, j int) bool {
	a, b := f.open[i], f.open[j]
	if x, y := f.all[a].improvement, f.all[b].improvement; x != y {
		return x > y
	}
	return a < b
}
func (f *frontier) Swap(i, j int) { f.open[i], f.open[j] = f.open[j], f.open[i] }
func (f *frontier) Push(x any)    { f.open = append(f.open, x.(int)) }
func (f *frontier) Pop() any {
	last := f.open[len(f.open)-1]
	f.open = f.open[:len(f.open)-1]
	return last
}

// bestFirst grows t to MaxLeafNodes leaves: of all splits, the one that lowers
// the impurity most is made first.
func (g *Grower) bestFirst(ctx context.Context, t *Tree, random *rand.PCG) error {
	f := &frontier{}
	if err := g.discover(ctx, f, pending{to: len(g.rows)}, random); err != nil {
		return err
	}
	for leaves := 1; leaves < g.opt.MaxLeafNodes && f.Len() > 0; leaves++ {
		id := heap.Pop(f).(int)
		n := f.all[id]
		f.all[id].left, f.all[id].right = len(f.all), len(f.all)+1
		for _, child := range []pending{
			{from: n.from, to: n.mid, depth: n.depth + 1},
			{from: n.mid, to: n.to, depth: n.depth + 1},
		} {
			if err := g.discover(ctx, f, child, random); err != nil {
				return err
			}
		}
	}
	g.write(t, f.all)
	return nil
}

// discover adds a node to the frontier, with the split it would have. Columns
// known to be constant are not remembered: nodes come in no order for that.
func (g *Grower) discover(ctx context.Context, f *frontier, n pending, random *rand.PCG) error {
	s, err := g.decide(ctx, &n, random)
	if err != nil {
		return err
	}
	n.constants = 0
	x := grown{pending: n, split: s}
	if s.feature >= 0 {
		x.key, x.improvement = g.threshold(&s), g.improvement(&s)
		x.mid = g.part(n, &s)
	}
	f.all = append(f.all, x)
	if s.feature >= 0 {
		heap.Push(f, len(f.all)-1)
	}
	return nil
}

// write adds the nodes to t, depth-first.
func (g *Grower) write(t *Tree, all []grown) {
	type visit struct{ id, parent int } // whose right child it is; -1 is none
	stack := []visit{{0, -1}}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		id, n := len(t.nodes), &all[v.id]
		if v.parent >= 0 {
			t.nodes[v.parent].right = int32(id)
		}
		t.Depth = max(t.Depth, n.depth)
		if n.left == 0 {
			g.crit.enter(g.rows[n.from:n.to], n.from)
			g.leaf(t, n.pending)
			continue
		}
		t.addNode(node{key: n.key, feature: n.feature})
		stack = append(stack, visit{n.right, id}, visit{n.left, -1})
	}
}
