package ingest

import (
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
)

// TestChosenKindsTellWhatTheyLose reads a column in a kind that does not suit
// it: what the kind cannot hold is missing, and counted in a notice.
func TestChosenKindsTellWhatTheyLose(t *testing.T) {
	tests := []struct {
		name, cells string
		kind        frame.Kind
		levels      string
		missing     int
		notice      string
	}{
		{"0 and 1", "1 0 1 0", frame.Bool, "0 1", 0, ""},
		{"two words", "left right left", frame.Bool, "left right", 0, ""},
		{"yes, no and other", "yes no maybe maybe", frame.Bool, "no yes", 2, "2 cells of a are neither yes nor no and count as missing."},
		{"spellings", "Yes Yes YES no", frame.Bool, "Yes no", 1, "1 cell of a is neither yes nor no and counts as missing."},
		{"the larger pair", "yes 1 0 1 x", frame.Bool, "0 1", 2, "2 cells of a are neither yes nor no and count as missing."},
		{"neither", "x y z", frame.Bool, "y", 2, "2 cells of a are neither yes nor no and count as missing."},
		{"none of them", "p q r", frame.Bool, "", 3, "3 cells of a are neither yes nor no and count as missing."},
		{"pandas", "TRUE true False", frame.Bool, "False True", 0, ""},
		{"no dates", "p q r", frame.Time, "", 3, "3 cells of a are not dates and count as missing."},
		{"few dates", "2024-02-01 q r s", frame.Time, "", 3, "3 cells of a are not dates and count as missing."},
		{"two ways of dates", "2024-02-01 2024-02-02 1.2.2024", frame.Time, "", 1, "1 cell of a is not a date and counts as missing."},
		{"no numbers", "p q r", frame.Numeric, "", 3, "3 cells of a are not numbers and count as missing: "},
		{"numbers as categories", "1 2 x", frame.Category, "1 2 x", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "a,b\n" + strings.ReplaceAll(tt.cells, " ", ",w\n") + ",w\n"
			r, err := Read(t.Context(), strings.NewReader(text), "x.csv", Options{Header: HeaderYes, Kinds: map[string]frame.Kind{"a": tt.kind}})
			if err != nil {
				t.Fatal(err)
			}
			c := r.Frame.Columns[0]
			if got := strings.Join(c.Levels, " "); c.Kind != tt.kind || got != tt.levels && !c.Numbers() || c.MissingCount() != tt.missing {
				t.Errorf("%s with levels %q and %d missing, want %s, %q and %d", c.Kind, got, c.MissingCount(), tt.kind, tt.levels, tt.missing)
			}
			for _, k := range c.Codes {
				if int(k) >= len(c.Levels) {
					t.Errorf("code %d of %d levels", k, len(c.Levels))
				}
			}
			if c.Numbers() && slices.ContainsFunc(c.Num, func(v float64) bool { return math.IsInf(v, 0) }) {
				t.Errorf("values = %v", c.Num)
			}
			var told []string
			for _, n := range r.Notices {
				if n.Column == "a" && n.Code != "label_variants" {
					told = append(told, n.Message)
				}
			}
			if got := strings.Join(told, " "); got != tt.notice && !(strings.HasSuffix(tt.notice, ": ") && strings.HasPrefix(got, tt.notice)) {
				t.Errorf("told %q, want %q", got, tt.notice)
			}
		})
	}
}
