package frame

import (
	"math"
	"testing"
)

func TestCategoryBlock(t *testing.T) {
	m := NewMatrix(3, Block{Dense: []float64{5, 6, 7}}, Block{Codes: []int32{2, -1, 0}, Levels: 3})
	if m.Cols != 2 {
		t.Fatalf("Cols = %d, want 2: categories are one column", m.Cols)
	}
	row := make([]float64, 2)
	for i, want := range []float64{2, math.NaN(), 0} {
		m.Row(row, i)
		if got := m.Columns()[1][i]; math.Float64bits(got) != math.Float64bits(want) || math.Float64bits(row[1]) != math.Float64bits(want) {
			t.Errorf("row %d: Columns has %v and Row %v, want %v", i, got, row[1], want)
		}
	}
	if b := m.Take([]int{2, 0}).Blocks[1]; b.Levels != 3 || b.Codes[0] != 0 || b.Codes[1] != 2 {
		t.Errorf("Take makes %+v of the categories", b)
	}
}
