package forest_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/learntest"
)

// treeCase is what one of scikit-learn's trees says of rows it has not seen;
// testdata/golden_tree.py wrote the file, which names the versions used.
type treeCase struct {
	Name        string
	Classes     int
	Params      map[string]any
	Columns     [][]float64
	Codes       [][]int32
	Widths      []int
	Y, Weights  []float64
	TestColumns [][]float64 `json:"test_columns"`
	TestCodes   [][]int32   `json:"test_codes"`
	Leaves      int
	Depth       int
	Said        []float64
}

// TestDecisionTreeGolden compares single trees with scikit-learn's: the size,
// and what rows they have not seen are told. 1e-12 leaves room for sums in
// another order.
func TestDecisionTreeGolden(t *testing.T) {
	b, err := os.ReadFile("testdata/tree.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []treeCase }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 40 {
		t.Fatalf("%d cases", len(file.Cases))
	}
	for _, c := range file.Cases {
		for name, v := range c.Params { // whole numbers are counts
			if x, ok := v.(float64); ok && x == math.Trunc(x) {
				c.Params[name] = int(x)
			}
		}
		d := learn.Data{X: blocks(c.Columns, c.Codes, c.Widths), Y: c.Y, Classes: c.Classes, Weights: c.Weights, Workers: 1, Seed: 3}
		m := learntest.Fit(t, forest.DecisionTree, d, c.Params)
		test := blocks(c.TestColumns, c.TestCodes, c.Widths)
		got := learntest.Predict(m, test)
		if c.Classes > 0 {
			got = learntest.Proba(t, m, test, c.Classes)
		}
		for i, want := range c.Said {
			if math.Abs(got[i]-want) > 1e-12*max(1, math.Abs(want)) {
				t.Errorf("%s, %d classes: number %d is %v, want %v", c.Name, c.Classes, i, got[i], want)
				break
			}
		}
		o := m.(pickle.Sklearner).Sklearn(pickle.Floats(make([]float64, c.Classes)), d.X.Cols)
		state := attr(t, o, "tree_").(*pickle.Call).State.(pickle.Dict)
		depth, nodes := state[0].Value, state[1].Value.(int)
		// With weights that are not whole, scikit-learn may take a node of one
		// class for mixed, by rounding, and split it once more.
		spare := 0
		if c.Weights != nil && c.Classes > 0 {
			spare = 2
		}
		if depth != c.Depth || nodes > 2*c.Leaves-1 || nodes < 2*c.Leaves-1-spare {
			t.Errorf("%s, %d classes: %d nodes, depth %v; want %d and %d", c.Name, c.Classes, nodes, depth, 2*c.Leaves-1, c.Depth)
		}
	}
}

// blocks returns a matrix of number columns, then one-hot blocks.
func blocks(columns [][]float64, codes [][]int32, widths []int) *frame.Matrix {
	var out []frame.Block
	for _, c := range columns {
		out = append(out, frame.Block{Dense: c})
	}
	for j, c := range codes {
		out = append(out, frame.Block{Codes: c, Width: widths[j]})
	}
	return frame.NewMatrix(len(columns[0]), out...)
}
