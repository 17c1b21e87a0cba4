package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// TestEveryResponseIsSecured checks the headers on each kind of response.
func TestEveryResponseIsSecured(t *testing.T) {
	s := newSite(t)
	s.echo.GET("/panic", func(echo.Context) error { panic("boom") })
	s.echo.GET("/old", func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, "/docs") })
	tests := []struct {
		method, path string
		headers      []string
		status       int
	}{
		{"GET", "/docs", nil, 200},
		{"HEAD", "/docs", nil, 200},
		{"GET", "/openapi.json", nil, 200},
		{"GET", "/health", nil, 200},
		{"OPTIONS", "/docs", nil, 204},
		{"GET", "/old", nil, 303},
		{"GET", "/docs/", nil, 308},
		{"POST", "/theme", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"GET", "/nowhere", nil, 404},
		{"GET", "/api/nowhere", nil, 404},
		{"GET", "/static/nothing.js", nil, 404},
		{"GET", "/static/", nil, 404},
		{"GET", "/static/..%2fgo.mod", nil, 404},
		{"POST", "/docs", nil, 405},
		{"TRACE", "/docs", nil, 405},
		{"BREW", "/docs", nil, 405},
		{"GET", "/panic", nil, 500},
	}
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			r := s.ask(t, plain, tt.method, tt.path, "", tt.headers...).want(t, tt.status)
			for name, want := range map[string]string{
				"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
				"X-Content-Type-Options":       "nosniff",
				"Referrer-Policy":              "same-origin",
				"Cross-Origin-Opener-Policy":   "same-origin",
				"Cross-Origin-Resource-Policy": "same-origin",
				"Strict-Transport-Security":    "",
				"Access-Control-Allow-Origin":  "",
				"Server":                       "",
			} {
				if got := r.Header.Get(name); got != want {
					t.Errorf("%s = %q, want %q", name, got, want)
				}
			}
			if r.Header.Get("Permissions-Policy") == "" || r.Header.Get("X-Request-Id") == "" {
				t.Error("Permissions-Policy or X-Request-Id is missing")
			}
			if !strings.HasPrefix(tt.path, "/static") && r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("Cache-Control = %q, want no-store", r.Header.Get("Cache-Control"))
			}
			vary := strings.Join(r.Header.Values("Vary"), ", ")
			if !strings.HasPrefix(tt.path, "/static") && !(strings.Contains(vary, "HX-Request") && strings.Contains(vary, "Cookie")) {
				t.Errorf("Vary = %q, want HX-Request and Cookie", vary)
			}
			if len(r.Cookies()) > 0 {
				t.Errorf("cookies %v without a session", r.Cookies())
			}
			if allow := r.Header.Get("Allow"); tt.status == 405 && !(strings.Contains(allow, "GET") && strings.Contains(allow, "HEAD")) {
				t.Errorf("Allow = %q, want GET and HEAD", allow)
			}
			if tt.method == "HEAD" && r.body != "" {
				t.Error("HEAD has a body")
			}
		})
	}
	if n := s.sessions.Len(); n != 0 {
		t.Errorf("%d sessions were made", n)
	}
}

func TestStrictTransportSecurity(t *testing.T) {
	s := newSite(t) // the test's client is a peer on loopback
	if got := s.get(t, "/health", "X-Forwarded-Proto: https").Header.Get("Strict-Transport-Security"); got != "max-age=31536000" {
		t.Errorf("behind an HTTPS proxy = %q", got)
	}
}

func TestRequestID(t *testing.T) {
	s := newSite(t)
	for given, kept := range map[string]bool{
		"": false, "abc-DEF_1.2": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
		"a b": false, "a/b": false, `"`: false, "é": false,
	} {
		got := s.get(t, "/health", "X-Request-Id: "+given).Header.Get("X-Request-Id")
		if kept != (got == given) || !plainID(got) {
			t.Errorf("id %q was answered as %q", given, got)
		}
	}
}

