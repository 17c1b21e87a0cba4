package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/waittest"
	"clicktrain/views"
)

// columns of people, by their place.
const (
	ageAt = iota
	townAt
	memberAt
	classAt
	incomeAt
)

// odd is a table whose columns are hard to predict: one value, one value but
// for a gap, each value once, and words.
func odd() string {
	var b strings.Builder
	b.WriteString("x,one,empty,gaps,words,once\n")
	for i := range 60 {
		fmt.Fprintf(&b, "%d,same,,%s,%s,k%d\n", i%9, []string{"a", "b", ""}[i%3], []string{"red", "blue"}[i%2], i)
	}
	return b.String()
}

// TestRefusedTraining asks for what cannot be trained: the API says why, and
// nothing is started.
func TestRefusedTraining(t *testing.T) {
	s := newStepSite(t)
	tables := map[string]string{"people": s.open(t, people()), "odd": s.open(t, odd())}
	tests := []struct {
		name, table, body string
		status            int
		field, sentence   string
	}{
		{"no body", "people", ``, 400, "", ""},
		{"no JSON", "people", `{"algorithm": `, 400, "", ""},
		{"another type", "people", `["random_forest"]`, 422, "", "object"},
		{"unknown member", "people", `{"algorithm": "random_forest", "target_column": "class", "traget": 1}`, 422, "traget", "traget"},
		{"no target", "people", `{"algorithm": "random_forest"}`, 422, "", "target_column"},
		{"empty target", "people", `{"algorithm": "random_forest", "target_column": ""}`, 422, "target_column", "No target is named."},
		{"unknown target", "people", `{"algorithm": "random_forest", "target_column": "height"}`, 422, "target_column", `There is no column "height" to predict.`},
		{"number for a name", "people", `{"algorithm": "random_forest", "target_column": 3}`, 422, "target_column", "string"},
		{"one value", "odd", `{"algorithm": "random_forest", "target_column": "one"}`, 422, "target_column", "one"},
		{"no value", "odd", `{"algorithm": "random_forest", "target_column": "empty"}`, 422, "target_column", "empty"},
		{"words as numbers", "odd", `{"algorithm": "linear_regression", "target_column": "words", "task": "regression"}`, 422, "target_column", "words holds text"},
		{"wrong task", "people", `{"algorithm": "linear_regression", "target_column": "class"}`, 422, "algorithm", ""},
		{"unknown task", "people", `{"algorithm": "random_forest", "target_column": "class", "task": "guessing"}`, 422, "task", `There is no task "guessing".`},
		{"unknown algorithm", "people", `{"algorithm": "crystal_ball", "target_column": "class"}`, 422, "algorithm", `There is no algorithm "crystal_ball".`},
		{"no algorithm", "people", `{"algorithm": "", "target_column": "class"}`, 422, "algorithm", "No algorithm is named."},
		{"unknown parameter", "people", `{"algorithm": "random_forest", "target_column": "class", "params": {"n_trees": 3}}`, 422, "n_trees", "n_trees"},
		{"parameter out of range", "people", `{"algorithm": "random_forest", "target_column": "class", "params": {"n_estimators": 0}}`, 422, "n_estimators", "n_estimators"},
		{"parameter not whole", "people", `{"algorithm": "random_forest", "target_column": "class", "params": {"n_estimators": 1.5}}`, 422, "n_estimators", "n_estimators"},
		{"parameter of another type", "people", `{"algorithm": "random_forest", "target_column": "class", "params": {"n_estimators": [1]}}`, 422, "n_estimators", "n_estimators"},
		{"C below nothing", "people", `{"algorithm": "logistic_regression", "target_column": "class", "params": {"C": -1}}`, 422, "C", "C"},
		{"params no object", "people", `{"algorithm": "random_forest", "target_column": "class", "params": [1]}`, 422, "params", "params must be an object."},
		{"long number", "people", `{"algorithm": "logistic_regression", "target_column": "class", "params": {"C": 1` + strings.Repeat("0", 5000) + `}}`, 400, "", "number 100000000000000000000000000000000… is out of range"},
		{"huge number", "people", `{"algorithm": "logistic_regression", "target_column": "class", "params": {"C": 1e999}}`, 400, "", "number 1e999 is out of range"},
		{"all for testing", "people", `{"algorithm": "random_forest", "target_column": "class", "test_size": 1}`, 422, "test_size", "between 0.05 and 0.9"},
		{"negative seed", "people", `{"algorithm": "random_forest", "target_column": "class", "seed": -1}`, 422, "seed", "seed"},
		{"unknown feature", "people", `{"algorithm": "random_forest", "target_column": "class", "features": ["height"]}`, 422, "features", `There is no column "height".`},
		{"feature twice", "people", `{"algorithm": "random_forest", "target_column": "class", "features": ["age", "age"]}`, 422, "features", "age is named twice"},
		{"target as feature", "people", `{"algorithm": "random_forest", "target_column": "class", "features": ["class"]}`, 422, "features", "class is the target"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := s.call(t, "/api/training/"+tables[tt.table], tt.body)
			r.told(t, tt.status, tt.sentence)
			if d := r.details(t); d.Field != tt.field {
				t.Errorf("field = %q, want %q (%s)", d.Field, tt.field, d.Detail)
			}
			if held := s.held(t, tables[tt.table]); len(held.Runs) != 0 {
				t.Errorf("runs were started: %+v", held.Runs)
			}
		})
	}
	s.call(t, "/api/training/"+strings.Repeat("A", 43), `{"algorithm": "random_forest", "target_column": "class"}`).told(t, 404, "There is no such session.")
}

