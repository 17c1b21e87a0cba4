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
	got, groups := boxesBy([]float64{1, 2, 3, 4, 100, 7, 5, nan}, by)
	want := []Box{
		{Label: "many", Low: 1, Q1: 2, Median: 3, Q3: 4, High: 4, Rows: 5, Outside: 1},
		{Label: "few", Low: 7, Q1: 7, Median: 7, Q3: 7, High: 7, Rows: 1},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] || groups != 2 {
		t.Errorf("boxes %+v of %d groups, want %+v", got, groups, want)
	}
	classes := &frame.Column{Name: "n", Kind: frame.Numeric, Num: []float64{2, 1, 2}}
	if got, _ := boxesBy([]float64{5, 6, 7}, classes); len(got) != 2 || got[0].Label != "1" || got[1].Rows != 2 {
		t.Errorf("numeric classes %+v, want ascending", got)
	}
	if got, _ := boxesBy(nil, &frame.Column{Kind: frame.Numeric}); len(got) != 0 {
		t.Errorf("no rows give %+v", got)
	}

	// Of more groups than are boxed the most frequent are, and all are counted.
	towns := &frame.Column{Name: "town", Kind: frame.Category}
	var v []float64
	for k := range int32(15) {
		towns.Levels = append(towns.Levels, string(rune('a'+k)))
		for range k + 1 {
			towns.Codes, v = append(towns.Codes, k), append(v, float64(k))
		}
	}
	if got, groups := boxesBy(v, towns); len(got) != mostBoxes || groups != 15 || got[0].Label != "o" || got[9].Label != "f" {
		t.Errorf("%d boxes of %d groups, first %+v", len(got), groups, got[0])
	}
}
