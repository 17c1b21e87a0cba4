package web

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) preprocessRoutes() {
	s.page(http.MethodGet, "/prepare", s.showPrepare)
	s.page(http.MethodPost, "/prepare", s.addStep)
	s.page(http.MethodPost, "/prepare/change", s.changeStep)
	s.page(http.MethodPost, "/prepare/remove", s.removeStep)
	s.page(http.MethodPost, "/prepare/move", s.moveStep)
	s.page(http.MethodPost, "/prepare/suggest", s.takeSuggested)
	s.page(http.MethodPost, "/prepare/reset", s.resetRecipe)
	s.page(http.MethodPost, "/prepare/version", s.goToVersion)
	s.page(http.MethodPost, "/prepare/preview", s.previewStep)
	s.page(http.MethodPost, "/prepare/load", s.loadRecipe)
	s.page(http.MethodGet, "/prepare/recipe.json", s.saveRecipe)
	s.page(http.MethodGet, "/prepare/prepared.csv", s.savePrepared)
	endpoint(s, http.MethodPost, "/api/preprocessing/{session_id}", http.StatusOK, "Set how columns are prepared", s.prepare)
	endpoint(s, http.MethodGet, "/api/preprocessing/{session_id}", http.StatusOK, "How columns are prepared, and what was edited", s.recipe)
	endpoint(s, http.MethodPost, "/api/preprocessing/{session_id}/undo", http.StatusOK, "Take the last edit of the recipe back", s.undo)
	endpoint(s, http.MethodPost, "/api/preprocessing/{session_id}/redo", http.StatusOK, "Do the edit again that was undone last", s.redo)
	s.preparedCSV()
}

func (s *Server) showPrepare(c echo.Context, ws *workflow.Workspace) error {
	return s.preparePage(c, ws, http.StatusOK, nil, nil)
}

// edit stores the recipe that change makes of the stored one, and tells the
// history and the next page what it was.
func (s *Server) edit(c echo.Context, ws *workflow.Workspace, change func(d *workflow.Data, steps []recipe.Step) ([]recipe.Step, string, error)) error {
	return s.editAt(c, ws, func() string { return saidAt(c) }, change)
}

// editAt is edit with the address to go to.
func (s *Server) editAt(c echo.Context, ws *workflow.Workspace, address func() string, change func(d *workflow.Data, steps []recipe.Step) ([]recipe.Step, string, error)) error {
	what := ""
	err := ws.Edit(c.Request().Context(), func(d *workflow.Data, steps []recipe.Step) (out []recipe.Step, _ string, err error) {
		out, what, err = change(d, steps)
		return out, what, err
	})
	if err != nil {
		return s.refusedStep(c, ws, err)
	}
	if what == "" {
		return goTo(c, address())
	}
	return s.told(c, address(), what)
}

// told goes to a page that tells what was done.
func (s *Server) told(c echo.Context, address, what string) error {
	if err := s.flash(c, views.Clip(what, 120)+"."); err != nil {
		return err
	}
	return goTo(c, address)
}

// addStep adds a step to the recipe, at the end of its phase.
func (s *Server) addStep(c echo.Context, ws *workflow.Workspace) error {
	at := -1
	return s.editAt(c, ws, func() string { return saidAt(c, at) }, func(d *workflow.Data, steps []recipe.Step) ([]recipe.Step, string, error) {
		step, err := s.stepOf(c, d)
		steps, at = s.place(steps, step)
		return steps, "Added: " + s.stepTitle(step), err
	})
}

// place puts a step behind all steps that must come before it, and returns
// where.
func (s *Server) place(steps []recipe.Step, step recipe.Step) ([]recipe.Step, int) {
	placed := recipe.Recipe{Steps: steps}.Insert(step, s.opts.Workflow.Catalog.Steps).Steps
	at := 0
	for at < len(steps) && reflect.DeepEqual(placed[at], steps[at]) {
		at++
	}
	return placed, at
}

// changeStep puts the form's step in the place of one of the recipe.
func (s *Server) changeStep(c echo.Context, ws *workflow.Workspace) error {
	at := -1
	return s.editAt(c, ws, func() string { return saidAt(c, at) }, func(d *workflow.Data, steps []recipe.Step) ([]recipe.Step, string, error) {
		i, err := stepAt(c.FormValue("index"), steps)
		if err != nil || i < 0 {
			return nil, "", changedMeanwhile()
		}
		at = i
		step, err := s.stepOf(c, d)
		steps[i] = step
		return steps, "Changed: " + s.stepTitle(step), err
	})
}

// removeStep takes a step out of the recipe.
func (s *Server) removeStep(c echo.Context, ws *workflow.Workspace) error {
	return s.edit(c, ws, func(_ *workflow.Data, steps []recipe.Step) ([]recipe.Step, string, error) {
		i, err := stepAt(c.FormValue("index"), steps)
		if err != nil || i < 0 {
			return nil, "", err // without one it is gone already
		}
		what := "Removed: " + s.stepTitle(steps[i])
		return slices.Delete(steps, i, i+1), what, nil
	})
}

