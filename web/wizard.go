package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// pageHandler answers a page of the wizard for a browser that has a workspace.
type pageHandler func(c echo.Context, ws *workflow.Workspace) error

// page registers a page that needs a workspace. A browser without one is told
// to load a file, or that its session has ended.
func (s *Server) page(method, path string, h pageHandler) {
	s.echo.Add(method, path, func(c echo.Context) error {
		_, missing := c.Request().Cookie(s.cookies.name(c.Request()))
		ws, ok := s.workspace(c)
		if ok {
			return h(c, ws)
		}
		if missing == nil {
			page := views.Expired()
			return s.render(c, page.Status, s.shell(c, page.Title), views.Fault(page))
		}
		return s.firstLoad(c)
	})
}

// firstLoad tells a visitor who came to a later step that data comes first.
func (s *Server) firstLoad(c echo.Context) error {
	page := views.FaultPage{
		Status: http.StatusConflict, Title: views.FaultTitle(http.StatusConflict),
		Message: "There is no data yet.", Hint: "Load a file, or start from a sample.",
		Next: &views.Link{Text: "Load a file", URL: "/"},
	}
	return s.render(c, page.Status, s.stepShell(c, nil, page.Title, ""), views.Fault(page))
}

// stepShell returns what surrounds a page of the wizard. ws may be nil.
func (s *Server) stepShell(c echo.Context, ws *workflow.Workspace, title, step string) views.Shell {
	shell := s.shell(c, title)
	shell.Step = step
	p := views.Progress{Here: step}
	if ws != nil {
		at := ws.Progress()
		shell.FileName = at.FileName
		p.Loaded, p.Explored, p.Prepared = at.FileName != "", at.Explored, at.Prepared
		p.Trained, p.Saved = at.Trained, at.Downloaded
	}
	shell.Steps = views.NewSteps(p)
	return shell
}

// goTo sends the browser to another page after a form was posted. htmx follows
// redirects by itself.
func goTo(c echo.Context, path string) error { return c.Redirect(http.StatusSeeOther, path) }

// redrawable returns the problem in err that a form is redrawn for, and its
// status. Other errors are not the form's.
func redrawable(err error) (*problem.Error, int, bool) {
	var p *problem.Error
	if !errors.As(err, &p) {
		return nil, 0, false
	}
	switch p.Kind {
	case problem.Invalid, problem.Unsupported, problem.TooLarge, problem.Storage, problem.Malformed, problem.Conflict, problem.Quota, problem.Busy:
		return p, statusOf[p.Kind], true
	}
	return nil, 0, false
}

// columnAt returns the name of the column that a page's address or form names
// by its index, which keeps names out of addresses; ok is false for no index.
func columnAt(names []string, index string) (name string, ok bool) {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(names) {
		return "", false
	}
	return names[i], true
}
