package web

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// withWorkspaces adds routes that do what the steps' handlers do.
func withWorkspaces(s *site) *site {
	s.echo.GET("/has", func(c echo.Context) error {
		if _, ok := s.workspace(c); ok {
			return c.NoContent(http.StatusOK)
		}
		return c.NoContent(http.StatusNotFound)
	})
	s.echo.POST("/make", func(c echo.Context) error {
		s.workspace(c) // as a handler that looks first
		if err := s.visitors.start(c, s.opts.Workflow.New()); err != nil {
			return err
		}
		return c.NoContent(http.StatusCreated)
	})
	s.echo.POST("/forget", func(c echo.Context) error {
		if err := s.forget(c); err != nil {
			return err
		}
		return c.NoContent(http.StatusOK)
	})
	s.echo.GET("/api/sessions/:id", func(c echo.Context) error {
		if _, err := s.byID(c.Param("id")); err != nil {
			return err
		}
		return c.NoContent(http.StatusOK)
	})
	s.echo.POST("/api/make", func(c echo.Context) error {
		id, err := s.sessions.Put(owner(c), s.opts.Workflow.New())
		if err != nil {
			return err
		}
		return c.String(http.StatusCreated, id)
	})
	return s
}

// cookie returns the only cookie that a response sets.
func (r response) cookie(t *testing.T) *http.Cookie {
	t.Helper()
	if got := r.Cookies(); len(got) != 1 {
		t.Fatalf("%s %s sets %v, want one cookie", r.Request.Method, r.Request.URL.Path, got)
	}
	return r.Cookies()[0]
}

func TestSessionCookie(t *testing.T) {
	tests := []struct {
		name, mode, proto string
		cookie            string
		secure            bool
	}{
		{"plain HTTP", SecureAuto, "", "ct", false},
		{"HTTPS proxy", SecureAuto, "https", "__Host-ct", true},
		{"always", SecureAlways, "", "__Host-ct", true},
		{"never", SecureNever, "https", "ct", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := withWorkspaces(newSite(t, func(o *Options) { o.CookieSecure = tt.mode }))
			c := s.ask(t, plain, "POST", "/make", "", "X-Forwarded-Proto: "+tt.proto).want(t, 201).cookie(t)
			if c.Name != tt.cookie || c.Secure != tt.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 0 || !c.Expires.IsZero() {
				t.Errorf("cookie = %+v", c)
			}
			if len(c.Value) > 1024 {
				t.Errorf("the cookie has %d bytes", len(c.Value))
			}
			s.get(t, "/has", "Cookie: "+c.Name+"="+c.Value, "X-Forwarded-Proto: "+tt.proto).want(t, 200)
		})
	}
}

// TestForwardedProtoFromAfar checks that a far peer's word makes nothing HTTPS.
func TestForwardedProtoFromAfar(t *testing.T) {
	s := newSite(t)
	for peer, want := range map[string]bool{"203.0.113.5:1": false, "10.1.2.3:1": true, "127.0.0.1:1": true, "junk": false} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-Proto", "https")
		if got := s.isHTTPS(r); got != want {
			t.Errorf("isHTTPS from %s = %t, want %t", peer, got, want)
		}
	}
}

// TestCookieHoldsNothing checks that a cookie shows neither its reference nor
// the session's id.
func TestCookieHoldsNothing(t *testing.T) {
	s := withWorkspaces(newSite(t))
	c := s.ask(t, plain, "POST", "/make", "").cookie(t)
	raw, err := base64.URLEncoding.DecodeString(c.Value)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.visitors.sessions) != 1 {
		t.Fatal("no reference was kept")
	}
	for reference, id := range s.visitors.sessions {
		if reference == id || len(reference) < 22 {
			t.Errorf("reference %q, id %q", reference, id)
		}
		for _, secret := range []string{reference, id} {
			if strings.Contains(string(raw), secret) || strings.Contains(c.Value, secret) {
				t.Errorf("%q stands in the cookie", secret)
			}
		}
	}
}

