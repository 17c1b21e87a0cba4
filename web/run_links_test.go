package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/sample"
	"clicktrain/views"
)

// three are trainings of the class of people, by the form and by the API.
var three = []struct {
	learner string
	form    []string
	params  string
	title   string
}{
	{"random_forest", []string{"random_forest.n_estimators=20", "random_forest.bootstrap=true"}, `{"n_estimators": 20}`, "Random forest"},
	{"logistic_regression", []string{"logistic_regression.fit_intercept=true"}, `{}`, "Logistic regression"},
	{"hist_gradient_boosting", []string{"hist_gradient_boosting.max_iter=10"}, `{"max_iter": 10}`, "gradient boosting"},
}

// trainThree trains them for a browser.
func (s *site) trainThree(t *testing.T) *http.Client {
	t.Helper()
	client := s.load(t, people())
	for _, tt := range three {
		s.trainOn(t, client, classAt, tt.learner, tt.form...)
	}
	return client
}

// TestThreeRuns trains three runs and walks each: what its pages say, hand over
// and answer is that run's, and equals what the API gives for the same training.
func TestThreeRuns(t *testing.T) {
	s := newStepSite(t)
	client, id := s.trainThree(t), s.open(t, people())
	sums := map[string]bool{}
	for i, tt := range three {
		n := fmt.Sprint(i + 1)
		var run struct {
			RunID string `json:"run_id"`
		}
		body := s.call(t, "/api/training/"+id, fmt.Sprintf(`{"algorithm": %q, "target_column": "class", "params": %s}`, tt.learner, tt.params)).want(t, 200).body
		if err := json.Unmarshal([]byte(body), &run); err != nil {
			t.Fatal(err)
		}
		results := s.ask(t, client, "GET", "/results?run="+n, "").want(t, 200).html(t)
		download := s.ask(t, client, "GET", press(t, results, "Download the model"), "").want(t, 200).html(t)
		for what, page := range map[string]*goquery.Document{"results": results, "download": download} {
			if title, head := page.Find("title").Text(), page.Find(".runhead .which").Text(); !strings.Contains(title, "run "+n) || !strings.Contains(head, "Run "+n) || !strings.Contains(head, tt.title) {
				t.Errorf("the %s of run %s are titled %q and headed %q", what, n, title, head)
			}
		}
		link := download.Find("a[download]")
		file := s.ask(t, client, "GET", link.AttrOr("href", ""), "").want(t, 200)
		api := s.get(t, "/api/export/"+id+"?run_id="+run.RunID).want(t, 200)
		if name := "trained_model_run_" + n + ".pkl"; link.AttrOr("download", "") != name || !strings.Contains(file.Header.Get("Content-Disposition"), name) || !strings.Contains(download.Find("#snippet").Text(), `"`+name+`"`) {
			t.Errorf("the file of run %s is %s, and comes as %s", n, link.AttrOr("download", ""), file.Header.Get("Content-Disposition"))
		}
		if file.body != api.body || file.Header.Get("ETag") != api.Header.Get("ETag") || file.Header.Get("ETag") != `"`+download.Find("code.hash").Text()+`"` {
			t.Errorf("the page hands over %s for run %s and shows %s; the API gives %s", file.Header.Get("ETag"), n, download.Find("code.hash").Text(), api.Header.Get("ETag"))
		}
		sums[file.Header.Get("ETag")] = true
		s.checkRowOf(t, client, results, id, run.RunID)
	}
	if len(sums) != len(three) {
		t.Errorf("three runs hand over %d files", len(sums))
	}
}

// press returns where the page's link of that text leads.
func press(t *testing.T, page *goquery.Document, text string) string {
	t.Helper()
	for _, a := range page.Find("main a").EachIter() {
		if strings.Contains(a.Text(), text) {
			return a.AttrOr("href", "")
		}
	}
	t.Fatalf("the page has no link %q", text)
	return ""
}

