package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// read sends a reading to the API and returns what it tells.
func (s *site) read(t *testing.T, id, body string) (out struct {
	uploadRead
	SessionID   string `json:"session_id"`
	Columns     []string
	ColumnTypes []columnType `json:"column_types"`
}) {
	t.Helper()
	r := s.call(t, "/api/sessions/"+id+"/reading", body).want(t, 200)
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReadingOverAPI reads a file another way, and finds all out again.
func TestReadingOverAPI(t *testing.T) {
	s := smallSite(t)
	id := s.open(t, mixed())
	up := s.read(t, id, `{"date_order": "day_first", "kinds": {"score": "category"}, "skip": 0, "skip_last": 2}`)
	if up.SessionID != id || up.Shape != [2]int{38, 3} || up.ColumnTypes[1].Kind != "datetime" || up.ColumnTypes[2].Kind != "category" {
		t.Errorf("read %+v", up)
	}
	up = s.read(t, id, `{"header": false, "delimiter": "/", "quote": "'", "encoding": "windows-1252", "decimal": "."}`)
	if !slices.Equal(up.Columns, []string{"column_1", "column_2", "column_3"}) {
		t.Errorf("with slashes and without a header the columns are %q", up.Columns)
	}
	up = s.read(t, id, `{}`)
	if up.Shape != [2]int{40, 3} || up.ColumnTypes[2].Kind != "numeric" || up.FileName != "people.csv" {
		t.Errorf("found out again: %+v", up)
	}
	op := s.description(t).Paths["/api/sessions/{session_id}/reading"]["post"]
	upload := s.description(t).Paths["/api/upload"]["post"].Responses["201"].Content["application/json"].Schema["$ref"]
	if got := op.Responses["200"].Content["application/json"].Schema["$ref"]; got != upload || got == nil {
		t.Errorf("the answer is described as %v, that of an upload as %v", got, upload)
	}
}

// TestRefusedReadingOverAPI names the member to blame and changes nothing.
func TestRefusedReadingOverAPI(t *testing.T) {
	s := smallSite(t)
	id := s.open(t, people())
	tests := []struct {
		body, field, column string
	}{
		{`{"delimiter": "ab"}`, "delimiter", ""},
		{`{"delimiter": "a"}`, "delimiter", ""},
		{`{"delimiter": "é"}`, "delimiter", ""},
		{`{"quote": "x"}`, "quote", ""},
		{`{"encoding": "klingon"}`, "encoding", ""},
		{`{"header": "yes"}`, "header", ""},
		{`{"decimal": ";"}`, "decimal", ""},
		{`{"skip": -1}`, "skip", ""},
		{`{"skip": 1.5}`, "skip", ""},
		{`{"skip_last": 1000001}`, "skip_last", ""},
		{`{"date_order": "year"}`, "date_order", ""},
		{`{"kinds": {"age": "number"}}`, "kinds", "age"},
		{`{"kinds": {"nobody": "text"}}`, "kinds", "nobody"},
		{`{"separator": ","}`, "separator", ""},
	}
	for _, tt := range tests {
		d := s.call(t, "/api/sessions/"+id+"/reading", tt.body).want(t, 422).details(t)
		if d.Field != tt.field || d.Column != tt.column {
			t.Errorf("%s blames %q of column %q: %s", tt.body, d.Field, d.Column, d.Detail)
		}
	}
	s.intact(t, s.load(t, people()), id)
	s.call(t, "/api/sessions/nobody/reading", "{}").want(t, 404)
}

// TestEveryKindOfEveryColumn reads all columns in each kind, suitable or not,
// and walks through the steps: nothing may break.
func TestEveryKindOfEveryColumn(t *testing.T) {
	s := newStepSite(t)
	client, id := s.load(t, people()), s.open(t, people())
	for _, k := range kinds {
		var chosen []string
		for i, name := range []string{"age", "town", "member", "class", "income"} {
			chosen = append(chosen, fmt.Sprintf("%q: %q", name, k.kind))
			s.clock.add(time.Second)
			s.post(t, client, "/reread", fmt.Sprintf("column=%d&kind=%s", i, k.kind)).want(t, 200)
		}
		up := s.read(t, id, `{"kinds": {`+strings.Join(chosen, ", ")+`}}`)
		for _, c := range up.ColumnTypes {
			if c.Kind != k.kind.String() {
				t.Errorf("%s is read as %s, want %s", c.Name, c.Kind, k.kind)
			}
		}
		s.get(t, "/api/eda/"+id).want(t, 200)
		for _, path := range []string{"/", "/explore", "/explore?target=1", "/explore/columns/0", "/explore/columns/1", "/explore/columns/2", "/explore/columns/3", "/explore/columns/4", "/prepare", "/train"} {
			s.clock.add(time.Second)
			if r := s.ask(t, client, "GET", path, ""); r.StatusCode != 200 {
				t.Errorf("with every column a %s, %s = %d:\n%.300s", k.kind, path, r.StatusCode, r.body)
			}
		}
		if r := s.call(t, "/api/training/"+id, `{"algorithm": "random_forest", "target_column": "class"}`); r.StatusCode >= 500 {
			t.Errorf("with every column a %s, training = %d: %s", k.kind, r.StatusCode, r.body)
		}
	}
}
