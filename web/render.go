package web

import (
	"bytes"
	"fmt"
	"net/http"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/views"
)

// buffers are reused between pages.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKept is the largest buffer that is kept for reuse, in bytes.
const maxKept = 1 << 20

// render answers with a page: bare for htmx, which swaps it in, and as a whole
// document for everyone else. It is drawn completely before the first byte is
// sent, so that a fault on the way can still be answered.
func (s *Server) render(c echo.Context, status int, shell views.Shell, body templ.Component) error {
	page := views.Layout(shell, body)
	if isPartial(c.Request()) {
		page = views.Partial(shell, body)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= maxKept {
			b.Reset()
			buffers.Put(b)
		}
	}()
	if err := page.Render(c.Request().Context(), b); err != nil {
		return fmt.Errorf("draw page: %w", err)
	}
	return c.HTMLBlob(status, b.Bytes())
}

// renderPart answers with a component alone, which htmx puts where it asked
// for it.
func (s *Server) renderPart(c echo.Context, part templ.Component) error {
	var b bytes.Buffer
	if err := part.Render(c.Request().Context(), &b); err != nil {
		return fmt.Errorf("draw part: %w", err)
	}
	return c.HTMLBlob(http.StatusOK, b.Bytes())
}

// isPartial reports whether htmx asks for a part of a page. A boosted link and
// a return in the history are answered with whole pages.
func isPartial(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" &&
		r.Header.Get("HX-Boosted") != "true" &&
		r.Header.Get("HX-History-Restore-Request") != "true"
}

// shell returns what surrounds a page that belongs to no step and no session.
func (s *Server) shell(c echo.Context, title string) views.Shell {
	return views.Shell{
		Title: title, Theme: themeOf(c.Request()), Path: c.Request().URL.RequestURI(),
		Version: s.opts.Version, Idle: int(s.opts.SessionIdle.Seconds()), Flashes: s.flashes(c),
	}
}

// sendFaultPage answers with an error as a page.
func (s *Server) sendFaultPage(c echo.Context, status int, p *problem.Error) error {
	page := views.FaultPage{Status: status, Title: views.FaultTitle(status), Message: p.Message, Hint: p.Hint}
	if status >= http.StatusInternalServerError {
		page.Reference = requestID(c)
	}
	return s.render(c, status, s.shell(c, page.Title), views.Fault(page))
}
