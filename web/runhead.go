package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/job"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// ofRun is a page that shows one run: the one of ?run=. Without it the browser
// is sent to the newest run with a model, so that the address says which run is
// shown, and goes on saying so when others are trained.
func (s *Server) ofRun(step string, show func(c echo.Context, ws *workflow.Workspace, t *workflow.Trained) error) pageHandler {
	return func(c echo.Context, ws *workflow.Workspace) error {
		asked := c.QueryParam("run")
		t, err := ws.Trained(asked)
		if err != nil {
			return s.noRun(c, ws, step, asked, err)
		}
		if asked == "" {
			to := *c.Request().URL
			query := to.Query()
			query.Set("run", number(t.Run))
			to.RawQuery = query.Encode()
			return goTo(c, to.RequestURI())
		}
		return show(c, ws, t)
	}
}

// number is a run's number, as pages name it.
func number(r *workflow.Run) string { return strconv.Itoa(r.Number) }

// modelTitle says what a run trains, for what.
func modelTitle(r *workflow.Run) string {
	return r.Plan.Learner.Title + " for " + views.Clip(r.Plan.Goal.Target, 60)
}

// runHead says which run a page shows, and offers the others.
func runHead(ws *workflow.Workspace, t *workflow.Trained, page string) views.RunHead {
	head := views.RunHead{Number: number(t.Run), Name: t.Name(), Model: modelTitle(t.Run), Page: page}
	all := ws.AllTrained()
	for i := len(all) - 1; i >= 0; i-- {
		head.Choice = append(head.Choice, views.Option{Value: number(all[i].Run), Label: runLabel(all[i].Run), Selected: all[i].Number == t.Number})
	}
	return head
}

// runLabel tells a run from the others in a list.
func runLabel(r *workflow.Run) string {
	name := r.Name()
	if name != "" {
		name = " “" + name + "”"
	}
	return "Run " + number(r) + name + ": " + modelTitle(r)
}

// runShell is the shell of a page of one run: its title says which, and the
// steps that show a run show this one.
func (s *Server) runShell(c echo.Context, ws *workflow.Workspace, what, step string, t *workflow.Trained) views.Shell {
	head := views.RunHead{Number: number(t.Run), Name: t.Name()}
	shell := s.stepShell(c, ws, what+" "+head.Title()+", "+modelTitle(t.Run), step)
	shell.OfRun(head.Number)
	return shell
}

// noRun tells that there is no model to show: none yet, or none of the run that
// was asked for. It leads to the same page of those that are there.
func (s *Server) noRun(c echo.Context, ws *workflow.Workspace, step, asked string, err error) error {
	p, told := problem.As(err)
	if !told {
		return err
	}
	page := views.NoRunPage{Title: step, Text: p.Message, Hint: p.Hint, Next: views.Link{Text: "Train a model", URL: "/train"}}
	if asked != "" {
		missing(&page, ws, asked)
		for _, t := range ws.AllTrained() {
			page.Runs = append(page.Runs, views.Link{Text: runLabel(t.Run), URL: views.RunURL(pageOf(step), number(t.Run))})
		}
		if len(page.Runs) > 0 && page.Next.URL == "/train" {
			last := ws.AllTrained()[len(page.Runs)-1]
			page.Next = views.Link{Text: "Show run " + number(last.Run), URL: views.RunURL(pageOf(step), number(last.Run))}
		}
	}
	return s.render(c, http.StatusNotFound, s.stepShell(c, ws, page.Title, step), views.NoRun(page))
}

// pageOf is the page of a step that shows a run.
func pageOf(step string) string {
	if step == "Download" {
		return "/download"
	}
	return "/results"
}

// missing says why the run that was asked for has nothing to show.
func missing(page *views.NoRunPage, ws *workflow.Workspace, asked string) {
	r, err := ws.Run(asked)
	if err != nil {
		page.Title = "There is no such run"
		if n, err := strconv.Atoi(asked); err == nil && n > 0 {
			page.Title = "There is no run " + strconv.Itoa(n)
		}
		page.Text, page.Hint = "It was deleted, or it went with the data it was trained on.", ""
		return
	}
	page.Title = "Run " + number(r) + " has no model"
	at := r.State()
	switch {
	case !at.State.Over():
		page.Title = "Run " + number(r) + " is not done"
		page.Text, page.Hint = modelTitle(r)+". What it has learned is shown when it is done.", ""
		page.Next = views.Link{Text: "See how far it is", URL: "/runs/" + number(r)}
	case at.State == job.Cancelled:
		page.Text, page.Hint = modelTitle(r)+". It was cancelled.", ""
	case at.Problem != nil:
		page.Text, page.Hint = modelTitle(r)+". "+at.Problem.Message, at.Problem.Hint
	}
}
