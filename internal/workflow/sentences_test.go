package workflow

import (
	"fmt"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// suggestedReasons returns the reasons of the suggested steps, by step and first
// column.
func suggestedReasons(t *testing.T, csv string, want recipe.Want) map[string]string {
	t.Helper()
	w := newService(t).New()
	upload(t, w, csv)
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	_, lacks, err := w.Suggest(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, l := range lacks {
		out[l.Step.Name+" "+l.Step.Columns[0]] = l.Reason
	}
	return out
}

// A reason tells of the columns that the step is for: of gaps where there are
// some, and of so many categories as there are.
func TestSuggestionsTellOfTheirColumns(t *testing.T) {
	table := func(head string, row func(i int) string) string {
		var b strings.Builder
		b.WriteString(head + ",y\n")
		for i := range 900 {
			fmt.Fprintf(&b, "%s,%s\n", row(i), yesOrNo(i))
		}
		return b.String()
	}
	for _, tt := range []struct{ name, csv, step, want string }{
		{"no gaps", table("a,b", func(i int) string { return fmt.Sprintf("%d,%d", i%50, i%41) }), "impute a", "They lack no value now, but a row to come may,"},
		{"no gap in one", table("a", func(i int) string { return fmt.Sprint(i % 50) }), "impute a", "It lacks no value now, but a row to come may,"},
		{"some gaps", table("a,b,c", func(i int) string { return fmt.Sprintf("%d,%s,%d", i%50, []string{"", "7", "8"}[i%3], i%41) }), "impute a", "1 of the 3 lacks values now, the others may in a row to come,"},
		{"gaps all over", table("a,b", func(i int) string {
			return fmt.Sprintf("%s,%s", []string{"", "5", "6", "9"}[i%4], []string{"", "7", "8"}[i%3])
		}), "impute a", "All of them lack values,"},
		{"a value that stands for a gap", table("a,b", func(i int) string {
			return fmt.Sprintf("%d,%s", i%50, []string{"-999", "7.5", "8", "9", "4", "3"}[i%6])
		}), "impute a", "1 of the 2 lacks values now,"},
		{"many categories", table("street", func(i int) string { return fmt.Sprintf("street %d", i%300) }), "encode street", "A column for each of 300 categories would be too many."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reasons := suggestedReasons(t, tt.csv, recipe.Want{Scale: true})
			if got := reasons[tt.step]; !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s: %q, want %q; all: %q", tt.step, got, tt.want, reasons)
			}
		})
	}
}

// What a step changes is counted over all rows, not over those that are
// compared at a time.
func TestEffectIsOfAllRows(t *testing.T) {
	w := newService(t).New()
	var csv strings.Builder
	csv.WriteString("a,y\n")
	const rows = 2*effectRows + 10
	for i := range rows {
		a := fmt.Sprint(i % 50)
		if i == 3 || i >= rows-4 { // all but one lie in the last part
			a = ""
		}
		fmt.Fprintf(&csv, "%s,%s\n", a, yesOrNo(i))
	}
	upload(t, w, csv.String())
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	e := effectOf(t, w, recipe.Step{Name: "impute", Columns: []string{"a"}, Params: map[string]any{"strategy": "mean"}})
	if e.Rows != rows || e.Changed != 5 || e.Columns != 1 {
		t.Errorf("filling 5 of %d rows: %+v", rows, e)
	}
}
