package tree

// AddProba adds the class fractions of the leaf that each row falls in to dst,
// k numbers a row. rows holds the float32 values of whole rows of p columns,
// one row after the other.
func (t *Tree) AddProba(dst []float64, rows []float32, p int) {
	k := t.Classes
	t.walk(rows, p, func(i int, leaf int32) {
		t.addFractions(dst[i*k:i*k+k], leaf)
	})
}

// AddValue adds the value of the leaf that each row falls in to dst, one
// number a row; see AddProba for rows.
func (t *Tree) AddValue(dst []float64, rows []float32, p int) {
	t.walk(rows, p, func(i int, leaf int32) {
		dst[i] += t.value[leaf]
	})
}

// addFractions adds a leaf's share of each class to dst.
func (t *Tree) addFractions(dst []float64, leaf int32) {
	counts := t.leafCounts(leaf)
	if len(counts) == 1 {
		dst[counts[0].class]++
		return
	}
	var total uint64
	for _, c := range counts {
		total += uint64(c.weight)
	}
	for _, c := range counts {
		dst[c.class] += float64(c.weight) / float64(total)
	}
}

// walk calls visit with each row's number and leaf. Four rows go down the tree
// at a time, so that the processor can wait for four nodes at once.
func (t *Tree) walk(rows []float32, p int, visit func(i int, leaf int32)) {
	n := len(rows) / p
	i := 0
	for ; i+4 <= n; i += 4 {
		leaves := t.fourLeaves(rows[i*p:(i+4)*p], p)
		for j, l := range leaves {
			visit(i+j, l)
		}
	}
	for ; i < n; i++ {
		visit(i, t.leaf(0, rows[i*p:(i+1)*p]))
	}
}

// fourLeaves returns the leaves of four rows. Each goes on until the first of
// them is at its leaf, then one by one.
func (t *Tree) fourLeaves(rows []float32, p int) [4]int32 {
	var at [4]int32
	r0, r1, r2, r3 := rows[:p], rows[p:2*p], rows[2*p:3*p], rows[3*p:4*p]
	nodes := t.nodes
	for {
		n0, n1, n2, n3 := &nodes[at[0]], &nodes[at[1]], &nodes[at[2]], &nodes[at[3]]
		if n0.feature|n1.feature|n2.feature|n3.feature < 0 {
			break
		}
		at[0] = n0.next(at[0], r0)
		at[1] = n1.next(at[1], r1)
		at[2] = n2.next(at[2], r2)
		at[3] = n3.next(at[3], r3)
	}
	return [4]int32{t.leaf(at[0], r0), t.leaf(at[1], r1), t.leaf(at[2], r2), t.leaf(at[3], r3)}
}

// next returns the child of node i, which is n, that row goes to.
func (n *node) next(i int32, row []float32) int32 {
	i++
	if !(row[n.feature] <= n.threshold) {
		i = n.right
	}
	return i
}

// leaf returns the leaf below node i that row falls in.
func (t *Tree) leaf(i int32, row []float32) int32 {
	for {
		n := &t.nodes[i]
		if n.feature < 0 {
			return n.right
		}
		i = n.next(i, row)
	}
}