func TestForeignCookiesAreClearedAndNeverAdopted(t *testing.T) {
	s := withWorkspaces(newSite(t))
	other := withWorkspaces(newSite(t)) // with another random key
	good := s.ask(t, plain, "POST", "/make", "").cookie(t).Value
	for name, value := range map[string]string{
		"junk":          "junk",
		"empty":         "",
		"tampered":      good[:len(good)-6] + "AAAAAA",
		"other key":     other.ask(t, plain, "POST", "/make", "").cookie(t).Value,
		"other session": gone(t, s),
		"long":          strings.Repeat("A", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			r := s.get(t, "/has", "Cookie: ct="+value).want(t, 404)
			if c := r.cookie(t); c.Name != "ct" || c.MaxAge >= 0 || c.Value != "" {
				t.Errorf("the cookie is not cleared: %+v", c)
			}
			fresh := s.ask(t, plain, "POST", "/make", "", "Cookie: ct="+value).want(t, 201).cookie(t)
			if fresh.Value == value || fresh.MaxAge < 0 {
				t.Errorf("the cookie is not replaced: %+v", fresh)
			}
			s.get(t, "/has", "Cookie: ct="+fresh.Value).want(t, 200)
			s.get(t, "/has", "Cookie: ct="+value).want(t, 404)
		})
	}
	s.get(t, "/has", "Cookie: ct="+good).want(t, 200)
}

// gone returns the cookie of a session that was ended.
func gone(t *testing.T, s *site) string {
	t.Helper()
	c := s.ask(t, plain, "POST", "/make", "").cookie(t).Value
	s.ask(t, plain, "POST", "/forget", "", "Cookie: ct="+c).want(t, 200)
	return c
}

func TestForget(t *testing.T) {
	s := withWorkspaces(newSite(t))
	client := browser(t)
	s.ask(t, client, "POST", "/make", "").want(t, 201)
	s.ask(t, client, "GET", "/has", "").want(t, 200)
	r := s.ask(t, client, "POST", "/forget", "").want(t, 200)
	if got := r.Header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
		t.Errorf("Clear-Site-Data = %q", got)
	}
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	if left := client.Jar.Cookies(u); len(left) > 0 {
		t.Errorf("cookies left: %v", left)
	}
	if s.sessions.Len() != 0 || len(s.visitors.sessions) != 0 || len(s.visitors.references) != 0 {
		t.Error("something is left on the server")
	}
	s.ask(t, client, "POST", "/forget", "").want(t, 200)
}

func TestExpiry(t *testing.T) {
	s := withWorkspaces(newSite(t))
	client := browser(t)
	s.ask(t, client, "POST", "/make", "").want(t, 201)
	s.clock.add(59 * time.Minute)
	s.ask(t, client, "GET", "/has", "").want(t, 200)
	s.clock.add(61 * time.Minute)
	s.ask(t, client, "GET", "/has", "").want(t, 404)
	s.sessions.Sweep()
	if len(s.visitors.sessions) != 0 || len(s.visitors.references) != 0 {
		t.Error("the reference outlives the session")
	}
}

// TestUnknownIDsAreAlike checks that nothing tells an id that never was from
// one that is over.
func TestUnknownIDsAreAlike(t *testing.T) {
	s := withWorkspaces(newSite(t))
	id := s.ask(t, plain, "POST", "/api/make", "").want(t, 201).body
	s.get(t, "/api/sessions/"+id).want(t, 200)
	s.sessions.Delete(id)
	browserMade := gone(t, s)
	var first string
	for _, id := range []string{id, "unknown", browserMade[:40], strings.Repeat("A", 43), "a%2Fb", "%00", "..%2f.."} {
		r := s.get(t, "/api/sessions/"+id, "X-Request-Id: same").want(t, 404)
		r.details(t)
		r.Header.Del("Date")
		got := r.body
		for _, name := range []string{"Content-Type", "Cache-Control", "Content-Length", "Set-Cookie"} {
			got += name + r.Header.Get(name)
		}
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("%q is answered unlike the others:\n%s\n%s", id, got, first)
		}
	}
}

func TestSessionsPerAddress(t *testing.T) {
	s := withWorkspaces(newSite(t))
	for range 50 {
		s.ask(t, plain, "POST", "/make", "").want(t, 201)
	}
	r := s.ask(t, plain, "POST", "/make", "").want(t, 429)
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

func TestKeyKeepsCookiesOverRestarts(t *testing.T) {
	key := []byte(strings.Repeat("k", 32))
	before := withWorkspaces(newSite(t, func(o *Options) { o.SessionKey = key }))
	after := newSite(t, func(o *Options) { o.SessionKey = key })
	c := before.ask(t, plain, "POST", "/make", "").cookie(t)
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(c)
	if session, err := after.cookies.New(r, "ct"); err != nil || session.ID == "" {
		t.Errorf("the cookie of an earlier start = %v, %v", session, err)
	}
}
