package workflow

import (
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"testing"

	"clicktrain/internal/recipe"
)

// TestEditTogether makes edits at the same time, of which none may be lost.
func TestEditTogether(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(60))
	const n = 8
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			err := w.Edit(t.Context(), func(_ *Data, steps []recipe.Step) ([]recipe.Step, string, error) {
				return append(steps, recipe.Step{Name: "drop_duplicates", Params: map[string]any{"target": false}}), "Added " + strconv.Itoa(i), nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	r, _, err := w.Recipe()
	if err != nil || len(r.Steps) != n {
		t.Errorf("%d steps are left of %d, %v", len(r.Steps), n, err)
	}
	refusal := errors.New("no")
	if err := w.Edit(t.Context(), func(*Data, []recipe.Step) ([]recipe.Step, string, error) { return nil, "", refusal }); !errors.Is(err, refusal) {
		t.Errorf("Edit = %v, want the refusal", err)
	}
}

// TestRecipeIsStoredTyped stores what a form sends, which is text, and reads it
// back as the steps describe it.
func TestRecipeIsStoredTyped(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(60))
	r := recipe.Recipe{Steps: []recipe.Step{
		{Name: "impute", Columns: []string{"age"}, Params: map[string]any{"strategy": "mean", "n_neighbors": "5", "weights": "uniform", "add_indicator": "true"}},
		{Name: "impute", Columns: []string{"income"}, Params: map[string]any{"strategy": "knn", "n_neighbors": "5", "add_indicator": "false"}},
		{Name: "encode", Params: map[string]any{"method": "one_hot", "max_categories": "3", "min_frequency": "0.01", "drop": "none"}},
		{Name: "scale"},
	}}
	if _, err := w.Prepare(t.Context(), r, "Loaded"); err != nil {
		t.Fatal(err)
	}
	stored, _, err := w.Recipe()
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(stored)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"steps":[{"step":"impute","columns":["age"],"add_indicator":true,"strategy":"mean"},` +
		`{"step":"impute","columns":["income"],"n_neighbors":5,"strategy":"knn"},` +
		`{"step":"encode","max_categories":3,"method":"one_hot","min_frequency":0.01},{"step":"scale"}]}`
	if string(got) != want {
		t.Errorf("stored %s\nwant %s", got, want)
	}
	var again recipe.Recipe
	if err := json.Unmarshal(got, &again); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Prepare(t.Context(), again, "Loaded"); err != nil {
		t.Fatal(err)
	}
	stored, _, _ = w.Recipe()
	if twice, _ := json.Marshal(stored); string(twice) != want {
		t.Errorf("stored again %s", twice)
	}
}
