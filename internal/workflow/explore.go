package workflow

import (
	"context"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
)

// choices are what the person decided while looking at the data.
type choices struct {
	leftOut []string // columns, in the order of leaving
	settled []string // keys of findings that are to stay as they are
}

// related is how columns go with the last target asked for.
type related struct {
	target string
	task   learn.Task
	report *profile.TargetReport
}

// Against tells how the columns go with the present target. It is nil where
// the target cannot be predicted. The work is done once for each goal, however
// many ask.
func (w *Workspace) Against(ctx context.Context) (*profile.TargetReport, error) {
	d, err := w.Data()
	if err != nil {
		return nil, err
	}
	goal, err := w.Goal()
	if err != nil || goal.Task == 0 {
		return nil, err
	}
	return d.against(ctx, goal)
}

// against is nil for a goal that the table is of no use for.
func (d *Data) against(ctx context.Context, g Goal) (*profile.TargetReport, error) {
	d.relating.Lock()
	defer d.relating.Unlock()
	if d.related.target == g.Target && d.related.task == g.Task {
		return d.related.report, nil
	}
	r, err := profile.Against(ctx, d.Frame(), g.Target, g.Task)
	if _, told := problem.As(err); err != nil && !told {
		return nil, err
	}
	d.related = related{g.Target, g.Task, r}
	return r, nil
}

// LeaveOut has no training use the columns unless it names them.
func (w *Workspace) LeaveOut(columns ...string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	for _, c := range columns {
		if w.data.Frame().Column(c) == nil {
			return problem.Field("features", "There is no column %q.", c).WithHint("Choose from the file's columns.")
		}
		if !slices.Contains(w.choices.leftOut, c) {
			w.choices.leftOut = append(slices.Clone(w.choices.leftOut), c)
		}
	}
	return nil
}

// TakeBack undoes LeaveOut.
func (w *Workspace) TakeBack(columns ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.choices.leftOut = slices.DeleteFunc(slices.Clone(w.choices.leftOut), func(c string) bool { return slices.Contains(columns, c) })
}

// LeftOut returns the columns that the person left out.
func (w *Workspace) LeftOut() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.choices.leftOut
}

// Unused returns the columns that a training would not use by itself, with
// the reasons: those that cannot be learned from, that give the target away,
// or that the person left out.
func (w *Workspace) Unused() ([]recipe.Left, error) {
	d, err := w.Data()
	if err != nil {
		return nil, err
	}
	goal, err := w.Goal()
	if err != nil {
		return nil, err
	}
	suspects, err := w.Suspects()
	if err != nil {
		return nil, err
	}
	_, left := recipe.Features(d.Frame(), goal.Target)
	return withChosen(append(left, suspects...), w.LeftOut(), goal.Target), nil
}

// withChosen adds the columns that the person left out to those that are left
// out anyway.
func withChosen(left []recipe.Left, chosen []string, target string) []recipe.Left {
	for _, c := range chosen {
		known := slices.ContainsFunc(left, func(l recipe.Left) bool { return l.Column == c })
		if c != target && !known {
			left = append(left, recipe.Left{Column: c, Reason: "you left it out"})
		}
	}
	return left
}

// mostSettled is how many findings are remembered as settled.
const mostSettled = 1000

// Settle remembers that a finding is to stay as it is. The key names it among
// those of the data.
func (w *Workspace) Settle(key string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	if !slices.Contains(w.choices.settled, key) && len(w.choices.settled) < mostSettled && len(key) <= 200 {
		w.choices.settled = append(slices.Clone(w.choices.settled), key)
	}
	return nil
}

// Unsettle forgets all that Settle remembers.
func (w *Workspace) Unsettle() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.choices.settled = nil
}

// Settled returns the keys of the findings that stay as they are.
func (w *Workspace) Settled() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.choices.settled
}
