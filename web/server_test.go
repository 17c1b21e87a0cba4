package web

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/workflow"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// lines is a log that may be read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// site is a running server for a test.
type site struct {
	*Server
	url   string
	clock *clock
	log   *lines
}

// newSite starts a server with the usual settings, changed.
func newSite(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	s := &site{clock: &clock{t: time.Now()}, log: new(lines)}
	opts := Options{
		Version: "test", Log: slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now: s.clock.now, Workflow: &workflow.Service{},
		MaxUpload: 4 << 20, SessionIdle: time.Hour, SessionMaxAge: 12 * time.Hour, MaxSessions: 100,
		CookieSecure: SecureAuto,
	}
	for _, f := range change {
		f(&opts)
	}
	server, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Server = server
	listening := httptest.NewServer(server.Handler())
	t.Cleanup(listening.Close)
	s.url = listening.URL
	return s
}

// plain is a client that follows no redirects and keeps no cookies.
var plain = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// browser returns a client with cookies.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: plain.CheckRedirect}
}

// response is a response read to its end.
type response struct {
	*http.Response
	body string
}

// ask sends a request with header lines such as "Accept: text/html".
func (s *site) ask(t *testing.T, client *http.Client, method, path, body string, headers ...string) response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
		}
		req.Header.Set(name, value)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: read the response: %v", method, path, err)
	}
	return response{resp, string(b)}
}

// get asks without cookies.
func (s *site) get(t *testing.T, path string, headers ...string) response {
	t.Helper()
	return s.ask(t, plain, http.MethodGet, path, "", headers...)
}

// getLater asks once more for what changes meanwhile; how often is not what is
// tested.
func (s *site) getLater(t *testing.T, path string) response {
	t.Helper()
	s.clock.add(time.Second)
	return s.get(t, path)
}

// want checks the status.
func (r response) want(t *testing.T, status int) response {
	t.Helper()
	if r.StatusCode != status {
		t.Fatalf("%s %s = %d, want %d:\n%.600s", r.Request.Method, r.Request.URL.Path, r.StatusCode, status, r.body)
	}
	return r
}

// html parses the body.
func (r response) html(t *testing.T) *goquery.Document {
	t.Helper()
	if got := r.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Fatalf("Content-Type = %q, want HTML", got)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// details parses the body as an error of the API.
func (r response) details(t *testing.T) details {
	t.Helper()
	if got := r.Header.Get("Content-Type"); got != problemJSON {
		t.Fatalf("Content-Type = %q, want %q:\n%.600s", got, problemJSON, r.body)
	}
	var d details
	dec := json.NewDecoder(strings.NewReader(r.body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	if d.Status != r.StatusCode || d.Title != http.StatusText(r.StatusCode) || d.Detail == "" || !strings.HasPrefix(d.Type, "/") {
		t.Errorf("details %+v do not fit status %d", d, r.StatusCode)
	}
	if id := r.Header.Get(echo.HeaderXRequestID); d.Instance != id || id == "" {
		t.Errorf("instance = %q, want the request's id %q", d.Instance, id)
	}
	return d
}

func TestHealth(t *testing.T) {
	s := newSite(t, func(o *Options) { o.AllowedHosts = []string{"a.test"} }) // health checks may use any name
	for _, path := range []string{"/health", "/healthz", "/readyz"} {
		r := s.get(t, path).want(t, http.StatusOK)
		if strings.TrimSpace(r.body) != `{"status":"healthy"}` {
			t.Errorf("%s = %s", path, r.body)
		}
	}
	s.Drain()
	s.Drain() // twice is fine
	s.get(t, "/health").want(t, http.StatusOK)
	r := s.get(t, "/readyz").want(t, http.StatusServiceUnavailable)
	if r.Header.Get("Retry-After") == "" {
		t.Error("/readyz: no Retry-After while draining")
	}
	select {
	case <-s.stopping:
	default:
		t.Error("streams are not told that the server drains")
	}
}
