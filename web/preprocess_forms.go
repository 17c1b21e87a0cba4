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

// families are the groups of steps on the page, in the order in which they
// happen.
var families = []struct {
	phase recipe.Phase
	title string
}{
	{recipe.OnRaw, "Columns as they are read"}, {recipe.OnRows, "Training rows"}, {recipe.OnColumns, "Each column by itself"},
	{recipe.OnMatrix, "Prepared columns together"}, {recipe.OnBalance, "Rare classes"},
}

// fillForms puts the forms on the page that add a step or change one. The one
// that was refused is open, with what was typed.
func (s *Server) fillForms(c echo.Context, page *views.PreparePage, f *frame.Frame, steps []recipe.Step, refused *problem.Error, previewed *views.StepForm) {
	sent := c.Request().Method == http.MethodPost && refused != nil
	editing := cmp.Or(c.FormValue("index"), c.QueryParam("change"))
	if i, err := stepAt(editing, steps); err == nil && i >= 0 {
		d, known := s.definition(steps[i].Name)
		if known {
			form := s.stepForm(d, f, steps[i])
			if sent {
				form = s.typedForm(c, d, f, refused)
			}
			form.Index = editing
			if previewed != nil && previewed.Index == editing {
				form = *previewed
			}
			page.Editing = &form
		}
	}
	for _, family := range families {
		group := views.StepFamily{Title: family.title}
		for _, d := range s.opts.Workflow.Catalog.Steps {
			if d.Phase != family.phase {
				continue
			}
			form := s.stepForm(d, f, recipe.Step{Name: d.Name})
			switch {
			case previewed != nil && previewed.Index == "" && previewed.Step == d.Name:
				form = *previewed
			case sent && page.Editing == nil && c.FormValue("step") == d.Name:
				form = s.typedForm(c, d, f, refused)
				form.Open = true
			}
			group.Forms = append(group.Forms, form)
			group.Open = group.Open || form.Open
		}
		if len(group.Forms) > 0 {
			page.Families = append(page.Families, group)
		}
	}
}

func (s *Server) definition(name string) (recipe.Definition, bool) {
	for _, d := range s.opts.Workflow.Catalog.Steps {
		if d.Name == name {
			return d, true
		}
	}
	return recipe.Definition{}, false
}

// stepForm is the form of a step as it stands in the recipe.
func (s *Server) stepForm(d recipe.Definition, f *frame.Frame, step recipe.Step) views.StepForm {
	typed := map[string]string{}
	for name, v := range step.Params {
		typed[name] = param.Text(v)
	}
	chosen := map[string]bool{}
	for _, name := range step.Columns {
		chosen[name] = true
	}
	return s.form(d, f, typed, chosen, strings.Join(step.Columns, "\n"), nil)
}

// typedForm is the form as it was sent, with why it was refused.
func (s *Server) typedForm(c echo.Context, d recipe.Definition, f *frame.Frame, refused *problem.Error) views.StepForm {
	typed := map[string]string{}
	chosen := map[string]bool{}
	sent, err := c.FormParams()
	for _, field := range stepFields(d) {
		if v := views.Ticked(sent[field.Name]); v != "" {
			typed[field.Name] = v
		}
	}
	if err == nil {
		for _, index := range sent["columns"] {
			if name, ok := columnAt(f.Names(), index); ok {
				chosen[name] = true
			}
		}
	}
	return s.form(d, f, typed, chosen, c.FormValue("column_names"), refused)
}

// maxTicks is the most columns that are listed to be ticked.
const maxTicks = 200

