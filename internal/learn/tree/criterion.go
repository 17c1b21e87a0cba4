package tree

import "math"

// Criterion is what a split is to lower.
type Criterion uint8

// The criteria. The first two are of classes, the third is of numbers.
const (
	Gini    Criterion = iota // the chance that two rows of a node differ
	Entropy                  // bits needed to name a row's class
	Squared                  // variance
)

// epsilon is how far an improvement may fall short of what is asked for.
const epsilon = 0x1p-52

// criterion measures splits by what they do to the targets. A side of a split
// has at least MinSamplesLeaf rows and the least weight that begin is told.
type criterion interface {
	// begin takes the in-bag rows, their weights and what a leaf must weigh,
	// and returns an empty tree.
	begin(rows []int32, w rowWeights, leastWeight float64) *Tree
	// rename says that rows will be given as their places in names; nil ends it.
	rename(names []int32)
	// enter makes the given in-bag rows, which start at from, the node at hand,
	// and reports whether their targets are all the same.
	enter(rows []int32, from int) (pure bool)
	// weight returns what the node weighs.
	weight() float64
	// best returns the best cut of the node's rows, whose bins, of n, are given and
	// not all the same.
	best(bins []uint16, n int) cut
	// scan returns the best cut of the node's rows in the order of their keys,
	// given with them: where the right side starts.
	scan(rows, keys []int32) cut
	// toss returns the cut that sends the node's rows of at most key left.
	toss(keys []int32, key int32) cut
	// fall returns how much a cut lowers the node's impurity times its weight.
	fall(c cut) float64
	// partition moves what is kept of the rows as the rows are.
	partition(from, to int, bins []uint16, left uint16)
	// leaf adds the node's rows, which start at from, to t as a leaf.
	leaf(t *Tree, rows []int32, from int)
}

// rowWeights says how much rows count: whole or any numbers, or once where both
// are nil.
type rowWeights struct {
	whole []uint32
	real  []float64
}

// of returns row r's weight.
func (w *rowWeights) of(r int32) float64 {
	switch {
	case w.whole != nil:
		return float64(w.whole[r])
	case w.real != nil:
		return w.real[r]
	}
	return 1
}

// cut separates adjacent bins left and right of a column. Its score is num/den,
// kept as a fraction so that cuts are compared without dividing, and only
// within one node.
type cut struct {
	num, den    float64
	left, right uint16
	perfect     bool // no other cut can be better
	at          int  // of ordered rows: where the right side starts
}

// beats reports whether c scores more than d.
func (c *cut) beats(d *cut) bool { return c.num*d.den > d.num*c.den }

// noCut scores less than any cut.
var noCut = cut{num: -1, den: 1}

// xlog2 returns x·log₂(x), and 0 for what is not above 0.
func xlog2(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log2(x)
}
