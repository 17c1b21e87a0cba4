package train

import (
	"slices"
	"testing"

	"clicktrain/internal/learn"
)

func TestSplitSetsRowsAsideByClass(t *testing.T) {
	tests := []struct {
		name     string
		counts   []int // rows of each class
		testSize float64
		want     []int // test rows of each class
	}{
		{"even", []int{50, 50, 50}, 0.2, []int{10, 10, 10}},
		{"the largest remainder gets the odd row", []int{7, 4}, 0.2, []int{2, 1}}, // ceil(2.2) = 3 of 11: 1.9 and 1.1
		{"a class with one row stays in training", []int{10, 1}, 0.5, []int{6, 0}},
		{"every class keeps a training row", []int{2, 2}, 0.9, []int{1, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var y []float64
			for class, n := range tt.counts {
				for range n {
					y = append(y, float64(class))
				}
			}
			train, test := Split(y, learn.Classification, tt.testSize, 7)
			got := make([]int, len(tt.counts))
			for _, i := range test {
				got[int(y[i])]++
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("test rows by class = %v, want %v", got, tt.want)
			}
			all := append(slices.Clone(train), test...)
			slices.Sort(all)
			for i, r := range all {
				if i != r {
					t.Fatalf("rows are lost or used twice: %v", all)
				}
			}
			if !slices.IsSorted(train) || !slices.IsSorted(test) {
				t.Error("rows do not ascend")
			}
		})
	}
}

func TestSplitFollowsTheSeed(t *testing.T) {
	y := make([]float64, 200)
	_, a := Split(y, learn.Regression, 0.25, 1)
	_, b := Split(y, learn.Regression, 0.25, 1)
	_, c := Split(y, learn.Regression, 0.25, 2)
	if len(a) != 50 {
		t.Errorf("set aside %d of 200 rows, want 50", len(a))
	}
	if !slices.Equal(a, b) {
		t.Error("one seed gave two splits")
	}
	if slices.Equal(a, c) {
		t.Error("two seeds gave one split")
	}
}