func (s *Server) form(d recipe.Definition, f *frame.Frame, typed map[string]string, chosen map[string]bool, names string, refused *problem.Error) views.StepForm {
	form := views.StepForm{
		Step: d.Name, Title: d.Title, When: d.Summary, Cost: d.Cost,
		Fields: views.ParamFields("", stepFields(d), typed, nil), ByName: len(f.Columns) > maxTicks, Names: names, Whole: d.Phase == recipe.OnBalance, Named: d.Named,
	}
	for i := range form.Fields {
		field := &form.Fields[i]
		field.Scope = d.Name
		for k, o := range field.Options {
			field.Options[k].Label = cmp.Or(optionWords[o.Value], o.Label)
		}
		if refused != nil && (refused.Field == field.Name || strings.HasSuffix(refused.Field, "."+field.Name)) {
			field.Refusal = refused.Error()
		}
	}
	form.Blamed = refused != nil && (refused.Field == "columns" || strings.HasSuffix(refused.Field, ".columns"))
	if form.ByName {
		return form
	}
	for i, c := range f.Columns {
		form.Columns = append(form.Columns, views.Check{Value: strconv.Itoa(i), Label: c.Name, Note: c.Kind.String(), Checked: chosen[c.Name]})
	}
	// What it is meant for comes first.
	meant := func(k views.Check) int {
		if at, _ := strconv.Atoi(k.Value); slices.Contains(d.Kinds, f.Columns[at].Kind) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(form.Columns, func(a, b views.Check) int { return meant(a) - meant(b) })
	return form
}

// previewStep shows what the form's step would do, in its form.
func (s *Server) previewStep(c echo.Context, ws *workflow.Workspace) error {
	m, err := ws.Now()
	if err != nil {
		return err
	}
	def, known := s.definition(c.FormValue("step"))
	if !known {
		return problem.New(problem.NotFound, "There is no such step.")
	}
	form := s.typedForm(c, def, m.Data().Frame(), nil)
	form.Open, form.Preview = true, new(views.StepPreview)
	steps := slices.Clone(m.Recipe().Steps)
	at, stale := stepAt(c.FormValue("index"), steps)
	changes := at >= 0
	step, err := s.stepOf(c, m.Data())
	if stale != nil {
		err = stale
	}
	if err == nil {
		if changes {
			form.Index, steps[at] = c.FormValue("index"), step
		} else {
			steps, at = s.place(steps, step)
		}
		err = s.showEffect(c, m, form.Preview, recipe.Recipe{Steps: steps}, at)
	}
	if err != nil {
		p, _, redraw := redrawable(err)
		if !redraw {
			return err
		}
		form.Preview = &views.StepPreview{Refusal: p.Error()}
	}
	return s.drawPreview(c, ws, form)
}

// drawPreview answers with the preview alone for htmx, else with the page, on
// which the form is open.
func (s *Server) drawPreview(c echo.Context, ws *workflow.Workspace, form views.StepForm) error {
	if isPartial(c.Request()) {
		return s.renderPart(c, views.StepPreviewPart(form))
	}
	return s.preparePage(c, ws, http.StatusOK, nil, &form)
}

// showEffect fills in what step i of r does.
func (s *Server) showEffect(c echo.Context, m *workflow.Moment, out *views.StepPreview, r recipe.Recipe, i int) error {
	e, err := m.Effect(c.Request().Context(), r, i)
	if err != nil {
		return err
	}
	out.Says = effectText(e)
	out.Before = effectTable("Before the step", e.Was)
	out.After = effectTable("After the step", e.Is)
	return nil
}

// effectText says how much a step changes.
func effectText(e *workflow.Effect) string {
	var parts []string
	say := func(n int, format string, args ...any) {
		if n != 0 {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	say(e.Changed, "%s in %s", views.Plural(e.Changed, "value"), views.Plural(e.Columns, "column"))
	say(e.Added, "%s added", views.Plural(e.Added, "prepared column"))
	say(e.Removed, "%s removed", views.Plural(e.Removed, "prepared column"))
	say(e.Dropped, "%s left out", views.Plural(e.Dropped, "training row"))
	say(e.After-e.Before+e.Dropped, "%s to learn from instead of %s", views.Plural(e.After, "row"), views.Count(e.Before))
	if e.Weighed > 0 {
		parts = append(parts, "how much "+views.Plural(e.Weighed, "training row")+verb(e.Weighed, " counts", " count"))
	}
	switch {
	case len(parts) == 0 && e.Lasts:
		return "Changes nothing in this data. It still holds for rows to come."
	case len(parts) == 0:
		return "Changes nothing in this data."
	}
	return "Changes: " + strings.Join(parts, ", ") + "."
}

func effectTable(caption string, columns []workflow.EffectColumn) *views.Table {
	if len(columns) == 0 {
		return nil
	}
	t := &views.Table{Caption: caption}
	for _, c := range columns {
		t.Heads = append(t.Heads, views.Head{Name: c.Name, Code: true, Number: c.Number, New: c.New})
	}
	for i := range columns[0].Values {
		row := make([]views.Cell, len(columns))
		for j, c := range columns {
			row[j] = views.Cell{Text: c.Values[i], Missing: c.Values[i] == ""}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// optionWords are the settings of steps as a newcomer would say them, with the
// field's own word.
var optionWords = map[string]string{
	"mean": "the mean", "median": "the median", "most_frequent": "the most frequent value (mode)",
	"one_hot": "a column of 0 and 1 for each (one-hot)", "ordinal": "codes 0, 1, 2 … (label)",
	"standard": "mean 0, standard deviation 1 (standard)",
}