func TestPanicIsAFaultWithReference(t *testing.T) {
	s := newSite(t)
	s.echo.GET("/panic", func(echo.Context) error { panic("secret internals") })
	s.echo.GET("/api/panic", func(echo.Context) error { panic("secret internals") })
	page := s.get(t, "/panic", "X-Request-Id: ref-1").want(t, 500)
	if text := page.html(t).Find("main").Text(); !strings.Contains(text, "ref-1") {
		t.Errorf("the page has no reference: %s", text)
	}
	api := s.get(t, "/api/panic").want(t, 500)
	api.details(t)
	for _, r := range []response{page, api} {
		for _, leak := range []string{"secret", "goroutine", ".go:", "panic", "runtime"} {
			if strings.Contains(strings.ReplaceAll(r.body, "/api/panic", ""), leak) && !strings.Contains(r.Request.URL.Path, leak) {
				t.Errorf("%s leaks %q", r.Request.URL.Path, leak)
			}
		}
	}
	if log := s.log.String(); !strings.Contains(log, "secret internals") || !strings.Contains(log, "middleware_test.go") || !strings.Contains(log, "ref-1") {
		t.Errorf("the log has no cause, stack or id:\n%s", log)
	}
	s.get(t, "/health").want(t, 200)
}

func TestLogNamesRoutesNotAddresses(t *testing.T) {
	s := newSite(t)
	s.echo.GET("/api/eda/:session_id", func(c echo.Context) error { return c.NoContent(204) })
	s.get(t, "/api/eda/top-secret-id?target=private_column").want(t, 204)
	s.get(t, "/unknown-private-path").want(t, 404)
	log := s.log.String()
	for _, leak := range []string{"top-secret", "private"} {
		if strings.Contains(log, leak) {
			t.Errorf("the log has %q:\n%s", leak, log)
		}
	}
	if !strings.Contains(log, `"route":"/api/eda/:session_id","status":204`) {
		t.Errorf("no line for the request:\n%s", log)
	}
}

func TestHost(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Options)
		hosts  map[string]int
	}{
		{"loopback", func(o *Options) { o.Loopback = true }, map[string]int{
			"localhost": 200, "LOCALHOST:8000": 200, "app.localhost": 200, "127.0.0.1:8000": 200, "127.8.9.1": 200, "[::1]:8000": 200, "localhost.": 200,
			"evil.test": 421, "localhost.evil.test": 421, "evillocalhost": 421, "127.0.0.1.evil.test": 421, "192.0.2.1": 421,
		}},
		{"open", func(*Options) {}, map[string]int{"evil.test": 200, "localhost": 200}},
		{"listed", func(o *Options) { o.AllowedHosts = []string{"ct.example", "::1"} }, map[string]int{
			"ct.example": 200, "CT.example:8443": 200, "[::1]:1": 200, "localhost": 421, "xct.example": 421,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, tt.change)
			for host, want := range tt.hosts {
				if got := s.get(t, "/docs", "Host: "+host).StatusCode; got != want {
					t.Errorf("Host %q = %d, want %d", host, got, want)
				}
			}
		})
	}
}

func TestCrossOrigin(t *testing.T) {
	s := newSite(t)
	s.echo.POST("/change", func(c echo.Context) error { return c.NoContent(200) })
	s.echo.POST("/api/change", func(c echo.Context) error { return c.NoContent(200) })
	for header, want := range map[string]int{
		"X-Other: none": 200, "Sec-Fetch-Site: same-origin": 200, "Sec-Fetch-Site: none": 200, "Origin: " + s.url: 200,
		"Sec-Fetch-Site: cross-site": 403, "Sec-Fetch-Site: same-site": 403, "Origin: https://evil.test": 403, "Origin: null": 403,
	} {
		for _, path := range []string{"/change", "/api/change"} {
			if got := s.ask(t, plain, "POST", path, "", header).StatusCode; got != want {
				t.Errorf("POST %s with %q = %d, want %d", path, header, got, want)
			}
		}
	}
	s.ask(t, plain, "POST", "/api/change", "", "Origin: null").details(t)
}

