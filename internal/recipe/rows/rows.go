// Package rows holds the steps that leave training rows out.
package rows

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// DropMissing is the catalog's entry for leaving out rows with missing
// values.
var DropMissing = recipe.Definition{
	Name: "drop_missing", Title: "Leave out rows with missing values",
	Summary: "Trains only on rows that have a value in each of the columns.",
	Cost:    "Fewer rows to learn from. Test rows and rows to come are kept: their missing values are filled with the median or the most frequent value.",
	Phase:   recipe.OnRows,
	Role:    recipe.Missing,
	Kinds:   []frame.Kind{frame.Numeric, frame.Category, frame.Bool},
	New:     func() recipe.Action { return dropMissing{} },
}

// dropMissing leaves out training rows, and fills elsewhere.
type dropMissing struct{}

func (dropMissing) Params(*param.Set) {}

// LeaveOut marks the rows that have no value in one of the columns.
func (dropMissing) LeaveOut(r recipe.Rows) ([]bool, error) {
	out := make([]bool, len(r.At))
	for _, c := range r.Columns {
		for i, row := range r.At {
			out[i] = out[i] || c.Missing(row)
		}
	}
	return out, nil
}

func (dropMissing) Next(f recipe.Form) (recipe.Form, error) {
	if f.Holds == recipe.Dates {
		return f, problem.Column(f.Raw.Name, "%s holds dates, which cannot be filled in rows to come.", f.Raw.Name).WithHint("Leave the column out.")
	}
	return f, nil
}

func (dropMissing) Fit(c *recipe.Column) error {
	if c.Holds() == recipe.Numbers {
		return c.Fill(recipe.Median)
	}
	return c.Fill(recipe.MostFrequent)
}
