package ensemble

import (
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// TestFolds checks that folds are of one size, have each class's share, and are
// drawn by the seed and not by the order of the rows.
func TestFolds(t *testing.T) {
	for _, tt := range []struct{ rows, classes, folds int }{{23, 0, 5}, {20, 0, 4}, {60, 2, 5}, {101, 3, 7}, {97, 2, 20}, {30, 3, 3}} {
		d := learn.Data{Y: make([]float64, tt.rows), Classes: tt.classes, Seed: 1}
		for i := range d.Y {
			d.Y[i] = float64(i) // in order
			if tt.classes > 0 {
				d.Y[i] = float64(i * tt.classes / tt.rows)
			}
		}
		fold, err := folds(d, tt.folds)
		if err != nil {
			t.Fatal(err)
		}
		sizes := make([]int, tt.folds)
		counts := make([]map[float64]int, tt.folds)
		runs := 0
		for i, f := range fold {
			sizes[f]++
			if counts[f] == nil {
				counts[f] = map[float64]int{}
			}
			counts[f][d.Y[i]]++
			if i > 0 && f != fold[i-1] {
				runs++
			}
		}
		if slices.Max(sizes)-slices.Min(sizes) > 1 {
			t.Errorf("%+v: folds have %v rows", tt, sizes)
		}
		for c := range tt.classes {
			of := make([]int, tt.folds)
			for f := range of {
				of[f] = counts[f][float64(c)]
			}
			if slices.Max(of)-slices.Min(of) > 1 {
				t.Errorf("%+v: folds have %v rows of class %d", tt, of, c)
			}
		}
		if runs < tt.rows/3 {
			t.Errorf("%+v: folds are runs of rows: %v", tt, fold)
		}
		again, _ := folds(d, tt.folds)
		d.Seed = 2
		other, _ := folds(d, tt.folds)
		if !slices.Equal(again, fold) || slices.Equal(other, fold) {
			t.Errorf("%+v: folds do not go by the seed", tt)
		}
	}
}

// TestFoldsOfRareClasses checks that rows of a class are spread over folds as
// far as they go, and that the only one of a class is always learned from.
func TestFoldsOfRareClasses(t *testing.T) {
	d := learn.Data{Y: []float64{0, 0, 0, 0, 0, 0, 1, 1, 2, 0}, Classes: 3}
	fold, err := folds(d, 5)
	if err != nil {
		t.Fatal(err)
	}
	if fold[6] == fold[7] || fold[6] < 0 || fold[7] < 0 || fold[8] != always {
		t.Errorf("two rows of class 1 are in folds %d and %d, and the only one of class 2 in %d", fold[6], fold[7], fold[8])
	}
}

func TestFoldsRefuse(t *testing.T) {
	for name, d := range map[string]learn.Data{
		"few rows":     {Y: []float64{1, 2, 3, 4}},
		"rare classes": {Y: []float64{0, 0, 0, 0, 1, 1, 1, 1}, Classes: 2},
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