// held is what a session holds.
func (s *site) held(t *testing.T, id string) (out held) {
	t.Helper()
	if err := json.Unmarshal([]byte(s.get(t, "/api/sessions/"+id).want(t, 200).body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRefusedTrainingForm sends the same kinds of nonsense by the form: it is
// drawn again with what was typed and with the reason, and nothing is started.
func TestRefusedTrainingForm(t *testing.T) {
	s := newStepSite(t)
	people, odd := s.load(t, people()), s.load(t, odd())
	tests := []struct {
		name, form string
		odd        bool
		field      string // whose input is marked
		sentence   string
	}{
		{"one value", "target=1&learner=random_forest", true, "", "one"},
		{"no value", "target=2&learner=random_forest", true, "", "empty"},
		{"words as numbers", "target=4&task=regression&learner=linear_regression", true, "", "words holds text"},
		{"unknown algorithm", "target=3&learner=crystal_ball", false, "", `There is no algorithm "crystal_ball".`},
		{"other task's algorithm", "target=3&learner=linear_regression", false, "", ""},
		{"out of range", "target=3&learner=random_forest&random_forest.n_estimators=0", false, "random_forest.n_estimators", "n_estimators"},
		{"no number", "target=3&learner=random_forest&random_forest.n_estimators=many", false, "random_forest.n_estimators", "n_estimators"},
		{"share of test rows", "target=3&learner=random_forest&test_size=2", false, "test_size", "between 0.05 and 0.9"},
		{"share of nothing", "target=3&learner=random_forest&test_size=NaN", false, "test_size", "between 0.05 and 0.9"},
		{"seed", "target=3&learner=random_forest&seed=-1", false, "seed", "seed"},
		{"seed of words", "target=3&learner=random_forest&seed=%3Cscript%3E", false, "seed", "whole number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client := people
			if tt.odd {
				client = odd
			}
			target, _, _ := strings.Cut(tt.form, "&")
			s.ask(t, client, "GET", "/train?"+target, "").want(t, 200) // the task that is sent belongs to this target
			r := s.post(t, client, "/train", tt.form)
			r.told(t, 422, tt.sentence)
			page := r.html(t)
			if tt.field != "" {
				field := page.Find(`[name="` + tt.field + `"]`)
				if field.AttrOr("aria-invalid", "") != "true" {
					t.Errorf("%s is not marked", tt.field)
				}
				for pair := range strings.SplitSeq(tt.form, "&") {
					if typed, ok := strings.CutPrefix(pair, tt.field+"="); ok && field.AttrOr("value", "") != strings.NewReplacer("%3C", "<", "%3E", ">").Replace(typed) {
						t.Errorf("%s holds %q, not what was typed: %q", tt.field, field.AttrOr("value", ""), typed)
					}
				}
			}
			if page.Find("form#train").Length() != 1 || !strings.HasPrefix(page.Find("title").Text(), "Error: ") {
				t.Errorf("the form is not drawn again, or the title %q does not tell", page.Find("title").Text())
			}
			s.ask(t, client, "GET", "/runs/1", "").want(t, 404)
		})
	}
}

// train trains on the pages and returns the page of the results.
func (s *site) trainOn(t *testing.T, client *http.Client, target int, learner string, more ...string) response {
	t.Helper()
	fields := "target=" + strconv.Itoa(target) + "&learner=" + learner
	for _, m := range more {
		fields += "&" + m
	}
	r := s.post(t, client, "/train", fields).want(t, 200)
	waittest.Until(t, "the training is done", func() bool {
		switch path := r.Request.URL.Path; {
		case path == "/results":
			return true
		case !strings.HasPrefix(path, "/runs/"):
			t.Fatalf("training led to %s:\n%.1000s", path, r.body)
		default:
			s.clock.add(time.Second) // the rate of requests is not what is tested
			r = s.ask(t, client, "GET", path, "").want(t, 200)
		}
		return false
	})
	return r
}

// TestTrainForm checks that a change of the target brings the kind of question
// and the algorithms that suit it.
func TestTrainForm(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	for target, want := range map[int]string{classAt: "classification", incomeAt: "regression", memberAt: "classification"} {
		page := s.ask(t, client, "GET", "/train?target="+strconv.Itoa(target), "", "HX-Request: true").want(t, 200).html(t)
		if got := page.Find("select[name=task] option[selected]").AttrOr("value", ""); got != want {
			t.Errorf("column %d is a %s, want %s", target, got, want)
		}
		logistic := page.Find("#learner-logistic_regression").Length()
		linear := page.Find("#learner-linear_regression").Length()
		if (logistic == 1) != (want == "classification") || (linear == 1) != (want == "regression") || page.Find("html header").Length() != 0 {
			t.Errorf("%s offers logistic %d, linear %d; bare = %t", want, logistic, linear, page.Find("header").Length() == 0)
		}
	}
	s.ask(t, client, "GET", "/train?target="+strconv.Itoa(incomeAt)+"&task=classification", "").want(t, 200)
	page := s.ask(t, client, "GET", "/train?target="+strconv.Itoa(ageAt)+"&task=classification", "").want(t, 200).html(t)
	if got := page.Find("select[name=task] option[selected]").AttrOr("value", ""); got != "regression" {
		t.Errorf("another target keeps the task of the one before: %s", got)
	}
	s.ask(t, client, "GET", "/train?target=99&task=9&learner=9", "").want(t, 200)
}

// TestLearnersToCombine chooses the members of an ensemble by boxes.
func TestLearnersToCombine(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	boxes := "fieldset[id='" + views.FieldID("voting.estimators") + "']"
	page := s.ask(t, client, "GET", "/train?target="+strconv.Itoa(classAt), "").want(t, 200).html(t)
	if text := page.Find(boxes).Text(); !strings.Contains(text, "Random forest") || strings.Contains(text, "random_forest") || page.Find(boxes+" [checked]").Length() != 3 {
		t.Errorf("the boxes read %q", text)
	}
	r := s.post(t, client, "/train", "target="+strconv.Itoa(classAt)+"&learner=voting&voting.estimators=,&voting.voting=best&voting.estimators=decision_tree&voting.estimators=gaussian_naive_bayes")
	r.told(t, 422, "voting must be one of")
	var ticked []string
	for _, box := range r.html(t).Find(boxes + " [checked]").EachIter() {
		ticked = append(ticked, box.AttrOr("value", ""))
	}
	if !slices.Equal(ticked, []string{"decision_tree", "gaussian_naive_bayes"}) {
		t.Errorf("a refused form ticks %q", ticked)
	}
	text := s.trainOn(t, client, classAt, "voting", "voting.estimators=,", "voting.estimators=decision_tree", "voting.estimators=gaussian_naive_bayes").html(t).Text()
	if !strings.Contains(text, "decision_tree, gaussian_naive_bayes") {
		t.Error("the results do not name the members that were ticked")
	}
}

// TestMissingTargets checks that rows without a target are counted and used
// nowhere.
func TestMissingTargets(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	var got struct {
		Rows    trainedRows
		Classes []any
	}
	r := s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "town", "features": ["age", "class"]}`).want(t, 200)
	if err := json.Unmarshal([]byte(r.body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Rows.Without != 20 || got.Rows.Train+got.Rows.Test != 60 || len(got.Classes) != 3 {
		t.Errorf("rows %+v, classes %v", got.Rows, got.Classes)
	}
	page := s.ask(t, s.load(t, people()), "GET", "/train?target="+strconv.Itoa(townAt), "").want(t, 200).html(t)
	if text := page.Find("main").Text(); !strings.Contains(text, "20 rows without a value in the target are not used.") {
		t.Error("the form does not count the rows without a target")
	}
}

// TestTrainBeforeUpload and the other pages tell a visitor that data comes
// first.
// An address that names an algorithm alone leaves its settings as they are by
// default.
func TestTrainFormOfAnAddress(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	for query, want := range map[string]string{"": "true", "&test_size=0.2&linear_regression.fit_intercept=false": "false"} {
		page := s.ask(t, client, "GET", "/train?target="+strconv.Itoa(incomeAt)+"&learner=linear_regression"+query, "").want(t, 200).html(t)
		if got := page.Find(`select[name="linear_regression.fit_intercept"] option[selected]`).AttrOr("value", ""); got != want {
			t.Errorf("%q: fit_intercept is %q, want %q", query, got, want)
		}
	}
}

func TestTrainBeforeUpload(t *testing.T) {
	s := newStepSite(t)
	for _, path := range []string{"/explore", "/explore/columns/1", "/prepare", "/train", "/results", "/download", "/download/model.pkl", "/runs/1"} {
		s.get(t, path).told(t, http.StatusConflict, "There is no data yet.")
	}
	for _, path := range []string{"/prepare", "/prepare/suggest", "/prepare/remove", "/prepare/reset", "/train", "/runs/1/cancel"} {
		s.post(t, plain, path, "target=1").told(t, http.StatusConflict, "There is no data yet.")
	}
	if n := s.sessions.Len(); n != 0 {
		t.Errorf("%d sessions were made", n)
	}
}
