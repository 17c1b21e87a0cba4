package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

// failure adds a route that answers with an error, as a page and in the API.
func failure(s *site, err error) {
	handler := func(echo.Context) error { return err }
	s.echo.GET("/fail", handler)
	s.echo.GET("/api/fail", handler)
}

func TestStatusOfEachKind(t *testing.T) {
	for kind, want := range map[problem.Kind]int{
		problem.Internal: 500, problem.Malformed: 400, problem.Invalid: 422, problem.NotFound: 404, problem.Conflict: 409,
		problem.TooLarge: 413, problem.Unsupported: 415, problem.Quota: 429, problem.Busy: 503, problem.Storage: 507, problem.Forbidden: 403,
		problem.Kind(200): 500,
	} {
		s := newSite(t)
		failure(s, fmt.Errorf("wrapped: %w", problem.New(kind, "What is wrong.").WithHint("What to do.")))
		page, api := s.get(t, "/fail").want(t, want), s.get(t, "/api/fail").want(t, want)
		d := api.details(t)
		main := page.html(t).Find("main")
		if main.Find("h1").Length() != 1 {
			t.Errorf("kind %d: the page has %d headings", kind, main.Find("h1").Length())
		}
		if want != 500 && (d.Detail != "What is wrong. What to do." || d.Hint != "What to do." || !strings.Contains(main.Text(), "What is wrong.") || !strings.Contains(main.Text(), "What to do.")) {
			t.Errorf("kind %d: details %+v, page %s", kind, d, main.Text())
		}
		retry := page.Header.Get("Retry-After") != "" && api.Header.Get("Retry-After") != ""
		if retry != (want == 429 || want == 503) {
			t.Errorf("kind %d: Retry-After %q and %q", kind, page.Header.Get("Retry-After"), api.Header.Get("Retry-After"))
		}
	}
}

func TestProblemFields(t *testing.T) {
	s := newSite(t)
	failure(s, &problem.Error{Kind: problem.Invalid, Field: "alpha", Column: "fare <b>", Line: 7, Value: "-1", Message: "alpha must be at least 0, got -1.", Hint: "Use 0.", Err: errors.New("cause")})
	got := s.get(t, "/api/fail").want(t, 422).details(t)
	want := details{Type: "/help#problem-invalid", Title: "Unprocessable Entity", Status: 422, Detail: "alpha must be at least 0, got -1. Use 0.",
		Instance: got.Instance, Field: "alpha", Column: "fare <b>", Line: 7, Value: "-1", Hint: "Use 0."}
	if len(got.Errors) != 1 || got.Errors[0] != (item{Pointer: "/alpha", Message: "alpha must be at least 0, got -1."}) {
		t.Errorf("errors = %+v", got.Errors)
	}
	got.Errors = nil
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("details = %+v\nwant      %+v", got, want)
	}
	if strings.Contains(s.log.String(), "request failed") {
		t.Error("a person's mistake is logged as a failure")
	}
}

func TestUnclassifiedErrorShowsNothing(t *testing.T) {
	for name, err := range map[string]error{
		"plain": errors.New("secret cause"), "internal": problem.New(problem.Internal, "secret cause"),
		"router": echo.NewHTTPError(http.StatusInternalServerError, "secret cause"), "canceled by nobody": fmt.Errorf("secret cause: %w", context.Canceled),
	} {
		s := newSite(t)
		failure(s, err)
		page, api := s.get(t, "/fail").want(t, 500), s.get(t, "/api/fail").want(t, 500)
		if strings.Contains(page.body+api.body, "secret") {
			t.Errorf("%s: the cause is shown", name)
		}
		if d := api.details(t); !strings.Contains(d.Detail, d.Instance) {
			t.Errorf("%s: no reference in %q", name, d.Detail)
		}
		if n := strings.Count(s.log.String(), "secret cause"); n != 2 {
			t.Errorf("%s: the cause is logged %d times for 2 requests", name, n)
		}
	}
}

func TestErrorForm(t *testing.T) {
	s := newSite(t)
	failure(s, problem.New(problem.NotFound, "No such thing."))
	for _, tt := range []struct {
		path, header string
		json         bool
	}{
		{"/fail", "Accept: */*", false}, {"/fail", "Accept: text/html,application/json", false},
		{"/fail", "Accept: application/json", true}, {"/fail", "Accept: application/problem+json", true},
		{"/api/fail", "Accept: text/html", true}, {"/api", "X-None: 1", true}, {"/apis", "X-None: 1", false},
	} {
		r := s.get(t, tt.path, tt.header).want(t, 404)
		if got := r.Header.Get("Content-Type") == problemJSON; got != tt.json {
			t.Errorf("%s with %q: JSON = %t", tt.path, tt.header, got)
		}
	}
	whole, bare := s.get(t, "/fail"), s.get(t, "/fail", "HX-Request: true").want(t, 404)
	if !strings.Contains(whole.body, "<html") || strings.Contains(bare.body, "<html") || !strings.Contains(bare.body, "No such thing.") {
		t.Error("the page is not bare for htmx, or not whole for others")
	}
}

func TestHostileProblemIsInert(t *testing.T) {
	s := newSite(t)
	failure(s, problem.Column("<script>alert(1)</script>", "The column <script>alert(1)</script> is odd."))
	doc := s.get(t, "/fail").want(t, 422).html(t)
	if n := doc.Find("main script").Length(); n != 0 {
		t.Errorf("%d scripts came with the problem", n)
	}
}

func TestSizeText(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1000: "1000 bytes", 1 << 10: "1 KiB", 1536: "1.5 KiB", 200 << 20: "200 MiB", 1 << 30: "1 GiB"} {
		if got := sizeText(n); got != want {
			t.Errorf("sizeText(%d) = %q, want %q", n, got, want)
		}
	}
}
