package tree

// Tree is one fitted tree. Its nodes are in depth-first order, the root first:
// an inner node's left child follows it. Only leaves say what rows they hold;
// what inner nodes held is their sum. A Tree is immutable.
type Tree struct {
	Classes int // k; 0 for regression
	Depth   int // edges from the root to the deepest leaf

	nodes []node
	rows  []uint32 // distinct training rows of each leaf

	// Of classification: leaf l's training rows are counts[from[l]:from[l+1]],
	// by ascending class, each counted as often as it weighs.
	from   []uint32
	counts []classCount

	// Of regression, by leaf.
	weight   []uint32
	value    []float64 // the weighted mean of the targets
	impurity []float64 // their weighted variance; nil where all are 0
}

// node is an inner node or a leaf.
type node struct {
	threshold float32
	feature   int32 // -1 is a leaf
	right     int32 // the right child, or the leaf's number
}

// classCount is how much the rows of one class weigh.
type classCount struct{ class, weight uint32 }

// Nodes returns the number of nodes.
func (t *Tree) Nodes() int { return len(t.nodes) }

// Leaves returns the number of leaves.
func (t *Tree) Leaves() int { return len(t.rows) }

// leafCounts returns what leaf l holds of each class that it holds.
func (t *Tree) leafCounts(l int32) []classCount {
	return t.counts[t.from[l]:t.from[l+1]]
}

// addLeaf appends a leaf of so many distinct rows; what else is to be known of
// them is for the caller to append.
func (t *Tree) addLeaf(rows int) {
	t.nodes = append(t.nodes, node{feature: -1, right: int32(len(t.rows))})
	t.rows = append(t.rows, uint32(rows))
}
