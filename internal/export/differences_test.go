package export_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/export"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// TestDifferences checks which differences are told of which pipeline, and that
// the documentation lists each word for word.
func TestDifferences(t *testing.T) {
	always := export.Differences("random_forest", nil, nil)
	near := export.Differences("k_nearest_neighbors", nil, nil)
	if !slices.ContainsFunc(near, func(d string) bool { return strings.Contains(d, "same distance") }) {
		t.Errorf("neighbors: %q", near)
	}
	docs, err := os.ReadFile("../../docs/exports.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(docs)), " ")
	for _, tt := range []struct {
		name, learner string
		params        []train.Setting
		steps         []recipe.Step
		word          string
	}{
		{"bayes", "gaussian_naive_bayes", nil, nil, "1e154"},
		{"a member", "voting", []train.Setting{{Name: "estimators", Value: "random_forest, gaussian_naive_bayes"}}, nil, "1e154"},
		{"filled", "ridge", nil, []recipe.Step{{Name: "scale"}, {Name: "impute", Params: map[string]any{"strategy": "knn"}}}, "equally far"},
		{"dropped", "ridge", nil, []recipe.Step{{Name: "encode", Params: map[string]any{"drop": "if_binary"}}}, "dropped"},
		{"words", "ridge", nil, []recipe.Step{{Name: "tfidf"}}, "1.5"},
		{"nothing of its own", "ridge", nil, []recipe.Step{{Name: "encode", Params: map[string]any{"drop": "none"}}, {Name: "impute"}}, ""},
	} {
		got := export.Differences(tt.learner, tt.params, tt.steps)
		own := slices.DeleteFunc(slices.Clone(got), func(d string) bool { return slices.Contains(always, d) })
		switch {
		case tt.word == "" && len(own) > 0:
			t.Errorf("%s: %q", tt.name, own)
		case tt.word != "" && (len(own) != 1 || !strings.Contains(own[0], tt.word)):
			t.Errorf("%s: %q, want one of %q", tt.name, own, tt.word)
		}
		if len(got) != len(always)+len(own) {
			t.Errorf("%s: %d differences, want those of all files and %d", tt.name, len(got), len(own))
		}
		for _, d := range got {
			if !strings.Contains(text, d) {
				t.Errorf("docs/exports.md does not list %q", d)
			}
		}
	}
}
