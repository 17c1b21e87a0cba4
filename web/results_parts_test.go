package web

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/internal/waittest"
)

// weighed is a table of 240 rows: whose they are, how often each occurred, a
// number and a category that tell a yes or no and an amount.
func weighed() string {
	var b strings.Builder
	b.WriteString("who,times,dose,town,ill,cost,debt\n")
	for i := range 240 {
		dose := i * 7 % 41
		ill := "no"
		if dose+i*13%17 > 26 {
			ill = "yes"
		}
		fmt.Fprintf(&b, "p%02d,%d,%d,%s,%s,%d.25,%d\n", i/4, i%3, dose, []string{"Bonn", "Kiel", "Ulm"}[i%3], ill, 3*dose+i%5, i%5-2)
	}
	return b.String()
}

// The places of some of its columns.
const (
	timesAt = 1
	illAt   = 4
	costAt  = 5
	debtAt  = 6
)

// captions are the captions of the tables on a page.
func captions(page *goquery.Document) (out []string) {
	page.Find("main caption").Each(func(_ int, s *goquery.Selection) { out = append(out, s.Text()) })
	return out
}

func summaries(page *goquery.Document) (out []string) {
	page.Find("main details > summary").Each(func(_ int, s *goquery.Selection) { out = append(out, strings.TrimSpace(s.Text())) })
	return out
}

func holds(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}

func TestResultsOfTwoClasses(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	r := s.trainOn(t, client, illAt, "logistic_regression", "cv=4", "group=0")
	page := r.html(t)
	if len(r.body) > 500_000 {
		t.Errorf("the page has %d bytes", len(r.body))
	}
	for _, want := range []string{"Where to draw the line between yes and no", "If only some rows can be looked at", "All scores", "Fold by fold"} {
		if !holds(summaries(page), want) {
			t.Errorf("no part %q in %q", want, summaries(page))
		}
	}
	for _, want := range []string{"The best threshold for each aim", "What comes of a threshold", "Gains and lift", "Every score on 48 test rows", "Scores of each fold", "What was said and what came true"} {
		if !holds(captions(page), want) {
			t.Errorf("no table %q in %q", want, captions(page))
		}
	}
	check := page.Find("#check-title").Parent().Text()
	if !strings.Contains(check, "4 folds of the training rows: ROC AUC 0.") || !strings.Contains(check, "always guessing 0.500; Accuracy 0.") || !strings.Contains(check, "kept together are in one fold") {
		t.Errorf("the folds are told as %q", check)
	}
	if tile := page.Find(".is-scores .tile").First().Text(); !strings.Contains(tile, "Over the folds: 0.") {
		t.Errorf("the first tile says %q", tile)
	}
	charts := 0
	page.Find("main .enlarge a").Each(func(_ int, a *goquery.Selection) {
		charts++
		large := s.ask(t, client, "GET", a.AttrOr("href", ""), "").want(t, 200).html(t)
		if large.Find("main figure svg").Length() != 1 || large.Find("main table").Length() == 0 || large.Find(`a[href="/results?run=1"]`).Length() == 0 {
			t.Errorf("%s is no page of a chart", a.AttrOr("href", ""))
		}
	})
	if charts != 6 { // confusion, ROC, precision-recall, calibration, probabilities, importance
		t.Errorf("%d charts can be enlarged, want 6", charts)
	}
	s.ask(t, client, "GET", "/results/charts/residuals?run=1", "").told(t, 404, "There is no such chart.")
	s.ask(t, client, "GET", "/results/charts/roc?run=9", "").want(t, 404)
}

func TestResultsOfManyClassesAndOfNumbers(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	towns := s.trainOn(t, client, 3, "random_forest", "random_forest.n_estimators=5").html(t)
	if !holds(captions(towns), "How often the right class is among the likeliest") || !holds(summaries(towns), "Second guesses") || holds(captions(towns), "Gains and lift") {
		t.Errorf("three classes have tables %q", captions(towns))
	}
	if heads := towns.Find("main table:contains('False alarms') th[scope=col]").Text(); !strings.Contains(heads, "MCC") || !strings.Contains(heads, "Average precision") {
		t.Errorf("the table by class has %q", heads)
	}
	cost := s.trainOn(t, client, costAt, "linear_regression").html(t)
	for _, want := range []string{"Errors by size of the prediction", "Errors by size", "Every score on 48 test rows"} {
		if !holds(captions(cost), want) {
			t.Errorf("numbers have no table %q: %q", want, captions(cost))
		}
	}
	if cost.Find("#check-title").Length() != 0 {
		t.Error("folds are told that were not asked for")
	}
	if rows := cost.Find("main table:contains('Relative absolute error') tbody tr").Length(); rows != 16 {
		t.Errorf("%d scores of a regression are listed, want 16", rows)
	}
}

func TestCheckedTrainingByAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, weighed())
	type spread struct {
		Mean, SD *float64
		Folds    []*float64
		Reason   string
	}
	var got struct {
		RunID    string `json:"run_id"`
		Features []string
		Metrics  map[string]any
		LeftOut  []leftOut `json:"left_out"`
		CV       *struct {
			Asked    int `json:"folds_asked"`
			Folds    []foldRows
			Metrics  map[string]spread
			Baseline map[string]spread
		} `json:"cross_validation"`
		Reports *struct{ Model, Baseline map[string]any }
	}
	body := `{"algorithm": "logistic_regression", "target_column": "ill", "weight_column": "times", "cv": 5, "features": ["dose", "town"]}`
	text := s.call(t, "/api/training/"+id, body).want(t, 200).body
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(got.Features, "times") || !slices.ContainsFunc(got.LeftOut, func(l leftOut) bool {
		return l.Column == "times" && strings.Contains(l.Reason, "how much each row counts")
	}) {
		t.Errorf("features %v, left out %v: times is to be neither", got.Features, got.LeftOut)
	}
	if got.CV == nil || got.CV.Asked != 5 || len(got.CV.Folds) != 5 || got.CV.Folds[0].Train+got.CV.Folds[0].Test != 192 {
		t.Fatalf("cross_validation = %+v, want 5 folds of 192 rows", got.CV)
	}
	acc := got.CV.Metrics["accuracy"]
	if acc.Mean == nil || acc.SD == nil || len(acc.Folds) != 5 || math.Abs(*acc.Mean-sum(acc.Folds)/5) > 1e-12 || *acc.Mean < *got.CV.Baseline["accuracy"].Mean+0.1 {
		t.Errorf("accuracy = %+v over a baseline of %+v", acc, got.CV.Baseline["accuracy"])
	}
	if mcc := got.CV.Baseline["mcc"]; mcc.Mean != nil || mcc.Reason == "" {
		t.Errorf("the baseline's mcc = %+v, want null and the reason", mcc)
	}
	if got.Reports != nil {
		t.Error("the training answers with the full reports")
	}
	var run struct{ Result json.RawMessage }
	if err := json.Unmarshal([]byte(s.get(t, "/api/runs/"+got.RunID).want(t, 200).body), &run); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(run.Result, &got); err != nil || got.Reports == nil {
		t.Fatalf("the run has no reports: %v", err)
	}
	for _, name := range []string{"scores", "classes", "confusion", "roc", "precision_recall", "thresholds", "best_thresholds", "gains", "calibration", "hit_ratios"} {
		if got.Reports.Model[name] == nil {
			t.Errorf("the report lacks %s", name)
		}
	}
	for _, tt := range []struct{ member, field, says string }{
		{`"cv": 1`, "cv", "2 to 10 folds"},
		{`"cv": 11`, "cv", "2 to 10 folds"},
		{`"cv": -5`, "cv", "2 to 10 folds"},
		{`"weight_column": "debt"`, "weight_column", "below 0"},
		{`"weight_column": "town"`, "weight_column", "does not hold numbers"},
		{`"weight_column": "height"`, "weight_column", "no column"},
		{`"weight_column": "ill"`, "weight_column", "is the target"},
		{`"weight_column": "dose", "features": ["dose"]`, "weight_column", "cannot be learned from too"},
		{`"weight_column": "times", "algorithm": "k_nearest_neighbors"`, "weight_column", "cannot let rows count"},
	} {
		body := `{"target_column": "ill", ` + tt.member + `}`
		if !strings.Contains(body, "algorithm") {
			body = strings.Replace(body, "{", `{"algorithm": "logistic_regression", `, 1)
		}
		r := s.call(t, "/api/training/"+id, body)
		r.told(t, 422, tt.says)
		if d := r.details(t); d.Field != tt.field {
			t.Errorf("%s blames %q, want %q", tt.member, d.Field, tt.field)
		}
	}
}

func sum(list []*float64) (out float64) {
	for _, x := range list {
		out += *x
	}
	return out
}