// moveStep puts a step one place up or down.
func (s *Server) moveStep(c echo.Context, ws *workflow.Workspace) error {
	to, way := -1, "up"
	address := func() string {
		return "/prepare?moved=" + strconv.Itoa(to) + "&way=" + way + "#step-" + strconv.Itoa(to+1)
	}
	return s.editAt(c, ws, address, func(_ *workflow.Data, steps []recipe.Step) ([]recipe.Step, string, error) {
		i, err := stepAt(c.FormValue("index"), steps)
		to = i - 1
		if c.FormValue("way") == "down" {
			to, way = i+1, "down"
		}
		if err != nil || i < 0 || to < 0 || to >= len(steps) {
			return nil, "", err
		}
		steps[i], steps[to] = steps[to], steps[i]
		return steps, "Moved " + way + ": " + s.stepTitle(steps[to]), nil
	})
}

// stepIndex names step i of a recipe for a form. It holds for this recipe alone:
// on a page that another tab has made old it names no other step.
func stepIndex(i int, steps []recipe.Step) string {
	return strconv.Itoa(i) + "." + recipeMark(steps)
}

// stepAt reads what stepIndex wrote, or a mere place. It returns -1 where the
// recipe has no such place, and refuses the index of another recipe.
func stepAt(index string, steps []recipe.Step) (int, error) {
	place, mark, marked := strings.Cut(index, ".")
	if marked && mark != recipeMark(steps) {
		return -1, changedMeanwhile()
	}
	if i, ok := placeOf(place, len(steps)); ok {
		return i, nil
	}
	return -1, nil
}

// recipeMark is short and differs between recipes.
func recipeMark(steps []recipe.Step) string {
	h := fnv.New64a()
	if err := json.NewEncoder(h).Encode(steps); err != nil {
		return ""
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

func changedMeanwhile() error {
	return problem.Field("index", "The recipe has changed meanwhile.").WithHint("Look at it again.")
}

// placeOf reads a place in a list of n.
func placeOf(text string, n int) (int, bool) {
	i, err := strconv.Atoi(text)
	return i, err == nil && i >= 0 && i < n
}

func (s *Server) takeSuggested(c echo.Context, ws *workflow.Workspace) error {
	const what = "Took the suggested recipe"
	before, err := ws.Now()
	if err != nil {
		return err
	}
	if err := ws.TakeSuggested(c.Request().Context(), suiting(c.FormValue("for")), what); err != nil {
		return s.refusedStep(c, ws, err)
	}
	after, err := ws.Now()
	if err != nil {
		return err
	}
	var fresh []int
	for i, step := range after.Recipe().Steps {
		if !slices.ContainsFunc(before.Recipe().Steps, func(old recipe.Step) bool { return reflect.DeepEqual(old, step) }) {
			fresh = append(fresh, i)
		}
	}
	return s.told(c, saidAt(c, fresh...), what)
}

func (s *Server) resetRecipe(c echo.Context, ws *workflow.Workspace) error {
	if err := ws.Reset(); err != nil {
		return err
	}
	return s.told(c, saidAt(c), "Removed all steps")
}

// goToVersion undoes edits, or does them again, up to the one that is named.
func (s *Server) goToVersion(c echo.Context, ws *workflow.Workspace) error {
	done, err := strconv.Atoi(c.FormValue("done"))
	if err != nil {
		return goTo(c, "/prepare")
	}
	was, list, err := ws.GoTo(done)
	if err != nil {
		return s.refusedStep(c, ws, err)
	}
	if done == was {
		return goTo(c, "/prepare")
	}
	what := "Went back to a recipe without steps"
	switch {
	case done == was-1:
		what = "Undone: " + list[done].What
	case done == was+1:
		what = "Done again: " + list[was].What
	case done > 0:
		what = "Went to the recipe after: " + list[done-1].What
	}
	return s.told(c, saidAfterVersion(c, was), what)
}

// refusedStep draws the page again with why a step was refused.
func (s *Server) refusedStep(c echo.Context, ws *workflow.Workspace, err error) error {
	if p, status, redraw := redrawable(err); redraw {
		return s.preparePage(c, ws, status, p, nil)
	}
	return err
}

// stepOf reads the form of a step on a table.
func (s *Server) stepOf(c echo.Context, d *workflow.Data) (recipe.Step, error) {
	step := recipe.Step{Name: c.FormValue("step"), Params: map[string]any{}}
	form, err := c.FormParams()
	if err != nil {
		return step, malformedForm()
	}
	if def, known := s.definition(step.Name); known {
		for _, f := range stepFields(def) {
			if v := views.Ticked(form[f.Name]); v != "" {
				step.Params[f.Name] = v
			}
		}
	}
	names := d.Frame().Names()
	for _, index := range form["columns"] {
		if index == "" {
			continue // all it applies to
		}
		name, ok := columnAt(names, index)
		if !ok {
			return step, problem.Field("columns", "There is no such column.").WithHint("Choose one from the list.")
		}
		step.Columns = append(step.Columns, name)
	}
	for line := range strings.SplitSeq(c.FormValue("column_names"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			step.Columns = append(step.Columns, line)
		}
	}
	return step, nil
}

// stepFields returns the parameters of a step.
func stepFields(d recipe.Definition) []param.Field {
	var set param.Set
	d.New().Params(&set)
	return set.Fields()
}
