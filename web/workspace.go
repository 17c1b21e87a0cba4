package web

import (
	"github.com/labstack/echo/v4"

	"clicktrain/internal/workflow"
)

// workspace returns the browser's workspace, by its cookie. It makes none: a
// visit alone costs no memory.
func (s *Server) workspace(c echo.Context) (*workflow.Workspace, bool) { return s.visitors.find(c) }

// newWorkspace gives the browser a new, empty workspace and a new cookie. It is
// for the handlers of POST requests.
func (s *Server) newWorkspace(c echo.Context) (*workflow.Workspace, error) {
	ws := s.opts.Workflow.New()
	if err := s.visitors.start(c, ws); err != nil {
		return nil, err
	}
	return ws, nil
}

// rotate gives the browser a new cookie for the workspace it has; the old one
// leads nowhere afterwards.
func (s *Server) rotate(c echo.Context) error { return s.visitors.rotate(c) }

// forget drops the browser's workspace and cookie, and what the browser keeps
// of its pages.
func (s *Server) forget(c echo.Context) error {
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return s.visitors.forget(c)
}

// byID returns the workspace that a session_id stands for. Unknown, foreign,
// deleted and expired ids get one and the same problem.
func (s *Server) byID(id string) (*workflow.Workspace, error) { return s.visitors.byID(id) }

// newSession makes an empty workspace for a caller of the API, whose id is the
// only way to it.
func (s *Server) newSession(c echo.Context) (id string, ws *workflow.Workspace, err error) {
	ws = s.opts.Workflow.New()
	id, err = s.sessions.Put(owner(c), ws)
	return id, ws, err
}
