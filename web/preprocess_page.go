package web

import (
	"cmp"
	"fmt"
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

// preparePage draws the recipe and what it does.
// previewed, if not nil, is the form of a step with its preview.
func (s *Server) preparePage(c echo.Context, ws *workflow.Workspace, status int, refused *problem.Error, previewed *views.StepForm) error {
	m, err := ws.Now()
	if err != nil {
		return err
	}
	d, stored := m.Data(), m.Recipe()
	page := views.PreparePage{
		StripNote: "Test rows stand for rows that the model has never met. If a mean or a category were learned from them too, the scores would look better than the model is.",
	}
	s.fillForms(c, &page, d.Frame(), stored.Steps, refused, previewed)
	closed, err := m.Closed(c.Request().Context())
	if err != nil {
		return err
	}
	closeColumns(&page, closed)
	if refused != nil {
		page.Problem = &views.Problem{Items: []views.ProblemItem{{Text: refused.Message, Hint: refused.Hint, Href: refusedHref(&page)}}}
	}
	p, err := m.Preview(c.Request().Context())
	if err != nil {
		if told, _, redraw := redrawable(err); redraw {
			page.Problem = &views.Problem{Items: []views.ProblemItem{{Text: told.Message, Hint: told.Hint}}}
		} else {
			return err
		}
	}
	chosen := cmp.Or(c.FormValue("for"), suits[0].name)
	_, lacks, err := m.Suggest(c.Request().Context(), suiting(chosen))
	if err != nil {
		return err
	}
	for i, step := range stored.Steps {
		page.Steps = append(page.Steps, views.RecipeStep{Index: stepIndex(i, stored.Steps), Title: s.stepTitle(step), Columns: columnsText(step, d.Frame()),
			First: i == 0, Last: i == len(stored.Steps)-1})
	}
	if i, ok := placeOf(c.QueryParam("moved"), len(page.Steps)); ok {
		page.Steps[i].Moved = map[bool]string{true: "down", false: "up"}[c.QueryParam("way") == "down"]
	}
	fillHistory(&page, m)
	for _, k := range suits {
		page.Suits = append(page.Suits, views.Option{Value: k.name, Label: k.title, Selected: k.name == chosen})
	}
	for _, l := range lacks {
		page.Suggestions = append(page.Suggestions, s.suggestion(l, d.Frame()))
	}
	if p != nil {
		s.fillPreview(&page, p, d.Frame())
	}
	shell := s.stepShell(c, ws, "Prepare", "Prepare")
	shell.Refused = refused != nil
	takeSaid(c, &shell, &page)
	return s.render(c, status, shell, views.Prepare(page))
}

// closeColumns takes columns that are left out of the lists of the forms, but
// for where a step names them.
func closeColumns(page *views.PreparePage, closed map[string]bool) {
	without := func(list []views.Check) []views.Check {
		return slices.DeleteFunc(list, func(k views.Check) bool { return closed[k.Label] && !k.Checked })
	}
	for _, family := range page.Families {
		for i := range family.Forms {
			family.Forms[i].Columns = without(family.Forms[i].Columns)
		}
	}
	if page.Editing != nil {
		page.Editing.Columns = without(page.Editing.Columns)
	}
}

// leftOutText names columns that are left out, with the reasons.
func leftOutText(left []recipe.Left) string {
	const most = 5
	if len(left) == 0 {
		return ""
	}
	var parts []string
	for _, l := range left[:min(len(left), most)] {
		parts = append(parts, views.Clip(l.Column, 40)+" ("+shortReason(l.Reason)+")")
	}
	text := " Left out: " + strings.Join(parts, ", ")
	if n := len(left) - most; n > 0 {
		text += " and " + views.Plural(n, "more column")
	}
	return text + "."
}

// refusedHref leads to what was refused of the form of a step.
func refusedHref(page *views.PreparePage) string {
	if page.Editing != nil {
		return page.Editing.RefusedHref()
	}
	for _, family := range page.Families {
		for _, f := range family.Forms {
			if href := f.RefusedHref(); href != "" {
				return href
			}
		}
	}
	return ""
}

// fillHistory lists the versions of the recipe.
func fillHistory(page *views.PreparePage, m *workflow.Moment) {
	list, done := m.History()
	page.History = []views.Version{{Done: "0", What: "No steps", Current: done == 0}}
	for i, e := range list {
		page.History = append(page.History, views.Version{Done: strconv.Itoa(i + 1), What: views.Clip(e.What, 200), Current: done == i+1, Undone: i >= done})
	}
	if done > 0 {
		page.Undo = strconv.Itoa(done - 1)
	}
	if done < len(list) {
		page.Redo = strconv.Itoa(done + 1)
	}
}

// fillPreview shows what the recipe does to the first rows.
func (s *Server) fillPreview(page *views.PreparePage, p *workflow.Prepared, f *frame.Frame) {
	page.Strip = fmt.Sprintf("Learned from %s; %s set aside.", views.Plural(p.Train, "training row"), views.Plural(p.Test, "test row"))
	if p.Dropped > 0 {
		page.Strip += fmt.Sprintf(" %s left out by the recipe.", views.Plural(p.Dropped, "training row"))
	}
	used := slices.DeleteFunc(used(f, p.Left), func(name string) bool { return name == p.Target })
	before := firstRows(f.Select(used), "The columns as they are in the file")
	page.Before = &before
	page.After = preparedTable(p, f)
	page.Widths = fmt.Sprintf("%s become %s.", views.Plural(len(used), "column"), views.Plural(len(p.Names), "column")) + leftOutText(p.Left)
	page.Prepared = fmt.Sprintf("%s and %s, %s and the target. Test rows are prepared with what was learned from training rows.",
		views.Plural(p.Train, "training row"), views.Plural(p.Test, "test row"), views.Plural(len(p.Names), "column"))
	page.PreviewNote = fmt.Sprintf("The first %d of %s.", len(p.Index), views.Plural(f.Rows, "row"))
	for _, n := range p.Notes {
		page.PreviewNote += " Not in the recipe, done anyway: " + n.Message
	}
	s.attachLearned(page, p, f)
}

// used returns the columns of the table that are not left out.
func used(f *frame.Frame, left []recipe.Left) []string {
	return slices.DeleteFunc(f.Names(), func(name string) bool {
		return slices.ContainsFunc(left, func(l recipe.Left) bool { return l.Column == name })
	})
}

// attachLearned puts what was learned beside the steps of the recipe.
func (s *Server) attachLearned(page *views.PreparePage, p *workflow.Prepared, f *frame.Frame) {
	const most = 12
	for i, step := range p.Steps {
		page.Steps[i].Title = s.stepTitle(step)
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

// suggestion is a step that the recipe lacks, with the form that adds it.
func (s *Server) suggestion(l workflow.Suggestion, f *frame.Frame) views.Suggestion {
	step := l.Step
	out := views.Suggestion{Title: s.stepTitle(step), Columns: columnsText(step, f), Reason: views.Clip(l.Reason, 300)}
	if len(step.Columns) > maxTicks {
		return out // too many to send along; all suggestions can be taken at once
	}
	out.Hidden = []views.Hidden{{Name: "step", Value: step.Name}}
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