// checkRowOf predicts a row on the page that results lead to, and by the API.
func (s *site) checkRowOf(t *testing.T, client *http.Client, results *goquery.Document, session, run string) {
	t.Helper()
	try := s.ask(t, client, "GET", press(t, results, "Try it on a row"), "").want(t, 200).html(t)
	fields, row := url.Values{}, map[string]any{}
	for _, f := range try.Find("form#predict .field").EachIter() {
		name, value := strings.TrimSpace(f.Find("label").Text()), f.Find("input").AttrOr("value", "")
		fields.Set(f.Find("input").AttrOr("name", ""), value)
		row[name] = value
	}
	said := s.post(t, client, try.Find("form#predict").AttrOr("action", ""), fields.Encode()).want(t, 200).html(t)
	body, err := json.Marshal(map[string]any{"rows": []any{row}, "run_id": run})
	if err != nil {
		t.Fatal(err)
	}
	var want prediction
	if err := json.Unmarshal([]byte(s.call(t, "/api/predict/"+session, string(body)).want(t, 200).body), &want); err != nil {
		t.Fatal(err)
	}
	if got := said.Find(".verdict .sentence").Text(); got != fmt.Sprintf("class: %v", want.Predictions[0]) {
		t.Errorf("the page says %q, the API %v", got, want.Predictions)
	}
	shown := map[string]string{}
	for _, tr := range said.Find("section[aria-labelledby=answer-title] tbody tr").EachIter() {
		shown[strings.TrimSpace(tr.Find("th").Text())] = strings.TrimSpace(tr.Find("td").Text())
	}
	for class, p := range want.Probabilities[0] {
		if shown[class] != views.Percent(p) {
			t.Errorf("class %s has %s on the page and %s by the API", class, shown[class], views.Percent(p))
		}
	}
}

// ofARun are the pages that show one run.
var ofARun = []string{"/results", "/download", "/predict", "/download/model.pkl"}

// TestLinksCarryTheRun follows every link and form of the pages of one run: each
// that leads to a page of a run names this one, but for those that offer another
// by its number.
func TestLinksCarryTheRun(t *testing.T) {
	s := newStepSite(t)
	client := s.trainThree(t)
	queue, seen := []string{"/results?run=1", "/download?run=1", "/predict?run=1"}, map[string]bool{}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		r := s.ask(t, client, "GET", at, "").want(t, 200)
		if r.Request.URL.RequestURI() != at {
			t.Errorf("%s leads on to %s", at, r.Request.URL.RequestURI())
		}
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			continue
		}
		page := r.html(t)
		if title := page.Find("title").Text(); !strings.Contains(title, "run 1") {
			t.Errorf("%s is titled %q", at, title)
		}
		if back := page.Find("form.theme input[name=back]").AttrOr("value", ""); back != at {
			t.Errorf("the theme switch of %s leads back to %s", at, back)
		}
		page.Find("[aria-labelledby=runs-title]").Remove() // the table of all runs
		for _, e := range page.Find("a[href], form[action]").EachIter() {
			to, err := url.Parse(e.AttrOr("href", e.AttrOr("action", "")))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(ofARun, to.Path) && !strings.HasPrefix(to.Path, "/results/") {
				continue
			}
			if e.Is("form") && e.AttrOr("method", "") == "get" { // the run is chosen in it
				if e.Find("option[selected]").AttrOr("value", "") != "1" {
					t.Errorf("%s does not start from its own run in the list", at)
				}
				continue
			}
			if to.Query().Get("run") != "1" {
				t.Errorf("%s leads to %s by %q", at, to, strings.TrimSpace(e.Text()))
			} else if e.Is("a") {
				queue = append(queue, to.String())
			}
		}
	}
	for _, want := range []string{"/download/model.pkl?run=1", "/results/charts/confusion?run=1"} {
		if !seen[want] {
			t.Errorf("%s was not met on the way", want)
		}
	}
}

