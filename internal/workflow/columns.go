package workflow

import (
	"context"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
)

// takenBack is a column that is known before the outcome, as the person says,
// although it alone predicts the target almost perfectly. It is so for that
// target only.
type takenBack struct{ target, column string }

// usage is which columns are learned from, wherever that is asked: to suggest
// steps, to prepare, to train.
type usage struct {
	use  []string      // in the table's order
	left []recipe.Left // the others but the target, with the reasons

	// shut are those of the left that no step brings in: they give the target
	// away, or the person has them do something else or nothing.
	shut  map[string]bool
	given map[string]bool // those of the left that give the target away, and for no other reason
}

// columns decides which columns a training for the goal learns from after the
// recipe and by the choices. A goal without a task has no column that gives it
// away.
func (m *Moment) columns(ctx context.Context, goal Goal, r recipe.Recipe, c choices) (usage, error) {
	f := m.frame()
	_, left := r.Features(f, goal.Target, m.service.Catalog.Steps)
	var u usage
	leaks, err := m.data.leaks(ctx, goal, c.group)
	if err != nil {
		return u, err
	}
	unusable := make(map[string]bool, len(left))
	for _, l := range left {
		unusable[l.Column] = true
	}
	u.shut, u.given = map[string]bool{}, map[string]bool{}
	for _, x := range leaks {
		if x.Leak.Verdict != profile.GivesAway || slices.Contains(c.taken, takenBack{goal.Target, x.Column}) {
			continue
		}
		if u.shut[x.Column] = true; !unusable[x.Column] {
			left = append(left, leakLeft(x, goal.Target))
			u.given[x.Column] = !slices.Contains(c.leftOut, x.Column) && x.Column != c.group && x.Column != c.weights
		}
	}
	u.left = withWeights(withGroup(withChosen(left, c.leftOut, goal.Target), c.group, goal.Target), c.weights)
	for _, name := range append([]string{c.group, c.weights}, c.leftOut...) {
		u.shut[name] = true
	}
	out := make(map[string]bool, len(u.left))
	for _, l := range u.left {
		out[l.Column] = true
	}
	u.use = slices.DeleteFunc(f.Names(), func(name string) bool { return name == goal.Target || out[name] })
	return u, nil
}

func leakLeft(x *profile.Relation, target string) recipe.Left {
	return recipe.Left{Column: x.Column, Reason: "it " + x.Leak.Says(target) + "; would you know it before the outcome?"}
}

// leaks returns the columns that alone tell so much of the goal that it is left
// out or asked about, the strongest first. There are none where the goal cannot
// be predicted.
func (d *Data) leaks(ctx context.Context, goal Goal, group string) ([]*profile.Relation, error) {
	if goal.Task == 0 || goal.Target == "" {
		return nil, nil
	}
	r, err := d.against(ctx, goal, group)
	if r == nil || err != nil {
		return nil, err
	}
	return r.Leaks(), nil
}

// Closed returns the columns that no new step is for: those that give the goal
// away and were not taken back, and those that the person left out.
func (m *Moment) Closed(ctx context.Context) (map[string]bool, error) {
	u, err := m.columns(ctx, m.goal, recipe.Recipe{}, m.choices)
	return u.shut, err
}

// openSteps takes the columns that are shut out of steps that were written out:
// all but those that say how columns are read.
func (m *Moment) openSteps(steps []recipe.Step, shut map[string]bool) []recipe.Step {
	out := slices.Clone(steps)
	for i, step := range out {
		if m.phaseOf(step) != recipe.OnRaw {
			out[i].Columns = slices.DeleteFunc(slices.Clone(step.Columns), func(c string) bool { return shut[c] })
		}
	}
	return out
}

// named returns the columns that steps name and that would be left out for
// giving the chosen goal away.
func (m *Moment) named(ctx context.Context, r recipe.Recipe) ([]takenBack, error) {
	if !m.goal.Chosen {
		return nil, nil
	}
	leaks, err := m.data.leaks(ctx, m.goal, m.choices.group)
	if err != nil {
		return nil, err
	}
	var out []takenBack
	for _, x := range leaks {
		t := takenBack{m.goal.Target, x.Column}
		if x.Leak.Verdict != profile.GivesAway || slices.Contains(m.choices.leftOut, x.Column) || slices.Contains(m.choices.taken, t) {
			continue
		}
		if slices.ContainsFunc(r.Steps, func(s recipe.Step) bool { return m.phaseOf(s) != recipe.OnRaw && slices.Contains(s.Columns, x.Column) }) {
			out = append(out, t)
		}
	}
	return out, nil
}

// LeaveOut has no training use the columns unless it names them.
func (w *Workspace) LeaveOut(columns ...string) error {
	return w.choose(columns, func(c *choices, column string) {
		c.taken = slices.DeleteFunc(slices.Clone(c.taken), func(t takenBack) bool { return t.column == column })
		if !slices.Contains(c.leftOut, column) {
			c.leftOut = append(slices.Clone(c.leftOut), column)
		}
	})
}

// TakeBack undoes LeaveOut, and has trainings use columns although they give
// the target away: the person says that they are known before it.
func (w *Workspace) TakeBack(columns ...string) error {
	return w.choose(columns, func(c *choices, column string) {
		c.leftOut = slices.DeleteFunc(slices.Clone(c.leftOut), func(name string) bool { return name == column })
		if t := (takenBack{w.goal.Target, column}); !slices.Contains(c.taken, t) {
			c.taken = append(slices.Clone(c.taken), t)
		}
	})
}

// choose changes what is chosen of each of the columns, all of which must be
// the table's.
func (w *Workspace) choose(columns []string, change func(c *choices, column string)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	for _, name := range columns {
		if w.data.Frame().Column(name) == nil {
			e := problem.Field("columns", "There is no column %q.", name).WithHint("Choose from the file's columns.")
			e.Column = name
			return e
		}
	}
	for _, name := range columns {
		change(&w.choices, name)
	}
	return nil
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

// withGroup adds the column that rows are kept together by, in place of any
// other reason to leave it out.
func withGroup(left []recipe.Left, group, target string) []recipe.Left {
	if group == "" || group == target {
		return left
	}
	left = slices.DeleteFunc(left, func(l recipe.Left) bool { return l.Column == group })
	return append(left, recipe.Left{Column: group, Reason: "its rows are kept together"})
}

// suspects are the columns that could be used but give the goal away.
func suspects(f *frame.Frame, goal Goal, leaks []*profile.Relation) []recipe.Left {
	use, _ := recipe.Features(f, goal.Target)
	var out []recipe.Left
	for _, x := range leaks {
		if x.Leak.Verdict == profile.GivesAway && slices.Contains(use, x.Column) {
			out = append(out, leakLeft(x, goal.Target))
		}
	}
	return out
}
