package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/job"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) keepRoutes() {
	s.interestRoutes()
	s.page(http.MethodPost, "/runs/:id/name", s.nameRun)
	s.page(http.MethodGet, "/runs/:id/delete", s.askToDelete)
	s.page(http.MethodPost, "/runs/:id/delete", s.deleteRun)
	endpoint(s, http.MethodPatch, "/api/runs/{run_id}", http.StatusOK, "Name a run, or choose its class of interest", s.changeRun)
}

// runAt returns the run that the address names; told is set where the page says
// that it is not there.
func (s *Server) runAt(c echo.Context, ws *workflow.Workspace, step string) (r *workflow.Run, told bool, err error) {
	id := c.Param("id")
	if r, err = ws.Run(id); err != nil {
		return nil, true, s.noRun(c, ws, step, id, err)
	}
	return r, false, nil
}

// nameRun sets what the person calls a run.
func (s *Server) nameRun(c echo.Context, ws *workflow.Workspace) error {
	r, told, err := s.runAt(c, ws, "Results")
	if told {
		return err
	}
	err = r.Rename(c.FormValue("name"))
	if p, status, redraw := redrawable(err); redraw {
		if t := r.Trained(); t != nil {
			return s.drawResults(c, ws, t, status, p)
		}
		return p
	} else if err != nil {
		return err
	}
	what := "Run " + number(r) + " has no name of its own."
	if name := r.Name(); name != "" {
		what = "Run " + number(r) + " is called “" + name + "”."
	}
	if err := s.flash(c, what); err != nil {
		return err
	}
	return goTo(c, views.RunURL("/results", number(r)))
}

// deleteURL asks whether to delete a run; from is the number of the run that is
// looked at, and where the way leads back to.
func deleteURL(r *workflow.Run, from string) string {
	return "/runs/" + number(r) + "/delete?from=" + url.QueryEscape(from)
}

// askToDelete asks before a run goes, as there is no way back.
func (s *Server) askToDelete(c echo.Context, ws *workflow.Workspace) error {
	r, told, err := s.runAt(c, ws, "Results")
	if told {
		return err
	}
	head := views.RunHead{Number: number(r), Name: r.Name(), Model: modelTitle(r)}
	page := views.DeleteRunPage{Run: head, URL: "/runs/" + head.Number + "/delete", From: c.QueryParam("from"), Going: !r.State().State.Over()}
	page.Keep = views.Link{Text: "Keep it", URL: backTo(ws, page.From, head.Number)}
	return s.render(c, http.StatusOK, s.stepShell(c, ws, "Delete "+head.Title(), "Results"), views.DeleteRun(page))
}

// deleteRun cancels a run that goes on, and deletes one that is over.
func (s *Server) deleteRun(c echo.Context, ws *workflow.Workspace) error {
	r, told, err := s.runAt(c, ws, "Results")
	if told {
		return err
	}
	if !r.State().State.Over() {
		return s.cancelRun(c, ws)
	}
	if err := r.Remove(); err != nil {
		return err
	}
	if err := s.flash(c, "Run "+number(r)+" is deleted."); err != nil {
		return err
	}
	return goTo(c, backTo(ws, c.FormValue("from"), ""))
}

// backTo is the results of the run that was looked at, else of the newest, else
// the form that trains one.
func backTo(ws *workflow.Workspace, from, otherwise string) string {
	for _, id := range []string{from, otherwise, ""} {
		if t, err := ws.Trained(id); err == nil {
			return views.RunURL("/results", number(t.Run))
		}
	}
	return "/train"
}

// otherRuns lists the runs that have no model, the newest first.
func otherRuns(ws *workflow.Workspace, current *workflow.Trained) []views.OtherRun {
	var out []views.OtherRun
	for _, r := range slices.Backward(ws.Runs()) {
		if r.Trained() != nil {
			continue
		}
		at := r.State()
		o := views.OtherRun{Title: runLabel(r), State: string(at.State), URL: "/runs/" + number(r), DeleteURL: deleteURL(r, number(current.Run)), Going: !at.State.Over()}
		if at.State == job.Failed && at.Problem != nil {
			o.Why = at.Problem.Message
		}
		out = append(out, o)
	}
	return out
}

// nameField is the input for a run's name.
func nameField(r *workflow.Run, typed string, refused *problem.Error) views.Field {
	f := views.Field{Name: "name", Type: "text", Label: "Name", Value: r.Name(), Placeholder: "Run " + number(r),
		Help: fmt.Sprintf("At most %d characters. Without one it goes by its number.", workflow.MaxRunName)}
	if refused != nil {
		f.Value, f.Refusal = typed, refused.Error()
	}
	return f
}

// mostKept is how many columns to use anyway are carried in an address.
const mostKept = 100

// trainURL is the form of a training, filled in as it was for a run.
func trainURL(r *workflow.Run) string {
	f, spec, q := r.Data().Frame(), r.Plan.Spec, url.Values{}
	q.Set("target", strconv.Itoa(f.Index(spec.Target)))
	q.Set("task", spec.Task.String())
	q.Set("learner", spec.Learner)
	for name, v := range spec.Params {
		q.Set(spec.Learner+"."+name, param.Text(v))
	}
	q.Set("test_size", strconv.FormatFloat(spec.TestSize, 'g', -1, 64))
	q.Set("seed", strconv.FormatUint(spec.Seed, 10))
	q.Set("cv", strconv.Itoa(spec.Folds))
	if class, err := r.Plan.Labels.Find(spec.Positive); err == nil {
		q.Set("positive", fmt.Sprintf("%d.%d", f.Index(spec.Target), class))
	}
	for _, name := range r.Plan.Request.Keep[:min(len(r.Plan.Request.Keep), mostKept)] {
		q.Add("keep", strconv.Itoa(f.Index(name)))
	}
	return "/train?" + q.Encode()
}

// runChange is what to change of a run; what is left out stays.
type runChange struct {
	Name     *string `json:"name,omitempty" doc:"What to call the run, at most 60 characters; an empty one takes the name back."`
	Positive any     `json:"positive,omitempty" doc:"The class of interest, in the target's own values: the metrics, curves, thresholds and gains of the result are then of it."`
}

// changeRun is the JSON twin of nameRun and chooseClass.
func (s *Server) changeRun(_ context.Context, in *struct {
	Run  string `path:"run_id"`
	Body runChange
}) (*answer[runStatus], error) {
	r, err := s.opts.Workflow.Run(in.Run)
	if err != nil {
		return nil, err
	}
	positive, err := classText(in.Body.Positive)
	switch {
	case err != nil:
		return nil, err
	case in.Body.Name == nil && positive == "":
		return nil, problem.New(problem.Invalid, "Nothing is to be changed.").WithHint("Send a name or a class of interest (positive).")
	}
	if positive != "" {
		if err := r.SetPositive(positive); err != nil {
			return nil, err
		}
	}
	if in.Body.Name != nil {
		if err := r.Rename(*in.Body.Name); err != nil {
			return nil, err
		}
	}
	return ok(s.newRunStatus(r)), nil
}
