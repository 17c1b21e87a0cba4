package recipe

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Fitted is a recipe that has learned: it turns raw columns, found by name,
// into an n×p matrix of finite numbers. It is immutable.
type Fitted struct {
	rows     int // training rows it learned from
	inputs   []Input
	left     []Left
	branches []branch
}

// Input is a raw column that a fitted recipe reads.
type Input struct {
	Name string
	Kind frame.Kind

	// Levels are the categories met in training rows, as text, where the
	// column is encoded; nil where it is used as a number.
	Levels []string

	// DType is what pandas.read_csv must be told about the column, "str", or
	// empty where it finds the right type by itself.
	DType string

	source source
	ops    []op
}

// branch is a group of inputs that go through operations alike, and so through
// one branch of scikit-learn's ColumnTransformer. A matrix has its columns in
// the order of the branches.
type branch struct {
	inputs []int
	name   string
}

func newInput(raw *frame.Column, c *Column) Input {
	in := Input{Name: raw.Name, Kind: raw.Kind, source: c.source, ops: c.ops}
	_, in.DType = sourceOf(raw)
	in.Levels = levelsOf(c.ops)
	return in
}

// levelsOf returns the categories that the operations tell apart.
func levelsOf(ops []op) []string {
	var levels []string
	for _, o := range ops {
		switch o := o.(type) {
		case *oneHot:
			if !o.fixed {
				levels = o.cats.labels()
			}
		case *ordinal:
			levels = o.cats.labels()
		}
	}
	return levels
}

// like is equal for inputs that go through one branch.
func (in Input) like() string {
	key := ""
	for _, o := range in.ops {
		key += o.like() + ";"
	}
	return key
}

// group forms the branches, in the order of their first input.
func (t *Fitted) group() {
	at := map[string]int{}
	names := map[string]int{}
	for i, in := range t.inputs {
		key := in.like()
		b, ok := at[key]
		if !ok {
			b = len(t.branches)
			at[key] = b
			t.branches = append(t.branches, branch{name: branchName(in.ops, names)})
		}
		t.branches[b].inputs = append(t.branches[b].inputs, i)
	}
}

// Rows returns how many training rows the recipe learned from.
func (t *Fitted) Rows() int { return t.rows }

// Inputs returns the raw columns that are read, in the order of the features.
func (t *Fitted) Inputs() []Input { return t.inputs }

// Left returns the features that are not used, because no training row has a
// value in them.
func (t *Fitted) Left() []Left { return t.left }

// Names returns the names of the p matrix columns: a raw column's own, or
// column_category where it is one-hot encoded.
func (t *Fitted) Names() []string {
	var names []string
	t.outputs(func(in Input, label string) {
		if label == "" {
			names = append(names, in.Name)
		} else {
			names = append(names, in.Name+"_"+label)
		}
	})
	return names
}

// Origin returns, for each of the p matrix columns, which of Inputs it is made
// from.
func (t *Fitted) Origin() []int {
	var origin []int
	for _, b := range t.branches {
		for _, i := range b.inputs {
			for range t.inputs[i].width() {
				origin = append(origin, i)
			}
		}
	}
	return origin
}

// outputs calls f for each matrix column.
func (t *Fitted) outputs(f func(in Input, label string)) {
	for _, b := range t.branches {
		for _, i := range b.inputs {
			in := t.inputs[i]
			o, ok := in.oneHot()
			if !ok {
				f(in, "")
				continue
			}
			for _, l := range o.labels() {
				f(in, l)
			}
		}
	}
}

func (in Input) oneHot() (*oneHot, bool) {
	if len(in.ops) == 0 {
		return nil, false
	}
	o, ok := in.ops[len(in.ops)-1].(*oneHot)
	return o, ok
}

// width returns how many matrix columns the input becomes.
func (in Input) width() int {
	if o, ok := in.oneHot(); ok {
		return o.size()
	}
	return 1
}

// Transform returns the n×p matrix of the given rows of f, nil meaning all,
// and what it met in them that training rows did not have. f's columns may
// stand in any order and may be more than are read. It returns a
// *problem.Error that names all columns that are missing, or the first that
// holds what cannot be read as its type. Dense columns that need no change
// share f's memory.
func (t *Fitted) Transform(f *frame.Frame, rows []int) (*frame.Matrix, []Seen, error) {
	columns := make([]*frame.Column, len(t.inputs))
	at := byName(f)
	var missing []string
	for i, in := range t.inputs {
		if columns[i] = at[in.Name]; columns[i] == nil {
			missing = append(missing, in.Name)
		}
	}
	if len(missing) == 1 {
		return nil, nil, problem.Column(missing[0], "The column %s is missing.", missing[0]).
			WithHint("The model needs each column it was trained on.")
	} else if len(missing) > 1 {
		return nil, nil, problem.Column(missing[0], "%d columns are missing: %s.", len(missing), listed(missing)).
			WithHint("The model needs each column it was trained on.")
	}
	n := f.Rows
	if rows != nil {
		n = len(rows)
	}
	all := make([]Seen, len(t.inputs))
	blocks := make([]frame.Block, 0, len(t.inputs))
	for _, b := range t.branches {
		for _, i := range b.inputs {
			block, err := t.inputs[i].transform(columns[i], rows, &all[i])
			if err != nil {
				return nil, nil, err
			}
			blocks = append(blocks, block)
		}
	}
	var seen []Seen
	for _, s := range all {
		if s.Missing > 0 || s.Unseen > 0 {
			seen = append(seen, s)
		}
	}
	return frame.NewMatrix(n, blocks...), seen, nil
}

func (in Input) transform(c *frame.Column, rows []int, seen *Seen) (frame.Block, error) {
	seen.Column = in.Name
	num, txt, err := in.source.load(c, rows)
	if err != nil {
		return frame.Block{}, err
	}
	v := values{num: num, own: rows != nil, texts: txt}
	if in.source == numberSource {
		v.holds = Numbers
	}
	for _, o := range in.ops {
		if err := o.apply(&v, seen); err != nil {
			return frame.Block{}, err
		}
	}
	return v.block(), nil
}
