package workflow

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

const (
	previewRows = 5   // that a preview shows
	maxSteps    = 500 // of a recipe, so that looking at it takes no time
)

// Prepared shows what a recipe does, learned from training rows alone.
type Prepared struct {
	Recipe  recipe.Recipe    // as understood: columns and parameters written out, with what was added
	Steps   []recipe.Step    // each step that was asked for, written out; without columns where it applies to none
	Notes   []recipe.Note    // what was added so that every column is a number
	Learned []recipe.Learned // what each step learned
	Target  string           // the column that is not prepared; may be empty
	Left    []recipe.Left    // columns that are not used, with the reason
	Names   []string         // the prepared columns
	Rows    int              // prepared rows: training rows kept, and test rows
	Train   int              // training rows the steps learned from
	Test    int              // rows set aside
	Dropped int              // training rows left out for missing values
	Index   []int            // the table's rows that Preview shows
	Preview [][]float64      // one list for each of Index, one number for each of Names
}

// Prepare checks a recipe against the data, shows what it does, and stores it
// as an edit, of which what says what it was. The data does not change: at
// training each step learns from training rows.
func (w *Workspace) Prepare(ctx context.Context, r recipe.Recipe, what string) (*Prepared, error) {
	return w.prepareNow(ctx, "", r, what, false)
}

// PrepareFor is Prepare with the target chosen first, as Aim does; empty leaves
// it. Columns that steps name are used although they give the chosen target
// away, as if TakeBack had been told. Where the recipe is refused all is as it
// was.
func (w *Workspace) PrepareFor(ctx context.Context, target string, r recipe.Recipe, what string) (*Prepared, error) {
	return w.prepareNow(ctx, target, r, what, true)
}

func (w *Workspace) prepareNow(ctx context.Context, target string, r recipe.Recipe, what string, takes bool) (*Prepared, error) {
	w.editing.Lock()
	defer w.editing.Unlock()
	m, err := w.Now()
	if err != nil {
		return nil, err
	}
	return w.prepare(ctx, m, target, r, what, takes)
}

// prepare stores a recipe that was made from m. The caller holds w.editing.
func (w *Workspace) prepare(ctx context.Context, m *Moment, target string, r recipe.Recipe, what string, takes bool) (*Prepared, error) {
	if len(r.Steps) > maxSteps {
		return nil, problem.Field("steps", "The recipe has %d steps; at most %d are possible.", len(r.Steps), maxSteps).
			WithHint("Name several columns in one step.")
	}
	aimed := *m
	if target != "" {
		if _, err := aimed.aim(target, 0); err != nil {
			return nil, err
		}
	}
	var named []takenBack
	if takes {
		var err error
		if named, err = aimed.named(ctx, r); err != nil {
			return nil, err
		}
		aimed.choices.taken = slices.Concat(aimed.choices.taken, named)
	}
	spared := ""
	if aimed.goal.Chosen {
		spared = aimed.goal.Target
	}
	p, err := aimed.preview(ctx, r, spared)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.holds(m.data); err != nil {
		return nil, err
	}
	if target != "" {
		if _, err := w.aim(target, 0); err != nil {
			return nil, err
		}
	}
	w.choices.taken = slices.Concat(w.choices.taken, named)
	w.edits = w.edits.add(what, r.Typed(w.service.Catalog.Steps))
	return p, nil
}

// Edit stores what change makes of the stored recipe's steps, of which it gets a
// copy beside the data that they are for, and tells the history what it was;
// where it says nothing the recipe stays. Edits at the same time follow one
// another, so that none is lost.
func (w *Workspace) Edit(ctx context.Context, change func(d *Data, steps []recipe.Step) (edited []recipe.Step, what string, err error)) error {
	w.editing.Lock()
	defer w.editing.Unlock()
	m, err := w.Now()
	if err != nil {
		return err
	}
	steps, what, err := change(m.data, slices.Clone(m.Recipe().Steps))
	if err != nil || what == "" {
		return err
	}
	_, err = w.prepare(ctx, m, "", recipe.Recipe{Steps: steps}, what, false)
	return err
}

// Preview shows what the stored recipe does to the columns besides the target.
func (m *Moment) Preview(ctx context.Context) (*Prepared, error) {
	return m.preview(ctx, m.Recipe(), m.goal.Target)
}

// Reset takes all steps out of the recipe, which can be undone.
func (w *Workspace) Reset() error {
	w.editing.Lock()
	defer w.editing.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return errNoData()
	}
	if len(w.edits.current().Steps) > 0 {
		w.edits = w.edits.add("Removed all steps", recipe.Recipe{})
	}
	return nil
}

// preview shows what r does to all columns but the target.
func (m *Moment) preview(ctx context.Context, r recipe.Recipe, target string) (*Prepared, error) {
	t, err := m.fitRecipe(ctx, r, target, recipe.Want{})
	if err != nil {
		return nil, err
	}
	kept := t.data.Kept
	p := &Prepared{
		Target: target, Recipe: t.full, Steps: t.asked, Notes: t.notes, Learned: t.fitted.Describe(t.full), Left: t.left, Names: t.fitted.Names(),
		Rows: len(kept) + len(t.test), Train: len(kept), Test: len(t.test), Dropped: len(t.rows) - len(kept),
	}
	for i := range min(previewRows, t.frame.Rows) {
		p.Index = append(p.Index, i)
	}
	x, _, err := t.fitted.Transform(t.frame, p.Index)
	if err != nil {
		return nil, err
	}
	for i := range p.Index {
		row := make([]float64, x.Cols)
		x.Row(row, i)
		p.Preview = append(p.Preview, row)
	}
	return p, nil
}

