package rows

import (
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// DropOutliers is the catalog's entry for leaving out rows with numbers far
// from the others.
var DropOutliers = recipe.Definition{
	Name: "drop_outliers", Title: "Leave out rows with outliers",
	Summary: "Trains without the rows that have a number far from the others in one of the columns.",
	Cost:    "The model is not prepared for such rows, and test rows and rows to come have them: look at them first.",
	Phase:   recipe.OnRows,
	Kinds:   []frame.Kind{frame.Numeric},
	New:     func() recipe.Action { return new(dropOutliers) },
}

type dropOutliers struct {
	method string
	factor float64
}

func (a *dropOutliers) Params(s *param.Set) {
	iqr, zScore := recipe.IQR.String(), recipe.ZScore.String()
	s.Choice(&a.method, "method", iqr, []string{iqr, zScore},
		"iqr takes as outliers what lies beyond the quartiles of the training rows by more than factor times the distance between them; "+
			"z_score what lies further from their mean than factor standard deviations.")
	s.MaybeFloat(&a.factor, "factor", param.Above(0), "None means the usual one: 1.5 for iqr, 3 for z_score.")
}

// Next refuses what has no numbers.
func (a *dropOutliers) Next(f recipe.Form) (recipe.Form, error) {
	return f, f.CheckMeasured("searched for outliers")
}

// LeaveOut marks the rows that have an outlier in one of the columns. A missing
// value is none.
func (a *dropOutliers) LeaveOut(r recipe.Rows) ([]bool, error) {
	rule, factor := recipe.IQR, 1.5
	if a.method == recipe.ZScore.String() {
		rule, factor = recipe.ZScore, 3
	}
	if !math.IsNaN(a.factor) {
		factor = a.factor
	}
	out, x := make([]bool, len(r.At)), make([]float64, len(r.At))
	for _, c := range r.Columns {
		known := false
		for i, row := range r.At {
			x[i] = c.Num[row]
			known = known || x[i] == x[i]
		}
		if !known {
			continue
		}
		low, high, ok := rule.Limits(x, factor)
		if !ok {
			return nil, problem.Column(c.Name, "The numbers in %s are so large that no limits can be told.", c.Name).
				WithHint("Take %s out of the step.", c.Name)
		}
		for i, v := range x {
			out[i] = out[i] || v < low || v > high
		}
	}
	return out, nil
}
