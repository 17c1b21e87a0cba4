package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"clicktrain/internal/waittest"
)

// TestResults trains two models and checks that each one's page is its own.
func TestResults(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	first := s.trainOn(t, client, classAt, "random_forest", "random_forest.n_estimators=7").html(t)
	second := s.trainOn(t, client, incomeAt, "linear_regression").html(t)
	for name, page := range map[string]struct{ text, scores, want string }{
		"classes": {first.Find("main").Text(), first.Find(".is-scores").Text(), "Accuracy"},
		"numbers": {second.Find("main").Text(), second.Find(".is-scores").Text(), "R²"},
	} {
		if !strings.Contains(page.scores, page.want) || !strings.Contains(page.text, "16 test rows") || !strings.Contains(page.text, "64 training rows") {
			t.Errorf("the results of %s say %s", name, page.text)
		}
	}
	if first.Find("main svg[role=img]").Length() < 2 || second.Find("main svg[role=img]").Length() < 2 {
		t.Error("a plot is missing")
	}
	old := s.ask(t, client, "GET", "/results?run=1", "").want(t, 200).html(t)
	if got := old.Find("main").Text(); !strings.Contains(got, "for class") || strings.Contains(old.Find(".verdict").Text(), "income") {
		t.Error("?run=1 does not show the first run")
	}
	if runs := old.Find(`main a[href*="run=2"]`); runs.Length() == 0 {
		t.Error("the other run is not listed")
	}
	if got := s.ask(t, client, "GET", "/download?run=1", "").want(t, 200).html(t).Find(".runhead .model").Text(); got != "Random forest for class" {
		t.Errorf("the download of run 1 is %q", got)
	}
}

// TestAsyncTraining starts a training that is answered at once, and asks for it
// until it is over.
func TestAsyncTraining(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	r := s.call(t, "/api/training/"+id, `{"algorithm": "random_forest", "target_column": "class"}`, "Prefer: wait=1, respond-async").want(t, http.StatusAccepted)
	where := r.Header.Get("Location")
	var at struct {
		State    string
		Progress float64
		Result   struct{ Metrics map[string]any }
		Started  *string
		Finished *string
	}
	waittest.Until(t, "the run has succeeded", func() bool {
		r = s.getLater(t, where).want(t, 200)
		before := at.Progress
		if err := json.Unmarshal([]byte(r.body), &at); err != nil {
			t.Fatal(err)
		}
		if at.Progress < before || at.State == "failed" {
			t.Fatalf("the run is %+v after %g", at, before)
		}
		over := at.State == "succeeded"
		if over == (r.Header.Get("Retry-After") != "") {
			t.Errorf("%s with Retry-After %q", at.State, r.Header.Get("Retry-After"))
		}
		return over
	})
	if at.Result.Metrics["accuracy"] == nil || at.Started == nil || at.Finished == nil || at.Progress != 1 {
		t.Errorf("the end is %+v", at)
	}
}
