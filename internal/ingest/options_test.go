package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/ingest/ingesttest"
	"clicktrain/internal/problem"
)

// TestEveryAssumptionHasAControl reads the same bytes again with each option,
// as a person does who disagrees with what was assumed.
func TestEveryAssumptionHasAControl(t *testing.T) {
	rows := func(n int) string { return strings.Repeat("1,2.5,3\n", n) }
	for _, tt := range []struct {
		name, text    string
		opt           ingest.Options
		before, after []string // the table
		account       [5]int   // loaded, set aside, blank, comments, skipped: after
		gone          string   // a notice that the option answers
	}{
		{"delimiter", "a;b,c\n1;2,3\n", ingest.Options{Delimiter: ';'},
			[]string{"a;b category: 1;2", "c numeric: 3"}, []string{"a numeric: 1", "b,c numeric: 2.3"}, [5]int{1}, ""},
		{"quote", "a,b\n'x',1\n'y',2\n", ingest.Options{Quote: '"'},
			[]string{"a category: x|y", "b numeric: 1|2"}, []string{"a category: 'x'|'y'", "b numeric: 1|2"}, [5]int{2}, ""},
		{"encoding", "a,b\ncaf\xe9,1\n", ingest.Options{Encoding: "windows-1251"},
			[]string{"a category: café", "b numeric: 1"}, []string{"a category: cafй", "b numeric: 1"}, [5]int{1}, "encoding"},
		{"header: none", "a,b\nx,y\n", ingest.Options{Header: ingest.HeaderNo},
			[]string{"a category: x", "b category: y"}, []string{"column_1 category: a|x", "column_2 category: b|y"}, [5]int{2}, ""},
		{"header: the first row", "1,2\n3,4\n", ingest.Options{Header: ingest.HeaderYes},
			[]string{"column_1 numeric: 1|3", "column_2 numeric: 2|4"}, []string{"1 numeric: 3", "2 numeric: 4"}, [5]int{1}, "no_header"},
		{"decimal", "a;b\n1,5;2,5\n3,5;4,5\n", ingest.Options{Decimal: '.', Kinds: map[string]frame.Kind{"a": frame.Category}},
			[]string{"a numeric: 1.5|3.5", "b numeric: 2.5|4.5"}, []string{"a category: 1,5|3,5", "b numeric: 2.5|4.5"}, [5]int{2}, "decimal_comma"},
		{"lines before the header: more", "a,b\nc,d\n1,2\n", ingest.Options{SkipFirst: 1},
			[]string{"a category: c|1", "b category: d|2"}, []string{"c numeric: 1", "d numeric: 2"}, [5]int{1, 0, 0, 0, 1}, ""},
		{"lines before the header: none", "Report\n\na,b\n1,2\n3,4\n3,4\n", ingest.Options{SkipFirst: -1},
			[]string{"a numeric: 1|3|3", "b numeric: 2|4|4"}, []string{"Report category: a|1|3|3", "column_2 category: b|2|4|4"}, [5]int{4, 0, 1}, "preamble"},
		{"units", "a,b\nkg,m\n1,2\n3,4\n", ingest.Options{SkipUnits: true},
			[]string{"a category: kg|1|3", "b category: m|2|4"}, []string{"a numeric: 1|3", "b numeric: 2|4"}, [5]int{2, 0, 0, 0, 1}, "units_row"},
		{"total", "a,b\nx,1\ny,2\nz,4\nTotal,7\n\n", ingest.Options{SkipLast: 1},
			[]string{"a category: x|y|z|Total", "b numeric: 1|2|4|7"}, []string{"a category: x|y|z", "b numeric: 1|2|4"}, [5]int{3, 0, 1, 0, 1}, "total_row"},
		{"second table", "a,b,c\n1,2,3\n4,5,6\n\nd,e\n7,8\n", ingest.Options{OneTable: true},
			[]string{"a numeric: 1|4", "b numeric: 2|5", "c numeric: 3|6"}, []string{"a category: 1|4|d|7", "b category: 2|5|e|8", "c numeric: 3|6|~|~"}, [5]int{4, 0, 1}, "second_table"},
		{"date order", "d,x\n01/02/2024,1\n03/04/2024,2\n", ingest.Options{DateOrder: ingest.DayFirst},
			[]string{"d category: 01/02/2024|03/04/2024", "x numeric: 1|2"}, []string{"d datetime: 2024-02-01T00:00:00|2024-04-03T00:00:00", "x numeric: 1|2"}, [5]int{2}, "date_order"},
		{"kind: text", "a,b,c\n" + rows(2), ingest.Options{Kinds: map[string]frame.Kind{"c": frame.Category}},
			[]string{"a numeric: 1|1", "b numeric: 2.5|2.5", "c numeric: 3|3"}, []string{"a numeric: 1|1", "b numeric: 2.5|2.5", "c category: 3|3"}, [5]int{2}, ""},
		{"kind: number", "z,b\n007,1\n008,2\nx,3\n", ingest.Options{Kinds: map[string]frame.Kind{"z": frame.Numeric}},
			[]string{"z category: 007|008|x", "b numeric: 1|2|3"}, []string{"z numeric: 7|8|~", "b numeric: 1|2|3"}, [5]int{3}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			first := parse(t, tt.text, ingest.Options{})
			if d := cmp.Diff(tt.before, dump(first.Frame)); d != "" {
				t.Errorf("read first (-want +got):\n%s", d)
			}
			again, err := ingest.Reread(t.Context(), first.Raw, first.Name, tt.opt)
			if err != nil {
				t.Fatal(err)
			}
			balance(t, again)
			if d := cmp.Diff(tt.after, dump(again.Frame)); d != "" {
				t.Errorf("read again (-want +got):\n%s", d)
			}
			q := again.Reading
			if got := [5]int{q.Loaded, q.SetAside, q.Blank, q.Comment, q.Skipped}; got != tt.account {
				t.Errorf("loaded, set aside, blank, comments, skipped = %v, want %v", got, tt.account)
			}
			if tt.gone != "" && (!told(first, tt.gone) || told(again, tt.gone)) {
				t.Errorf("notices %v then %v, want %s in the first only", notices(first), notices(again), tt.gone)
			}
		})
	}
}

