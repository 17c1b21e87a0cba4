package workflow

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
)

// Suggestion is a step that the data asks for.
type Suggestion struct {
	Step   recipe.Step
	Reason string
}

// TakeSuggested stores the recipe that Suggest returns, unless it lacks nothing.
func (w *Workspace) TakeSuggested(ctx context.Context, want recipe.Want, what string) error {
	w.editing.Lock()
	defer w.editing.Unlock()
	m, err := w.Now()
	if err != nil {
		return err
	}
	full, lacks, err := m.Suggest(ctx, want)
	if err != nil || len(lacks) == 0 {
		return err
	}
	_, err = w.prepare(ctx, m, "", full, what, false)
	return err
}

// Suggest returns the stored recipe with the steps that it lacks so that a
// learner that wants its columns so can be trained well on the goal, and those
// steps alone.
func (m *Moment) Suggest(ctx context.Context, want recipe.Want) (full recipe.Recipe, lacks []Suggestion, err error) {
	look, err := m.suggestionsFor(ctx, want)
	if err != nil {
		return full, nil, err
	}
	if err := look.asDataAsks(ctx); err != nil {
		return full, nil, err
	}
	want.Always = true
	full, _ = look.recipe.Complete(look.frame, look.use, look.defs, want)
	full = look.byTarget(full)
	for _, step := range full.Steps {
		known := slices.ContainsFunc(look.stored.Steps, func(s recipe.Step) bool { return reflect.DeepEqual(s, step) })
		if !known {
			lacks = append(lacks, Suggestion{step, look.reason(step)})
		}
	}
	return full, lacks, nil
}

// suggesting is a recipe on its way to the suggested one.
type suggesting struct {
	data    *Data
	frame   *frame.Frame
	defs    []recipe.Definition
	goal    Goal
	want    recipe.Want
	stored  recipe.Recipe // as it holds, written out
	recipe  recipe.Recipe // with what the data asks for
	use     []string      // the features
	shut    map[string]bool
	reasons map[string]string
}

func (m *Moment) suggestionsFor(ctx context.Context, want recipe.Want) (*suggesting, error) {
	s := &suggesting{data: m.data, frame: m.frame(), defs: m.service.Catalog.Steps, goal: m.goal, want: want, reasons: map[string]string{}}
	resolved, err := m.Recipe().Resolve(s.frame, s.defs, s.goal.Target)
	if err != nil {
		return nil, err
	}
	u, err := m.columns(ctx, m.goal, resolved, m.choices)
	if err != nil {
		return nil, err
	}
	s.use, s.shut = u.use, u.shut
	s.stored = resolved.Only(s.use)
	s.recipe = s.stored
	return s, nil
}

// asDataAsks adds the steps for what only a look at the values shows.
func (s *suggesting) asDataAsks(ctx context.Context) error {
	report, err := s.data.profile(ctx)
	if err != nil {
		return err
	}
	for _, a := range report.Alerts {
		if a.Fix.Action != profile.MarkMissing || !slices.Contains(s.use, a.Column) {
			continue
		}
		s.add(recipe.Step{Name: "treat_as_missing", Columns: []string{a.Column}, Params: map[string]any{"values": a.Fix.Values}}, a.Message)
	}
	var dates []string
	for _, c := range s.frame.Columns {
		if c.Kind == frame.Time && c.Name != s.goal.Target && !s.shut[c.Name] && c.MissingCount() < c.Len() {
			dates = append(dates, c.Name)
		}
	}
	if len(dates) > 0 && s.defined("date_parts") {
		before := len(s.recipe.Steps)
		s.add(recipe.Step{Name: "date_parts", Columns: dates}, "A date says nothing as one number; its month, weekday and age may.")
		if len(s.recipe.Steps) > before {
			s.use = append(s.use, slices.DeleteFunc(dates, func(c string) bool { return slices.Contains(s.use, c) })...)
		}
	}
	return nil
}

func (s *suggesting) defined(step string) bool {
	return slices.ContainsFunc(s.defs, func(d recipe.Definition) bool { return d.Name == step })
}

