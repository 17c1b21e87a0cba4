package workflow

import (
	"fmt"
	"slices"
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

// TestStepsSpareTheTarget adds each step without columns, for targets of each
// kind, and looks for the target in what is shown and in what is fitted.
func TestStepsSpareTheTarget(t *testing.T) {
	s := newService(t)
	for _, target := range []string{"age", "town", "class"} {
		w := s.New()
		upload(t, w, people(200))
		if _, err := w.Aim(target, 0); err != nil {
			t.Fatal(err)
		}
		for _, d := range s.Catalog.Steps {
			if d.Named || d.Phase == recipe.OnBalance {
				continue
			}
			step := recipe.Step{Name: d.Name}
			if d.Name == "treat_as_missing" {
				step.Params = map[string]any{"values": []any{"Bonn", "41"}}
			}
			before, err := w.Prepare(t.Context(), recipe.Recipe{Steps: []recipe.Step{step}}, "")
			if err != nil {
				t.Errorf("%s of %s: %v", d.Name, target, err)
				continue
			}
			m, err := w.Now()
			if err != nil {
				t.Fatal(err)
			}
			stored, err := m.Preview(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			plan, err := w.Plan(TrainRequest{Algorithm: "decision_tree", Target: target})
			if err != nil {
				t.Fatal(err)
			}
			for what, steps := range map[string][]recipe.Step{
				"the answer": before.Steps, "the recipe": before.Recipe.Steps, "the page": stored.Steps, "the run": plan.Spec.Recipe.Steps,
			} {
				for _, x := range steps {
					if slices.Contains(x.Columns, target) {
						t.Errorf("%s of %s: %s has %v", d.Name, target, what, x.Columns)
					}
				}
			}
			for _, l := range stored.Learned {
				if slices.Contains(l.Columns, target) {
					t.Errorf("%s learned from its target %s", l.Step, target)
				}
			}
		}
	}
}
