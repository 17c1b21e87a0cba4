package boost

import (
	"math"
	"sync"
)

// node is a node of a tree that grows.
type node struct {
	rows  []uint32 // of the table; a part of the grower's
	spare []uint32 // as long as rows, for parting them
	depth int
	path  uint64 // says where in which tree the node is: seeds its draws

	total sums
	g, h  float64 // the sums of gradients and hessians
	value float64 // as a leaf, before shrinkage
	loss  float64 // of the rows at that value: value·g

	bounded      bool // some column must rise or fall
	lower, upper float64

	drawn       []bool     // columns of the design matrix that its split looks at; nil is all
	hist        *histogram // while it may be split; nil also where there is no room for it
	split       split
	expanded    bool // left and right are known
	left, right *node
}

// inherit sets the bounds of the children of a node split by a column of the
// given sign: on a column that must rise, none on the left exceeds the midpoint
// of both values, and none on the right is below it.
func (nd *node) inherit(sign int8) {
	l, r := nd.left, nd.right
	l.lower, l.upper, r.lower, r.upper = nd.lower, nd.upper, nd.lower, nd.upper
	middle := (l.value + r.value) / 2
	switch {
	case sign > 0:
		l.upper, r.lower = middle, middle
	case sign < 0:
		l.lower, r.upper = middle, middle
	}
}

// unbounded are the bounds of a root.
var unbounded = [2]float64{math.Inf(-1), math.Inf(1)}

// nodes hands out the nodes of one tree after the other. It is safe for use by
// many goroutines.
type nodes struct {
	mu    sync.Mutex
	slabs []*[slabNodes]node
	used  int
}

const slabNodes = 64

// reset takes all nodes back.
func (n *nodes) reset() { n.used = 0 }

// get returns a zero node.
func (n *nodes) get() *node {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.used == len(n.slabs)*slabNodes {
		n.slabs = append(n.slabs, new([slabNodes]node))
	}
	nd := &n.slabs[n.used/slabNodes][n.used%slabNodes]
	n.used++
	*nd = node{}
	return nd
}
