package tree

import (
	"math"
	"slices"
)

// Tree is one fitted tree. Its nodes are in depth-first order, the root first:
// an inner node's left child follows it. Only leaves say what rows they hold;
// what inner nodes held is their sum. A Tree is immutable.
type Tree struct {
	Classes   int // k; 0 for regression
	Criterion Criterion
	Depth     int // edges from the root to the deepest leaf

	nodes []node
	rows  []uint32 // distinct training rows of each leaf

	// Of classification: leaf l's training rows are counts[from[l]:from[l+1]],
	// by ascending class, each counted as often as it weighs.
	from   []uint32
	counts []classCount

	// Of regression, by leaf.
	weight   []uint32  // nil where real is set
	value    []float64 // the weighted mean of the targets
	impurity []float64 // their weighted variance; nil where all are 0

	// What rows weigh where weights are not whole: by entry of counts, whose
	// own weights are then 0, or by leaf of a regression. Else nil.
	real []float64
}

// node is an inner node or a leaf. A walk may go on from a leaf: no key is at
// most its own, and its right child is itself.
type node struct {
	key     int32 // a row goes left if its column's Key is at most this
	feature int32 // of leaf l: -1-l
	right   int32
}

// threshold returns the number whose Key the node has.
func (n *node) threshold() float32 { return keyFloat(n.key) }

// isLeaf reports whether n is a leaf.
func (n *node) isLeaf() bool { return n.feature < 0 }

// leaf returns the number of the leaf that n is.
func (n *node) leaf() int32 { return ^n.feature }

// classCount is how much the rows of one class weigh.
type classCount struct{ class, weight uint32 }

// classWeight returns what entry i of counts weighs.
func (t *Tree) classWeight(i uint32) float64 {
	if t.real != nil {
		return t.real[i]
	}
	return float64(t.counts[i].weight)
}

// leafWeight returns what leaf l of a regression weighs.
func (t *Tree) leafWeight(l int32) float64 {
	if t.real != nil {
		return t.real[l]
	}
	return float64(t.weight[l])
}

// Nodes returns the number of nodes.
func (t *Tree) Nodes() int { return len(t.nodes) }

// Leaves returns the number of leaves.
func (t *Tree) Leaves() int { return len(t.rows) }

// Bytes returns about how much memory the tree takes.
func (t *Tree) Bytes() int64 {
	return 12*int64(len(t.nodes)) + 4*int64(len(t.rows)+len(t.from)+len(t.weight)) +
		8*int64(len(t.counts)+len(t.value)+len(t.impurity)+len(t.real))
}

// addLeaf appends a leaf of so many distinct rows; what else is to be known of
// them is for the caller to append.
func (t *Tree) addLeaf(rows uint32) {
	t.addNode(node{key: math.MinInt32, feature: ^int32(len(t.rows)), right: int32(len(t.nodes))})
	t.rows = append(wide(t.rows), rows)
}

// addNode appends a node.
func (t *Tree) addNode(n node) { t.nodes = append(wide(t.nodes), n) }

// wide returns s with room for one more. Room doubles, so that all that was too
// small comes to no more than what is in use.
func wide[T any](s []T) []T {
	if len(s) < cap(s) {
		return s
	}
	return slices.Grow(s, max(16, len(s)))
}
