package workflow

import (
	"fmt"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// TestPredictReadsDatesAsTheFile sends dates as they stand in the file, and as
// ISO 8601 has them.
func TestPredictReadsDatesAsTheFile(t *testing.T) {
	for name, tt := range map[string]struct {
		cell  func(day, month int) string
		wrong string
	}{
		"day first":   {func(d, m int) string { return fmt.Sprintf("%02d/%02d/2023", d, m) }, "05/13/2023"},
		"month first": {func(d, m int) string { return fmt.Sprintf("%02d/%02d/2023", m, d) }, "13/05/2023"},
		"named": {func(d, m int) string {
			return fmt.Sprintf("%02d %s 2023", d, []string{"Jan", "Feb", "Mar", "Apr", "May"}[m-1])
		}, "05 Foo 2023"},
	} {
		var b strings.Builder
		b.WriteString("since,dose\n")
		for i := range 60 {
			fmt.Fprintf(&b, "%s,%d.5\n", tt.cell(1+i%28, 1+i%5), i)
		}
		w := newService(t).New()
		f := upload(t, w, b.String()).Frame()
		r := recipe.Recipe{Steps: []recipe.Step{{Name: "date_parts", Params: map[string]any{"parts": []any{"month"}}}, {Name: "impute"}}}
		fitted, _, err := recipe.Fit(t.Context(), r, w.service.Catalog.Steps, recipe.Training{Frame: f, Features: []string{"since"}, Rows: []int{0, 1, 2, 3, 4, 5}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rows := []map[string]any{{"since": tt.cell(5, 3)}, {"since": "2023-03-05"}, {"since": " " + tt.cell(5, 3) + " "}}
		got, err := rowsFrame(fitted.Inputs(), rows)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if x := got.Columns[0].Num; x[0] != x[1] || x[2] != x[1] {
			t.Errorf("%s: %v, want one day three times", name, x)
		}
		if _, err := rowsFrame(fitted.Inputs(), []map[string]any{{"since": tt.wrong}}); err == nil {
			t.Errorf("%s: %s is taken for a date", name, tt.wrong)
		}
	}
}
