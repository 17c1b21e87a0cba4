package train_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// noise returns a table that tells nothing: numbers, a category of many levels
// and a target of two classes, each drawn for itself.
func noise(rows, numbers, levels int) *frame.Frame {
	rng := rand.New(rand.NewPCG(7, 11))
	var columns []*frame.Column
	for j := range numbers {
		c := &frame.Column{Name: fmt.Sprintf("n%05d", j), Num: make([]float64, rows)}
		for i := range c.Num {
			c.Num[i] = rng.NormFloat64()
		}
		columns = append(columns, c)
	}
	names := make([]string, levels)
	for k := range names {
		names[k] = fmt.Sprintf("l%05d", k)
	}
	columns = append(columns, category(rng, "city", rows, names))
	y := category(rng, "y", rows, []string{"no", "yes"})
	for i := range y.Codes {
		y.Codes[i] = int32(i % 2)
	}
	rng.Shuffle(rows, func(i, j int) { y.Codes[i], y.Codes[j] = y.Codes[j], y.Codes[i] })
	return frame.New(append(columns, y)...)
}

func category(rng *rand.Rand, name string, rows int, levels []string) *frame.Column {
	c := &frame.Column{Name: name, Kind: frame.Category, Levels: levels, Codes: make([]int32, rows)}
	for i := range c.Codes {
		c.Codes[i] = int32(rng.IntN(len(levels)))
	}
	return c
}

// leaky is a recipe whose steps learn from the target.
func leaky(t *testing.T, f *frame.Frame, features []string, steps ...recipe.Step) recipe.Recipe {
	t.Helper()
	cat := catalog.All()
	r, err := recipe.Recipe{Steps: steps}.Resolve(f.Select(features), cat.Steps)
	if err != nil {
		t.Fatal(err)
	}
	full, _ := r.Complete(f, features, cat.Steps, recipe.Want{Scale: true})
	return full
}

// accuracy cross-validates logistic regression in five folds.
func accuracy(t *testing.T, f *frame.Frame, features []string, r recipe.Recipe) float64 {
	t.Helper()
	spec := train.Spec{Target: "y", Task: learn.Classification, Features: features, Recipe: r, Learner: "logistic_regression", TestSize: 0.05, Seed: 3, Workers: 2}
	cv, err := train.CrossValidate(t.Context(), f, spec, catalog.All(), 5, func(float64, string) {})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, fold := range cv.Folds {
		v, ok := fold.Model.Named("accuracy")
		if !ok {
			t.Fatalf("no accuracy in %v", fold.Model)
		}
		sum += v.Score
	}
	if len(cv.Folds) != 5 {
		t.Fatalf("%d folds, want 5: %s", len(cv.Folds), cv.Fewer)
	}
	return sum / 5
}

var (
	targetEncoding = recipe.Step{Name: "encode", Columns: []string{"city"}, Params: map[string]any{"method": "target"}}
	selection      = recipe.Step{Name: "select_best", Params: map[string]any{"k": 20}}
)

// TestNothingLeaks cross-validates on pure noise: whatever steps learn from the
// target, they learn from the training rows of each fold, so the accuracy stays
// at chance.
func TestNothingLeaks(t *testing.T) {
	const rows = 500
	f := noise(rows, 10_000, 125)
	features := f.Names()[:len(f.Columns)-1]
	r := leaky(t, f, features, targetEncoding, selection)
	if got := accuracy(t, f, features, r); got < 0.45 || got > 0.55 {
		t.Errorf("accuracy on noise = %.3f, want 0.5 ± 0.05", got)
	}

	// The same selection made before the rows are split sees the test rows.
	in := recipe.Training{Frame: f, Features: features, Y: make([]float64, rows), Classes: 2, Seed: 3, Workers: 2}
	for i := range rows {
		in.Rows = append(in.Rows, i)
		in.Y[i] = float64(f.Column("y").Codes[i])
	}
	fitted, _, err := recipe.Fit(context.Background(), r, catalog.All().Steps, in)
	if err != nil {
		t.Fatal(err)
	}
	chosen := fitted.Names()
	if len(chosen) != 20 {
		t.Fatalf("%d columns chosen, want 20", len(chosen))
	}
	rest := leaky(t, f, chosen)
	if slices.Contains(chosen, "city") {
		rest = leaky(t, f, chosen, targetEncoding)
	}
	if got := accuracy(t, f, chosen, rest); got < 0.65 {
		t.Errorf("accuracy after a choice that saw the test rows = %.3f, want above 0.65: else this test proves nothing", got)
	}
}

// TestTargetEncodingDoesNotLeak does the same with nothing but a category of
// many levels, and checks that its cross-fitting is what keeps the model honest
// about it: encoded by their own targets, training rows look predictable.
func TestTargetEncodingDoesNotLeak(t *testing.T) {
	const rows = 2000
	f := noise(rows, 0, 700)
	features := []string{"city"}
	r := leaky(t, f, features, targetEncoding)
	if got := accuracy(t, f, features, r); got < 0.45 || got > 0.55 {
		t.Errorf("accuracy on noise = %.3f, want 0.5 ± 0.05", got)
	}
	in := recipe.Training{Frame: f, Features: features, Y: make([]float64, rows), Classes: 2, Seed: 3, Workers: 2}
	for i := range rows {
		in.Rows = append(in.Rows, i)
		in.Y[i] = float64(f.Column("y").Codes[i])
	}
	fitted, d, err := recipe.Fit(context.Background(), r, catalog.All().Steps, in)
	if err != nil {
		t.Fatal(err)
	}
	own, _, err := fitted.Transform(f, in.Rows)
	if err != nil {
		t.Fatal(err)
	}
	crossed, direct := correlation(d.X.Columns()[0], d.Y), correlation(own.Columns()[0], d.Y)
	if crossed > 0.1 {
		t.Errorf("cross-fitted, the column goes with the target of its training rows by %.3f, want at most 0.1", crossed)
	}
	if direct < 0.4 {
		t.Errorf("encoded by their own targets, rows go with them by %.3f, want above 0.4: else this test proves nothing", direct)
	}
}

func correlation(x, y []float64) float64 {
	var mx, my, xy, xx, yy float64
	for i := range x {
		mx += x[i] / float64(len(x))
		my += y[i] / float64(len(y))
	}
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	if xx == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}
