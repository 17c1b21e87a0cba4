package workflow

import (
	"context"

	"clicktrain/internal/recipe"
)

// now returns what of makes of what the workspace holds.
func now[T any](w *Workspace, of func(*Moment) (T, error)) (T, error) {
	m, err := w.Now()
	if err != nil {
		var none T
		return none, err
	}
	return of(m)
}

func (w *Workspace) Plan(req TrainRequest) (*Plan, error) {
	return now(w, func(m *Moment) (*Plan, error) { return m.Plan(req) })
}

func (w *Workspace) Preview(ctx context.Context) (*Prepared, error) {
	return now(w, func(m *Moment) (*Prepared, error) { return m.Preview(ctx) })
}

func (w *Workspace) Look(ctx context.Context) (*Look, error) {
	return now(w, func(m *Moment) (*Look, error) { return m.Look(ctx) })
}

func (w *Workspace) Effect(ctx context.Context, r recipe.Recipe, i int) (*Effect, error) {
	return now(w, func(m *Moment) (*Effect, error) { return m.Effect(ctx, r, i) })
}

func (w *Workspace) PreparedTable(ctx context.Context) (*PreparedTable, error) {
	return now(w, func(m *Moment) (*PreparedTable, error) { return m.PreparedTable(ctx) })
}

func (w *Workspace) Suggest(ctx context.Context, want recipe.Want) (full recipe.Recipe, lacks []Suggestion, err error) {
	full, err = now(w, func(m *Moment) (recipe.Recipe, error) {
		full, lacks, err = m.Suggest(ctx, want)
		return full, err
	})
	return full, lacks, err
}

func (w *Workspace) Recipe() (r recipe.Recipe, set bool, err error) {
	r, err = now(w, func(m *Moment) (recipe.Recipe, error) {
		_, done := m.History()
		set = done > 0
		return m.Recipe(), nil
	})
	return r, set, err
}

func (w *Workspace) History() (list []Edit, done int, err error) {
	list, err = now(w, func(m *Moment) ([]Edit, error) {
		list, done = m.History()
		return list, nil
	})
	return list, done, err
}
