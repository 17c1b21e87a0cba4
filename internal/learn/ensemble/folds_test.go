package ensemble

import (
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/problem"
)

// TestFolds compares folds with scikit-learn's.
func TestFolds(t *testing.T) {
	type golden struct {
		Y       []float64
		Classes int
		Folds   int
		Fold    []int
	}
	for _, g := range learntest.ReadGolden[golden](t, "testdata/folds.json") {
		got, err := folds(learn.Data{Y: g.Y, Classes: g.Classes}, g.Folds)
		if err != nil {
			t.Errorf("%d rows of %d classes: %v", len(g.Y), g.Classes, err)
		} else if !slices.Equal(got, g.Fold) {
			t.Errorf("%d rows of %d classes in %d folds: %v, want %v", len(g.Y), g.Classes, g.Folds, got, g.Fold)
		}
	}
}

func TestFoldsRefuse(t *testing.T) {
	for name, d := range map[string]learn.Data{
		"few rows":   {Y: []float64{1, 2, 3, 4}},
		"rare class": {Y: []float64{0, 0, 0, 0, 0, 1, 1, 1, 1}, Classes: 2},
	} {
		_, err := folds(d, 5)
		if p, ok := problem.As(err); !ok || p.Field != "cv" {
			t.Errorf("%s: %v, want a problem of cv", name, err)
		}
	}
}

func TestSplit(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{5, 6, 7, 8}), Y: []float64{1, 2, 3, 4}, Weights: []float64{0, 9, 0, 8}}
	train, test, err := split(d, []int{0, 1, 1, 0}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(test, []int{1, 2}) || !slices.Equal(train.Y, []float64{1, 4}) || !slices.Equal(train.Weights, []float64{0, 8}) || !slices.Equal(train.X.Blocks[0].Dense, []float64{5, 8}) {
		t.Errorf("split gives %v to test and %+v to train", test, train)
	}
	if _, _, err := split(d, []int{0, 1, 0, 1}, 1); err == nil {
		t.Error("a fit on rows that weigh nothing is not refused")
	}
}
