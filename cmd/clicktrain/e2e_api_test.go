package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// journey is a table's way through the program.
type journey struct {
	sample, target, task string
	algorithm, params    string
	prepare              string  // the body of POST /api/preprocessing
	metric               string  // the score that is looked at …
	least                float64 // … and what it has to reach
	async                bool
}

var journeys = []journey{
	{"titanic", "survived", "classification", "random_forest", `{"n_estimators": 40}`,
		`{"missing_strategy": "median", "encoding": "label", "scaling": true}`, "accuracy", 0.74, true},
	{"penguins", "species", "classification", "logistic_regression", `{"C": 2.5}`,
		`{"steps": [{"step": "impute", "strategy": "mean"}, {"step": "encode", "method": "one_hot"}, {"step": "scale"}]}`, "accuracy", 0.95, false},
	{"iris", "species", "classification", "logistic_regression", `{}`,
		`{"missing_strategy": "drop", "scaling": false}`, "accuracy", 0.9, false},
	{"housing", "median_house_value", "regression", "linear_regression", `{}`,
		`{"steps": [{"step": "impute", "columns": ["total_bedrooms"], "strategy": "median"}]}`, "r2_score", 0.6, false},
}

// TestAPI takes each built-in table from a file to a model by the JSON API.
func TestAPI(t *testing.T) {
	p := launch(t)
	for _, j := range journeys {
		t.Run(j.sample, func(t *testing.T) {
			t.Parallel()
			c := p.visitor(t)
			file := sampleCSV(t, j.sample)
			up := c.openSession(t, j, file)
			c.checkStatistics(t, j, up)
			c.checkPreparation(t, j, up)
			trained := c.trainBy(t, j, up.SessionID)
			checkTrained(t, j, trained, up.Shape[0])
			rows, at := sampleRows(t, file, up, 50)
			said := c.predictRows(t, up.SessionID, rows)
			checkPredictions(t, j, trained, said)
			model := c.get(t, "/api/export/"+up.SessionID).want(t, 200)
			checkAttachment(t, model, "trained_model.pkl")
			if !bytes.Equal(model.body, c.get(t, "/api/export/"+up.SessionID+"?format=pkl&run_id="+trained.RunID).want(t, 200).body) {
				t.Error("the newest model is not the run's")
			}
			c.checkSession(t, j, up, trained)
			t.Run("scikit-learn", func(t *testing.T) { comparePython(t, file, model.body, at, said) })
			c.checkGone(t, up.SessionID, trained.RunID)
		})
	}
}

func (c *client) openSession(t *testing.T, j journey, file []byte) uploadAnswer {
	t.Helper()
	var up uploadAnswer
	a := c.upload(t, "/api/upload", j.sample+".csv", file).want(t, http.StatusCreated)
	a.json(t, &up)
	if got := a.Header.Get("Location"); got != "/api/sessions/"+up.SessionID || len(up.SessionID) < 22 {
		t.Errorf("Location = %q, session_id = %q", got, up.SessionID)
	}
	if len(a.Cookies()) > 0 {
		t.Errorf("the API sets cookies: %v", a.Cookies())
	}
	r := up.Reading
	if r.Records != r.Loaded+r.SetAside+r.Blank+r.Comment+r.Skipped || r.Loaded != up.Shape[0] {
		t.Errorf("the records do not add up: %+v, shape %v", r, up.Shape)
	}
	if len(up.Columns) != up.Shape[1] || len(up.Types) != up.Shape[1] || len(up.Preview) != 5 || !slices.Contains(up.Columns, j.target) {
		t.Errorf("columns %v, kinds %v, %d rows of preview", up.Columns, up.Types, len(up.Preview))
	}
	return up
}

