package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/frame"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) preprocessRoutes() {
	s.page(http.MethodGet, "/prepare", s.showPrepare)
	s.page(http.MethodPost, "/prepare", s.addStep)
	s.page(http.MethodPost, "/prepare/remove", s.removeStep)
	s.page(http.MethodPost, "/prepare/suggest", s.takeSuggested)
	s.page(http.MethodPost, "/prepare/reset", s.resetRecipe)
	endpoint(s, http.MethodPost, "/api/preprocessing/{session_id}", http.StatusOK, "Set how columns are prepared", s.prepare)
}

func (s *Server) showPrepare(c echo.Context, ws *workflow.Workspace) error {
	return s.preparePage(c, ws, http.StatusOK, nil)
}

// addStep adds a step to the end of the recipe.
func (s *Server) addStep(c echo.Context, ws *workflow.Workspace) error {
	step, err := s.stepOf(c, ws)
	if err != nil {
		return s.refusedStep(c, ws, err)
	}
	r, _, err := ws.Recipe()
	if err != nil {
		return err
	}
	return s.setRecipe(c, ws, recipe.Recipe{Steps: append(slices.Clone(r.Steps), step)})
}

// removeStep takes a step out of the recipe.
func (s *Server) removeStep(c echo.Context, ws *workflow.Workspace) error {
	r, _, err := ws.Recipe()
	if err != nil {
		return err
	}
	i, err := strconv.Atoi(c.FormValue("index"))
	if err != nil || i < 0 || i >= len(r.Steps) {
		return goTo(c, "/prepare") // it is gone already
	}
	return s.setRecipe(c, ws, recipe.Recipe{Steps: slices.Delete(slices.Clone(r.Steps), i, i+1)})
}

func (s *Server) takeSuggested(c echo.Context, ws *workflow.Workspace) error {
	full, _, err := ws.Suggested()
	if err != nil {
		return s.refusedStep(c, ws, err)
	}
	return s.setRecipe(c, ws, full)
}

func (s *Server) resetRecipe(c echo.Context, ws *workflow.Workspace) error {
	if err := ws.Reset(); err != nil {
		return err
	}
	return goTo(c, "/prepare")
}

func (s *Server) setRecipe(c echo.Context, ws *workflow.Workspace, r recipe.Recipe) error {
	if _, err := ws.Prepare(c.Request().Context(), r, "Changed the recipe"); err != nil {
		return s.refusedStep(c, ws, err)
	}
	return goTo(c, "/prepare")
}

// refusedStep draws the page again with why a step was refused.
func (s *Server) refusedStep(c echo.Context, ws *workflow.Workspace, err error) error {
	if p, status, redraw := redrawable(err); redraw {
		return s.preparePage(c, ws, status, p)
	}
	return err
}

// stepOf reads the form that adds a step.
func (s *Server) stepOf(c echo.Context, ws *workflow.Workspace) (recipe.Step, error) {
	d, err := ws.Data()
	if err != nil {
		return recipe.Step{}, err
	}
	step := recipe.Step{Name: c.FormValue("step"), Params: map[string]any{}}
	for _, def := range s.opts.Workflow.Catalog.Steps {
		if def.Name != step.Name {
			continue
		}
		for _, f := range stepFields(def) {
			if v := c.FormValue(f.Name); v != "" {
				step.Params[f.Name] = v
			}
		}
	}
	form, err := c.FormParams()
	if err != nil {
		return step, problem.New(problem.Malformed, "The form cannot be read.")
	}
	names := d.Frame().Names()
	for _, index := range form["columns"] {
		if index == "" {
			continue // all columns
		}
		name, ok := columnAt(names, index)
		if !ok {
			return step, problem.Field("columns", "There is no such column.").WithHint("Choose one from the list.")
		}
		step.Columns = append(step.Columns, name)
	}
	return step, nil
}

func stepFields(d recipe.Definition) []param.Field {
	var set param.Set
	d.New().Params(&set)
	return set.Fields()
}

