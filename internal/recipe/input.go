package recipe

import (
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Input is a raw column that a fitted recipe reads.
type Input struct {
	Name string
	Kind frame.Kind // as it was in training, before steps changed how it is read

	// Levels are the categories met in training rows, as text, where the
	// column is encoded; nil where it is used as a number.
	Levels []string

	// DType is what pandas.read_csv must be told about the column, "str", or
	// empty where it finds the right type by itself.
	DType string

	source  source // how pandas reads it
	changes []Change
	ops     []op
	sides   []side
}

// side is what a column becomes besides itself: after some of the column's
// operations it goes a way of its own.
type side struct {
	after int // how many of the column's operations come first
	ops   []op
}

func newInput(c *Column) Input {
	in := Input{Name: c.Name, Kind: c.file.Kind, source: c.pandas, changes: c.changes, ops: c.ops}
	for _, a := range c.aside {
		in.sides = append(in.sides, a.side)
	}
	_, in.DType = sourceOf(c.file)
	in.Levels = levelsOf(c.ops)
	return in
}

// DayFirst reports whether 01/02/2024 is in February in a column of dates.
func (in Input) DayFirst() bool {
	for _, o := range in.ops {
		if d, ok := o.(*dates); ok {
			day, month := strings.Index(d.style.Format, "%d"), strings.Index(d.style.Format, "%m")
			return d.style.DayFirst || day >= 0 && day < month
		}
	}
	return false
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
		case *native:
			levels = o.cats.labels()
		case *targetEncode:
			levels = o.cats.labels()
		}
	}
	return levels
}

// read returns what the first operation gets.
func (in Input) read(c *frame.Column, rows []int) (values, error) {
	if in.Kind == frame.Time && !c.Numbers() && len(c.Levels) > 0 {
		p := problem.Column(in.Name, "%s holds %s, and is not a column of dates here.", in.Name, quoted(c.Levels[0]))
		p.Value = c.Levels[0]
		return values{}, p.WithHint("Write dates as in the file that was learned from, or say where the file is read that they are dates.")
	}
	return load(c, rows, in.source, in.changes)
}

// load returns the given rows of a raw column, nil meaning all, as its source
// and then its changes have them. A cell that is no number, or no yes or no,
// where that is the source is a *problem.Error.
func load(c *frame.Column, rows []int, s source, changes []Change) (values, error) {
	own := rows != nil
	if len(changes) > 0 {
		if rows != nil {
			c, rows = c.Take(rows), nil
		}
		for i, ch := range changes {
			c = ch.cells(c, changedSource(s, changes[:i]))
		}
		s = changedSource(s, changes)
	}
	v := values{own: own}
	var err error
	if v.num, v.texts, err = s.load(c, rows); err != nil {
		return v, err
	}
	if s == numberSource {
		v.holds = Numbers
		if c.Kind == frame.Time {
			v.holds = Dates
		}
	}
	return v, nil
}

// changedSource is what a column of a source is after the changes.
func changedSource(s source, changes []Change) source {
	for _, ch := range changes {
		if ch.do == retyping && ch.kind == frame.Numeric {
			s = numberSource
		}
	}
	return s
}

// strand is one way from a raw column to prepared columns.
type strand struct {
	input int
	ops   []op
	names []string // of the columns it becomes
}

// strands returns the ways of all inputs, each input's own before its sides.
func strandsOf(inputs []Input) []strand {
	var out []strand
	for i, in := range inputs {
		out = append(out, strand{input: i, ops: in.ops, names: columnNames(in.Name, in.ops)})
		for _, s := range in.sides {
			ops := append(in.ops[:s.after:s.after], s.ops...)
			out = append(out, strand{input: i, ops: ops, names: columnNames(in.Name, ops)})
		}
	}
	return out
}

// columnNames names the columns that the operations make of a column.
func columnNames(name string, ops []op) []string {
	names := []string{name}
	for _, o := range ops {
		l, ok := o.(namer)
		if !ok {
			continue
		}
		var next []string
		for _, n := range names {
			for _, label := range l.suffixes() {
				if label != "" {
					label = "_" + label
				}
				next = append(next, n+label)
			}
		}
		names = next
	}
	return names
}
