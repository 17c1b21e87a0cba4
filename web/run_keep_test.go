package web

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestNameOnThePage names a run: its pages say the name, and a name that cannot
// be kept is drawn again with the reason.
func TestNameOnThePage(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.trainOn(t, client, classAt, "logistic_regression")
	s.trainOn(t, client, classAt, "decision_tree")
	named := s.post(t, client, "/runs/1/name", "name=+first+%3Cb%3Etry+").want(t, 200)
	if named.Request.URL.RequestURI() != "/results?run=1" || !strings.Contains(named.html(t).Find("#flashes").Text(), "Run 1 is called “first <b>try”.") {
		t.Errorf("naming leads to %s and says %q", named.Request.URL.RequestURI(), named.html(t).Find("#flashes").Text())
	}
	for _, path := range []string{"/results?run=1", "/download?run=1", "/predict?run=1"} {
		page := s.ask(t, client, "GET", path, "").want(t, 200).html(t)
		if !strings.Contains(page.Find("title").Text(), "run 1 “first <b>try”") || page.Find(".runhead .named").Text() != "first <b>try" {
			t.Errorf("%s is titled %q", path, page.Find("title").Text())
		}
	}
	other := s.ask(t, client, "GET", "/results?run=2", "").want(t, 200).html(t)
	if !strings.Contains(other.Find("[aria-labelledby=runs-title]").Text(), "first <b>try") || !strings.Contains(other.Find("#f-run").Text(), "Run 1 “first <b>try”: Logistic regression") {
		t.Error("the other run's page does not say the name")
	}
	long := strings.Repeat("x", 61)
	refused := s.post(t, client, "/runs/1/name", "name="+long)
	refused.told(t, 422, "The name has 61 characters")
	if got := refused.html(t).Find("#f-name").AttrOr("value", ""); got != long {
		t.Errorf("a refused name is drawn as %q", got)
	}
	s.post(t, client, "/runs/1/name", "name=").want(t, 200)
	if got := s.ask(t, client, "GET", "/results?run=1", "").want(t, 200).html(t).Find(".runhead .named").Length(); got != 0 {
		t.Error("an empty name does not take the name back")
	}
}

// TestNameAndDeleteByAPI names a run, deletes it, and checks that its bytes are
// given back and that nothing leads to it any more.
func TestNameAndDeleteByAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	empty := s.opts.Workflow.Held()
	var run, last struct {
		RunID   string `json:"run_id"`
		Name    string
		State   string
		Deleted bool
	}
	body := s.call(t, "/api/training/"+id, `{"algorithm": "random_forest", "target_column": "class"}`).want(t, 200).body
	if err := json.Unmarshal([]byte(body), &run); err != nil {
		t.Fatal(err)
	}
	where := "/api/runs/" + run.RunID
	for sent, field := range map[string]string{`{"name": "` + strings.Repeat("y", 61) + `"}`: "name", `{"name": "a\u202eb"}`: "name", `{"name": "a\nb"}`: "name", `{"title": "a"}`: "title", `{}`: "", `{"name": 3}`: "name"} {
		if d := s.ask(t, plain, "PATCH", where, sent, "Content-Type: application/json").want(t, 422).details(t); d.Field != field {
			t.Errorf("%s is refused for %q: %s", sent, d.Field, d.Detail)
		}
	}
	if err := json.Unmarshal([]byte(s.ask(t, plain, "PATCH", where, `{"name": " Grün 👩‍🔬 "}`, "Content-Type: application/json").want(t, 200).body), &run); err != nil || run.Name != "Grün 👩‍🔬" {
		t.Errorf("the run is called %q, %v", run.Name, err)
	}
	if held := s.held(t, id); len(held.Runs) != 1 || held.Runs[0].Name != run.Name {
		t.Errorf("the session holds %+v", held.Runs)
	}
	if s.opts.Workflow.Held() <= empty {
		t.Error("a model takes nothing")
	}
	if err := json.Unmarshal([]byte(s.ask(t, plain, "DELETE", where, "").want(t, 200).body), &last); err != nil || !last.Deleted || last.State != "succeeded" {
		t.Errorf("deleting answers %+v, %v", last, err)
	}
	if now := s.opts.Workflow.Held(); now != empty {
		t.Errorf("%d bytes are held after deleting, %d before training", now, empty)
	}
	for _, path := range []string{where, where + "/events", "/api/export/" + id + "?run_id=" + run.RunID} {
		s.get(t, path).told(t, 404, "There is no such run.")
	}
	s.ask(t, plain, "DELETE", where, "").told(t, 404, "There is no such run.")
	s.ask(t, plain, "PATCH", where, `{"name": "x"}`, "Content-Type: application/json").told(t, 404, "There is no such run.")
	s.call(t, "/api/predict/"+id, `{"rows": [{}], "run_id": "`+run.RunID+`"}`).told(t, 404, "There is no such run.")
	if held := s.held(t, id); len(held.Runs) != 0 {
		t.Errorf("the session still lists %+v", held.Runs)
	}
}