func TestTrailingSlash(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{"/docs/": "/docs", "/docs/?a=b": "/docs?a=b", "//evil.test/": "/evil.test", "/%5cevil.test/": "/%5cevil.test"} {
		r := s.get(t, path).want(t, http.StatusPermanentRedirect)
		if got := r.Header.Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
}

func TestMethods(t *testing.T) {
	s := newSite(t)
	r := s.ask(t, plain, "OPTIONS", "/docs", "").want(t, 204)
	if got := r.Header.Get("Allow"); got != "OPTIONS, GET, HEAD" {
		t.Errorf("Allow = %q", got)
	}
	d := s.ask(t, plain, "DELETE", "/docs", "", "Accept: application/json").want(t, 405).details(t)
	if !strings.Contains(d.Detail, "method") {
		t.Errorf("detail = %q", d.Detail)
	}
	get, head := s.get(t, "/docs"), s.ask(t, plain, "HEAD", "/docs", "")
	if get.Header.Get("Content-Type") != head.Header.Get("Content-Type") || head.StatusCode != 200 {
		t.Errorf("HEAD = %d %q", head.StatusCode, head.Header.Get("Content-Type"))
	}
}

func TestGzip(t *testing.T) {
	s := newSite(t)
	long := strings.Repeat("long ", 1000)
	text := func(c echo.Context) error { return c.String(200, long) }
	for _, path := range []string{"/page", "/download/model.pkl", "/api/export/:id", "/api/runs/:id/events"} {
		s.echo.GET(path, text)
	}
	for path, want := range map[string]string{
		"/page": "gzip", "/download/model.pkl": "", "/api/export/7": "", "/api/runs/7/events": "", "/health": "",
	} {
		r := s.get(t, path, "Accept-Encoding: gzip")
		if got := r.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%s: Content-Encoding = %q, want %q", path, got, want)
		}
		if want == "gzip" {
			z, err := gzip.NewReader(strings.NewReader(r.body))
			if err != nil {
				t.Fatal(err)
			}
			if plainText, err := io.ReadAll(z); err != nil || string(plainText) != long {
				t.Errorf("%s does not unpack: %v", path, err)
			}
		}
	}
}

// timed is a connection that notes its deadlines.
type timed struct {
	discard
	deadlines []time.Time
}

func (c *timed) SetReadDeadline(t time.Time) error {
	c.deadlines = append(c.deadlines, t)
	return nil
}

// TestBodyDeadlines checks that a body which keeps coming is given more time,
// and that none of its deadlines outlives it.
func TestBodyDeadlines(t *testing.T) {
	conn := new(timed)
	b := &bodyReader{
		body:    io.NopCloser(strings.NewReader(strings.Repeat("x", 2*minimum+1))),
		control: http.NewResponseController(conn),
	}
	if len(conn.deadlines) != 0 {
		t.Error("a deadline stands before the first read")
	}
	begun := time.Now()
	if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, b, make([]byte, 32<<10)); err != nil {
		t.Fatal(err)
	}
	if n := len(conn.deadlines); n != 4 {
		t.Fatalf("%d deadlines were set, want 3 stretches and the end", n)
	}
	ended := time.Now()
	for _, d := range conn.deadlines[:3] {
		if d.Before(begun.Add(stall)) || d.After(ended.Add(stall)) {
			t.Errorf("a stretch that began between %v and %v ends at %v, want %v later", begun, ended, d, stall)
		}
	}
	if last := conn.deadlines[3]; !last.IsZero() {
		t.Errorf("the deadline %v is left after the body", last)
	}
	if b.Close(); len(conn.deadlines) != 4 {
		t.Error("Close set a deadline again")
	}
}
