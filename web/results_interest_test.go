package web

import (
	"encoding/json"
	"strings"
	"testing"
)

// interestAnswer is what a training tells of its class of interest.
type interestAnswer struct {
	RunID    string `json:"run_id"`
	Positive any
	Classes  []any
	Metrics  map[string]any
	Reports  struct {
		Model struct{ Classes []map[string]any }
	}
	Intervals map[string]struct{ Low, High float64 }
	Weighted  map[string]any `json:"weighted_metrics"`
}

func TestInterestByAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, weighed())
	ask := func(more string) interestAnswer {
		t.Helper()
		var got interestAnswer
		body := s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "ill", "features": ["dose", "town"]`+more+`}`).want(t, 200).body
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	first, second := ask(`, "positive": "no"`), ask(`, "positive": "yes", "weight_column": "times"`)
	if first.Positive != "no" || second.Positive != "yes" {
		t.Fatalf("classes of interest are %v and %v", first.Positive, second.Positive)
	}
	if first.Weighted != nil || second.Weighted["accuracy"] == nil || second.Weighted["roc_auc"] == nil {
		t.Errorf("scores by weight: %v and %v", first.Weighted, second.Weighted)
	}
	if in := first.Intervals["roc_auc"]; !(in.Low < in.High) || first.Intervals["recall_positive"] == first.Intervals["specificity"] {
		t.Errorf("intervals are %v", first.Intervals)
	}
	// The same model for the other class: what was recall is specificity.
	where := "/api/runs/" + first.RunID
	s.ask(t, plain, "PATCH", where, `{"positive": "yes"}`, "Content-Type: application/json").want(t, 200)
	var run struct{ Result interestAnswer }
	if err := json.Unmarshal([]byte(s.get(t, where).want(t, 200).body), &run); err != nil {
		t.Fatal(err)
	}
	if got := run.Result; got.Positive != "yes" || got.Metrics["recall_positive"] != first.Metrics["specificity"] || got.Metrics["specificity"] != first.Metrics["recall_positive"] || got.Metrics["accuracy"] != first.Metrics["accuracy"] {
		t.Errorf("for the other class the metrics are %v, were %v", got.Metrics, first.Metrics)
	}
	for sent, says := range map[string]string{
		`"positive": "maybe"`: "The classes are no, yes.", `"positive": 3`: "The classes are no, yes.", `"positive": ["yes"]`: "one of the target's values", `"positive": ""`: "one of the target's values",
	} {
		body := `{"algorithm": "logistic_regression", "target_column": "ill", ` + sent + `}`
		r := s.call(t, "/api/training/"+id, body).want(t, 422)
		if d := r.details(t); d.Field != "positive" || !strings.Contains(r.body, says) {
			t.Errorf("%s is refused by %s", sent, r.body)
		}
		s.ask(t, plain, "PATCH", where, "{"+sent+"}", "Content-Type: application/json").want(t, 422)
	}
	r := s.call(t, "/api/training/"+id, `{"algorithm": "linear_regression", "target_column": "cost", "positive": "yes"}`)
	r.told(t, 422, "no class can be of interest")
}

func TestInterestOnThePages(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	page := s.ask(t, client, "GET", "/train?target=4", "").want(t, 200).html(t)
	field := page.Find("select[name=positive]")
	if n := field.Find("option").Length(); n != 3 || !strings.Contains(field.Text(), "no (") || !strings.Contains(field.Text(), "yes (") {
		t.Fatalf("the classes to choose from are %q", field.Text())
	}
	page = s.ask(t, client, "GET", "/train?target=4&positive=4.0", "").want(t, 200).html(t)
	if got := page.Find("select[name=positive] option[selected]").AttrOr("value", ""); got != "4.0" {
		t.Errorf("%q is chosen, want the first class", got)
	}
	page = s.ask(t, client, "GET", "/train?target=3&positive=4.0", "").want(t, 200).html(t)
	if got := page.Find("select[name=positive] option[selected]").Text(); !strings.Contains(got, "none") {
		t.Errorf("another target keeps the class %q", got)
	}
	if n := s.ask(t, client, "GET", "/train?target=5", "").want(t, 200).html(t).Find("select[name=positive]").Length(); n != 0 {
		t.Error("numbers have a class of interest")
	}
	results := s.trainOn(t, client, illAt, "logistic_regression", "positive=4.0").html(t)
	if says := results.Find(".verdict .sentence").Text(); !strings.Contains(says, "rows that are no;") {
		t.Errorf("the first sentence is %q", says)
	}
	if got := results.Find(".interest option[selected]").Text(); !strings.HasPrefix(got, "no (") {
		t.Errorf("the class shown is %q", got)
	}
	s.post(t, client, "/runs/1/class", "class=1").want(t, 200)
	results = s.ask(t, client, "GET", "/results?run=1", "").want(t, 200).html(t)
	text := results.Find("main").Text()
	for _, want := range []string{"rows that are yes;", "Recall of yes", "Precision of yes", "Average precision of yes", "Precision, classes weighted", "Where to draw the line between no and yes"} {
		if !strings.Contains(text, want) {
			t.Errorf("for the other class the page lacks %q", want)
		}
	}
	s.post(t, client, "/runs/1/class", "class=7").told(t, 422, "There is no such class.")
	s.post(t, client, "/runs/9/class", "class=1").want(t, 404)
	if !strings.Contains(s.ask(t, client, "GET", results.Find(".next a").First().AttrOr("href", ""), "").want(t, 200).html(t).Find("select[name=positive] option[selected]").Text(), "no (") {
		t.Error("training another forgets the class of interest")
	}
	towns := s.trainOn(t, client, 3, "random_forest", "random_forest.n_estimators=5").html(t)
	if got := towns.Find(".interest option[selected]").Text(); !strings.Contains(got, "none") || holds(captions(towns), "Gains and lift") {
		t.Errorf("three classes have %q of interest", got)
	}
	s.post(t, client, "/runs/2/class", "class=1").want(t, 200)
	towns = s.ask(t, client, "GET", "/results?run=2", "").want(t, 200).html(t)
	if says := towns.Find(".verdict .sentence").Text(); !strings.Contains(says, "alarms are right") || !holds(captions(towns), "Gains and lift") || towns.Find(`a[href*="charts/precision-recall"]`).Length() == 0 {
		t.Errorf("one of three classes: %q with %q", says, captions(towns))
	}
}
