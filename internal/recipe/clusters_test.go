package recipe_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"clicktrain/internal/recipe"
)

// TestClusterEdgesGolden compares the edges of bins around clusters with
// scikit-learn's, relative to the column's width.
func TestClusterEdgesGolden(t *testing.T) {
	b, err := os.ReadFile("testdata/columns.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Clusters []struct {
			X, Edges []float64
			N        int
		}
	}
	if err := json.Unmarshal(b, &golden); err != nil || len(golden.Clusters) == 0 {
		t.Fatalf("%d cases, %v", len(golden.Clusters), err)
	}
	for i, c := range golden.Clusters {
		got := recipe.ClusterEdges(c.X, c.N)
		width := slices.Max(c.X) - slices.Min(c.X)
		same := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*width }
		if !slices.EqualFunc(got, c.Edges, same) {
			t.Errorf("case %d: %d bins have the edges %v, want %v", i, c.N, got, c.Edges)
		}
	}
}

// TestClusterEdgesAtTheEdge checks numbers by hand, extreme ones among them.
func TestClusterEdgesAtTheEdge(t *testing.T) {
	for _, tt := range []struct {
		x    []float64
		n    int
		want []float64
	}{
		{[]float64{0, 1, 10, 11, 0, 1}, 2, []float64{0, 5.5, 11}}, // centers 0.5 and 10.5
		{[]float64{3, 1, 2, 1}, 5, []float64{1, 1.5, 2.5, 3}},     // a bin for each number
		{[]float64{8e307, -8e307, 0, 7e307}, 2, []float64{-8e307, -1.5e307, 8e307}},
		{[]float64{0, 1e-12, 3e-12}, 2, []float64{0}}, // as good as equal
	} {
		got := recipe.ClusterEdges(tt.x, tt.n)
		if !slices.EqualFunc(got, tt.want, func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }) {
			t.Errorf("%d bins of %v have the edges %v, want %v", tt.n, tt.x, got, tt.want)
		}
	}
}
