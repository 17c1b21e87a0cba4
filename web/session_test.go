package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestSession follows a session from its first file to its end.
func TestSession(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	before := s.held(t, id)
	if before.FileName != "people.csv" || before.Shape != [2]int{80, 5} || len(before.Columns) != 5 || before.Target == "" || before.Prepared || len(before.Runs) != 0 {
		t.Errorf("a new session holds %+v", before)
	}
	s.call(t, "/api/preprocessing/"+id, `{"missing_strategy": "mean"}`).want(t, 200)
	r := s.call(t, "/api/training/"+id, `{"algorithm": "linear_regression", "target_column": "income"}`).want(t, 200)
	var run struct {
		ID string `json:"run_id"`
	}
	if err := json.Unmarshal([]byte(r.body), &run); err != nil {
		t.Fatal(err)
	}
	after := s.held(t, id)
	if !after.Prepared || len(after.Runs) != 1 || after.Runs[0] != (runBrief{run.ID, "", "linear_regression", "succeeded"}) {
		t.Errorf("the session holds %+v", after)
	}
	s.get(t, "/api/runs/"+run.ID).want(t, 200)
	if s.opts.Workflow.Held() == 0 {
		t.Error("nothing is accounted for")
	}
	if got := s.ask(t, plain, http.MethodDelete, "/api/sessions/"+id, "").want(t, 204); got.body != "" {
		t.Errorf("204 came with %q", got.body)
	}
	if n := s.opts.Workflow.Held(); n != 0 {
		t.Errorf("%d bytes are held after the end", n)
	}
	s.get(t, "/api/runs/"+run.ID).told(t, 404, "There is no such run.")
	for _, path := range []string{"/api/sessions/", "/api/eda/", "/api/export/"} {
		s.get(t, path+id).told(t, 404, "There is no such session.")
	}
	s.ask(t, plain, http.MethodDelete, "/api/sessions/"+id, "").told(t, 404, "There is no such session.")
}

// TestEveryResponseIsGuarded asks for every page, for files, faults and answers
// of the API, and checks the headers that keep a browser safe.
func TestEveryResponseIsGuarded(t *testing.T) {
	s := newStepSite(t)
	client, id := s.load(t, people()), s.trained(t)
	s.trainOn(t, client, classAt, "logistic_regression")
	stylesheet := s.get(t, "/").html(t).Find("link[rel=stylesheet]").AttrOr("href", "")
	for _, path := range []string{"/", "/explore", "/explore/columns/1", "/prepare", "/train", "/results", "/download", "/download/model.pkl", "/help", "/docs",
		"/nothing", "/runs/9", "/openapi.json", "/health", stylesheet, "/static/nothing", "/api/nothing", "/api/sessions/" + id, "/api/eda/" + id, "/api/export/" + id} {
		h := s.ask(t, client, "GET", path, "").Header
		csp := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s has the policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s has the headers %v", path, h)
		}
		if store := h.Get("Cache-Control"); store != "no-store" && !strings.HasPrefix(path, "/static/") && path != "/openapi.json" {
			t.Errorf("%s may be stored: %q", path, store)
		}
	}
	for _, path := range []string{"/upload", "/sample", "/clear", "/reread", "/train", "/prepare", "/prepare/reset", "/runs/1/cancel", "/theme", "/api/upload", "/api/training/" + id, "/api/preprocessing/" + id, "/api/predict/" + id} {
		s.post(t, client, path, "name=iris", "Sec-Fetch-Site: cross-site", "Origin: https://elsewhere.test").told(t, http.StatusForbidden, "another site's page")
	}
	s.ask(t, client, "GET", "/results", "").want(t, 200)
}
