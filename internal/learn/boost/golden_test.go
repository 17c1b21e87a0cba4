package boost_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/boost"
	"clicktrain/internal/learn/learntest"
)

// golden is a fit of scikit-learn's; testdata/golden.py wrote the file, which
// names the versions used.
type golden struct {
	Name       string
	Classes    int
	Params     map[string]any
	Categories []int // columns
	Levels     []int // of each
	Weights    []float64
	Columns    [][]*float64
	Y          []float64
	New        [][]*float64
	Fitted     [][]float64
	Predicted  [][]float64
}

// matrix returns the matrix of columns, of which some hold categories.
func (g *golden) matrix(cols [][]*float64) *frame.Matrix {
	blocks := make([]frame.Block, len(cols))
	for j, col := range cols {
		x := make([]float64, len(col))
		for i, v := range col {
			x[i] = math.NaN()
			if v != nil {
				x[i] = *v
			}
		}
		blocks[j].Dense = x
	}
	for k, j := range g.Categories {
		codes := make([]int32, len(blocks[j].Dense))
		for i, v := range blocks[j].Dense {
			codes[i] = -1
			if v == v {
				codes[i] = int32(v)
			}
		}
		blocks[j] = frame.Block{Codes: codes, Levels: g.Levels[k]}
	}
	return frame.NewMatrix(len(cols[0]), blocks...)
}

func (g *golden) data() learn.Data {
	names := make([]string, len(g.Columns))
	for j := range names {
		names[j] = "x" + string(rune('0'+j%10))
	}
	return learn.Data{X: g.matrix(g.Columns), Y: g.Y, Classes: g.Classes, Weights: g.Weights, Names: names, Workers: 2}
}

// TestGolden compares predictions of trained and of new rows. Gradients are
// float32 on both sides, so that trees are equal node for node and their
// values to float64's last digits; absolute errors are at most 1e-9 of the
// largest prediction.
func TestGolden(t *testing.T) {
	b, err := os.ReadFile("testdata/boost.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []golden }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 30 {
		t.Fatalf("%d cases", len(file.Cases))
	}
	for _, g := range file.Cases {
		t.Run(g.Name, func(t *testing.T) {
			d := g.data()
			m := learntest.Fit(t, boost.Learner, d, g.Params)
			compare(t, "trained", m, d.X, g.Classes, g.Fitted)
			compare(t, "new", m, g.matrix(g.New), g.Classes, g.Predicted)
		})
	}
}

// compare checks the predictions, or probabilities, of X.
func compare(t *testing.T, what string, m learn.Model, X *frame.Matrix, classes int, want [][]float64) {
	t.Helper()
	k := max(classes, 1)
	got := make([]float64, X.Rows*k)
	if classes > 0 {
		m.(learn.Proba).Proba(X, got)
	} else {
		m.Predict(X, got)
	}
	size, worst, at := 0.0, 0.0, 0
	for i, row := range want {
		for c, w := range row {
			size = max(size, math.Abs(w))
			if off := math.Abs(got[i*k+c] - w); !(off <= worst) {
				worst, at = off, i
			}
		}
	}
	const tol = 1e-9
	if !(worst <= tol*max(size, 1)) {
		t.Errorf("%s row %d of %d: %v, scikit-learn %v", what, at, X.Rows, got[at*k:at*k+k], want[at])
	}
}
