package recipe

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
)

// Role is what a step settles for a column. One step settles it; a second one
// on the same column contradicts the first.
type Role string

// The roles. A step without one may follow itself.
const (
	Missing  Role = "missing values"
	Encoding Role = "encoding"
	Scaling  Role = "scaling"
	Outliers Role = "outliers"
	Shape    Role = "shape"
	Binning  Role = "bins"
	Flags    Role = "outlier flag"
	Parts    Role = "parts of dates"
)

// Definition is a step in the catalog.
type Definition struct {
	Name    string // as in the API: impute
	Title   string
	Summary string // one line: what it does
	Cost    string // one line: what it costs, and what it cannot do
	Phase   Phase  // when it happens
	Role    Role
	Kinds   []frame.Kind // kinds of column it applies to where no columns are named

	// Named says that the step must name its columns.
	Named bool

	// Opens lists kinds of column that are no features by themselves, and are
	// where this step takes them.
	Opens []frame.Kind

	// Filled says that the step needs numbers that are not missing, also where
	// the learner does not. All steps on prepared columns do.
	Filled bool

	// Aliases are other spellings of parameter values that are understood.
	Aliases []Alias

	// Details lists parameters that mean something only where another one has a
	// certain value.
	Details []Detail

	// New returns the step with default parameters.
	New func() Action
}

// Alias says that a parameter's value From is another word for To.
type Alias struct{ Param, From, To string }

// Detail says that Param means something only where the choice Of is Value.
type Detail struct{ Param, Of, Value string }

// Action is a step set to its parameters. What it does is told by the other
// interfaces it has: ColumnAction, JointAction, ChangeAction, RowAction,
// MatrixAction or BalanceAction.
type Action interface {
	// Params declares the parameters and binds them to the step.
	Params(*param.Set)
}

// Chooser is an Action whose parameters decide which of several it is.
type Chooser interface {
	// Chosen returns the Action to use, once the parameters are set.
	Chosen() Action
}

// Former is an Action that knows what it makes of a column.
type Former interface {
	// Next returns what the step makes of a column, or a *problem.Error that
	// says why it cannot take the column and what to choose instead.
	Next(Form) (Form, error)
}

// ColumnAction works on each of its columns alone.
type ColumnAction interface {
	Former
	// Fit learns from the column's training rows and transforms them. The
	// column has a value in one row at least, and Next has allowed it.
	Fit(*Column) error
}

// JointAction works on its columns together.
type JointAction interface {
	Former
	// FitAll learns from the training rows of the columns, of which there is one
	// at least, and transforms them. Next has allowed each.
	FitAll([]*Column) error
}

// ChangeAction changes how raw columns are read.
type ChangeAction interface {
	// Change returns what is done to a column, or a *problem.Error.
	Change(*frame.Column) (Change, error)
}

// RowAction leaves training rows out, before columns are prepared. It never
// leaves out rows at prediction.
type RowAction interface {
	// LeaveOut reports, for each of the rows, whether it is left out.
	LeaveOut(Rows) ([]bool, error)
}

// Rows are the training rows that a RowAction may leave out.
type Rows struct {
	Columns []*frame.Column // the step's columns, as read; of all rows of the table
	At      []int           // the rows in question, as indices into the columns
	Y       []float64       // the target of each of At; nil where there is none
}

// MatrixAction works on prepared columns.
type MatrixAction interface {
	// FitMatrix learns from the prepared training rows and transforms them.
	FitMatrix(*Prepared) error
}

// BalanceAction weighs, repeats, leaves out or makes prepared training rows,
// so that classes count alike. It never changes rows at prediction.
type BalanceAction interface {
	// Balance changes the rows of a classification.
	Balance(*Balanced) error
}

// Form is what a column has become on its way through a recipe, known without
// reading its values.
type Form struct {
	Raw     *frame.Column // as read, after the steps that change that
	Holds   Holds
	done    []settled
	changes []Change
	gone    int  // the step that dropped it, from 1; 0 is none
	open    bool // a step has taken it though it is no feature by itself
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
	Dates                   // seconds since 1970-01-01 UTC
	Several                 // several columns of numbers
	Codes                   // categories as they are, for learners that take them
	Words                   // Several, one for each of some terms of texts; a form only
)

// Has reports whether a step of the given role has settled the column.
func (f Form) Has(r Role) bool { return f.step(r) >= 0 }

func (f Form) step(r Role) int {
	if r == "" {
		return -1
	}
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

func newForm(c *frame.Column) Form { return Form{Raw: c, Holds: holdsOf(c)} }

// holdsOf says what a raw column holds.
func holdsOf(c *frame.Column) Holds {
	switch {
	case c.Kind == frame.Time:
		return Dates
	case c.Numbers():
		return Numbers
	}
	return Texts
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

// EveryKind returns all kinds of column.
func EveryKind() []frame.Kind {
	return []frame.Kind{frame.Numeric, frame.Category, frame.Bool, frame.Time, frame.Text, frame.ID}
}
