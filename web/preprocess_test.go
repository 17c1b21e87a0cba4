package web

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestRefusedRecipes sends recipes that cannot be done, by the API: the answer
// names the step, and the recipe that was there stays.
func TestRefusedRecipes(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "impute", "columns": ["age"], "strategy": "mean"}]}`).want(t, 200)
	tests := []struct {
		name, body      string
		status          int
		field, sentence string
	}{
		{"no body", ``, 400, "", ""},
		{"no JSON", `{"steps": [`, 400, "", "not JSON"},
		{"nothing to do", `{}`, 422, "steps", "nothing to do"},
		{"unknown member", `{"missing": "mean"}`, 422, "missing", "missing"},
		{"unknown strategy", `{"missing_strategy": "guess"}`, 422, "missing_strategy", "guess"},
		{"unknown encoding", `{"missing_strategy": "mean", "encoding": "morse"}`, 422, "encoding", "morse"},
		{"scaling in words", `{"missing_strategy": "mean", "scaling": "yes"}`, 422, "scaling", "boolean"},
		{"both forms", `{"missing_strategy": "mean", "steps": []}`, 422, "steps", "not both"},
		{"unknown step", `{"steps": [{"step": "polish"}]}`, 422, "steps[0].step", "polish"},
		{"no step", `{"steps": [{}]}`, 422, "steps[0].step", ""},
		{"no object", `{"steps": [3]}`, 422, "steps[0]", ""},
		{"unknown parameter", `{"steps": [{"step": "impute", "strategy": "mean", "power": 2}]}`, 422, "steps[0].power", "power"},
		{"bad parameter", `{"steps": [{"step": "scale"}, {"step": "impute", "strategy": "best"}]}`, 422, "steps[1].strategy", "strategy"},
		{"unknown column", `{"steps": [{"step": "impute", "columns": ["height"]}]}`, 422, "steps[0].columns", "height"},
		{"mean of words", `{"steps": [{"step": "impute", "columns": ["town"], "strategy": "mean"}]}`, 422, "steps[0].strategy", "town holds text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := s.call(t, "/api/preprocessing/"+id, tt.body)
			r.told(t, tt.status, tt.sentence)
			if d := r.details(t); d.Field != tt.field {
				t.Errorf("field = %q, want %q (%s)", d.Field, tt.field, d.Detail)
			}
			if !s.held(t, id).Prepared {
				t.Error("the recipe that was there is gone")
			}
		})
	}
	s.call(t, "/api/preprocessing/"+strings.Repeat("A", 43), `{"missing_strategy": "mean"}`).told(t, 404, "There is no such session.")
}

// TestOlderRecipeForm checks that the older form of each choice does what the
// steps do.
func TestOlderRecipeForm(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	for _, tt := range []struct {
		body  string
		steps []string
	}{
		{`{"missing_strategy": "mean", "encoding": "label", "scaling": true}`, []string{"impute", "encode", "scale"}},
		{`{"missing_strategy": "mode"}`, []string{"impute"}},
		{`{"missing_strategy": "drop", "scaling": false}`, []string{"drop_missing"}},
	} {
		var got struct {
			Shape   [2]int
			Columns []string
			Steps   []map[string]any
			Preview []map[string]float64
			Rows    rowCounts
		}
		if err := json.Unmarshal([]byte(s.call(t, "/api/preprocessing/"+id, tt.body).want(t, 200).body), &got); err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.steps {
			if !slices.ContainsFunc(got.Steps, func(m map[string]any) bool { return m["step"] == want }) {
				t.Errorf("%s gives the steps %v, without %s", tt.body, got.Steps, want)
			}
		}
		if got.Shape != [2]int{got.Rows.Train + got.Rows.Test, len(got.Columns)} || len(got.Preview) == 0 || len(got.Preview[0]) != len(got.Columns) {
			t.Errorf("%s: shape %v, columns %v, rows %+v, preview %v", tt.body, got.Shape, got.Columns, got.Rows, got.Preview)
		}
		if dropped := strings.Contains(tt.body, "drop"); dropped != (got.Rows.Dropped > 0) {
			t.Errorf("%s leaves out %d rows", tt.body, got.Rows.Dropped)
		}
	}
}

// TestRecipePage builds a recipe step by step, takes one out and starts anew.
func TestRecipePage(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	steps := func(r response) []string {
		var out []string
		for _, li := range r.want(t, 200).html(t).Find(".split ol.recipe > li strong").EachIter() {
			out = append(out, li.Text())
		}
		return out
	}
	want := func(what string, r response, titles ...string) {
		t.Helper()
		if got := steps(r); !slices.Equal(got, titles) {
			t.Errorf("after %s the recipe is %q, want %q", what, got, titles)
		}
	}
	const fill, codes, scale = "Fill missing values with the median", "Turn categories into codes", "Scale to mean 0 and standard deviation 1"
	want("nothing", s.ask(t, client, "GET", "/prepare", ""))
	want("a step", s.post(t, client, "/prepare", "step=impute&strategy=median&columns=0"), fill)
	want("another", s.post(t, client, "/prepare", "step=encode&method=ordinal&columns=1"), fill, codes)
	want("a third", s.post(t, client, "/prepare", "step=scale&columns="), fill, codes, scale)
	want("taking one out", s.post(t, client, "/prepare/remove", "index=1"), fill, scale)
	want("taking out one that is gone", s.post(t, client, "/prepare/remove", "index=7"), fill, scale)
	want("taking out nonsense", s.post(t, client, "/prepare/remove", "index=x"), fill, scale)
	r := s.post(t, client, "/prepare/suggest", "", "HX-Request: true").want(t, 200)
	if r.html(t).Find(".suggested").Length() != 0 || len(steps(r)) <= 2 || r.html(t).Find("header.top").Length() != 0 {
		t.Errorf("after the suggestions: %q", steps(r))
	}
	want("all were taken out", s.post(t, client, "/prepare/reset", ""))
}

// TestRefusedStep sends a step that cannot be done by the page: it says why,
// and the recipe stays.
func TestRefusedStep(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.post(t, client, "/prepare", "step=impute&strategy=median&columns=0").want(t, 200)
	for form, sentence := range map[string]string{
		"step=polish": "polish", "step=impute&strategy=best": "strategy", "step=impute&strategy=mean&columns=1": "town",
		"step=impute&columns=99": "There is no such column.", "step=impute&columns=x": "There is no such column.", "": "",
	} {
		r := s.post(t, client, "/prepare", form)
		r.told(t, 422, sentence)
		if n := r.html(t).Find("main .split ol.recipe > li").Length(); n != 1 {
			t.Errorf("after %q the recipe has %d steps", form, n)
		}
	}
}
