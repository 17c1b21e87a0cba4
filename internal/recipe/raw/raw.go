// Package raw holds the steps that say which raw columns are used, and how they
// are read.
package raw

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// DropColumns is the catalog's entry for leaving columns out.
var DropColumns = recipe.Definition{
	Name: "drop_columns", Title: "Leave columns out",
	Summary: "Does not learn from the columns, and does not ask for them at prediction.",
	Cost:    "What the columns tell is lost.",
	Phase:   recipe.OnRaw,
	Kinds:   recipe.EveryKind(),
	Named:   true,
	New:     func() recipe.Action { return dropColumns{} },
}

type dropColumns struct{}

func (dropColumns) Params(*param.Set) {}

func (dropColumns) Change(*frame.Column) (recipe.Change, error) { return recipe.LeaveOut(), nil }

// SetKind is the catalog's entry for reading columns as another kind.
var SetKind = recipe.Definition{
	Name: "set_kind", Title: "Change type",
	Summary: "Reads the columns as numbers, categories, yes or no, or free text.",
	Cost:    "What cannot be read as that becomes missing.",
	Phase:   recipe.OnRaw,
	Kinds:   recipe.EveryKind(),
	Named:   true,
	New:     func() recipe.Action { return new(setKind) },
}

// setKind reads columns again.
type setKind struct{ kind string }

// kinds are those that a column can be read as.
var kinds = [...]frame.Kind{frame.Numeric, frame.Category, frame.Bool, frame.Text}

func (a *setKind) Params(s *param.Set) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.String()
	}
	s.Choice(&a.kind, "kind", frame.Category.String(), names,
		"numeric reads texts as numbers; category takes each value, also a number, as a name; boolean reads yes and no, true and false, 1 and 0; text is free text.")
}

func (a *setKind) Change(c *frame.Column) (recipe.Change, error) {
	k := kinds[slices.IndexFunc(kinds[:], func(k frame.Kind) bool { return k.String() == a.kind })]
	ch := recipe.AsKind(k)
	if c.Kind == frame.Time {
		return ch, problem.Column(c.Name, "%s holds dates, which have no other type here.", c.Name).
			WithHint("Choose the type of %s where the file is read, or take parts of the dates.", c.Name)
	}
	if known, lost := ch.Lost(c); lost > 0 && lost == known {
		p := problem.Column(c.Name, "No value of %s can be read as %s.", c.Name, a.kind)
		p.Field, p.Value = "kind", a.kind
		return ch, p.WithHint("Choose another type.")
	}
	return ch, nil
}

// TreatAsMissing is the catalog's entry for values that stand for none.
var TreatAsMissing = recipe.Definition{
	Name: "treat_as_missing", Title: "Treat values as missing",
	Summary: "Takes values such as -999 or unknown as no value at all.",
	Cost:    "If such a value tells something of the target, that is lost unless missing values are flagged.",
	Phase:   recipe.OnRaw,
	Kinds:   recipe.EveryKind(),
	Named:   true,
	New:     func() recipe.Action { return new(treatAsMissing) },
}

type treatAsMissing struct{ values []string }

func (a *treatAsMissing) Params(s *param.Set) {
	s.List(&a.values, "values", nil, nil, "The values, as they stand in the file.")
}

func (a *treatAsMissing) Change(c *frame.Column) (recipe.Change, error) {
	ch := recipe.AsMissing(a.values)
	fault := func(format string, args ...any) *problem.Error {
		p := problem.Column(c.Name, format, args...)
		p.Field = "values"
		return p
	}
	if len(a.values) == 0 {
		return ch, fault("No value is named that counts as missing.").WithHint("Name one value at least, such as -999.")
	}
	if c.Kind == frame.Time {
		return ch, fault("%s holds dates, none of which counts as missing.", c.Name).
			WithHint("Mark the values where the file is read.")
	}
	if known, lost := ch.Lost(c); lost > 0 && lost == known {
		return ch, fault("Nothing would be left of %s: each of its values counts as missing.", c.Name).WithHint("Leave the column out instead.")
	}
	return ch, nil
}

// DropConstant is the catalog's entry for leaving out columns that say
// nothing.
var DropConstant = recipe.Definition{
	Name: "drop_constant", Title: "Leave constant columns out",
	Summary: "Leaves out columns in which all training rows are the same.",
	Cost:    "None: such columns tell nothing.",
	Kinds:   []frame.Kind{frame.Numeric, frame.Category, frame.Bool},
	New:     func() recipe.Action { return dropConstant{} },
}

type dropConstant struct{}

func (dropConstant) Params(*param.Set) {}

func (dropConstant) Next(f recipe.Form) (recipe.Form, error) { return f, nil }

func (dropConstant) Fit(c *recipe.Column) error {
	if c.Constant() {
		c.Leave("it is the same in every training row")
	}
	return nil
}
