package tree

import (
	"math"
	"math/bits"
)

// Walker walks many rows down one tree after the other. Its buffers are used
// again for each; the zero Walker is ready. It is not for several goroutines.
type Walker struct {
	nodes  []uint64 // packed
	ends   []int32  // of each node, what a row that ends there adds; inner if none does
	leaves []int32  // the nodes that are leaves, and room for one more

	// Of the rows that have not ended: their numbers, the nodes they are at,
	// and where their keys start.
	order, at, bases []int32
	reached          []int32 // of each row, the end
}

// inner is the end of nodes that are not leaves.
const inner = math.MinInt32

// Rows go down so many nodes at a time; then those at a leaf are left out.
const firstSteps, moreSteps = 8, 4

// lanes is how many rows go down side by side.
const lanes = 32

// AddProba adds to dst the class fractions of the leaf that each row falls in,
// k numbers a row. rows holds the Keys of whole rows of p columns, one row
// after the other.
func (w *Walker) AddProba(t *Tree, dst []float64, rows []int32, p int) {
	k := t.Classes
	w.walk(t, len(dst)/k, rows, p)
	for i, end := range w.reached {
		if end >= 0 {
			dst[i*k+int(end)]++
			continue
		}
		t.addProba(dst[i*k:i*k+k], ^end)
	}
}

// AddValue adds to dst the value of the leaf that each row falls in. rows are
// as AddProba takes them.
func (w *Walker) AddValue(t *Tree, dst []float64, rows []int32, p int) {
	w.walk(t, len(dst), rows, p)
	for i, l := range w.reached {
		dst[i] += t.value[l]
	}
}

// walk finds the ends of n rows.
func (w *Walker) walk(t *Tree, n int, rows []int32, p int) {
	w.reached = room(w.reached, n)
	width := bits.Len(uint(p - 1)) // of a column's number
	if n < lanes || len(t.nodes) > lanes*n || len(t.nodes) > 1<<(32-width) || len(rows) > math.MaxInt32 {
		t.leaves(w.reached, rows, p)
		for i, l := range w.reached {
			w.reached[i] = t.end(l)
		}
		return
	}
	w.pack(t, width)
	w.start(n, p)
	for steps := firstSteps; n > 0; steps = moreSteps {
		whole := (n + lanes - 1) / lanes * lanes
		descend(w.nodes, rows, w.at[:whole], w.bases[:whole], width, steps)
		n = w.keep(n)
	}
}

// end returns what a row in leaf l adds: of numbers, the value of l; of
// classes, one of the class that all of l is, or else, as ^l, l's fractions.
func (t *Tree) end(l int32) int32 {
	if t.Classes == 0 {
		return l
	}
	if from := t.from[l]; t.from[l+1]-from == 1 {
		return int32(t.counts[from].class)
	}
	return ^l
}

// pack fills w.nodes and w.ends. A packed node has the key in its lower half,
// above it the column, of so many bits, and then the right child. Leaves ask
// for any column and lead to themselves.
func (w *Walker) pack(t *Tree, width int) {
	n := len(t.nodes)
	w.nodes, w.ends, w.leaves = room(w.nodes, n), room(w.ends, n), room(w.leaves, t.Leaves()+1)
	nodes, ends, found := w.nodes, w.ends, 0
	for i := range t.nodes {
		n := &t.nodes[i]
		right := uint32(n.right)<<width | uint32(n.column())
		nodes[i] = uint64(right)<<32 | uint64(uint32(n.key))
		ends[i] = inner
		w.leaves[found] = int32(i) // no jump: leaves come as they like
		found += int(uint32(n.feature) >> 31)
	}
	for _, id := range w.leaves[:found] {
		ends[id] = t.end(t.nodes[id].leaf())
	}
}

// start puts n rows of p columns at the root. What lanes are too many have the
// first row.
func (w *Walker) start(n, p int) {
	whole := (n + lanes - 1) / lanes * lanes
	w.order, w.at, w.bases = room(w.order, n), room(w.at, whole), room(w.bases, whole)
	clear(w.at)
	clear(w.bases[n:])
	for i := range w.order {
		w.order[i], w.bases[i] = int32(i), int32(i*p)
	}
}

// keep notes the ends of the first n rows that go down, moves those that have
// none yet to the front, and returns how many they are. It takes no jump.
func (w *Walker) keep(n int) int {
	m := 0
	order, at, bases := w.order[:n], w.at[:n], w.bases[:n]
	for i, row := range order {
		id, base := at[i], bases[i]
		end := w.ends[id]
		w.reached[row] = end
		order[m], at[m], bases[m] = row, id, base
		goes := 0
		if end == inner {
			goes = 1
		}
		m += goes
	}
	return m
}

// room returns a slice of n items, s's own if it has as many.
func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// descendPlain takes every row so many packed nodes down. keys holds the keys of
// all rows; a row is the node it is at and where its keys start.
func descendPlain(nodes []uint64, keys, at, bases []int32, width, steps int) {
	mask := uint32(1)<<width - 1
	bases = bases[:len(at)]
	for i := 0; i+4 <= len(at); i += 4 {
		rows, from := (*[4]int32)(at[i:]), (*[4]int32)(bases[i:])
		for range steps {
			for j, id := range rows {
				n := nodes[id]
				right := uint32(n >> 32)
				x := keys[from[j]+int32(right&mask)]
				above := int32((int64(int32(n)) - int64(x)) >> 63) // all ones if x is
				rows[j] = id + 1 + (int32(right>>width)-id-1)&above
			}
		}
	}
}