// add inserts a step with its reason, unless a step of the recipe does the same
// or stands in its way.
func (s *suggesting) add(step recipe.Step, reason string) {
	taken := slices.ContainsFunc(s.recipe.Steps, func(t recipe.Step) bool {
		return t.Name == step.Name && slices.ContainsFunc(step.Columns, func(c string) bool { return slices.Contains(t.Columns, c) })
	})
	if taken {
		return
	}
	longer, err := s.recipe.Insert(step, s.defs).Resolve(s.frame, s.defs)
	if err != nil {
		return
	}
	s.recipe = longer
	s.reasons[key(step.Name, step.Columns)] = reason
}

func key(step string, columns []string) string { return fmt.Sprintf("%s %q", step, columns) }

// byTarget encodes by the target the categories that are too many for a column
// each, where the learner would read codes as amounts.
func (s *suggesting) byTarget(full recipe.Recipe) recipe.Recipe {
	if !s.want.Scale || s.goal.Task == 0 {
		return full
	}
	out := recipe.Recipe{Steps: slices.Clone(full.Steps)}
	for i, step := range out.Steps {
		known := slices.ContainsFunc(s.recipe.Steps, func(t recipe.Step) bool { return reflect.DeepEqual(t, step) })
		if step.Name != "encode" || step.Params["method"] != "ordinal" || known {
			continue
		}
		out.Steps[i].Params = map[string]any{"method": "target"}
	}
	if resolved, err := out.Resolve(s.frame, s.defs); err == nil {
		return resolved
	}
	return full
}

// reason says why a step is suggested.
func (s *suggesting) reason(step recipe.Step) string {
	if r, ok := s.reasons[key(step.Name, step.Columns)]; ok {
		return r
	}
	switch {
	case step.Name == "impute":
		return s.gaps(step.Columns) + " The median is not moved by a few extreme values."
	case step.Name == "encode" && step.Params["method"] == "one_hot":
		return "Models need numbers. A column of 0 and 1 for each category keeps them without an order that they do not have."
	case step.Name == "encode" && step.Params["method"] == "target":
		return s.categories(step.Columns) + " What the target is on average in each tells as much in one; it is learned from other rows than the one at hand."
	case step.Name == "encode" && s.want.Scale:
		return "Models need numbers. " + s.categories(step.Columns)
	case step.Name == "encode":
		return "Models need numbers. Trees can split codes anywhere, so one column is enough."
	case step.Name == "scale":
		return "Models that add up columns compare them fairly only on one scale."
	}
	return ""
}

// gaps says whether values of the columns are missing, or would be by a step
// before.
func (s *suggesting) gaps(columns []string) string {
	lack := 0
	for _, name := range columns {
		marked := slices.ContainsFunc(s.recipe.Steps, func(t recipe.Step) bool {
			return t.Name == "treat_as_missing" && slices.Contains(t.Columns, name)
		})
		if c := s.frame.Column(name); c != nil && (marked || c.MissingCount() > 0) {
			lack++
		}
	}
	switch {
	case lack == 0 && len(columns) == 1:
		return "It lacks no value now, but a row to come may, and models cannot learn from a gap."
	case lack == 0:
		return "They lack no value now, but a row to come may, and models cannot learn from a gap."
	case lack == len(columns) && lack == 1:
		return "It lacks values, and models cannot learn from a gap."
	case lack == len(columns):
		return "All of them lack values, and models cannot learn from a gap."
	}
	verb := "lack"
	if lack == 1 {
		verb = "lacks"
	}
	return fmt.Sprintf("%d of the %d %s values now, the others may in a row to come, and models cannot learn from a gap.", lack, len(columns), verb)
}

// categories says how many categories are too many for a column each.
func (s *suggesting) categories(columns []string) string {
	all := 0
	for _, name := range columns {
		if c := s.frame.Column(name); c != nil {
			all += len(c.Levels)
		}
	}
	return fmt.Sprintf("A column for each of %d categories would be too many.", all)
}