// TestAddressSaysTheRun checks that a page without a run in its address goes to
// the newest by its number, and that a tab stays with its run when others come.
func TestAddressSaysTheRun(t *testing.T) {
	s := newStepSite(t)
	client := s.trainThree(t)
	for _, path := range []string{"/results", "/download", "/predict", "/results/charts/confusion"} {
		if got := s.ask(t, client, "GET", path, "").want(t, 200).Request.URL.RequestURI(); got != path+"?run=3" {
			t.Errorf("%s leads to %s", path, got)
		}
	}
	s.trainOn(t, client, classAt, "decision_tree")
	if got := s.ask(t, client, "GET", "/results?run=3", "").want(t, 200).html(t).Find(".runhead .which").Text(); !strings.Contains(got, "Run 3") {
		t.Errorf("run 3 became %q", got)
	}
	again := s.ask(t, client, "GET", press(t, s.ask(t, client, "GET", "/results?run=1", "").html(t), "Train another"), "").want(t, 200).html(t)
	if got := again.Find("input[name='random_forest.n_estimators']").AttrOr("value", ""); got != "20" || again.Find("input[name=learner][checked]").AttrOr("value", "") != "random_forest" {
		t.Errorf("training another starts with %s trees", got)
	}
}

// TestRunThatIsNotThere asks for runs that were deleted, never were, or are not
// done: the page says so, and leads to those that are there.
func TestRunThatIsNotThere(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.trainOn(t, client, classAt, "logistic_regression")
	s.trainOn(t, client, classAt, "decision_tree")
	s.post(t, client, "/runs/1/delete", "from=2").want(t, 200)
	for ask, title := range map[string]string{"1": "There is no run 1", "9": "There is no run 9", "x": "There is no such run", "<b>": "There is no such run", "-1": "There is no such run"} {
		for _, path := range append(slices.Clone(ofARun), "/results/charts/confusion") {
			page := s.ask(t, client, "GET", path+"?run="+url.QueryEscape(ask), "").want(t, 404).html(t)
			to := "/results?run=2"
			if strings.HasPrefix(path, "/download") {
				to = "/download?run=2"
			}
			if got := page.Find("h1").Text(); got != title || page.Find(fmt.Sprintf(`main ul a[href=%q]`, to)).Length() != 1 {
				t.Errorf("%s?run=%s is headed %q and leads to %d runs", path, ask, got, page.Find("main ul a").Length())
			}
		}
	}
	for _, path := range []string{"/runs/1", "/runs/1/delete"} {
		if got := s.ask(t, client, "GET", path, "").want(t, 404).html(t).Find("h1").Text(); got != "There is no run 1" {
			t.Errorf("%s is headed %q", path, got)
		}
	}
}

// TestRunThatGoesOn asks for the results of a run that is not done, and cancels
// it where it is listed.
func TestRunThatGoesOn(t *testing.T) {
	s := newStepSite(t)
	housing, err := sample.Open("housing")
	if err != nil {
		t.Fatal(err)
	}
	client := s.load(t, string(housing))
	s.trainOn(t, client, 0, "linear_regression")
	s.post(t, client, "/train", "target=0&learner=random_forest&random_forest.n_estimators=5000").want(t, 200)
	page := s.ask(t, client, "GET", "/download?run=2", "").want(t, 404).html(t)
	if got := page.Find("h1").Text(); got != "Run 2 is not done" || page.Find(`main a[href="/runs/2"]`).Length() != 1 || page.Find(`main a[href="/download?run=1"]`).Length() != 1 {
		t.Errorf("the page of a run that goes on is headed %q", got)
	}
	results := s.ask(t, client, "GET", "/results", "").want(t, 200)
	if results.Request.URL.RawQuery != "run=1" {
		t.Errorf("without a run the results are %s", results.Request.URL.RawQuery)
	}
	listed := results.html(t).Find(`a[href="/runs/2/delete?from=1"]`)
	if !strings.HasPrefix(listed.Text(), "Cancel") {
		t.Errorf("the run that goes on is not offered to cancel: %q", listed.Text())
	}
	s.post(t, client, "/runs/2/delete", "from=1").want(t, 200)
	if got := s.ask(t, client, "GET", "/results?run=2", "").want(t, 404).html(t).Find(".empty").Text(); !strings.Contains(got, "It was cancelled.") {
		t.Errorf("of a cancelled run the page says %q", got)
	}
	if left := s.post(t, client, "/runs/2/delete", "from=1").want(t, 200); left.Request.URL.RequestURI() != "/results?run=1" || strings.Contains(left.html(t).Find("main").Text(), "was cancelled") {
		t.Errorf("after deleting it the page is %s", left.Request.URL.RequestURI())
	}
}
