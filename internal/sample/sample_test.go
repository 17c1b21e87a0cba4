package sample

import (
	"bytes"
	"encoding/csv"
	"testing"
)

func TestSamplesHoldWhatTheySay(t *testing.T) {
	for _, s := range All() {
		raw, err := Open(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		if got := len(records) - 1; got != s.Rows {
			t.Errorf("%s has %d rows, want %d", s.Name, got, s.Rows)
		}
		if got := len(records[0]); got != s.Columns {
			t.Errorf("%s has %d columns, want %d", s.Name, got, s.Columns)
		}
	}
	if _, err := Open("../sample"); err == nil {
		t.Error("Open of an unknown name gave no error")
	}
}
