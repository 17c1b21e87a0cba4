package workflow

import (
	"math"
	"testing"

	"clicktrain/internal/frame"
)

// TestBoxesBy checks quartiles, whiskers and the order of groups by hand.
func TestBoxesBy(t *testing.T) {
	nan := math.NaN()
	by := &frame.Column{Name: "by", Kind: frame.Category, Levels: []string{"few", "many"}, Codes: []int32{1, 1, 1, 1, 1, 0, -1, 0}}
	got := boxesBy([]float64{1, 2, 3, 4, 100, 7, 5, nan}, by)
	want := []Box{
		{Label: "many", Low: 1, Q1: 2, Median: 3, Q3: 4, High: 4, Rows: 5, Outside: 1},
		{Label: "few", Low: 7, Q1: 7, Median: 7, Q3: 7, High: 7, Rows: 1},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("boxes %+v, want %+v", got, want)
	}
	classes := &frame.Column{Name: "n", Kind: frame.Numeric, Num: []float64{2, 1, 2}}
	if got := boxesBy([]float64{5, 6, 7}, classes); len(got) != 2 || got[0].Label != "1" || got[1].Rows != 2 {
		t.Errorf("numeric classes %+v, want ascending", got)
	}
	if got := boxesBy(nil, &frame.Column{Kind: frame.Numeric}); len(got) != 0 {
		t.Errorf("no rows give %+v", got)
	}
}
