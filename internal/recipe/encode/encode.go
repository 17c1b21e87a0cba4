// Package encode is the step that turns categories into numbers.
package encode

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// MaxOneHot is how many categories a column may have to become that many
// columns.
const MaxOneHot = 1000

const (
	oneHot  = "one_hot"
	ordinal = "ordinal"
)

// Definition is the step's entry in the catalogue.
var Definition = recipe.Definition{
	Name: "encode", Title: "Encode categories",
	Summary: "Turns categories into numbers: a column of 0 and 1 for each, or one column of codes.",
	Cost:    "one_hot makes a column for each category, 1000 at most; ordinal puts categories in alphabetical order, which means something to trees only.",
	Role:    recipe.Encoding,
	Kinds:   []frame.Kind{frame.Category, frame.Bool},
	Aliases: []recipe.Alias{{Param: "method", From: "label", To: ordinal}},
	New:     func() recipe.Action { return new(encode) },
}

// encode works as scikit-learn's OneHotEncoder(handle_unknown="ignore") and
// OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1) do.
type encode struct{ method string }

func (a *encode) Params(s *param.Set) {
	s.Choice(&a.method, "method", oneHot, []string{oneHot, ordinal},
		"one_hot makes a column of 0 and 1 for each category; ordinal makes codes 0, 1, 2 … in alphabetical order. A category that no training row has becomes zeros, or -1.")
}

func (a *encode) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Raw.Kind == frame.Time:
		return f, problem.Column(name, "%s holds dates, which are not categories.", name).WithHint("Leave the column out.")
	case f.Raw.Kind == frame.ID:
		return f, problem.Column(name, "%s names the rows: it has %d different values in %d rows, so its codes say nothing about rows to come.", name, len(f.Raw.Levels), f.Raw.Len()).
			WithHint("Leave the column out.")
	case f.Has(recipe.Scaling):
		return f, problem.Column(name, "%s is scaled before it is encoded.", name).
			WithHint("Put the encode step before the scale step, or take one of them out.")
	}
	if a.method == ordinal {
		f.Holds = recipe.Numbers
		return f, nil
	}
	if n, more := distinct(f.Raw); more {
		p := problem.Column(name, "One-hot encoding of %s would make %s columns; the limit is %d.", name, n, MaxOneHot)
		p.Field, p.Value = "method", a.method
		return f, p.WithHint("Choose ordinal, or leave the column out.")
	}
	f.Holds = recipe.Indicators
	return f, nil
}

func (a *encode) Fit(c *recipe.Column) error {
	if a.method == ordinal {
		return c.Ordinal()
	}
	return c.OneHot()
}
