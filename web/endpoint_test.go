package web

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strings"
	"testing"

	"clicktrain/internal/problem"
)

// order is a request like those of the API.
type order struct {
	Algorithm string          `json:"algorithm" minLength:"1"`
	TestSize  *float64        `json:"test_size,omitempty" minimum:"0" maximum:"1"`
	Params    json.RawMessage `json:"params,omitempty"`
}

type orderInput struct {
	Session string `path:"session_id"`
	Prefer  string `header:"Prefer"`
	Body    order
}

type receipt struct {
	Session string   `json:"session"`
	Params  string   `json:"params"`
	Score   *float64 `json:"score"`
}

// withOrders adds an endpoint that tells what it got.
func withOrders(s *site) *site {
	endpoint(s.Server, http.MethodPost, "/api/orders/{session_id}", http.StatusOK, "Order", func(_ context.Context, in *orderInput) (*answer[receipt], error) {
		a := ok(receipt{Session: in.Session, Params: string(in.Body.Params)})
		switch in.Body.Algorithm {
		case "nan":
			nan := math.NaN()
			a.Body.Score = &nan
		case "refused":
			return nil, problem.Field("algorithm", "algorithm is not known.").WithHint("Choose another.")
		case "busy":
			return nil, problem.New(problem.Busy, "Full.")
		case "broken":
			return nil, errors.New("secret internals")
		case "panic":
			panic("secret internals")
		}
		if in.Prefer == "respond-async" {
			a.Status, a.Location, a.RetryAfter = http.StatusAccepted, "/api/runs/1", 1
		}
		return a, nil
	})
	endpoint(s.Server, http.MethodDelete, "/api/orders/{session_id}", http.StatusNoContent, "Cancel", func(context.Context, *struct {
		Session string `path:"session_id"`
	}) (*answer[nothing], error) {
		return ok(nothing{}), nil
	})
	return s
}

func (s *site) order(t *testing.T, body string, headers ...string) response {
	t.Helper()
	return s.ask(t, plain, "POST", "/api/orders/s1", body, append([]string{"Content-Type: application/json"}, headers...)...)
}

func TestEndpoint(t *testing.T) {
	s := withOrders(newSite(t))
	r := s.order(t, `{"algorithm":"x","params":{"max_features":1.0,"n":12345678901234567890}}`).want(t, 200)
	want := `{"session":"s1","params":"{\"max_features\":1.0,\"n\":12345678901234567890}","score":null}`
	if strings.TrimSpace(r.body) != want || r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("body = %s (%s)\nwant   %s", r.body, r.Header.Get("Content-Type"), want)
	}
	if strings.Contains(r.body, "$schema") || r.Header.Get("Link") != "" {
		t.Error("the response links to a schema")
	}
	r = s.order(t, `{"algorithm":"x"}`, "Prefer: respond-async").want(t, 202)
	if r.Header.Get("Location") != "/api/runs/1" || r.Header.Get("Retry-After") != "1" {
		t.Errorf("headers = %v", r.Header)
	}
	r = s.ask(t, plain, "DELETE", "/api/orders/s1", "").want(t, 204)
	if r.body != "" || r.Header.Get("Content-Type") != "" {
		t.Errorf("204 with body %q of type %q", r.body, r.Header.Get("Content-Type"))
	}
}

func TestEndpointRefuses(t *testing.T) {
	s := withOrders(newSite(t))
	tests := []struct {
		name, body  string
		contentType string
		status      int
		field       string
		detail      string // a part of it
	}{
		{name: "unknown member", body: `{"algorithm":"x","algoritm":1}`, status: 422, field: "algoritm", detail: "unexpected property"},
		{name: "missing member", body: `{}`, status: 422, detail: "algorithm"},
		{name: "wrong type", body: `{"algorithm":7}`, status: 422, field: "algorithm", detail: "expected string"},
		{name: "out of range", body: `{"algorithm":"x","test_size":2}`, status: 422, field: "test_size", detail: "<= 1"},
		{name: "other case", body: `{"Algorithm":"x"}`, status: 422, detail: "algorithm"},
		{name: "repeated member", body: `{"algorithm":"x","algorithm":"y"}`, status: 400, detail: `"algorithm" is there twice`},
		{name: "repeated inside", body: `{"algorithm":"x","params":{"a":1,"b":[{"c":1,"c":2}]}}`, status: 400, detail: `"c" is there twice`},
		{name: "deep", body: `{"algorithm":"x","params":` + strings.Repeat("[", 100_000), status: 400, detail: "deeper than 32"},
		{name: "not JSON", body: `{"algorithm"`, status: 400, detail: "not JSON"},
		{name: "NaN", body: `{"algorithm":"x","test_size":NaN}`, status: 400, detail: "not JSON"},
		{name: "two values", body: `{"algorithm":"x"} {}`, status: 400, detail: "after top-level value"},
		{name: "empty", body: ``, status: 400, detail: "body is required"},
		{name: "array", body: `[]`, status: 422, detail: "expected object"},
		{name: "form", body: `algorithm=x`, contentType: "application/x-www-form-urlencoded", status: 415},
		{name: "too large", body: `{"algorithm":"` + strings.Repeat("x", 1<<20) + `"}`, status: 413, detail: "larger than 1 MiB"},
		{name: "refused by the handler", body: `{"algorithm":"refused"}`, status: 422, field: "algorithm", detail: "algorithm is not known. Choose another."},
		{name: "busy", body: `{"algorithm":"busy"}`, status: 503, detail: "Full."},
		{name: "broken", body: `{"algorithm":"broken"}`, status: 500, detail: "Something broke"},
		{name: "panic", body: `{"algorithm":"panic"}`, status: 500, detail: "Something broke"},
		{name: "not a number", body: `{"algorithm":"nan"}`, status: 500, detail: "Something broke"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ct := tt.contentType
			if ct == "" {
				ct = "application/json"
			}
			r := s.order(t, tt.body, "Content-Type: "+ct).want(t, tt.status)
			d := r.details(t)
			if d.Field != tt.field || !strings.Contains(d.Detail, tt.detail) {
				t.Errorf("field %q, detail %q, want %q and %q", d.Field, d.Detail, tt.field, tt.detail)
			}
			if !strings.HasSuffix(d.Detail, ".") {
				t.Errorf("detail %q is not a sentence", d.Detail)
			}
			if strings.Contains(r.body, "secret") || len(r.body) > 2000 {
				t.Errorf("the answer shows too much: %.300s", r.body)
			}
			if (tt.status == 503) != (r.Header.Get("Retry-After") != "") {
				t.Errorf("Retry-After = %q", r.Header.Get("Retry-After"))
			}
		})
	}
	if n := strings.Count(s.log.String(), "request failed"); n != 3 {
		t.Errorf("%d faults of ours are logged, want 3:\n%s", n, s.log.String())
	}
}

func TestPointer(t *testing.T) {
	for location, want := range map[string]string{
		"body": "", "body.alpha": "/alpha", "body.rows[0].age": "/rows/0/age", "query.target": "target", "path.session_id": "session_id", "": "",
	} {
		if got := pointer(location); got != want {
			t.Errorf("pointer(%q) = %q, want %q", location, got, want)
		}
	}
}
