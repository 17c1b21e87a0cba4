package web

import (
	"fmt"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestRateLimit(t *testing.T) {
	s := newSite(t)
	for i := range requestBurst {
		s.get(t, "/docs/assets/none").want(t, 404)
		_ = i
	}
	r := s.get(t, "/api/nothing").want(t, 429)
	r.details(t)
	wait, err := strconv.Atoi(r.Header.Get("Retry-After"))
	if err != nil || wait != 1 {
		t.Errorf("Retry-After = %q, want 1", r.Header.Get("Retry-After"))
	}
	s.get(t, "/health").want(t, 200)
	// A made-up client address changes nothing.
	s.get(t, "/api/nothing", "X-Forwarded-For: 203.0.113.9", "X-Real-Ip: 203.0.113.9").want(t, 429)
	s.clock.add(time.Duration(wait) * time.Second)
	s.get(t, "/api/nothing").want(t, 404)
}

func TestUploadRate(t *testing.T) {
	s := newSite(t)
	s.echo.POST("/api/upload", func(c echo.Context) error { return c.NoContent(201) })
	for range uploadBurst {
		s.ask(t, plain, "POST", "/api/upload", "x").want(t, 201)
	}
	r := s.ask(t, plain, "POST", "/api/upload", "x").want(t, 429)
	if got := r.Header.Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After = %q, want 2", got)
	}
	s.get(t, "/docs").want(t, 200)
}

func TestTrustedProxyNamesTheClient(t *testing.T) {
	s := newSite(t, func(o *Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	for range requestBurst {
		s.get(t, "/x", "X-Forwarded-For: 203.0.113.1").want(t, 404)
	}
	s.get(t, "/x", "X-Forwarded-For: 203.0.113.1").want(t, 429)
	s.get(t, "/x", "X-Forwarded-For: 203.0.113.1, 203.0.113.2").want(t, 404)
	s.get(t, "/x", "X-Forwarded-For: 203.0.113.2, 203.0.113.1").want(t, 429)
}

func TestLimiter(t *testing.T) {
	l, now := newLimiter(10, 2, 100), time.Now()
	for i, want := range []time.Duration{0, 0, 100 * time.Millisecond, 100 * time.Millisecond} {
		if got := l.take("a", now); got != want {
			t.Errorf("take %d = %v, want %v", i, got, want)
		}
	}
	if got := l.take("b", now); got != 0 {
		t.Errorf("another client waits %v", got)
	}
	if got := l.take("a", now.Add(100*time.Millisecond)); got != 0 {
		t.Errorf("after the wait = %v, want 0", got)
	}
	if got := l.take("a", now.Add(-time.Hour)); got <= 0 {
		t.Error("a clock that went back gave tokens")
	}
}

func TestLimiterIsBounded(t *testing.T) {
	l, now := newLimiter(1, 1, 100), time.Now()
	l.take("first", now)
	for i := range 10_000 {
		l.take(fmt.Sprint(i), now)
		if n := len(l.young) + len(l.old); n > 100 {
			t.Fatalf("%d clients are remembered", n)
		}
		if l.take("busy", now) == 0 != (i == 0) {
			t.Fatal("a client who keeps asking was forgotten")
		}
	}
}

func TestClientKey(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "": "", "junk": "junk",
	} {
		if got := clientKey(address); got != want {
			t.Errorf("clientKey(%q) = %q, want %q", address, got, want)
		}
	}
}
