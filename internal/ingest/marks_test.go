package ingest

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// TestMarkedMissing reads a column of 30 rows, in which the cells of odd stand
// for missing, once each.
func TestMarkedMissing(t *testing.T) {
	number := func(i int) string { return fmt.Sprint(20 + i) }
	tests := []struct {
		name  string
		value func(i int) string
		odd   []string
		marks []string
		opt   Options
		kind  frame.Kind
		lost  int // cells that are missing
		told  string
	}{
		{name: "number", value: number, odd: []string{"-999"}, marks: []string{"-999"}, kind: frame.Numeric, lost: 1, told: `1 cell of x is "-999" and counts as missing, as you said.`},
		{name: "number written another way", value: number, odd: []string{"-999", "-999.0"}, marks: []string{"-999"}, kind: frame.Numeric, lost: 2, told: `2 cells of x are "-999"`},
		{name: "decimal comma", value: func(i int) string { return fmt.Sprintf("%d,5", i) }, odd: []string{"-999,0"}, marks: []string{"-999"}, opt: Options{Delimiter: ';', Decimal: ','}, kind: frame.Numeric, lost: 1},
		{name: "thousands", value: func(i int) string { return fmt.Sprintf("%d,%03d", i+1, i) }, odd: []string{"99,999"}, marks: []string{"99999"}, opt: Options{Delimiter: ';', Decimal: '.'}, kind: frame.Numeric, lost: 1},
		{name: "word among numbers", value: number, odd: []string{"never", "never", "never"}, marks: []string{"never"}, kind: frame.Numeric, lost: 3, told: `3 cells of x are "never" and count as missing, as you said.`},
		{name: "word among words", value: func(i int) string { return "ab"[i%2 : i%2+1] }, odd: []string{"unknown", "Unknown"}, marks: []string{"unknown"}, kind: frame.Category, lost: 1},
		{name: "blanks around", value: func(i int) string { return "ab"[i%2 : i%2+1] }, odd: []string{" unknown "}, marks: []string{"unknown"}, kind: frame.Category, lost: 1},
		{name: "yes and no are left", value: func(i int) string { return []string{"yes", "no"}[i%2] }, odd: []string{"refused"}, marks: []string{"refused"}, kind: frame.Bool, lost: 1},
		{name: "dates are left", value: func(i int) string { return fmt.Sprintf("2024-01-%02d", i+1) }, odd: []string{"9999-99-99", "9999-99-99"}, marks: []string{"9999-99-99"}, kind: frame.Time, lost: 2},
		{name: "chosen kind", value: number, odd: []string{"9999"}, marks: []string{"9999"}, opt: Options{Kinds: map[string]frame.Kind{"x": frame.Numeric}}, kind: frame.Numeric, lost: 1},
		{name: "several", value: number, odd: []string{"-1", "-2", "-3", "-4"}, marks: []string{"-1", "-2", "-3", "-4"}, kind: frame.Numeric, lost: 4, told: `"-1" or "-2" or "-3" or 1 more`},
		{name: "absent", value: number, marks: []string{"-999"}, kind: frame.Numeric, told: `No cell of x is "-999", which counts as missing as you said.`},
		{name: "everything", value: func(int) string { return "7" }, marks: []string{"7"}, kind: frame.Numeric, lost: 30},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sep := ","
			if tt.opt.Delimiter != 0 {
				sep = string(rune(tt.opt.Delimiter))
			}
			var b strings.Builder
			b.WriteString("x" + sep + "y\n")
			for i := range 30 {
				v := tt.value(i)
				if i < len(tt.odd) {
					v = tt.odd[i]
				}
				b.WriteString(v + sep + "1\n")
			}
			opt := tt.opt
			opt.Missing = map[string][]string{"x": tt.marks, "z": {"1"}}
			r, err := Read(t.Context(), strings.NewReader(b.String()), "x.csv", opt)
			if err != nil {
				t.Fatal(err)
			}
			c := r.Frame.Column("x")
			if c.Kind != tt.kind || c.MissingCount() != tt.lost {
				t.Errorf("x is %s with %d missing, want %s with %d", c.Kind, c.MissingCount(), tt.kind, tt.lost)
			}
			for i := range tt.lost {
				if !c.Missing(i) {
					t.Errorf("row %d is not missing", i)
				}
			}
			if y := r.Frame.Column("y"); y.MissingCount() != 0 {
				t.Error("y has missing values")
			}
			told := ""
			for _, n := range r.Notices {
				if n.Code == "marked_missing" && n.Column == "x" {
					told += n.Message
				}
			}
			if told == "" || !strings.Contains(told, tt.told) {
				t.Errorf("told %q, want %q in it", told, tt.told)
			}
		})
	}
}

// What is read twice is the same column but for the marked cells.
func TestMarkedNumbersAreReadAlike(t *testing.T) {
	raw := "x\n1\n2.5\n-999\n1e3\n4\n"
	plain, err := Read(t.Context(), strings.NewReader(raw), "x.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	marked, err := Read(t.Context(), strings.NewReader(raw), "x.csv", Options{Missing: map[string][]string{"x": {"-999"}}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := plain.Frame.Columns[0], marked.Frame.Columns[0]
	for i := range a.Num {
		if i == 2 && !math.IsNaN(b.Num[i]) || i != 2 && a.Num[i] != b.Num[i] {
			t.Errorf("row %d: %v and %v", i, a.Num[i], b.Num[i])
		}
	}
	if a.Whole != b.Whole {
		t.Errorf("whole: %v and %v", a.Whole, b.Whole)
	}
}

func TestMarksAreLimited(t *testing.T) {
	many := make([]string, maxMarks+1)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	for name, marks := range map[string][]string{"too many": many, "empty": {" "}, "too long": {strings.Repeat("x", maxMarkBytes+1)}} {
		_, err := Read(t.Context(), strings.NewReader("x\n1\n"), "x.csv", Options{Missing: map[string][]string{"x": marks}})
		if p, ok := problem.As(err); !ok || p.Field != "missing" || p.Column != "x" {
			t.Errorf("%s: err = %v, want a problem of missing in x", name, err)
		}
	}
}
