package tree

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"clicktrain/internal/frame"
)

// golden is one tree of scikit-learn's; testdata/golden.py wrote the file,
// which names the versions used. Arrays are by node, in the same order as ours.
type golden struct {
	Classes int
	Params  struct {
		MaxDepth        int `json:"max_depth"`
		MinSamplesSplit int `json:"min_samples_split"`
		MinSamplesLeaf  int `json:"min_samples_leaf"`

		Criterion             string
		MinWeightFractionLeaf float64 `json:"min_weight_fraction_leaf"`
		MaxLeafNodes          int     `json:"max_leaf_nodes"`
		MinImpurityDecrease   float64 `json:"min_impurity_decrease"`
		Alpha                 float64 `json:"ccp_alpha"`
	}
	Columns     [][]float64
	Y           []float64
	Weights     []uint32
	Real        []float64
	Depth       int
	Importances []float64
	Values      [][]float64
	Feature     []int32
	Threshold   []float64
	Impurity    []float64
	Rows        []int64   `json:"n_node_samples"`
	Weight      []float64 `json:"weighted_n_node_samples"`
}

func readGolden(t *testing.T) []golden {
	t.Helper()
	b, err := os.ReadFile("testdata/tree.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []golden }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

// TestGolden grows the trees that scikit-learn grew: same splits, same rows,
// same statistics. All columns are looked at, so the random stream is of no
// matter; 1e-9 leaves room for sums in another order.
func TestGolden(t *testing.T) {
	const tol = 1e-9
	near := func(a, b float64) bool { return math.Abs(a-b) <= tol*max(1, math.Abs(b)) }
	for i, g := range readGolden(t) {
		got := g.grow(t)
		if got.Nodes() != len(g.Feature) || got.Depth != g.Depth {
			t.Errorf("case %d: %d nodes, depth %d; want %d and %d", i, got.Nodes(), got.Depth, len(g.Feature), g.Depth)
			continue
		}
		s := got.stats()
		for n, nd := range got.nodes {
			if want := g.Feature[n]; nd.isLeaf() != (want < 0) || !nd.isLeaf() && nd.feature != want {
				t.Fatalf("case %d, node %d: feature %d, want %d", i, n, nd.feature, want)
			}
			if !nd.isLeaf() && math.Abs(float64(nd.threshold())-g.Threshold[n]) > 1e-7*max(1, math.Abs(g.Threshold[n])) {
				t.Errorf("case %d, node %d: threshold %v, want %v rounded down to float32", i, n, nd.threshold(), g.Threshold[n])
			}
			if s.rows[n] != g.Rows[n] || !near(s.weight[n], g.Weight[n]) || !near(s.impurity[n], g.Impurity[n]) {
				t.Errorf("case %d, node %d: %d rows, weight %v, impurity %v; want %d, %v, %v",
					i, n, s.rows[n], s.weight[n], s.impurity[n], g.Rows[n], g.Weight[n], g.Impurity[n])
			}
			for k, want := range g.Values[n] {
				if v := s.values[n*s.width+k]; !near(v, want) {
					t.Errorf("case %d, node %d: value %v, want %v", i, n, v, want)
				}
			}
		}
		for j, v := range got.Importances(len(g.Columns)) {
			if !near(v, g.Importances[j]) {
				t.Errorf("case %d: importance of column %d is %v, want %v", i, j, v, g.Importances[j])
			}
		}
	}
}

// grow grows the case's tree.
func (g *golden) grow(t *testing.T) *Tree {
	t.Helper()
	cols, err := CutExact(t.Context(), frame.Dense(len(g.Y), g.Columns...), 1)
	if err != nil {
		t.Fatal(err)
	}
	grower := NewGrower(cols, g.Y, g.Classes, Options{
		Criterion: map[string]Criterion{"gini": Gini, "entropy": Entropy, "squared_error": Squared}[g.Params.Criterion],
		Weighted:  g.Real != nil, MaxFeatures: len(g.Columns),
		MaxDepth:              g.Params.MaxDepth,
		MinSamplesSplit:       max(2, g.Params.MinSamplesSplit),
		MinSamplesLeaf:        max(1, g.Params.MinSamplesLeaf),
		MinWeightFractionLeaf: g.Params.MinWeightFractionLeaf,
		MaxLeafNodes:          g.Params.MaxLeafNodes,
		MinImpurityDecrease:   g.Params.MinImpurityDecrease,
		Alpha:                 g.Params.Alpha,
	})
	var tr *Tree
	if g.Real != nil {
		tr, err = grower.GrowWeighted(t.Context(), g.Real, rand.NewPCG(1, 1))
	} else {
		tr, err = grower.Grow(t.Context(), g.Weights, rand.NewPCG(1, 1))
	}
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// grow grows one tree on exact columns.
func grow(t testing.TB, X *frame.Matrix, y []float64, weights []uint32, classes int, opt Options) *Tree {
	t.Helper()
	cols, err := Cut(t.Context(), X, MaxBins, 1)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := NewGrower(cols, y, classes, opt).Grow(t.Context(), weights, rand.NewPCG(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}
