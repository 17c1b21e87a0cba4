package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	swagger "github.com/swaggest/swgui/v5/static"

	"clicktrain/static"
	"clicktrain/views"
)

// docsAssets are Swagger UI's files, by the name they are served under. They
// are embedded compressed.
var docsAssets = [...]struct{ name, contentType string }{
	{"swagger-ui-bundle.js", "text/javascript; charset=utf-8"},
	{"swagger-ui.css", "text/css; charset=utf-8"},
}

// docsRoutes serves the API's description and a page to read and try it,
// without any outside request.
func (s *Server) docsRoutes() {
	s.echo.GET("/openapi.json", s.spec())
	s.echo.GET("/docs", s.showDocs)
	for _, a := range docsAssets {
		s.echo.GET("/docs/assets/"+a.name, func(c echo.Context) error { return swaggerAsset(c, a.name, a.contentType) })
	}
}

func (s *Server) showDocs(c echo.Context) error {
	return s.render(c, http.StatusOK, s.shell(c, "API"), views.Docs(views.DocsPage{
		Styles:  []string{"/docs/assets/swagger-ui.css"},
		Scripts: []string{"/docs/assets/swagger-ui-bundle.js", static.Path("docs.js")},
		SpecURL: "/openapi.json",
	}))
}

// swaggerAsset serves one of Swagger UI's files, compressed as it is stored to
// those who read that.
func swaggerAsset(c echo.Context, name, contentType string) error {
	packed, err := swagger.FS.ReadFile(name + ".gz")
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		c.Response().Header().Set(echo.HeaderContentEncoding, "gzip")
		return asset(c, name, contentType, packed)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return asset(c, name, contentType, plain)
}

// asset serves a public file that may be kept for a day.
func asset(c echo.Context, name, contentType string, body []byte) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, contentType)
	h.Set("Cache-Control", "public, max-age=86400")
	h.Set("Vary", echo.HeaderAcceptEncoding)
	http.ServeContent(c.Response(), c.Request(), name, time.Time{}, bytes.NewReader(body))
	return nil
}