func TestWeightsOnTheForm(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	page := s.ask(t, client, "GET", "/train?target=4", "").want(t, 200).html(t)
	var offered []string
	page.Find("select[name=weight] option").Each(func(_ int, o *goquery.Selection) { offered = append(offered, o.Text()) })
	if want := []string{"no column: each row once", "times", "dose", "cost"}; !slices.Equal(offered, want) {
		t.Errorf("rows can be counted by %q, want %q", offered, want)
	}
	page = s.ask(t, client, "GET", "/train?target=4&weight=1&learner=k_nearest_neighbors&cv=3", "").want(t, 200).html(t)
	if page.Find("select[name=weight] option[selected]").AttrOr("value", "") != "1" || page.Find("select[name=cv] option[selected]").AttrOr("value", "") != "3" {
		t.Error("what was chosen is not kept")
	}
	if page.Find(".next button[disabled]").Length() != 0 {
		t.Error("an algorithm that does not weigh rows blocks all others")
	}
	r := s.post(t, client, "/train", "target=4&weight=1&learner=k_nearest_neighbors&cv=3")
	r.told(t, 422, "cannot let rows count")
	if r.html(t).Find("select[name=weight]").AttrOr("aria-invalid", "") != "true" {
		t.Error("the refused input is not marked")
	}
	r = s.post(t, client, "/train", "target=4&weight=6&learner=logistic_regression")
	r.told(t, 422, "below 0")
	results := s.trainOn(t, client, illAt, "logistic_regression", "weight=1", "cv=2").html(t)
	if text := results.Find("main").Text(); !strings.Contains(text, "Rows counted by") || !strings.Contains(text, "2 folds of the training rows") {
		t.Error("the results tell neither weights nor folds")
	}
}

// A cross-validation that was cancelled ends.
func TestCancelCrossValidation(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, weighed())
	r := s.call(t, "/api/training/"+id, `{"algorithm": "random_forest", "target_column": "ill", "cv": 10, "params": {"n_estimators": 3000}}`, "Prefer: respond-async").want(t, 202)
	where := r.Header.Get("Location")
	var at runStatus
	waittest.Until(t, "a fold is checked", func() bool {
		if err := json.Unmarshal([]byte(s.getLater(t, where).want(t, 200).body), &at); err != nil {
			t.Fatal(err)
		}
		if at.State == "succeeded" || at.State == "failed" {
			t.Fatalf("the run is %s at %q before it was cancelled", at.State, at.Step)
		}
		return strings.Contains(at.Step, "Checking fold")
	})
	if at.Progress <= 0 || at.Progress >= 1 {
		t.Errorf("progress at %q = %g", at.Step, at.Progress)
	}
	s.ask(t, plain, "DELETE", where, "")
	waittest.Until(t, "the run is cancelled", func() bool {
		if err := json.Unmarshal([]byte(s.getLater(t, where).want(t, 200).body), &at); err != nil {
			t.Fatal(err)
		}
		return at.State == "cancelled"
	})
}

func TestPartsOfModelsWithoutProbabilities(t *testing.T) {
	truth, said := []int{0, 1, 0, 1, 1, 0}, []int{0, 1, 0, 0, 1, 0}
	ranks := []float64{1, -1, -2, 2, 3, -3, 0.5, -0.5, -1, 1, 2, -2}
	m := metric.ClassifyRanked(truth, said, ranks, 2)
	part := (&Server{}).thresholdPart(m, []string{"no", "yes"})
	if len(part.Charts) != 1 || part.Charts[0].Name != "precision-recall" || !strings.Contains(part.Text, "tells no probabilities") {
		t.Errorf("part = %q with %d charts, want precision and recall alone, and why", part.Text, len(part.Charts))
	}
}

func TestGapNote(t *testing.T) {
	result := func(test float64) *train.Result {
		return &train.Result{Classes: &train.ClassScores{Model: metric.ClassReport{Scores: metric.Scores{{Name: "accuracy", Score: test}}}}}
	}
	folds := []train.Spread{{Name: "accuracy", Mean: 0.8, SD: 0.02}}
	for test, want := range map[float64]string{0.8: "", 0.85: "", 0.88: "kinder", 0.7: "worse"} {
		if got := gapNote(result(test), folds); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("test score %g: %q, want %q in it", test, got, want)
		}
	}
}

// TestWeightsAreRemembered checks that the column which counts rows is shown
// again, told of the session and of the run, and forgotten where none is chosen.
func TestWeightsAreRemembered(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	s.trainOn(t, client, illAt, "logistic_regression", "weight=1")
	chosen := func() string {
		t.Helper()
		return s.ask(t, client, "GET", "/train", "").want(t, 200).html(t).Find(`select[name="weight"] option[selected]`).Text()
	}
	if got := chosen(); got != "times" {
		t.Errorf("%q is shown again, want times", got)
	}
	s.trainOn(t, client, illAt, "logistic_regression", "weight=")
	if got := chosen(); !strings.Contains(got, "each row once") {
		t.Errorf("%q is shown again, want no column", got)
	}
	id := s.open(t, weighed())
	body := s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "ill", "weight_column": "times"}`).want(t, 200).body
	if !strings.Contains(body, `"weight_column":"times"`) {
		t.Errorf("the run does not tell its weights: %s", body)
	}
	ws, err := s.byID(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.SetWeights("dose"); err != nil {
		t.Fatal(err)
	}
	if body := s.get(t, "/api/sessions/"+id).want(t, 200).body; !strings.Contains(body, `"weight_column":"dose"`) {
		t.Errorf("the session does not tell its weights: %s", body)
	}
}