func (c *client) checkStatistics(t *testing.T, j journey, up uploadAnswer) {
	t.Helper()
	var eda struct {
		Statistics struct {
			Shape   [2]int
			Columns []string
			DTypes  map[string]string
			Missing map[string]int  `json:"missing_values"`
			Numbers []any           `json:"numerical_stats"`
			Pairs   []any           `json:"top_correlations"`
			Matrix  map[string]any  `json:"correlation_matrix"`
			Percent map[string]any  `json:"missing_percentage"`
			Texts   []any           `json:"categorical_stats"`
			Target  json.RawMessage `json:"target"`
		}
		Target json.RawMessage
		Plots  struct {
			Histograms map[string]string
			Heatmap    string `json:"correlation_heatmap"`
		}
	}
	c.get(t, "/api/eda/"+up.SessionID+"?target="+j.target).want(t, 200).json(t, &eda)
	s := eda.Statistics
	if s.Shape != up.Shape || !slices.Equal(s.Columns, up.Columns) || len(s.DTypes) != len(up.Columns) || len(s.Missing) != len(up.Columns) {
		t.Errorf("statistics of %v with %d kinds and %d counts of missing values, want %v", s.Shape, len(s.DTypes), len(s.Missing), up.Shape)
	}
	if len(s.Numbers) < 3 || len(s.Matrix) != len(s.Numbers) || len(eda.Target) == 0 {
		t.Errorf("%d numeric columns, %d in the matrix, target %s", len(s.Numbers), len(s.Matrix), eda.Target)
	}
	plots := []string{eda.Plots.Heatmap}
	for _, url := range eda.Plots.Histograms {
		plots = append(plots, url)
	}
	for _, url := range plots {
		a := c.get(t, url).want(t, 200)
		if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, "image/svg+xml") || !bytes.Contains(a.body, []byte("<svg")) {
			t.Errorf("%s is %s", url, got)
		}
	}
}

func (c *client) checkPreparation(t *testing.T, j journey, up uploadAnswer) {
	t.Helper()
	var got struct {
		Message string
		Shape   [2]int
		Columns []string
		Steps   []map[string]any
		Preview []map[string]any
	}
	c.send(t, "/api/preprocessing/"+up.SessionID, j.prepare).want(t, 200).json(t, &got)
	if got.Message == "" || len(got.Columns) != got.Shape[1] || len(got.Steps) == 0 || len(got.Preview) == 0 {
		t.Errorf("prepared = %+v", got)
	}
	for _, row := range got.Preview {
		for name, v := range row {
			if _, isNumber := v.(json.Number); !isNumber {
				t.Errorf("prepared %s is %v, want a number", name, v)
			}
		}
	}
}

// trainBy trains within the request, or follows the run's events and then
// asks for its state.
func (c *client) trainBy(t *testing.T, j journey, session string) trainAnswer {
	t.Helper()
	body := fmt.Sprintf(`{"algorithm": %q, "target_column": %q, "params": %s, "seed": 7}`, j.algorithm, j.target, j.params)
	var out trainAnswer
	if !j.async {
		c.send(t, "/api/training/"+session, body).want(t, 200).json(t, &out)
		return out
	}
	a := c.send(t, "/api/training/"+session, body, "Prefer: respond-async").want(t, http.StatusAccepted)
	var begun runAnswer
	a.json(t, &begun)
	where := a.Header.Get("Location")
	if where != "/api/runs/"+begun.RunID || a.Header.Get("Retry-After") == "" {
		t.Errorf("Location = %q, Retry-After = %q", where, a.Header.Get("Retry-After"))
	}
	c.followEvents(t, where)
	var end runAnswer
	c.get(t, where).want(t, 200).json(t, &end)
	if end.State != "succeeded" || end.Progress != 1 || end.Result == nil {
		t.Fatalf("the run ended as %+v", end)
	}
	var named runAnswer
	c.ask(t, http.MethodPatch, where, strings.NewReader(`{"name": "the first"}`), "Content-Type: application/json").want(t, 200).json(t, &named)
	if c.get(t, where).want(t, 200).json(t, &end); named.Name != "the first" || end.Name != named.Name || end.State != "succeeded" {
		t.Errorf("the run is named %q, then it is %q and %s", named.Name, end.Name, end.State)
	}
	return *end.Result
}

// followEvents reads a run's events to the end: progress that never falls, and
// last the result.
func (c *client) followEvents(t *testing.T, run string) {
	t.Helper()
	a := c.get(t, run+"/events").want(t, 200)
	if got := a.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("events are %q", got)
	}
	last, ended := 0.0, false
	for block := range strings.SplitSeq(strings.TrimSpace(string(a.body)), "\n\n") {
		data := ""
		for line := range strings.SplitSeq(block, "\n") {
			ended = ended || line == "event: end"
			if d, ok := strings.CutPrefix(line, "data: "); ok {
				data = d
			}
		}
		if data == "" {
			continue
		}
		var status runAnswer
		if err := json.Unmarshal([]byte(data), &status); err != nil {
			t.Fatalf("event %q: %v", block, err)
		}
		if status.Progress < last {
			t.Errorf("progress fell from %g to %g", last, status.Progress)
		}
		last = status.Progress
	}
	if !ended || last != 1 {
		t.Errorf("the events end at %g, ended = %t", last, ended)
	}
}

