package workflow

import (
	"encoding/json"
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

// TestSuggestScaling checks that scaling is suggested beside steps that the
// recipe or the suggestion has already, and not a second time.
func TestSuggestScaling(t *testing.T) {
	w := newService(t).New()
	var csv strings.Builder
	csv.WriteString("age,since,y\n")
	for i := range 100 {
		fmt.Fprintf(&csv, "%d,2024-%02d-%02d,%s\n", 20+i%50, 1+i%12, 1+i%28, []string{"yes", "no"}[i%2])
	}
	upload(t, w, csv.String())
	if _, err := w.Aim("y", 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, stored string
		want         string // columns to scale
	}{
		{"nothing yet", `{"steps":[]}`, "[age since]"},
		{"some steps", `{"steps":[{"step":"impute","columns":["age"]},{"step":"date_parts","columns":["since"]}]}`, "[age since]"},
		{"one scaled", `{"steps":[{"step":"impute","columns":["age"]},{"step":"scale","columns":["age"],"method":"min_max"}]}`, "[since]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recipe.Recipe
			if err := json.Unmarshal([]byte(tt.stored), &r); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Prepare(t.Context(), r, "set"); err != nil {
				t.Fatal(err)
			}
			_, lacks, err := w.Suggest(t.Context(), recipe.Want{Scale: true})
			if err != nil {
				t.Fatal(err)
			}
			scaled := ""
			for _, l := range lacks {
				if l.Step.Name == "scale" {
					scaled += fmt.Sprint(l.Step.Columns)
				}
			}
			if scaled != tt.want {
				t.Errorf("scaling of %q is suggested, want %q", scaled, tt.want)
			}
		})
	}
}
