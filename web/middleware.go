package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"clicktrain/internal/problem"
)

// policy lets a page load scripts, styles, images and data from this server
// only, and nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

// middleware puts what every request passes through in front of the router,
// outermost first.
func (s *Server) middleware() {
	s.echo.Pre(
		identify,
		s.logRequest,
		s.recoverPanic,
		s.secure,
		s.checkHost,
		s.limitRate,
		s.checkOrigin,
		dropSlash,
		s.limitBody,
		middleware.GzipWithConfig(middleware.GzipConfig{MinLength: 1024, Skipper: uncompressed}),
	)
}

// recoverPanic answers a panic as a fault of ours and keeps the server up.
func (s *Server) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == nil {
				return
			}
			if r == http.ErrAbortHandler { // net/http's own way to cut a response off
				panic(r)
			}
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}()
		return next(c)
	}
}

// logRequest writes one line for each request and answers its error, if any.
// The line names the route's pattern, never the address itself, which may hold
// a session's id.
func (s *Server) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		level := slog.LevelInfo
		if isHealth(c.Path()) {
			level = slog.LevelDebug
		}
		s.log.Log(c.Request().Context(), level, "request",
			"method", knownMethod(c.Request().Method), "route", c.Path(), "status", c.Response().Status,
			"bytes", c.Response().Size, "dur_ms", time.Since(start).Milliseconds(), "request_id", requestID(c))
		return nil
	}
}

// secure sets the headers that every response carries.
func (s *Server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cache-Control", "no-store")
		h.Set("Vary", "HX-Request, Cookie")
		if s.isHTTPS(c.Request()) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		c.Response().Before(func() { allowHead(h) })
		return next(c)
	}
}

// allowHead adds HEAD to an Allow header that has GET, which the router does
// not know of.
func allowHead(h http.Header) {
	allow := h.Get("Allow")
	if strings.Contains(allow, http.MethodGet) && !strings.Contains(allow, http.MethodHead) {
		h.Set("Allow", allow+", "+http.MethodHead)
	}
}

// checkOrigin refuses changes that another site's page asks for.
func (s *Server) checkOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := s.origins.Check(c.Request()); err != nil {
			e := problem.New(problem.Forbidden, "The request came from another site's page and was not let through.").
				WithHint("Open ClickTrain in its own tab and try again.")
			e.Err = err
			return e
		}
		return next(c)
	}
}

// headAsGet has GET handlers answer HEAD; net/http leaves the body out. It
// stands before the router, which looks at the request it was first given.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.WithContext(r.Context()) // a copy: net/http must go on seeing HEAD
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// dropSlash sends an address with a slash at its end to the one without.
func dropSlash(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		path := r.URL.EscapedPath()
		if len(path) < 2 || !strings.HasSuffix(path, "/") || r.Method != http.MethodGet || strings.HasPrefix(path, "/static/") {
			return next(c)
		}
		to := "/" + strings.Trim(path, `/\`) // one slash in front: never another host's address
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		return c.Redirect(http.StatusPermanentRedirect, to)
	}
}

// uncompressed reports whether a response is sent as it is: downloads, whose
// bytes are checked against a checksum; streams of events; and what is
// compressed already.
func uncompressed(c echo.Context) bool {
	p := c.Request().URL.Path
	return strings.HasPrefix(p, "/download") || strings.HasPrefix(p, "/api/export/") ||
		strings.HasPrefix(p, "/docs/assets/") || strings.HasSuffix(p, "/events") || isHealth(p)
}

// knownMethod keeps made-up methods out of the log.
func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}
