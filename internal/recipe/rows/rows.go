// Package rows holds the steps that leave training rows out.
package rows

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// DropMissing is the catalogue's entry for leaving out rows with missing
// values.
var DropMissing = recipe.Definition{
	Name: "drop_missing", Title: "Leave out rows with missing values",
	Summary: "Trains only on rows that have a value in each of the columns.",
	Cost:    "Fewer rows to learn from. Test rows and rows to come are kept: their missing values are filled with the median or the most frequent value.",
	Role:    recipe.Missing,
	Kinds:   []frame.Kind{frame.Numeric, frame.Category, frame.Bool},
	New:     func() recipe.Action { return dropMissing{} },
}

// dropMissing leaves out training rows, and fills elsewhere.
type dropMissing struct{}

func (dropMissing) Params(*param.Set) {}

// Drops reports whether row i of c has no value.
func (dropMissing) Drops(c *frame.Column, i int) bool { return c.Missing(i) }

func (dropMissing) Next(f recipe.Form) (recipe.Form, error) {
	name := f.Raw.Name
	switch {
	case f.Raw.Kind == frame.Time:
		return f, problem.Column(name, "%s holds dates, which cannot be learned from.", name).WithHint("Leave the column out.")
	case f.Has(recipe.Encoding):
		return f, problem.Column(name, "%s is encoded before rows without a value are left out.", name).
			WithHint("Put the drop_missing step before the encode step.")
	case f.Has(recipe.Binning):
		return f, problem.Column(name, "%s is put into bins before rows without a value are left out.", name).
			WithHint("Put the drop_missing step before the bin step.")
	}
	return f, nil
}

func (dropMissing) Fit(c *recipe.Column) error {
	if c.Holds() == recipe.Numbers {
		return c.Fill(recipe.Median)
	}
	return c.Fill(recipe.MostFrequent)
}
