package recipe

import (
	"slices"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
)

// op is one fitted operation on one column. Its arithmetic is that of the
// scikit-learn class it is written as. An op that is no numberOp is a shaper.
type op interface {
	// apply transforms v in place and notes in seen what it met. It returns an
	// error only for a number that leaves the range of float64.
	apply(v *values, seen *Seen) error
	// like is equal for operations that one scikit-learn transformer can hold.
	like() string
	// sklearn returns the transformer for the same operation on several
	// columns, all alike.
	sklearn(columns []op) *pickle.Object
	// append writes the operation behind its tag; see binary.go.
	append(b []byte) []byte

	step() string                   // the name of its step in the catalog
	word() string                   // what a branch's name calls it; may be empty
	describe() (text, value string) // see Learned; may be empty
}

// shaper is an op that changes what a column holds, or what may be missing.
type shaper interface {
	op
	// after returns what the operation leaves of what it is given, and whether
	// it can take that and its stored numbers are such that apply may use them.
	after(s shape) (shape, bool)
}

// namer is an op that makes of a column several, or another one: suffixes are
// what is added to the column's name, "" for nothing.
type namer interface {
	op
	suffixes() []string
}

// staged is an op that takes several transformers, one after the other, and
// hands on an array. names are those of the columns that the first gets, nil
// where it gets an array; the op sets them itself.
type staged interface {
	op
	stages(columns []op, names []string) []*pickle.Object
}

// loner is an op whose columns do not stand in the order of its inputs when
// scikit-learn applies it to several: each input gets a branch of its own.
type loner interface {
	op
	alone()
}

// shape is what a column is at some point on its way, as far as it is known
// without its values.
type shape struct {
	holds Holds
	holes bool // values may be missing
	width int  // number of columns
}

// afterOp returns the shape that o leaves, and whether it can take s.
func afterOp(o op, s shape) (shape, bool) {
	switch o := o.(type) {
	case shaper:
		return o.after(s)
	case numberOp:
		return s, s.holds == Numbers && o.sound()
	}
	return s, false
}

// values are a column's values on their way through its operations.
type values struct {
	holds Holds
	num   []float64   // Numbers and Dates; NaN is missing
	own   bool        // num, codes and cols may be written to
	texts             // Texts; as Indicators, codes are columns; as Codes, categories
	width int         // number of Indicators, or of the categories of Codes
	cols  [][]float64 // Several
}

func (v *values) numbers(num []float64) {
	*v = values{holds: Numbers, num: num, own: true}
}

// several makes v dense columns, one or more, which it keeps.
func (v *values) several(cols [][]float64) {
	*v = values{holds: Several, cols: cols, own: true}
}

// len returns the number of rows.
func (v *values) len() int {
	switch v.holds {
	case Numbers, Dates:
		return len(v.num)
	case Several:
		return len(v.cols[0])
	}
	return len(v.codes)
}

// blocks returns the columns of a matrix.
func (v *values) blocks() []frame.Block {
	switch v.holds {
	case Indicators:
		return []frame.Block{{Codes: v.codes, Width: v.width}}
	case Codes:
		return []frame.Block{{Codes: v.codes, Levels: v.width}}
	case Several:
		blocks := make([]frame.Block, len(v.cols))
		for i, c := range v.cols {
			blocks[i].Dense = c
		}
		return blocks
	}
	return []frame.Block{{Dense: v.num}}
}

// Seen counts what the transformed rows held in a column that training rows
// did not prepare for. Columns without such values have no Seen.
type Seen struct {
	Column  string   `json:"column"`
	Missing int      `json:"missing"` // rows without a value
	Filled  bool     `json:"filled"`  // missing values were filled in; else they count as no category
	Unseen  int      `json:"unseen"`  // rows with a category that no training row has
	Values  []string `json:"values"`  // the first few such categories
}

// maxSeenValues bounds Seen.Values.
const maxSeenValues = 5

// constant reports whether no two rows differ.
func (v *values) constant() bool {
	switch v.holds {
	case Numbers, Dates:
		return same(v.num)
	case Several:
		return !slices.ContainsFunc(v.cols, func(c []float64) bool { return !same(c) })
	}
	return len(v.codes) == 0 || !slices.ContainsFunc(v.codes, func(c int32) bool { return c != v.codes[0] })
}

// same reports whether all numbers are equal, or all are missing.
func same(num []float64) bool {
	return len(num) == 0 || !slices.ContainsFunc(num, func(x float64) bool { return x != num[0] && (x == x || num[0] == num[0]) })
}
