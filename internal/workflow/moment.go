package workflow

import (
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// state is what a person loaded and chose. Its parts are replaced, never
// changed, so that a copy stays what it was.
type state struct {
	data    *Data
	edits   edits // of the recipe
	goal    Goal
	seen    Seen
	choices choices
}

// Moment is what a workspace held at one moment. Whatever is planned, prepared,
// suggested or told from it goes by the same table, goal, recipe and choices,
// whatever is uploaded or chosen meanwhile. It never changes.
type Moment struct {
	service *Service
	state
}

// Now returns what the workspace holds.
func (w *Workspace) Now() (*Moment, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return nil, errNoData()
	}
	return &Moment{w.service, w.state}, nil
}

// NowOn is Now where the workspace still holds d; it is a Conflict where it does
// not.
func (w *Workspace) NowOn(d *Data) (*Moment, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.holds(d); err != nil {
		return nil, err
	}
	return &Moment{w.service, w.state}, nil
}

// Data returns the table and how it was read.
func (m *Moment) Data() *Data { return m.data }

// Goal returns what is to be predicted.
func (m *Moment) Goal() Goal { return m.goal }

// Recipe returns the recipe that holds.
func (m *Moment) Recipe() recipe.Recipe { return m.edits.current() }

// History returns the versions of the recipe, the oldest first, and how many of
// them are done: the ones from there on were undone. With none done, the recipe
// has no steps.
func (m *Moment) History() (list []Edit, done int) { return m.edits.list, m.edits.at }

// Prepared reports whether the recipe has steps.
func (m *Moment) Prepared() bool { return len(m.edits.current().Steps) > 0 }

// Group returns the column by which trainings keep rows together; empty is
// none.
func (m *Moment) Group() string { return m.choices.group }

// Copies reports whether trainings keep rows that are equal in all features
// together.
func (m *Moment) Copies() bool { return m.choices.copies }

// Weights returns the column that says how much rows count; empty is none.
func (m *Moment) Weights() string { return m.choices.weights }

func (m *Moment) frame() *frame.Frame { return m.data.Frame() }

// aim sets the goal. It refuses a target that cannot be predicted, and then
// changes nothing.
func (s *state) aim(target string, task learn.Task) (Goal, error) {
	g, err := goalFor(s.data.Frame(), target, task)
	if err != nil {
		return Goal{}, err
	}
	g.Chosen = true
	s.goal = g
	if s.choices.group == g.Target {
		s.choices.group = ""
	}
	if s.choices.weights == g.Target {
		s.choices.weights = ""
	}
	return g, nil
}

// holds refuses what was made from other data than the workspace's. The caller
// holds w.mu.
func (w *Workspace) holds(d *Data) error {
	switch w.data {
	case nil:
		return errNoData()
	case d:
		return nil
	}
	return problem.New(problem.Conflict, "The data was replaced meanwhile: another file was uploaded, or it was read another way.").
		WithHint("Look at the data again, and repeat what you did.")
}
