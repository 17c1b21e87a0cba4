package views_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/views"
)

func TestNewSteps(t *testing.T) {
	const load, train = "Load a file first.", "Train a model first."
	tests := []struct {
		name     string
		progress views.Progress
		want     [6]views.StepState
		why      [6]string
	}{
		{"nothing loaded", views.Progress{Here: "Data"},
			[6]views.StepState{"here", "later", "later", "later", "later", "later"}, [6]string{"", load, load, load, train, train}},
		{"explored", views.Progress{Here: "Prepare", Loaded: true, Explored: true},
			[6]views.StepState{"done", "done", "here", "possible", "later", "later"}, [6]string{4: train, 5: train}},
		{"trained", views.Progress{Here: "Results", Loaded: true, Explored: true, Prepared: true, Trained: true},
			[6]views.StepState{"done", "done", "done", "done", "here", "possible"}, [6]string{}},
		{"no step", views.Progress{}, [6]views.StepState{"possible", "later", "later", "later", "later", "later"}, [6]string{"", load, load, load, train, train}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var states [6]views.StepState
			var why [6]string
			for i, s := range views.NewSteps(tt.progress) {
				states[i], why[i] = s.State, s.Why
			}
			if d := cmp.Diff(tt.want, states); d != "" {
				t.Errorf("states (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.why, why); d != "" {
				t.Errorf("reasons (-want +got):\n%s", d)
			}
		})
	}
}

func TestStepperLinks(t *testing.T) {
	s := views.Shell{Title: "Explore", Steps: views.NewSteps(views.Progress{Here: "Explore", Loaded: true})}
	doc := parse(t, views.Layout(s, views.NoRun(views.NoRunPage{Title: "x"})))
	if got := doc.Find("#steps a[href]").Length(); got != 4 {
		t.Errorf("%d steps are links, want 4", got)
	}
	if got := doc.Find("#steps [aria-current='step'] .name").Text(); got != "Explore" {
		t.Errorf("the current step is %q, want Explore", got)
	}
	if got := doc.Find("#steps .is-later .state").First().Text(); got != "Train a model first." {
		t.Errorf("a step that is not possible yet says %q", got)
	}
}

func TestTheme(t *testing.T) {
	for theme, want := range map[string]string{"dark": "dark", "light": "light", "": "system", `"><script>`: "system"} {
		doc := parse(t, views.Layout(views.Shell{Title: "x", Theme: theme, Path: "/train"}, views.Fault(views.Expired())))
		if got := doc.Find("html").AttrOr("data-theme", ""); got != want {
			t.Errorf("Theme %q: data-theme = %q, want %q", theme, got, want)
		}
		if got := doc.Find(`form[action="/theme"] button[aria-pressed="true"]`).AttrOr("value", ""); got != want {
			t.Errorf("Theme %q: the pressed button is %q, want %q", theme, got, want)
		}
		if got := doc.Find(`form[action="/theme"] input[name="back"]`).AttrOr("value", ""); got != "/train" {
			t.Errorf("the theme switch comes back to %q, want /train", got)
		}
	}
}

func TestClearIsOnEveryPage(t *testing.T) {
	for _, p := range pages(t) {
		doc := parse(t, views.Layout(p.shell, p.body))
		if doc.Find(`header form[action="/clear"][method="post"] button`).Length() != 1 {
			t.Errorf("%s has no button that clears the data", p.name)
		}
	}
}