// fitRecipe fits r on the training rows of the split that a training with the
// defaults would make, for all columns but the target.
func (m *Moment) fitRecipe(ctx context.Context, r recipe.Recipe, target string, want recipe.Want) (*fittedRecipe, error) {
	t := &fittedRecipe{frame: m.frame()}
	f, steps, goal := t.frame, m.service.Catalog.Steps, m.goal
	resolved, err := r.Resolve(f, steps, target)
	if err != nil {
		return nil, err
	}
	if t.asked, err = r.Written(f, steps, target); err != nil {
		return nil, err
	}
	aim := goal
	if aim.Target != target {
		aim = Goal{Target: target}
	}
	u, err := m.columns(ctx, aim, resolved, m.choices)
	if err != nil {
		return nil, err
	}
	t.features, t.left, t.asked = u.use, u.left, m.openSteps(t.asked, u.shut)
	if len(t.features) == 0 {
		return nil, nothingToPrepare(u)
	}
	t.full, t.notes = resolved.Only(t.features).Complete(f, t.features, steps, want)
	t.rows, t.test = splitRows(f, train.Spec{Target: goal.Target, Task: goal.Task, Features: t.features, Group: m.choices.group, Copies: m.choices.copies})
	in := recipe.Training{Frame: f, Features: t.features, Rows: t.rows, Native: want.Native, Seed: DefaultSeed, Workers: m.service.Workers}
	learnTarget(&in, goal)
	if t.fitted, t.data, err = recipe.Fit(ctx, t.full, steps, in); err != nil {
		return nil, t.asAsked(err)
	}
	return t, nil
}

// nothingToPrepare says why no column is left.
func nothingToPrepare(u usage) error {
	for _, l := range u.left {
		if u.shut[l.Column] {
			return problem.New(problem.Invalid, "No column is left to prepare: %s is left out, as %s", cut(l.Column), l.Reason).
				WithHint("Take it back on Explore if you would know it.")
		}
	}
	return problem.New(problem.Invalid, "No column can be prepared: every column is empty, constant, an identifier or free text.").
		WithHint("Upload a table with at least one column of numbers or categories.")
}

// asAsked makes a problem blame a step by its place among those that were
// asked for: there are more where steps were added. A step that was added has
// no such place, and the problem then blames the steps in general.
func (t *fittedRecipe) asAsked(err error) error {
	p, told := problem.As(err)
	if !told {
		return err
	}
	var at int
	if n, _ := fmt.Sscanf(p.Field, "steps[%d]", &at); n != 1 || at < 0 || at >= len(t.full.Steps) {
		return err
	}
	q := *p
	_, rest, _ := strings.Cut(p.Field, "]")
	q.Field = "steps"
	if i := placeIn(t.asked, t.full.Steps, at); i >= 0 {
		q.Field = fmt.Sprintf("steps[%d]%s", i, rest)
	}
	return &q
}

// placeIn returns which of asked became full[at], or −1 where none did. What
// was asked for stands in the same order in full, some of it with fewer
// columns or not at all, and what was added stands between.
func placeIn(asked, full []recipe.Step, at int) int {
	next := 0
	for k, s := range full[:at+1] {
		i := slices.IndexFunc(asked[next:], func(a recipe.Step) bool { return became(a, s) })
		switch {
		case k == at && i >= 0:
			return next + i
		case i >= 0:
			next += i + 1
		}
	}
	return -1
}

// became reports whether a step as asked for can be one of a complete recipe.
func became(asked, full recipe.Step) bool {
	if asked.Name != full.Name || !reflect.DeepEqual(asked.Params, full.Params) {
		return false
	}
	rest := full.Columns // which are in the order of those asked for
	for _, c := range asked.Columns {
		if len(rest) > 0 && rest[0] == c {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// learnTarget lets steps learn from the goal, where it can be predicted.
func learnTarget(in *recipe.Training, g Goal) {
	t, err := train.CheckTarget(in.Frame, g.Target, g.Task)
	if err != nil {
		return
	}
	y := make(map[int]float64, len(t.Rows))
	for i, row := range t.Rows {
		y[row] = t.Y[i]
	}
	for _, row := range in.Rows {
		in.Y = append(in.Y, y[row])
	}
	in.Classes = t.Labels.Len()
	for k := range in.Classes {
		in.ClassNames = append(in.ClassNames, t.Labels.Text(k))
	}
}

// splitRows returns the training and test rows of the split that the spec makes
// by default. Where it cannot be trained on, all rows that exist are split
// evenly at random.
func splitRows(f *frame.Frame, spec train.Spec) (rows, test []int) {
	t, err := train.CheckTarget(f, spec.Target, spec.Task)
	spec.TestSize, spec.Seed = DefaultTestSize, DefaultSeed
	if err == nil {
		rows, test, _, err = spec.Split(f, t)
	}
	if err != nil {
		if f.Rows < 2 {
			return []int{0}, nil
		}
		return train.Split(make([]float64, f.Rows), 0, DefaultTestSize, DefaultSeed)
	}
	for _, part := range [][]int{rows, test} {
		for i, at := range part {
			part[i] = t.Rows[at]
		}
	}
	return rows, test
}