func told(r *ingest.Result, code string) bool {
	for _, n := range r.Notices {
		if n.Code == code {
			return true
		}
	}
	return false
}

// TestWhatWasAssumedReadsTheSame holds that the dialect told, given back as
// options, reads every file as it was read first: so a person who changes one
// control changes nothing else.
func TestWhatWasAssumedReadsTheSame(t *testing.T) {
	for _, c := range ingesttest.All() {
		if c.Big || !c.Accepted() {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			first := parse(t, string(c.Text()), ingest.Options{})
			again := parse(t, string(c.Text()), first.Dialect.Options())
			if d := cmp.Diff(first.Frame, again.Frame, cmpopts.EquateNaNs()); d != "" {
				t.Errorf("table (-first +again):\n%s", d)
			}
			if d := cmp.Diff(first.Dialect, again.Dialect); d != "" {
				t.Errorf("dialect (-first +again):\n%s", d)
			}
			if d := cmp.Diff(first.Reading, again.Reading); d != "" {
				t.Errorf("reading (-first +again):\n%s", d)
			}
		})
	}
}

func TestSkippingMoreThanThereIs(t *testing.T) {
	for _, tt := range []struct {
		name  string
		opt   ingest.Options
		field string
		told  string
	}{
		{"first", ingest.Options{SkipFirst: 9}, "skip", "The file has 3 lines, so 9 cannot be left out before the first row."},
		{"just all", ingest.Options{SkipFirst: 3}, "skip", "The file has 3 lines, so 3 cannot be left out before the first row."},
		{"last", ingest.Options{SkipLast: 9}, "skip_last", "The file has 3 lines with text, so 9 cannot be left out at the end."},
		{"both", ingest.Options{SkipFirst: 2000, SkipLast: 1}, "skip", "The file has 3 lines: 2,000 before the first row and 1 at the end leave none."},
		{"all but the header", ingest.Options{SkipLast: 2}, "file", "no rows"},
		{"units alone", ingest.Options{SkipUnits: true, SkipLast: 1}, "file", "no rows"},
	} {
		_, err := ingest.Read(t.Context(), strings.NewReader("a,b\n1,2\n3,4\n"), "x.csv", tt.opt)
		p, ok := problem.As(err)
		if !ok || p.Kind != problem.Invalid || p.Hint == "" || p.Field != tt.field || !strings.Contains(p.Message, tt.told) {
			t.Errorf("%s: %v, want %q of %s", tt.name, err, tt.told, tt.field)
		}
	}
}
