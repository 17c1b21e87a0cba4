package boost

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// ensemble is what models of both tasks are.
type ensemble struct {
	settings
	columns int // p
	classes int // 0 for regression
	seed    uint64
	start   []float64 // the prediction before any tree, one for each tree of a round
	trees   []*tree   // round by round
	used    []used    // the columns that trees read, ascending
	levels  []used    // all category columns
	signs   []signed  // the columns that monotonic_cst names
	stopped bool      // rows were held back
}

// used is a column of the design matrix, with its number of categories, or 0.
type used struct{ index, levels int }

// signed is a column of the design matrix with its sign.
type signed struct {
	index int
	sign  int8
}

// Classifier predicts the class that is most likely.
type Classifier struct{ ensemble }

// Regressor predicts a number.
type Regressor struct{ ensemble }

// model returns the fitted model.
func (f *fit) model() learn.Model {
	e := f.out
	e.settings, e.columns, e.classes, e.seed = f.settings, f.data.X.Cols, f.data.Classes, f.data.Seed
	e.stopped = f.early(f.data.X.Rows)
	for k := range e.start {
		e.start[k] *= f.unit
	}
	at := 0
	for _, b := range f.data.X.Blocks {
		if b.Dense == nil && b.Levels > 0 {
			e.levels = append(e.levels, used{at, b.Levels})
		}
		at += b.Width
	}
	for _, col := range f.table.columns {
		if col.sign != 0 {
			e.signs = append(e.signs, signed{col.index, col.sign})
		}
	}
	slices.SortFunc(e.signs, func(a, b signed) int { return a.index - b.index })
	e.compact()
	if f.task == learn.Classification {
		return &Classifier{e}
	}
	return &Regressor{e}
}

// compact lists the columns that trees use, and has the trees refer to the list.
func (e *ensemble) compact() {
	place := make([]int32, e.columns)
	for _, t := range e.trees {
		for i := range t.nodes {
			if n := &t.nodes[i]; !n.isLeaf() {
				place[n.column()] = 1
			}
		}
	}
	levels := e.levels
	for j, reads := range place {
		col := used{index: j}
		if len(levels) > 0 && levels[0].index == j {
			col, levels = levels[0], levels[1:]
		}
		if reads == 1 {
			place[j] = int32(len(e.used))
			e.used = append(e.used, col)
		}
	}
	for _, t := range e.trees {
		for i := range t.nodes {
			if n := &t.nodes[i]; !n.isLeaf() {
				n.input += 2 * (place[n.column()] - int32(n.column()))
			}
		}
	}
}

// blockRows is how many rows go through one tree before the next tree's turn:
// few enough to stay in the fastest cache.
const blockRows = 64

// sum writes the summed values of each row into dst, len(start) numbers a row.
// Blocks of rows are shared out among the processors; a row's result does not
// depend on that.
func (e *ensemble) sum(X *frame.Matrix, dst []float64) {
	k, width := len(e.start), max(2*len(e.used), 1)
	from := e.sources(X)
	learn.Chunks(X.Rows, blockRows, func() func(lo, hi int) {
		rows := make([]uint64, min(blockRows, X.Rows)*width)
		return func(lo, hi int) {
			part := dst[lo*k : hi*k]
			for i := range part {
				part[i] = e.start[i%k]
			}
			rows := rows[:(hi-lo)*width]
			for u, s := range from {
				s.read(rows[2*u:], width, lo, hi)
			}
			for t, tree := range e.trees {
				tree.walk(part[t%k:], k, rows, width)
			}
		}
	})
}

// source is where a used column's values are in a design matrix.
type source struct {
	block  *frame.Block
	code   int32 // of a one-hot column
	levels int   // of a category column
}

// sources returns the sources of the used columns.
func (e *ensemble) sources(X *frame.Matrix) []source {
	out := make([]source, len(e.used))
	k, first := 0, 0
	for u, col := range e.used {
		for col.index >= first+X.Blocks[k].Width {
			first += X.Blocks[k].Width
			k++
		}
		out[u] = source{&X.Blocks[k], int32(col.index - first), col.levels}
	}
	return out
}

// read writes the two keys of each row from lo to hi into dst, a row every
// width keys.
func (s *source) read(dst []uint64, width, lo, hi int) {
	at := 0
	for i := lo; i < hi; i++ {
		x := s.value(i)
		under, over := key(x), key(x)
		switch {
		case s.levels > 0:
			under = missing
			if x >= 0 && x < float64(s.levels) {
				under = uint64(x)
			}
			under |= aCode
			over = under
		case x != x:
			under, over = belowAll, aboveAll
		}
		dst[at], dst[at+1] = under, over
		at += width
	}
}

// value returns row i's number, NaN where there is none.
func (s *source) value(i int) float64 {
	b := s.block
	switch {
	case b.Dense != nil:
		return b.Dense[i]
	case b.Levels > 0:
		if b.Codes[i] < 0 {
			return nan
		}
		return float64(b.Codes[i])
	case b.Codes[i] == s.code:
		return 1
	}
	return 0
}

// Importances returns each column's share of the summed gains of all splits.
func (e *ensemble) Importances() []float64 {
	out := make([]float64, e.columns)
	total := 0.0
	for _, t := range e.trees {
		inner := 0
		for i := range t.nodes {
			if n := &t.nodes[i]; !n.isLeaf() {
				out[e.used[n.column()].index] += float64(t.gains[inner])
				total += float64(t.gains[inner])
				inner++
			}
		}
	}
	for j := range out {
		if total > 0 {
			out[j] /= total
		}
	}
	return out
}