// preparePage draws the recipe and what it does.
func (s *Server) preparePage(c echo.Context, ws *workflow.Workspace, status int, refused *problem.Error) error {
	d, err := ws.Data()
	if err != nil {
		return err
	}
	stored, _, err := ws.Recipe()
	if err != nil {
		return err
	}
	page := views.PreparePage{
		StripNote: "Test rows stand for rows that the model has never met. If a mean or a category were learned from them too, the scores would look better than the model is.",
		Forms:     s.stepForms(d.Frame(), c.FormValue("step"), refused),
	}
	if refused != nil {
		page.Problem = &views.Problem{Items: []views.ProblemItem{{Text: refused.Message, Hint: refused.Hint}}}
	}
	p, err := ws.Preview(c.Request().Context())
	if err != nil {
		if told, _, redraw := redrawable(err); redraw {
			page.Problem = &views.Problem{Items: []views.ProblemItem{{Text: told.Message, Hint: told.Hint}}}
		} else {
			return err
		}
	}
	_, missing, err := ws.Suggested()
	if err != nil {
		return err
	}
	for i, step := range stored.Steps {
		page.Steps = append(page.Steps, views.RecipeStep{Index: strconv.Itoa(i), Title: stepTitle(step), Columns: columnsText(step, d.Frame())})
	}
	for _, step := range missing {
		page.Suggestions = append(page.Suggestions, s.suggestion(step, d.Frame()))
	}
	if p != nil {
		fillPreview(&page, p, d.Frame())
	}
	shell := s.stepShell(c, ws, "Prepare", "Prepare")
	shell.Refused = refused != nil
	return s.render(c, status, shell, views.Prepare(page))
}

// fillPreview shows what the recipe does to the first rows.
func fillPreview(page *views.PreparePage, p *workflow.Prepared, f *frame.Frame) {
	page.Strip = fmt.Sprintf("Learned from %s; %s set aside.", views.Plural(p.Train, "training row"), views.Plural(p.Test, "test row"))
	if p.Dropped > 0 {
		page.Strip += fmt.Sprintf(" %s with missing values left out.", views.Plural(p.Dropped, "training row"))
	}
	used := slices.DeleteFunc(used(f, p.Left), func(name string) bool { return name == p.Target })
	before := firstRows(f.Select(used), "The columns as they are in the file")
	page.Before = &before
	page.After = preparedTable(p, f)
	page.Widths = fmt.Sprintf("%s become %s.", views.Plural(len(used), "column"), views.Plural(len(p.Names), "column"))
	page.PreviewNote = fmt.Sprintf("The first %d of %s.", len(p.Index), views.Plural(f.Rows, "row"))
	for _, n := range p.Notes {
		page.PreviewNote += " Not in the recipe, done anyway: " + n.Message
	}
	attachLearned(page, p, f)
}

// used returns the columns of the table that are not left out.
func used(f *frame.Frame, left []recipe.Left) []string {
	return slices.DeleteFunc(f.Names(), func(name string) bool {
		return slices.ContainsFunc(left, func(l recipe.Left) bool { return l.Column == name })
	})
}

// attachLearned puts what was learned beside the steps of the recipe.
func attachLearned(page *views.PreparePage, p *workflow.Prepared, f *frame.Frame) {
	const most = 12
	for i, step := range p.Steps {
		page.Steps[i].Title = stepTitle(step)
		if len(step.Columns) == 0 {
			page.Steps[i].Columns = "no column needs it: another step settles them, or it applies to none"
			continue
		}
		page.Steps[i].Columns = columnsText(step, f)
		for _, l := range p.Learned {
			for k, column := range l.Columns {
				if l.Step == step.Name && slices.Contains(step.Columns, column) && len(page.Steps[i].Learned) < most {
					page.Steps[i].Learned = append(page.Steps[i].Learned, views.Clip(column, 60)+": "+views.Clip(l.Values[k], 200))
				}
			}
		}
	}
}

