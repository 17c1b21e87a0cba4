package tree

import "math"

// pruned returns the subtree that is best where each leaf costs alpha: minimal
// cost-complexity pruning (Breiman, Friedman, Olshen and Stone 1984, chapter
// 3). The cost of a node is its impurity times its share of all weight, and
// what lies below a node goes where it saves at most alpha for each leaf more.
// Cost: O(nodes · k).
func (t *Tree) pruned(alpha float64) *Tree {
	if alpha <= 0 {
		return t
	}
	s := t.stats()
	n := len(t.nodes)
	cost, leaves := make([]float64, n), make([]int, n)
	for i := n - 1; i >= 0; i-- { // children come before their parents
		own := s.impurity[i] * s.weight[i] / s.weight[0]
		cost[i], leaves[i] = own, 1
		if nd := t.nodes[i]; !nd.isLeaf() {
			below, many := cost[i+1]+cost[nd.right], leaves[i+1]+leaves[nd.right]
			if (own-below)/float64(many-1) > alpha {
				cost[i], leaves[i] = below, many
			}
		}
	}
	return t.cutAt(&s, func(i int) bool { return leaves[i] == 1 })
}

// cutAt returns the tree in which the nodes that leaf tells, and all leaves,
// are leaves.
func (t *Tree) cutAt(s *stats, leaf func(i int) bool) *Tree {
	out := &Tree{Classes: t.Classes, Criterion: t.Criterion}
	if t.Classes > 0 {
		out.from = []uint32{0}
	}
	var visit func(i, depth int)
	visit = func(i, depth int) {
		out.Depth = max(out.Depth, depth)
		if leaf(i) {
			out.addLeaf(uint32(s.rows[i]))
			out.summary(s, i, t.real != nil)
			return
		}
		id := len(out.nodes)
		out.nodes = append(out.nodes, t.nodes[i])
		visit(i+1, depth+1)
		out.nodes[id].right = int32(len(out.nodes))
		visit(int(t.nodes[i].right), depth+1)
	}
	visit(0, 0)
	return out
}

// summary appends to t's leaves what node i of s is.
func (t *Tree) summary(s *stats, i int, real bool) {
	if t.Classes > 0 {
		for class, share := range s.values[i*s.width : (i+1)*s.width] {
			if share > 0 {
				w := share * s.weight[i]
				if !real {
					w = math.Round(w)
				}
				t.addCount(uint32(class), w, real)
			}
		}
		t.from = append(t.from, uint32(len(t.counts)))
		return
	}
	t.value = append(t.value, s.values[i])
	t.impurity = append(t.impurity, s.impurity[i])
	if real {
		t.real = append(t.real, s.weight[i])
	} else {
		t.weight = append(t.weight, uint32(math.Round(s.weight[i])))
	}
}
