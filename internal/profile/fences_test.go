package profile_test

import (
	"encoding/json"
	"os"
	"testing"

	"clicktrain/internal/frame"
)

// A value at the very fence is no outlier, whatever the rounding of the
// quartiles: the counts are those of pandas.
func TestOutliersAtTheFence(t *testing.T) {
	text, err := os.ReadFile("testdata/fences.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Columns []struct {
			Values   []float64
			Outliers int
		}
	}
	if err := json.Unmarshal(text, &golden); err != nil || len(golden.Columns) < 50 {
		t.Fatalf("%d columns, %v", len(golden.Columns), err)
	}
	for i, c := range golden.Columns {
		if got := describe(t, frame.New(numbers("x", c.Values...))).Columns[0].Number.Outliers; got != c.Outliers {
			t.Errorf("column %d: %d outliers, pandas has %d", i, got, c.Outliers)
		}
	}
}
