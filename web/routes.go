package web

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/static"
)

// routes registers every route. Each step's are in that step's file.
func (s *Server) routes() {
	op := huma.Operation{Method: http.MethodGet, Path: "/health", Summary: "Tell that the server is up", Responses: map[string]*huma.Response{}}
	s.respond(&op, http.StatusOK, schemaOf[health](s))
	s.documented(op, s.showHealth)
	s.echo.GET("/healthz", s.showHealth)
	s.echo.GET("/readyz", s.showReady)
	s.echo.GET("/static/*", public(echo.WrapHandler(static.Handler())))
	s.echo.POST("/theme", s.setTheme)
	s.uploadRoutes()
	s.exploreRoutes()
	s.preprocessRoutes()
	s.trainRoutes()
	s.resultRoutes()
	s.downloadRoutes()
	s.predictRoutes()
	s.sessionRoutes()
	s.columnRoutes()
	s.helpRoutes()
	s.docsRoutes()
}

// public marks what is the same for everyone, so that caches may share it.
func public(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Vary", echo.HeaderAcceptEncoding)
		return next(c)
	}
}
