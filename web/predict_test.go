package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// trained opens a session on people and trains a model of class.
func (s *site) trained(t *testing.T) (session string) {
	t.Helper()
	session = s.open(t, people())
	s.call(t, "/api/training/"+session, `{"algorithm": "logistic_regression", "target_column": "class", "features": ["age", "town", "member"]}`).want(t, 200)
	return session
}

// prediction is the part of an answer that tests look at.
type prediction struct {
	RunID         string `json:"run_id"`
	Predictions   []any
	Probabilities []map[string]float64
	Warnings      []warning
}

func (s *site) predicted(t *testing.T, session, body string) (out prediction) {
	t.Helper()
	if err := json.Unmarshal([]byte(s.call(t, "/api/predict/"+session, body).want(t, 200).body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRefusedRows sends rows that cannot be predicted: the answer names the
// row, the column and the value.
func TestRefusedRows(t *testing.T) {
	s := newStepSite(t)
	id := s.trained(t)
	tests := []struct {
		name, body           string
		field, column, value string
		sentence             string
	}{
		{"no rows", `{"rows": []}`, "rows", "", "", "There are no rows to predict."},
		{"no member", `{}`, "", "", "", "rows"},
		{"column missing", `{"rows": [{"age": 3, "town": "Ulm"}]}`, "rows", "member", "", "Row 1 lacks member."},
		{"column missing later", `{"rows": [{"age": 3, "town": "Ulm", "member": true}, {"age": 3, "town": "Ulm"}]}`, "rows[1]", "member", "", "Row 2 lacks member."},
		{"columns missing", `{"rows": [{"town": "Ulm"}]}`, "rows", "age", "", "Row 1 lacks age, member."},
		{"columns missing later", `{"rows": [{"age": 3, "town": "Ulm", "member": true}, {"age": 3}]}`, "rows[1]", "town", "", "Row 2 lacks town, member."},
		{"text for a number", `{"rows": [{"age": "old", "town": "Ulm", "member": true}]}`, "rows[0]", "age", `"old"`, `Row 1 has "old" for age, which takes a number.`},
		{"hex for a number", `{"rows": [{"age": "0x10", "town": "Ulm", "member": true}]}`, "rows[0]", "age", `"0x10"`, "takes a number"},
		{"yes or no for a number", `{"rows": [{"age": true, "town": "Ulm", "member": true}]}`, "rows[0]", "age", "true", "takes a number"},
		{"list for a text", `{"rows": [{"age": 3, "town": ["Ulm"], "member": true}]}`, "rows[0]", "town", `["Ulm"]`, "takes a text"},
		{"object for a text", `{"rows": [{"age": 3, "town": {"a": 1}, "member": true}]}`, "rows[0]", "town", `{"a":1}`, "takes a text"},
		{"number for yes or no", `{"rows": [{"age": 3, "town": "Ulm", "member": 1}]}`, "rows[0]", "member", "1", "true or false"},
		{"no object", `{"rows": [3]}`, "rows[0]", "", "", "Row 1 is not an object."},
		{"null", `{"rows": [{"age": 3, "town": "Ulm", "member": true}, null]}`, "rows[1]", "", "", "Row 2 is not an object."},
		{"unknown member of the request", `{"rows": [{}], "run": 1}`, "run", "", "", "run"},
		{"too many", `{"rows": [` + strings.TrimSuffix(strings.Repeat(`{},`, 10_001), ",") + `]}`, "rows", "", "", "at most 10000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := s.call(t, "/api/predict/"+id, tt.body)
			r.told(t, 422, tt.sentence)
			if d := r.details(t); d.Field != tt.field || d.Column != tt.column || d.Value != tt.value {
				t.Errorf("field %q, column %q, value %q; want %q, %q, %q", d.Field, d.Column, d.Value, tt.field, tt.column, tt.value)
			}
		})
	}
	s.call(t, "/api/predict/"+id, `{"rows": [`).told(t, 400, "the body is not JSON")
	s.call(t, "/api/predict/"+id, `{"rows": [{"age": 1e400, "town": "Ulm", "member": true}]}`).told(t, 400, "number 1e400 is out of range")
	s.call(t, "/api/predict/"+id, `{"rows": [{"age": 3, "town": "Ulm", "member": true}], "run_id": "1x"}`).told(t, 404, "There is no such run.")
	s.call(t, "/api/predict/"+strings.Repeat("A", 43), `{"rows": [{}]}`).told(t, 404, "There is no such session.")
	s.call(t, "/api/predict/"+s.open(t, people()), `{"rows": [{"age": 1}]}`).told(t, 404, "Train a model first.")
	s.ask(t, plain, "POST", "/api/predict/"+id, `{"rows": []}`, "Content-Type: text/csv").told(t, 415, "")
	s.call(t, "/api/predict/"+id, `{"rows": "`+strings.Repeat("x", 2<<20)+`"}`).told(t, 413, "")
}

// TestPredictWarns predicts rows unlike the training rows, and counts what was
// done about it.
func TestPredictWarns(t *testing.T) {
	s := newStepSite(t)
	id := s.trained(t)
	got := s.predicted(t, id, `{"rows": [
		{"member": "yes", "town": "Atlantis", "age": 30, "shoe size": 44},
		{"age": null, "town": null, "member": null},
		{"age": "41.5", "town": "Kiel", "member": false, "class": "a"}]}`)
	if len(got.Predictions) != 3 || len(got.Probabilities) != 3 || len(got.Probabilities[0]) != 3 {
		t.Fatalf("answer = %+v", got)
	}
	seen := map[string]warning{}
	for _, w := range got.Warnings {
		seen[w.Column+" "+w.Value] = w
		if w.Message == "" {
			t.Errorf("%+v says nothing", w)
		}
	}
	for _, want := range []string{"town Atlantis", "age ", "town ", "member ", "shoe size "} {
		if _, ok := seen[want]; !ok {
			t.Errorf("no warning of %q in %+v", want, got.Warnings)
		}
	}
	if seen["town Atlantis"].Count != 1 || seen["age "].Count != 1 {
		t.Errorf("warnings = %+v", got.Warnings)
	}
	if _, ok := seen["class "]; ok {
		t.Error("the target is named as a column that is not used")
	}
}

// TestPredictIsSteady checks that a row's prediction depends neither on its
// neighbors nor on the order of its members.
func TestPredictIsSteady(t *testing.T) {
	s := newStepSite(t)
	id := s.trained(t)
	var rows []string
	for i := range 12 {
		rows = append(rows, fmt.Sprintf(`{"age": %d, "town": %q, "member": %t}`, 20+4*i, []string{"Ulm", "Bonn", "Rom"}[i%3], i%2 == 0))
	}
	all := s.predicted(t, id, `{"rows": [`+strings.Join(rows, ",")+`]}`)
	one := s.predicted(t, id, `{"rows": [{"member": false, "town": "Ulm", "age": 32}]}`)
	if one.Predictions[0] != all.Predictions[3] {
		t.Errorf("alone it is %v, among others %v", one.Predictions[0], all.Predictions[3])
	}
	for class, p := range one.Probabilities[0] {
		if p != all.Probabilities[3][class] {
			t.Errorf("probability of %s alone is %g, among others %g", class, p, all.Probabilities[3][class])
		}
	}
}

// TestPredictCounts checks what is counted of rows unlike the training rows,
// and how it is called.
func TestPredictCounts(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, weighed())
	s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "ill", "features": ["dose", "town", "cost"]}`).want(t, 200)
	got := s.predicted(t, id, `{"rows": [
		{"cost": 20, "town": "Rom", "dose": 45, "x": 1}, {"dose": 44, "cost": 20, "town": "Oslo"}, {"dose": -9, "cost": null, "town": "Rom"},
		{"dose": 1e300, "cost": 20, "town": "Ulm"}, {"dose": 20, "cost": 20, "town": "Ulm"}]}`)
	by := map[string]warning{}
	for _, w := range got.Warnings {
		by[w.Code+" "+w.Column] = w
	}
	if w := by["beyond dose"]; w.Count != 3 || w.Value != "1e+300" || !strings.Contains(w.Message, "0 to 40") {
		t.Errorf("dose beyond training = %+v, want 3 of 0 to 40", w)
	}
	if w := by["unseen town"]; w.Count != 3 || w.Value != "Rom, Oslo" && w.Value != "Oslo, Rom" {
		t.Errorf("towns unseen = %+v, want Rom and Oslo in 3 rows", w)
	}
	if w := by["missing cost"]; w.Count != 1 || !strings.Contains(w.Message, "No training row lacked a value here") {
		t.Errorf("cost missing = %+v, want 1 as never before", w)
	}
	if w := by["extra x"]; w.Count != 5 {
		t.Errorf("x = %+v, want it listed", w)
	}
	if len(got.Warnings) != 4 {
		t.Errorf("%d warnings, want 4: %+v", len(got.Warnings), got.Warnings)
	}
}

// TestPredictWithoutProbabilities checks what is said in their place.
func TestPredictWithoutProbabilities(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, weighed())
	for _, tt := range []struct{ algorithm, target, reason string }{
		{"linear_svm", "ill", "not how likely it is"},
		{"linear_regression", "cost", "predicts numbers"},
	} {
		text := s.call(t, "/api/training/"+id, `{"algorithm": "`+tt.algorithm+`", "target_column": "`+tt.target+`", "features": ["dose", "town"]}`).want(t, 200).body
		var out struct{ Metrics map[string]any }
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			t.Fatal(err)
		}
		if tt.target == "ill" && (out.Metrics["roc_auc"] == nil || out.Metrics["log_loss"] != nil || out.Metrics["log_loss_reason"] == nil) {
			t.Errorf("ROC AUC %v, log loss %v (%v)", out.Metrics["roc_auc"], out.Metrics["log_loss"], out.Metrics["log_loss_reason"])
		}
		var got map[string]any
		r := s.call(t, "/api/predict/"+id, `{"rows": [{"dose": 3, "town": "Ulm"}]}`).want(t, 200)
		if err := json.Unmarshal([]byte(r.body), &got); err != nil {
			t.Fatal(err)
		}
		if p, there := got["probabilities"]; p != nil || !there || !strings.Contains(got["probabilities_reason"].(string), tt.reason) {
			t.Errorf("%s: probabilities %v, %v", tt.algorithm, p, got["probabilities_reason"])
		}
	}
}

// TestPredictPage types a row.
func TestPredictPage(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	s.ask(t, client, "GET", "/predict", "").want(t, 404)
	results := s.trainOn(t, client, illAt, "logistic_regression").html(t)
	if results.Find(`main a[href="/predict?run=1"]`).Length() != 1 {
		t.Error("the results do not lead to the row")
	}
	page := s.ask(t, client, "GET", "/predict?run=1", "").want(t, 200).html(t)
	form := map[string]string{}
	var sent []string
	page.Find("#predict .field").Each(func(_ int, f *goquery.Selection) {
		input := f.Find("input")
		form[strings.TrimSpace(f.Find("label").Text())] = input.AttrOr("name", "")
		sent = append(sent, input.AttrOr("name", "")+"="+input.AttrOr("value", ""))
	})
	if form["dose"] == "" || form["town"] == "" || form["ill"] != "" {
		t.Fatalf("the row has %v", form)
	}
	fields := "run=1&" + strings.Join(sent, "&")
	answer := s.post(t, client, "/predict", fields).want(t, 200).html(t)
	if says := answer.Find(".verdict .sentence").Text(); says != "ill: no" || answer.Find("main table tbody tr").Length() != 2 || answer.Find("main .alert").Length() != 0 {
		t.Errorf("the first row is %q with warnings %q", says, answer.Find("main .alerts").Text())
	}
	answer = s.post(t, client, "/predict", fields+"&"+form["dose"]+"=").want(t, 200).html(t) // the first of two is taken
	if answer.Find("main .alert").Length() != 0 {
		t.Error("the second of two values is taken")
	}
	answer = s.post(t, client, "/predict", "run=1&"+form["dose"]+"=900&"+form["town"]+"=Rom&"+form["cost"]+"=").want(t, 200).html(t)
	alerts := answer.Find("main .alerts").Text()
	for _, want := range []string{"dose", "0 to 40", "Rom", "cost", "Missing values"} {
		if !strings.Contains(alerts, want) {
			t.Errorf("%q is not told in %q", want, alerts)
		}
	}
	r := s.post(t, client, "/predict", "run=1&"+form["dose"]+"=much")
	r.told(t, 422, `"much" for dose, which takes a number`)
	if in := r.html(t).Find(`[name="` + form["dose"] + `"]`); in.AttrOr("value", "") != "much" || in.AttrOr("aria-invalid", "") != "true" {
		t.Error("what was typed is lost, or not marked")
	}
}
