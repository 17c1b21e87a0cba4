package workflow

import (
	"fmt"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// TestEveryStepIsPreviewedAndTrained prepares a table by each step of the
// catalog, looks for it in what was learned, and trains after it.
func TestEveryStepIsPreviewedAndTrained(t *testing.T) {
	s := newService(t)
	w := s.New()
	csv := people(200)
	// A column that is the same in all rows would not be a feature at all.
	lines := strings.Split(strings.TrimSpace(csv), "\n")
	for i := range lines {
		if i == 0 {
			lines[i] += ",code,born"
			continue
		}
		lines[i] += "," + []string{"7", "8", "none"}[i%3] + fmt.Sprintf(",2001-%02d-%02d", i%12+1, i%28+1)
	}
	upload(t, w, strings.Join(lines, "\n")+"\n")
	if _, err := w.Aim("class", 0); err != nil {
		t.Fatal(err)
	}
	needs := map[string]recipe.Step{
		"drop_columns":     {Columns: []string{"age"}},
		"set_kind":         {Columns: []string{"code"}, Params: map[string]any{"kind": "numeric"}},
		"treat_as_missing": {Columns: []string{"town", "code"}, Params: map[string]any{"values": []any{"Bonn", "8"}}},
		"transform":        {Columns: []string{"income"}},
		"tfidf":            {Columns: []string{"town"}},
	}
	for _, d := range s.Catalog.Steps {
		t.Run(d.Name, func(t *testing.T) {
			step := needs[d.Name]
			step.Name = d.Name
			p, err := w.Prepare(t.Context(), recipe.Recipe{Steps: []recipe.Step{step}}, "")
			if err != nil {
				t.Fatal(err)
			}
			told := d.Name == "drop_columns" || d.Name == "drop_constant" // which leave columns out, or none
			for _, l := range p.Learned {
				told = told || l.Step == d.Name
			}
			if !told || len(p.Preview) == 0 || len(p.Preview[0]) != len(p.Names) || len(p.Names) == 0 {
				t.Errorf("learned %+v, %d columns", p.Learned, len(p.Names))
			}
			trained(t, w, quick)
		})
	}
}
