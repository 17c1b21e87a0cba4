package web

import (
	"github.com/labstack/echo/v4"

	"clicktrain/internal/workflow"
)

// workspace returns the browser's workspace, by its cookie. It makes none: a
// visit alone costs no memory.
func (s *Server) workspace(c echo.Context) (*workflow.Workspace, bool) { return s.visitors.find(c) }

// forget drops the browser's workspace and cookie, and what the browser keeps
// of its pages.
func (s *Server) forget(c echo.Context) error {
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return s.visitors.forget(c)
}

// byID returns the workspace that a session_id stands for. Unknown, foreign,
// deleted and expired ids get one and the same problem.
func (s *Server) byID(id string) (*workflow.Workspace, error) { return s.visitors.byID(id) }
