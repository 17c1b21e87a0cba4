package recipe

import (
	"slices"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
)

// matrixOp is one fitted operation on prepared columns, all that it is given.
type matrixOp interface {
	// apply returns the operation's columns of x, which it leaves as it is.
	apply(x *frame.Matrix) (*frame.Matrix, error)
	// width returns how many columns it makes of so many, and whether it can
	// take those and its stored numbers are sound.
	width(in int) (out int, ok bool)
	// names and origin are those of the columns it makes.
	names(in []string) []string
	origin(in [][]int) [][]int
	// sklearn returns the transformer, but for n_features_in_.
	sklearn() *pickle.Object
	append(b []byte) []byte

	step() string
	describe(names []string) Learned
}

// matrixStep is an operation on some prepared columns. What it makes of them
// stands first, and after it the columns that have no part.
type matrixStep struct {
	op      matrixOp
	columns []int // ascending; nil is all
}

// split returns the columns that take part, and those that do not.
func (m matrixStep) split(width int) (in, out []int) {
	for j := range width {
		if _, found := slices.BinarySearch(m.columns, j); found {
			in = append(in, j)
		} else {
			out = append(out, j)
		}
	}
	return in, out
}

func (m matrixStep) apply(x *frame.Matrix) (*frame.Matrix, error) {
	if m.columns == nil {
		return m.op.apply(x)
	}
	in, out := m.split(x.Cols)
	y, err := m.op.apply(columnsOf(x, in))
	if err != nil {
		return nil, err
	}
	return frame.NewMatrix(x.Rows, slices.Concat(y.Blocks, columnsOf(x, out).Blocks)...), nil
}

func (m matrixStep) width(width int) (int, bool) {
	if m.columns == nil {
		return m.op.width(width)
	}
	n := len(m.columns)
	if n == 0 || m.columns[n-1] >= width || !slices.IsSorted(m.columns) || len(slices.Compact(slices.Clone(m.columns))) != n {
		return 0, false
	}
	made, ok := m.op.width(n)
	return made + width - n, ok
}

func (m matrixStep) names(names []string) []string {
	if m.columns == nil {
		return m.op.names(names)
	}
	in, out := m.split(len(names))
	return append(m.op.names(chosen(names, in)), chosen(names, out)...)
}

func (m matrixStep) origin(origin [][]int) [][]int {
	if m.columns == nil {
		return m.op.origin(origin)
	}
	in, out := m.split(len(origin))
	return append(m.op.origin(chosen(origin, in)), chosen(origin, out)...)
}

func (m matrixStep) describe(names []string) Learned {
	if m.columns == nil {
		return m.op.describe(names)
	}
	return m.op.describe(chosen(names, m.columns))
}

func (m matrixStep) sklearn(width int) *pickle.Object {
	if m.columns == nil {
		return m.op.sklearn().Set(pickle.Attr{Name: "n_features_in_", Value: width})
	}
	in, out := m.split(width)
	c := columnTransformer{width: width}
	made, _ := m.op.width(len(in))
	c.add(m.op.step(), m.op.sklearn().Set(pickle.Attr{Name: "n_features_in_", Value: len(in)}), in, made)
	if len(out) > 0 {
		c.add("as_is", function(nil, nil).Set(pickle.Attr{Name: "n_features_in_", Value: len(out)}), out, len(out))
	}
	return c.object()
}

func (m matrixStep) append(b []byte) []byte {
	b = append(b, byte(indicator(m.columns != nil)))
	if m.columns != nil {
		b = appendCount(b, len(m.columns))
		for _, j := range m.columns {
			b = appendCount(b, j)
		}
	}
	return m.op.append(b)
}

func (r *reader) matrixStep() matrixStep {
	var m matrixStep
	if r.byte() != 0 {
		m.columns = []int{}
		for range r.length() {
			m.columns = append(m.columns, r.rows())
		}
	}
	if r.err == nil {
		m.op = r.matrixOp()
	}
	return m
}

// chosen returns the elements at the given places.
func chosen[T any](list []T, places []int) []T {
	out := make([]T, len(places))
	for i, j := range places {
		out[i] = list[j]
	}
	return out
}

// columnsOf returns the given columns of x, ascending, as a matrix. Of a
// one-hot group it keeps codes; what it can it shares with x.
func columnsOf(x *frame.Matrix, columns []int) *frame.Matrix {
	var blocks []frame.Block
	first := 0
	for _, b := range x.Blocks {
		var here []int
		for len(columns) > 0 && columns[0] < first+b.Width {
			here, columns = append(here, columns[0]-first), columns[1:]
		}
		first += b.Width
		switch {
		case len(here) == 0:
		case len(here) == b.Width:
			blocks = append(blocks, b)
		default:
			blocks = append(blocks, partOfGroup(b, here))
		}
	}
	return frame.NewMatrix(x.Rows, blocks...)
}

// partOfGroup returns some columns of a one-hot group.
func partOfGroup(b frame.Block, columns []int) frame.Block {
	table := make([]int32, b.Width)
	for j := range table {
		table[j] = -1
	}
	for k, j := range columns {
		table[j] = int32(k)
	}
	out := frame.Block{Codes: make([]int32, len(b.Codes)), Width: len(columns)}
	for i, c := range b.Codes {
		if out.Codes[i] = -1; c >= 0 {
			out.Codes[i] = table[c]
		}
	}
	return out
}

// unionOf returns all that the columns are made of.
func unionOf(origin [][]int) []int {
	var all []int
	for _, from := range origin {
		all = append(all, from...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