func preparedTable(p *workflow.Prepared, f *frame.Frame) *views.Table {
	names := p.Names[:min(len(p.Names), pageColumns)]
	t := &views.Table{Caption: "The columns as a learner is fed them", Quiet: true}
	if len(names) < len(p.Names) {
		t.Caption, t.Quiet = fmt.Sprintf("The first %d of %s prepared columns", pageColumns, views.Count(len(p.Names))), false
	}
	for _, n := range names {
		t.Heads = append(t.Heads, views.Head{Name: n, Number: true, Code: true, New: f.Index(n) < 0})
	}
	for _, row := range p.Preview {
		cells := make([]views.Cell, len(names))
		for j := range names {
			cells[j].Text = views.Num(row[j])
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// stepForms are the forms that add a step; the one that was refused is open.
func (s *Server) stepForms(f *frame.Frame, open string, refused *problem.Error) []views.StepForm {
	var out []views.StepForm
	for _, d := range s.opts.Workflow.Catalog.Steps {
		form := views.StepForm{
			Step: d.Name, Title: d.Title, When: d.Summary, Cost: d.Cost,
			Fields:  views.ParamFields("", stepFields(d), nil, nil),
			Columns: []views.Option{{Value: "", Label: "all it applies to", Selected: true}},
		}
		for i := range form.Fields {
			for k, o := range form.Fields[i].Options {
				form.Fields[i].Options[k].Label = cmp.Or(optionWords[o.Value], o.Label)
			}
			if refused != nil && d.Name == open && strings.HasSuffix(refused.Field, "."+form.Fields[i].Name) {
				form.Fields[i].Refusal = refused.Error()
			}
		}
		for i, c := range f.Columns[:min(len(f.Columns), pageList)] {
			if slices.Contains(d.Kinds, c.Kind) || d.Name == "encode" && c.Kind == frame.Numeric {
				form.Columns = append(form.Columns, views.Option{Value: strconv.Itoa(i), Label: views.Clip(c.Name, 60)})
			}
		}
		if len(form.Columns) == 1 && d.Phase != recipe.OnBalance {
			form.Empty = "No column of this file needs it."
		}
		out = append(out, form)
	}
	return out
}

// optionWords are the settings of steps as a newcomer would say them, with the
// field's own word.
var optionWords = map[string]string{
	"mean": "the mean", "median": "the median", "most_frequent": "the most frequent value (mode)",
	"one_hot": "a column of 0 and 1 for each (one-hot)", "ordinal": "codes 0, 1, 2 … (label)",
	"standard": "mean 0, standard deviation 1 (standard)",
}

// suggestion is a step that the recipe lacks, with the form that adds it.
func (s *Server) suggestion(step recipe.Step, f *frame.Frame) views.Suggestion {
	out := views.Suggestion{Title: stepTitle(step), Columns: columnsText(step, f), Reason: stepReason(step),
		Hidden: []views.Hidden{{Name: "step", Value: step.Name}}}
	names := make([]string, 0, len(step.Params))
	for name := range step.Params {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out.Hidden = append(out.Hidden, views.Hidden{Name: name, Value: param.Text(step.Params[name])})
	}
	for _, c := range step.Columns {
		out.Hidden = append(out.Hidden, views.Hidden{Name: "columns", Value: strconv.Itoa(f.Index(c))})
	}
	return out
}

// stepTitle says what a step does.
func stepTitle(s recipe.Step) string {
	choice := func(name string) string { return param.Text(s.Params[name]) }
	switch s.Name {
	case "impute":
		words := map[string]string{"mean": "the mean", "median": "the median"}[choice("strategy")]
		if words == "" {
			words = "the most frequent value"
		}
		return "Fill missing values with " + words
	case "encode":
		if choice("method") == "one_hot" {
			return "Turn categories into columns of 0 and 1"
		}
		return "Turn categories into codes"
	case "scale":
		return "Scale to mean 0 and standard deviation 1"
	case "drop_missing":
		return "Leave out training rows with missing values"
	}
	return s.Name
}

func stepReason(s recipe.Step) string {
	switch s.Name {
	case "impute":
		return "Models cannot learn from a gap. The median is not moved by a few extreme values."
	case "encode":
		if s.Params["method"] == "one_hot" {
			return "Models need numbers. A column of 0 and 1 for each category keeps them without an order that they do not have."
		}
		return "Models need numbers, and so many categories would make too many columns."
	case "scale":
		return "Models that add up columns compare them fairly only on one scale; forests do not mind."
	}
	return ""
}

// columnsText says which columns a step is for.
func columnsText(s recipe.Step, f *frame.Frame) string {
	const most = 8
	switch n := len(s.Columns); {
	case n == 0:
		return "all columns it applies to"
	case n == len(f.Columns):
		return "all columns"
	case n > most:
		return strings.Join(clipped(s.Columns[:most]), ", ") + fmt.Sprintf(" and %d more", n-most)
	}
	return strings.Join(clipped(s.Columns), ", ")
}
