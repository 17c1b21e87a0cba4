package workflow

import (
	"fmt"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// TestSuggest checks what is suggested for each kind of algorithm, and that
// taking it leaves nothing to suggest.
func TestSuggest(t *testing.T) {
	w := newService(t).New()
	var csv strings.Builder
	csv.WriteString("age,height,town,street,y\n")
	for i := range 900 {
		height := fmt.Sprint(150 + i%40)
		if i%9 == 0 {
			height = "-999"
		}
		fmt.Fprintf(&csv, "%d,%s,%s,street %d,%s\n", 20+i%50, height, []string{"Bonn", "Kiel", "Ulm"}[i%3], i%300, []string{"yes", "no"}[i%2])
	}
	upload(t, w, csv.String())
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		want  recipe.Want
		steps []string // step and its columns, of those that must be suggested
		not   string   // that must not
	}{
		{"weigh", recipe.Want{Scale: true}, []string{"treat_as_missing [height]", "impute", "encode [town] one_hot", "encode [street] target", "scale"}, "ordinal"},
		{"split", recipe.Want{}, []string{"treat_as_missing [height]", "impute", "encode [town street] ordinal"}, "scale"},
		{"native", recipe.Want{Native: true}, []string{"treat_as_missing [height]"}, "impute"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			full, lacks, err := w.Suggest(t.Context(), tt.want)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, l := range lacks {
				told = append(told, fmt.Sprint(l.Step.Name, " ", l.Step.Columns, " ", l.Step.Params["method"]))
				if l.Reason == "" {
					t.Errorf("%s is suggested without a reason", l.Step.Name)
				}
			}
			all := strings.Join(told, "\n")
			for _, s := range tt.steps {
				if !strings.Contains(all, s) {
					t.Errorf("%q is not suggested, but\n%s", s, all)
				}
			}
			if strings.Contains(all, tt.not) {
				t.Errorf("%q is suggested:\n%s", tt.not, all)
			}
			if _, err := w.Prepare(t.Context(), full, "all"); err != nil {
				t.Fatal(err)
			}
			if _, lacks, err := w.Suggest(t.Context(), tt.want); err != nil || len(lacks) > 0 {
				t.Errorf("after taking all, %d more are suggested: %v (%v)", len(lacks), lacks, err)
			}
			if err := w.Undo(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
