package workflow

import (
	"context"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
)

// choices are what the person decided while looking at the data.
type choices struct {
	leftOut []string // columns, in the order of leaving
	taken   []takenBack
	settled []string // keys of findings that are to stay as they are
	group   string   // the column whose equal values trainings keep together; empty is none
	copies  bool     // trainings keep rows that are equal in all features together
	weights string   // the column that says how much rows count; empty counts each once
}

// related is how columns go with the last target asked for.
type related struct {
	target string
	task   learn.Task
	group  string
	report *profile.TargetReport
}

// associations are those of the last goal asked for.
type associations struct {
	target       string
	task         learn.Task
	associations *profile.Associations
}

// Look is what there is to see of the data, all of one moment.
type Look struct {
	Data     *Data
	Report   *profile.Report
	Goal     Goal
	Against  *profile.TargetReport // nil where the goal cannot be predicted
	Suspects []recipe.Left         // columns that would give the target away
	Unused   []recipe.Left         // columns that a training would not use by itself, with the reasons
	LeftOut  []string              // of these, what the person left out
	Settled  []string              // keys of the findings that stay as they are
	Group    string                // the column by which trainings keep rows together; empty is none
	Copies   bool                  // trainings keep copies of a row together

	// TakenBack are the columns that the person has used although they may give
	// the goal away.
	TakenBack []string
}

// Look describes the data and how the columns go with the goal. The work is
// done once for each upload and goal, however many ask.
func (m *Moment) Look(ctx context.Context) (*Look, error) {
	l := &Look{Data: m.data, Goal: m.goal, LeftOut: m.choices.leftOut, Settled: m.choices.settled, Group: m.choices.group, Copies: m.choices.copies}
	for _, t := range m.choices.taken {
		if t.target == l.Goal.Target {
			l.TakenBack = append(l.TakenBack, t.column)
		}
	}
	var err error
	if l.Report, err = l.Data.profile(ctx); err != nil {
		return nil, err
	}
	if l.Goal.Task != 0 {
		if l.Against, err = l.Data.against(ctx, l.Goal, m.choices.group); err != nil {
			return nil, err
		}
	}
	if l.Against != nil {
		l.Suspects = suspects(l.Data.Frame(), l.Goal, l.Against.Leaks())
	}
	u, err := m.columns(ctx, l.Goal, m.Recipe(), m.choices)
	l.Unused = u.left
	return l, err
}

func (d *Data) profile(ctx context.Context) (*profile.Report, error) {
	d.profiling.Lock()
	defer d.profiling.Unlock()
	if d.report == nil {
		var err error
		if d.report, err = profile.New(ctx, d.Frame()); err != nil {
			return nil, err
		}
	}
	return d.report, nil
}

// Known returns the profile where it has been made, and nil where it has not or
// is being made.
func (d *Data) Known() *profile.Report {
	if !d.profiling.TryLock() {
		return nil
	}
	defer d.profiling.Unlock()
	return d.report
}

// against is nil for a goal that the table is of no use for. Rows of one value
// of the group are about one thing; empty is what the profile takes.
func (d *Data) against(ctx context.Context, g Goal, group string) (*profile.TargetReport, error) {
	d.relating.Lock()
	defer d.relating.Unlock()
	if d.related.target == g.Target && d.related.task == g.Task && d.related.group == group {
		return d.related.report, nil
	}
	r, err := profile.AgainstBy(ctx, d.Frame(), g.Target, g.Task, group)
	if _, told := problem.As(err); err != nil && !told {
		return nil, err
	}
	d.related = related{g.Target, g.Task, group, r}
	return r, nil
}

// SetGroup has trainings keep the rows of each value of the column together,
// unless they say otherwise. It refuses a column by which nothing can be split.
func (w *Workspace) SetGroup(column string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	if err := canGroup(w.data.Frame(), column, w.goal.Target); err != nil {
		return err
	}
	w.choices.group, w.choices.copies = column, false
	return nil
}

// SetCopies has trainings keep rows that are equal in all features together,
// unless they say otherwise, instead of those of one value of a column.
func (w *Workspace) SetCopies() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	w.choices.group, w.choices.copies = "", true
	return nil
}

// ClearGroup undoes SetGroup and SetCopies.
func (w *Workspace) ClearGroup() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.choices.group, w.choices.copies = "", false
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

// Associated is how many columns Look.Associations compares, those first that
// go with the goal most.
const Associated = 60

// Associations tells how columns go together beyond straight lines: all of
// them, or the 60 that go with the goal most, and the goal. The work is done
// once for each upload and goal, however many ask.
func (l *Look) Associations(ctx context.Context) (*profile.Associations, error) {
	l.Data.relating.Lock()
	defer l.Data.relating.Unlock()
	kept := &l.Data.associated
	if kept.associations != nil && kept.target == l.Goal.Target && kept.task == l.Goal.Task {
		return kept.associations, nil
	}
	f, r := l.foremost()
	a, err := profile.Associate(ctx, f, r)
	if err != nil {
		return nil, err
	}
	*kept = associations{l.Goal.Target, l.Goal.Task, a}
	return a, nil
}

// foremost returns the columns to compare, in the table's order.
func (l *Look) foremost() (*frame.Frame, *profile.Report) {
	f := l.Data.Frame()
	if len(f.Columns) <= Associated || l.Against == nil {
		return f, l.Report
	}
	names := map[string]bool{l.Goal.Target: true}
	for _, i := range l.Against.Ranking[:min(len(l.Against.Ranking), Associated-1)] {
		names[l.Against.Relations[i].Column] = true
	}
	var columns []*frame.Column
	r := &profile.Report{Rows: l.Report.Rows}
	for j, c := range f.Columns {
		if names[c.Name] {
			columns = append(columns, c)
			r.Columns = append(r.Columns, l.Report.Columns[j])
		}
	}
	return frame.New(columns...), r
}
