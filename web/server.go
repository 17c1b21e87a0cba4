// Package web is ClickTrain's HTTP side: the wizard's pages and their JSON
// twins, which call the same verbs of a workflow.Workspace. It owns routes,
// cookies, limits on requests, and the one place where errors become
// responses. It computes nothing.
//
// Server is built by New and served by Handler. A page's handler ends in
// render or returns an error; a JSON route is registered by endpoint, which
// also writes its entry in the API's description.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/session"
	"clicktrain/internal/workflow"
)

// Options are what a server is built from. Every field must be set, but those
// that say otherwise.
type Options struct {
	Version  string
	Log      *slog.Logger
	Now      func() time.Time
	Workflow *workflow.Service

	MaxUpload     int64         // bytes of a file
	SessionIdle   time.Duration // without a request
	SessionMaxAge time.Duration // in any case
	MaxSessions   int

	CookieSecure   string         // SecureAuto, SecureAlways or SecureNever
	SessionKey     []byte         // signs and encrypts cookies; none makes one
	Loopback       bool           // the server is reachable from its own machine only
	AllowedHosts   []string       // host names taken; none is any, or on Loopback the machine's own
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed; may be none
}

// Server answers requests. It is safe for use by many goroutines at once.
type Server struct {
	opts     Options
	log      *slog.Logger
	echo     *echo.Echo
	api      huma.API
	origins  *http.CrossOriginProtection
	cookies  *cookieStore
	sessions *session.Store[*workflow.Workspace]
	visitors *visitors[*workflow.Workspace]
	requests *limiter // by client address
	uploads  *limiter // by client address
	draining atomic.Bool
	stopping chan struct{} // closed when the server drains
}

// New returns a server with all its routes.
func New(opts Options) (*Server, error) {
	s := &Server{
		opts: opts, log: opts.Log, echo: echo.New(), origins: http.NewCrossOriginProtection(),
		requests: newLimiter(requestsPerSecond, requestBurst, trackedClients),
		uploads:  newLimiter(uploadsPerSecond, uploadBurst, trackedClients),
		stopping: make(chan struct{}),
	}
	secure := func(r *http.Request) bool {
		return opts.CookieSecure == SecureAlways || opts.CookieSecure != SecureNever && s.isHTTPS(r)
	}
	var err error
	if s.cookies, err = newCookieStore(opts.SessionKey, opts.SessionMaxAge, secure); err != nil {
		return nil, err
	}
	s.visitors = newVisitors[*workflow.Workspace](s.cookies, s.log)
	limits := session.Defaults[*workflow.Workspace]()
	limits.Idle, limits.Absolute, limits.Max, limits.Now = opts.SessionIdle, opts.SessionMaxAge, opts.MaxSessions, opts.Now
	limits.Closed = func(id string, ws *workflow.Workspace) int64 {
		s.visitors.dropped(id)
		return ws.Clear()
	}
	s.sessions = session.New(limits)
	s.visitors.store = s.sessions
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.handleError
	s.echo.IPExtractor = clientIP(opts.TrustedProxies)
	s.api = newAPI(s.echo, opts.Version)
	s.middleware()
	s.routes()
	return s, nil
}

// Handler returns the server as net/http takes it.
func (s *Server) Handler() http.Handler { return headAsGet(s.echo) }

// Run drops sessions that have ended, until ctx ends.
func (s *Server) Run(ctx context.Context) { s.sessions.Run(ctx) }

// Drain has the server say that it is stopping, and ends streams of events.
// What is being answered is answered to its end.
func (s *Server) Drain() {
	if !s.draining.Swap(true) {
		close(s.stopping)
	}
}
