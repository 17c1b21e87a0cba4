package workflow

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// checkWeights refuses a column to count rows by that is to be learned from or
// predicted.
func checkWeights(req TrainRequest, target string) error {
	var e *problem.Error
	switch {
	case req.Weights == "":
		return nil
	case req.Weights == target:
		e = problem.Field("weight_column", "%s is the target, so rows cannot be counted by it.", req.Weights).
			WithHint("Choose another column to count rows by, or none.")
	case slices.Contains(req.Features, req.Weights):
		e = problem.Field("weight_column", "%s says how much rows count, so it cannot be learned from too.", req.Weights).
			WithHint("Take it out of the features.")
	default:
		return nil
	}
	e.Column = req.Weights
	return e
}

// checkWeighing refuses values that cannot say how much rows count.
func checkWeighing(f *frame.Frame, p *Plan, target train.Target) error {
	if p.Spec.Weights == "" {
		return nil
	}
	_, err := train.CheckWeights(f, p.Spec.Weights, target)
	return err
}

// withWeights adds the column that rows are counted by, in place of any other
// reason to leave it out.
func withWeights(left []recipe.Left, weights string) []recipe.Left {
	if weights == "" {
		return left
	}
	left = slices.DeleteFunc(left, func(l recipe.Left) bool { return l.Column == weights })
	return append(left, recipe.Left{Column: weights, Reason: "it says how much each row counts"})
}

// SetWeights remembers the column that says how much rows count, for the next
// trainings to be proposed with. Empty counts each row once. It refuses what is
// no column, and the target.
func (w *Workspace) SetWeights(column string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	if column != "" && w.data.Frame().Index(column) < 0 {
		return problem.Field("weight_column", "There is no column %q to count rows by.", column).WithHint("Choose from the file's columns.")
	}
	if err := checkWeights(TrainRequest{Weights: column}, w.goal.Target); err != nil {
		return err
	}
	w.choices.weights = column
	return nil
}
