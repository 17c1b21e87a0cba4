package recipe

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
)

// Role is what a step settles for a column. One step settles it; a second one
// on the same column contradicts the first.
type Role string

// The roles.
const (
	Missing  Role = "missing values"
	Encoding Role = "encoding"
	Scaling  Role = "scaling"
	Outliers Role = "outliers"
	Shape    Role = "shape"
	Binning  Role = "bins"
)

// Definition is a step in the catalogue.
type Definition struct {
	Name    string // as in the API: impute
	Title   string
	Summary string // one line: what it does
	Cost    string // one line: what it costs, and what it cannot do
	Role    Role
	Kinds   []frame.Kind // kinds of column it applies to where no columns are named

	// Aliases are other spellings of parameter values that are understood.
	Aliases []Alias

	// New returns the step with default parameters.
	New func() Action
}

// Alias says that a parameter's value From is another word for To.
type Alias struct{ Param, From, To string }

// Action is a step set to its parameters.
type Action interface {
	// Params declares the parameters and binds them to the step.
	Params(*param.Set)
	// Next returns what the step makes of a column, or a *problem.Error that
	// says why it cannot take the column and what to choose instead.
	Next(Form) (Form, error)
	// Fit learns from the column's training rows and transforms them. The
	// column has a value in one row at least, and Next has allowed it.
	Fit(*Column) error
}

// RowFilter is an Action that leaves training rows out. Rows are left out
// before anything is learned, and never at prediction.
type RowFilter interface {
	// Drops reports whether row i of a raw column makes it leave out the row.
	Drops(c *frame.Column, i int) bool
}

// Form is what a column has become on its way through a recipe, known without
// reading its values.
type Form struct {
	Raw   *frame.Column
	Holds Holds
	done  []settled
}

type settled struct {
	role Role
	step int // its place in the recipe, from 0
}

// Holds is what a column's values are at some point in a recipe.
type Holds uint8

// What a column can hold.
const (
	Texts      Holds = iota // one of some levels
	Numbers                 // one number
	Indicators              // a column of 0 and 1 for each level
)

// Has reports whether a step of the given role has settled the column.
func (f Form) Has(r Role) bool { return f.step(r) >= 0 }

func (f Form) step(r Role) int {
	for _, d := range f.done {
		if d.role == r {
			return d.step
		}
	}
	return -1
}

func (f Form) with(r Role, step int) Form {
	f.done = append(slices.Clone(f.done), settled{r, step})
	return f
}

func newForm(c *frame.Column) Form {
	f := Form{Raw: c}
	if c.Numbers() {
		f.Holds = Numbers
	}
	return f
}

// define returns the named definition.
func define(defs []Definition, name string) (Definition, bool) {
	for _, d := range defs {
		if d.Name == name {
			return d, true
		}
	}
	return Definition{}, false
}

func (d Definition) takes(k frame.Kind) bool { return slices.Contains(d.Kinds, k) }