func checkTrained(t *testing.T, j journey, got trainAnswer, rows int) {
	t.Helper()
	if got.Message != "Model trained successfully" || got.Algorithm != j.algorithm || got.Task != j.task || got.RunID == "" {
		t.Errorf("trained = %+v", got)
	}
	score, baseline := number(t, got.Metrics[j.metric]), number(t, got.Baseline[j.metric])
	if score < j.least || score <= baseline {
		t.Errorf("%s = %g, want %g at least; the baseline has %g", j.metric, score, j.least, baseline)
	}
	names := map[string][]string{
		"classification": {"accuracy", "precision", "recall", "f1_score"}, "regression": {"mse", "rmse", "r2_score", "mae"},
	}[j.task]
	for _, name := range names {
		number(t, got.Metrics[name])
		number(t, got.Baseline[name])
	}
	for _, name := range []string{"prepare_seconds", "fit_seconds", "evaluate_seconds"} {
		if number(t, got.Timings[name]) < 0 {
			t.Errorf("%s = %s", name, got.Timings[name])
		}
	}
	if n := got.Rows.Train + got.Rows.Test + got.Rows.Dropped; n != rows {
		t.Errorf("%+v rows of %d", got.Rows, rows)
	}
	if j.task == "classification" {
		right, all := 0, 0
		for i, line := range got.Confusion {
			for k, n := range line {
				all += n
				if i == k {
					right += n
				}
			}
		}
		if all != got.Rows.Test || math.Abs(float64(right)/float64(all)-number(t, got.Metrics["accuracy"])) > 1e-12 {
			t.Errorf("the confusion matrix %v does not fit %d test rows with accuracy %v", got.Confusion, got.Rows.Test, got.Metrics["accuracy"])
		}
	}
}

// number reads a JSON number.
func number(t *testing.T, v any) float64 {
	t.Helper()
	n, ok := v.(json.Number)
	if !ok {
		t.Fatalf("%v is no number", v)
	}
	x, err := n.Float64()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func checkAttachment(t *testing.T, a answer, name string) {
	t.Helper()
	if a.Header.Get("Content-Disposition") != `attachment; filename="`+name+`"` || a.Header.Get("Content-Type") != "application/octet-stream" ||
		a.Header.Get("Cache-Control") != "no-store" || a.ContentLength != int64(len(a.body)) || len(a.body) == 0 {
		t.Errorf("the model came as %v", a.Header)
	}
}

func (c *client) checkSession(t *testing.T, j journey, up uploadAnswer, trained trainAnswer) {
	t.Helper()
	var held struct {
		FileName string
		Shape    [2]int
		Target   string `json:"target_column"`
		Prepared bool
		Runs     []struct {
			RunID string `json:"run_id"`
			State string
		}
	}
	c.get(t, "/api/sessions/"+up.SessionID).want(t, 200).json(t, &held)
	if held.FileName != j.sample+".csv" || held.Shape != up.Shape || !held.Prepared || len(held.Runs) != 1 ||
		held.Runs[0].RunID != trained.RunID || held.Runs[0].State != "succeeded" {
		t.Errorf("the session holds %+v", held)
	}
}

// checkGone deletes the session and checks that nothing of it answers.
func (c *client) checkGone(t *testing.T, session, run string) {
	t.Helper()
	if a := c.ask(t, http.MethodDelete, "/api/sessions/"+session, nil).want(t, http.StatusNoContent); len(a.body) > 0 {
		t.Errorf("204 came with %q", a.body)
	}
	c.wantNothing(t, session, run)
}

// wantNothing checks that neither the session nor the run answers.
func (c *client) wantNothing(t *testing.T, session, run string) {
	t.Helper()
	for _, path := range []string{"/api/sessions/", "/api/eda/", "/api/export/"} {
		c.get(t, path+session).want(t, http.StatusNotFound)
	}
	c.send(t, "/api/preprocessing/"+session, `{"missing_strategy": "mean"}`).want(t, http.StatusNotFound)
	c.send(t, "/api/training/"+session, `{"algorithm": "random_forest", "target_column": "survived"}`).want(t, http.StatusNotFound)
	c.send(t, "/api/predict/"+session, `{"rows": [{}]}`).want(t, http.StatusNotFound)
	c.ask(t, http.MethodDelete, "/api/sessions/"+session, nil).want(t, http.StatusNotFound)
	for _, path := range []string{"", "/events"} {
		c.get(t, "/api/runs/"+run+path).want(t, http.StatusNotFound)
	}
	c.ask(t, http.MethodDelete, "/api/runs/"+run, nil).want(t, http.StatusNotFound)
}
