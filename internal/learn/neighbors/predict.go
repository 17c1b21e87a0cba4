package neighbors

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// few is the number of rows up to which they are searched for one by one: it
// takes less time than building what makes a search fast.
const few = 8

// treeColumns is the number of columns up to which a tree skips enough rows to
// be faster than comparing all.
const treeColumns = 15

// each finds the neighbors of every row of X and hands them to use, sorted
// from the nearest on. newUse is called once for each goroutine.
func (m *model) each(X *frame.Matrix, newUse func() func(row int, best *nearest)) {
	t, X := m.match(X)
	find := t.finder(m.power, m.k, X.Rows)
	learn.Chunks(X.Rows, batchRows, func() func(lo, hi int) {
		use, search := newUse(), find()
		size := min(batchRows, X.Rows)
		dense, codes := make([]float64, size*t.numbers), make([]int32, size*t.groups)
		queries, best := make([]query, size), make([]*nearest, size)
		for i := range queries {
			queries[i] = query{dense[i*t.numbers:][:t.numbers], codes[i*t.groups:][:t.groups]}
			best[i] = newNearest(m.k)
		}
		return func(lo, hi int) {
			n := hi - lo
			X.Gather(dense[:n*t.numbers], codes[:n*t.groups], lo, hi)
			for _, b := range best {
				b.reset()
			}
			search(queries[:n], best[:n])
			for i, b := range best[:n] {
				b.sort()
				use(lo+i, b)
			}
		}
	})
}

// finder returns how to search for the neighbors of n rows, a new function for
// each goroutine.
func (t *table) finder(power, k, n int) func() func([]query, []*nearest) {
	switch {
	case n > few && t.numbers > 0 && (power == 1 || t.numbers <= treeColumns):
		tree := t.tree()
		return func() func([]query, []*nearest) {
			s := &search{tree: tree, power: power, off: make([]float64, t.numbers)}
			return func(queries []query, best []*nearest) {
				for i, q := range queries {
					tree.find(s, q, best[i])
				}
			}
		}
	case n > few && t.numbers > 0:
		blocks := t.blocks()
		return func() func([]query, []*nearest) {
			s := new(batch)
			return func(queries []query, best []*nearest) {
				blocks.load(s, power, queries, best)
				blocks.find(s)
			}
		}
	}
	return func() func([]query, []*nearest) {
		return func(queries []query, best []*nearest) {
			for i, q := range queries {
				t.scan(power, q, best[i])
			}
		}
	}
}
