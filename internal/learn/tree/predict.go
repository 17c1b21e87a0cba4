package tree

// leaves writes the number of the leaf that each row falls in into dst. rows
// holds the Keys of whole rows of p columns, one row after the other.
func (t *Tree) leaves(dst []int32, rows []int32, p int) {
	i := 0
	for ; i+4 <= len(dst); i += 4 {
		t.fourLeaves((*[4]int32)(dst[i:]), rows[i*p:(i+4)*p], p)
	}
	for ; i < len(dst); i++ {
		dst[i] = t.leafOf(rows[i*p : (i+1)*p])
	}
}

// fourLeaves walks four rows down the tree at a time, so that the processor
// waits for four nodes at once. Rows that are at their leaf stay there.
func (t *Tree) fourLeaves(dst *[4]int32, rows []int32, p int) {
	nodes := t.nodes
	var i0, i1, i2, i3 int32
	for {
		n0, n1, n2, n3 := nodes[i0], nodes[i1], nodes[i2], nodes[i3]
		if n0.feature&n1.feature&n2.feature&n3.feature < 0 {
			*dst = [4]int32{n0.leaf(), n1.leaf(), n2.leaf(), n3.leaf()}
			return
		}
		i0 = n0.next(i0, rows[n0.column()])
		i1 = n1.next(i1, rows[p+n1.column()])
		i2 = n2.next(i2, rows[2*p+n2.column()])
		i3 = n3.next(i3, rows[3*p+n3.column()])
	}
}

// column returns the column that n asks for, and any if it is a leaf.
func (n *node) column() int { return int(n.feature &^ (n.feature >> 31)) }

// next returns the child of node i, which is n, that key x goes to.
func (n *node) next(i int32, x int32) int32 {
	left := i + 1
	right := int32((int64(n.key) - int64(x)) >> 63) // all ones if x is above
	return left + (n.right-left)&right
}

// leafOf returns the leaf that one row falls in.
func (t *Tree) leafOf(row []int32) int32 {
	i := int32(0)
	for {
		n := &t.nodes[i]
		if n.isLeaf() {
			return n.leaf()
		}
		i = n.next(i, row[n.feature])
	}
}

// addProba adds the class fractions of leaf l to dst.
func (t *Tree) addProba(dst []float64, l int32) {
	from, to := t.from[l], t.from[l+1]
	if t.real != nil {
		addShares(dst, t.counts[from:to], t.real[from:to])
		return
	}
	addFractions(dst, t.counts[from:to])
}

// addShares is addFractions of weights that are given apart.
func addShares(dst []float64, counts []classCount, weights []float64) {
	var total float64
	for _, w := range weights {
		total += w
	}
	for i, c := range counts {
		dst[c.class] += weights[i] / total
	}
}

// addFractions adds the share of each class to dst.
func addFractions(dst []float64, counts []classCount) {
	var total uint64
	for _, c := range counts {
		total += uint64(c.weight)
	}
	for _, c := range counts {
		dst[c.class] += float64(c.weight) / float64(total)
	}
}
