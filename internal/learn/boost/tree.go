package boost

import "math"

// tree is one fitted tree, its nodes in depth-first order, the root first: an
// inner node's left child follows it.
type tree struct {
	nodes  []treeNode
	sets   []bitset  // of the nodes that split categories: those that go left
	values []float64 // of each leaf, learning rate included
	counts []uint32  // training rows of each leaf
	gains  []float32 // of each inner node, in order
}

// treeNode is an inner node or a leaf. A walk may go on from a leaf: any key
// is above its own, and its right child is itself.
type treeNode struct {
	key   uint64 // a row goes left if its number's key is at most this; of categories: which set
	input int32  // where a row's number stands; of leaf l: -1-l
	right int32
}

// A row is walked as two keys for each column that trees use: with missing
// values below all numbers, and above all. Which one a node reads says where it
// sends them. A category is its code, and missing where there is none.
const (
	belowAll = 1              // below the key of any number
	aboveAll = math.MaxUint64 // and above
	splitNaN = aboveAll - 1   // the key between numbers and missing values
	setBit   = 1 << 30        // of a node's input: it splits categories
	aCode    = 1 << 32        // of a category's key, which is its code otherwise: above a leaf's, as all keys
)

func (n *treeNode) isLeaf() bool   { return n.input < 0 }
func (n *treeNode) leaf() int32    { return ^n.input }
func (n *treeNode) isSet() bool    { return n.input >= 0 && n.input&setBit != 0 }
func (n *treeNode) column() int    { return int(n.input&^setBit) / 2 }
func (n *treeNode) set() int       { return int(n.key) }
func (n *treeNode) lostLeft() bool { return n.input&1 == 0 }

// addLeaf appends a leaf.
func (t *tree) addLeaf(value float64, count uint32) {
	t.nodes = append(t.nodes, treeNode{input: ^int32(len(t.values)), right: int32(len(t.nodes))})
	t.values = append(t.values, value)
	t.counts = append(t.counts, count)
}

// addInner appends an inner node, whose right child is still to be set, and
// returns its index. set is of a node that splits categories.
func (t *tree) addInner(column int, key uint64, set *bitset, lostLeft bool, gain float32) int {
	n := treeNode{key: key, input: int32(2 * column)}
	if !lostLeft {
		n.input++
	}
	if set != nil {
		set.remove(missing)
		if lostLeft {
			set.add(missing)
		}
		n.key, n.input = uint64(len(t.sets)), n.input|setBit
		t.sets = append(t.sets, *set)
	}
	t.nodes = append(t.nodes, n)
	t.gains = append(t.gains, gain)
	return len(t.nodes) - 1
}

// newTree makes a tree of what a grower grew; leaf values are multiplied by
// unit. Its columns are those of the design matrix.
func newTree(tb *table, root *node, unit float64) *tree {
	t := new(tree)
	var add func(nd *node)
	add = func(nd *node) {
		if nd.left == nil {
			t.addLeaf(nd.value*unit, uint32(len(nd.rows)))
			return
		}
		s := &nd.split
		col := &tb.columns[s.column]
		var set *bitset
		var at uint64
		switch {
		case col.kind == category:
			set = &s.set // missing values may have no support and yet follow the most rows
		case int(s.bin) < len(col.thresholds):
			at = key(col.thresholds[s.bin])
		default:
			at = splitNaN
		}
		id := t.addInner(col.index, at, set, s.missingLeft, float32(s.gain))
		add(nd.left)
		t.nodes[id].right = int32(len(t.nodes))
		add(nd.right)
	}
	add(root)
	return t
}

// walk adds the values of the leaves that rows fall in to dst, of which row i's
// place is i·stride. rows holds width numbers a row. Four rows are walked at a
// time, so that the processor waits for four nodes at once.
func (t *tree) walk(dst []float64, stride int, rows []uint64, width int) {
	n := len(rows) / width
	i := 0
	for ; i+4 <= n; i += 4 {
		var leaves [4]int32
		if len(t.sets) == 0 {
			leaves = t.fourLeaves(rows[i*width:(i+4)*width], width)
		} else {
			leaves = t.fourOfSets(rows[i*width:(i+4)*width], width)
		}
		dst[i*stride] += t.values[leaves[0]]
		dst[(i+1)*stride] += t.values[leaves[1]]
		dst[(i+2)*stride] += t.values[leaves[2]]
		dst[(i+3)*stride] += t.values[leaves[3]]
	}
	for ; i < n; i++ {
		dst[i*stride] += t.values[t.leafOf(rows[i*width:(i+1)*width])]
	}
}

// fourLeaves walks four rows down a tree that splits no categories. Rows that
// are at their leaf stay there.
func (t *tree) fourLeaves(rows []uint64, width int) [4]int32 {
	nodes := t.nodes
	var i0, i1, i2, i3 int32
	for {
		n0, n1, n2, n3 := &nodes[i0], &nodes[i1], &nodes[i2], &nodes[i3]
		if n0.input&n1.input&n2.input&n3.input < 0 {
			return [4]int32{n0.leaf(), n1.leaf(), n2.leaf(), n3.leaf()}
		}
		i0 = n0.next(i0, rows[n0.at()])
		i1 = n1.next(i1, rows[width+n1.at()])
		i2 = n2.next(i2, rows[2*width+n2.at()])
		i3 = n3.next(i3, rows[3*width+n3.at()])
	}
}

// fourOfSets is fourLeaves for any tree.
func (t *tree) fourOfSets(rows []uint64, width int) [4]int32 {
	nodes := t.nodes
	var i0, i1, i2, i3 int32
	for {
		n0, n1, n2, n3 := &nodes[i0], &nodes[i1], &nodes[i2], &nodes[i3]
		if n0.input&n1.input&n2.input&n3.input < 0 {
			return [4]int32{n0.leaf(), n1.leaf(), n2.leaf(), n3.leaf()}
		}
		i0 = n0.nextOf(t.sets, i0, rows[n0.at()&^setBit])
		i1 = n1.nextOf(t.sets, i1, rows[width+n1.at()&^setBit])
		i2 = n2.nextOf(t.sets, i2, rows[2*width+n2.at()&^setBit])
		i3 = n3.nextOf(t.sets, i3, rows[3*width+n3.at()&^setBit])
	}
}

// at returns the place of the key that n reads, and any if it is a leaf.
func (n *treeNode) at() int { return int(n.input &^ (n.input >> 31)) }

// next returns the child of node i, which is n, that a key goes to. No branch
// depends on it.
func (n *treeNode) next(i int32, x uint64) int32 {
	left := i + 1
	return left + (n.right-left)&-int32(below(n.key, x))
}

// nextOf is next for nodes of any kind: it looks both at the key and into a
// set, and takes what counts.
func (n *treeNode) nextOf(sets []bitset, i int32, x uint64) int32 {
	isSet := uint64(n.input>>30&^(n.input>>31)) & 1
	inSet := sets[n.key&-isSet][x>>6&3] >> (x & 63)
	goes := below(n.key, x)&^isSet | isSet&^inSet
	left := i + 1
	return left + (n.right-left)&-int32(goes)
}

// leafOf returns the leaf that one row falls in.
func (t *tree) leafOf(row []uint64) int32 {
	i := int32(0)
	for {
		n := &t.nodes[i]
		switch {
		case n.input < 0:
			return n.leaf()
		case n.input&setBit == 0:
			i = n.next(i, row[n.input])
		case t.sets[n.set()].has(uint8(row[n.input&^setBit])):
			i++
		default:
			i = n.right
		}
	}
}
