package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// health is the body of the health checks.
type health struct {
	Status string `json:"status" enum:"healthy,draining"`
}

// isHealth reports whether a path is a health check's.
func isHealth(path string) bool {
	return path == "/health" || path == "/healthz" || path == "/readyz"
}

// showHealth says that the process answers.
func (s *Server) showHealth(c echo.Context) error {
	return c.JSON(http.StatusOK, health{"healthy"})
}

// showReady says whether new work is taken.
func (s *Server) showReady(c echo.Context) error {
	if s.draining.Load() {
		c.Response().Header().Set(echo.HeaderRetryAfter, "5")
		return c.JSON(http.StatusServiceUnavailable, health{"draining"})
	}
	return c.JSON(http.StatusOK, health{"healthy"})
}
