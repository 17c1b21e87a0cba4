package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
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
