package recipe

import (
	"context"
	"runtime"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Fitted is a recipe that has learned: it turns raw columns, found by name,
// into an n×p matrix of finite numbers, or where it is Native of numbers and
// categories that may be missing. It is immutable.
type Fitted struct {
	rows   int // training rows it learned from
	native bool
	inputs []Input
	left   []Left
	joints []jointOp
	matrix []matrixStep
	told   []Learned // of steps on training rows alone

	// What follows from the above; see index.
	strands []strand
	first   []int // the strand of each input, before its sides
	order   []int // of strands, as their columns stand in the matrix
	names   []string
	origin  [][]int
}

// index works out what follows from the stored parts.
func (t *Fitted) index() {
	t.strands, t.first = strandsOf(t.inputs), nil
	for i, s := range t.strands {
		if len(t.first) == s.input {
			t.first = append(t.first, i)
		}
	}
	t.order = orderOf(t.items())
	t.names, t.origin = nil, nil
	for _, s := range t.order {
		for _, name := range t.strands[s].names {
			t.names = append(t.names, name)
			t.origin = append(t.origin, []int{t.strands[s].input})
		}
	}
	for _, m := range t.matrix {
		t.names, t.origin = m.names(t.names), m.origin(t.origin)
	}
}

// items returns all strands from their beginning.
func (t *Fitted) items() []item {
	items := make([]item, len(t.strands))
	for i, s := range t.strands {
		in := t.inputs[s.input]
		items[i] = item{strand: i, column: s.input, width: len(s.names), source: in.source, changes: in.changes, ops: s.ops}
	}
	return items
}

// Rows returns how many training rows the recipe learned from.
func (t *Fitted) Rows() int { return t.rows }

// Native reports whether the matrix may hold missing numbers, and blocks of
// categories.
func (t *Fitted) Native() bool { return t.native }

// Inputs returns the raw columns that are read, in the order of the features.
func (t *Fitted) Inputs() []Input { return t.inputs }

// Left returns the features that are not used: a step leaves them out, or no
// training row has a value in them.
func (t *Fitted) Left() []Left { return t.left }

// Names returns the names of the p matrix columns: a raw column's own, or with
// what it became added, as in column_category.
func (t *Fitted) Names() []string { return t.names }

// Origin returns, for each of the p matrix columns, which of Inputs it is made
// from: one or more, ascending.
func (t *Fitted) Origin() [][]int { return t.origin }

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
	workers := 1
	if n*len(t.inputs) >= manyCells {
		workers = runtime.GOMAXPROCS(0)
	}
	r := running{Fitted: t, v: make([]values, len(t.inputs)), next: make([]int, len(t.inputs)),
		seen: make([]Seen, len(t.inputs)), blocks: make([][]frame.Block, len(t.strands))}
	err := parallel(len(t.inputs), workers, func(i int) error {
		r.seen[i].Column = t.inputs[i].Name
		var err error
		r.v[i], err = t.inputs[i].read(columns[i], rows)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if err := r.all(workers); err != nil {
		return nil, nil, err
	}
	x := r.joined(n)
	for _, m := range t.matrix {
		if x, err = m.apply(x); err != nil {
			return nil, nil, err
		}
	}
	seen := slices.DeleteFunc(r.seen, func(s Seen) bool { return s.Missing <= 0 && s.Unseen == 0 })
	if len(seen) == 0 {
		seen = nil
	}
	return x, seen, nil
}

// manyCells is from how many cells on columns are transformed side by side.
const manyCells = 1 << 16

// running is a transformation on its way.
type running struct {
	*Fitted
	v      []values // of each input
	next   []int    // the operation that each input comes to
	seen   []Seen
	blocks [][]frame.Block // of each strand that has arrived
}

// all takes each input through its operations, and meets where they are joint.
func (r *running) all(workers int) error {
	for group := 0; ; group++ {
		err := parallel(len(r.inputs), workers, func(i int) error { return r.advance(i, group) })
		if err != nil || group == len(r.joints) {
			return err
		}
		if err := r.meet(group, workers); err != nil {
			return err
		}
	}
}

// advance takes an input to its end or to the next joint operation, where it
// waits for its group: those before group have met.
func (r *running) advance(i, group int) error {
	in := r.inputs[i]
	if r.blocks[r.first[i]] != nil {
		return nil
	}
	if k := r.next[i]; k > 0 {
		if m, joint := in.ops[k-1].(*member); joint && m.group >= group {
			return nil
		}
	}
	for {
		k := r.next[i]
		for j, s := range in.sides {
			if s.after != k {
				continue
			}
			if err := r.sideways(i, j); err != nil {
				return err
			}
		}
		if k == len(in.ops) {
			r.blocks[r.first[i]] = r.v[i].blocks()
			return nil
		}
		if _, joint := in.ops[k].(*member); joint {
			r.next[i] = k + 1
			return nil
		}
		if err := in.ops[k].apply(&r.v[i], &r.seen[i]); err != nil {
			return err
		}
		r.next[i] = k + 1
	}
}

// sideways takes a side of an input to its end. What it meets its input has
// met too.
func (r *running) sideways(i, j int) error {
	s := r.inputs[i].sides[j]
	r.v[i].own = false
	v := r.v[i]
	for _, o := range s.ops {
		if err := o.apply(&v, &Seen{Column: r.inputs[i].Name}); err != nil {
			return err
		}
	}
	r.blocks[r.first[i]+1+j] = v.blocks()
	return nil
}

// meet does a joint operation.
func (r *running) meet(group, workers int) error {
	n := r.joints[group].members()
	v, seen := make([]*values, n), make([]*Seen, n)
	for i, in := range r.inputs {
		if k := r.next[i] - 1; k >= 0 && k < len(in.ops) {
			if m, ok := in.ops[k].(*member); ok && m.group == group {
				v[m.at], seen[m.at] = &r.v[i], &r.seen[i]
			}
		}
	}
	return r.joints[group].applyAll(context.Background(), workers, v, seen)
}

// joined returns the matrix of all strands.
func (r *running) joined(n int) *frame.Matrix {
	var blocks []frame.Block
	for _, s := range r.order {
		blocks = append(blocks, r.blocks[s]...)
	}
	return frame.NewMatrix(n, blocks...)
}
