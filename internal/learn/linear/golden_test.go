package linear_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
)

// golden is one case of testdata/golden.py, which names the versions that it
// ran with in the file.
type golden struct {
	Name   string
	Params map[string]any
	Blocks []struct {
		Dense []float64
		Codes []int32
		Width int
	}
	Y         []float64
	Weights   []float64
	Classes   int
	Coef      [][]float64
	Intercept []float64
	Predict   []float64
	Proba     []float64
}

func readGolden(t *testing.T, path string) []golden {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []golden }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatalf("%s has no cases", path)
	}
	return file.Cases
}

func (g golden) data() learn.Data {
	blocks := make([]frame.Block, len(g.Blocks))
	for k, b := range g.Blocks {
		blocks[k] = frame.Block{Dense: b.Dense, Codes: b.Codes, Width: b.Width}
	}
	return learn.Data{X: frame.NewMatrix(len(g.Y), blocks...), Y: g.Y, Weights: g.Weights, Classes: g.Classes, Workers: 2}
}

// Both sides compute in float64 and stop where their rounding does; the worst
// cases lose eight of sixteen digits.
const tol = 1e-7

func TestRegressionGolden(t *testing.T) {
	testRegression(t, linear.Regression, "testdata/regression.json")
}

func TestRidgeGolden(t *testing.T) { testRegression(t, linear.Ridge, "testdata/ridge.json") }

func TestLassoGolden(t *testing.T) { testRegression(t, linear.Lasso, "testdata/lasso.json") }

func TestElasticNetGolden(t *testing.T) {
	testRegression(t, linear.ElasticNet, "testdata/elastic_net.json")
}

func testRegression(t *testing.T, l learn.Learner, path string) {
	for _, g := range readGolden(t, path) {
		t.Run(g.Name, func(t *testing.T) {
			d := g.data()
			m := learntest.Fit(t, l, d, g.Params)
			g.checkWeights(t, m, tol)
			if w, ok := m.(learn.Warner); ok && w.Warnings() != nil {
				t.Errorf("Warnings = %q, want none", w.Warnings())
			}
			size := largest(g.Predict)
			for i, got := range learntest.Predict(m, d.X) {
				if !(math.Abs(got-g.Predict[i]) <= tol*size) {
					t.Fatalf("row %d is predicted %v, want %v", i, got, g.Predict[i])
				}
			}
		})
	}
}

// TestLogisticPenaltiesGolden compares objectives: with l1 the weights of the
// least one can be several, and scikit-learn's solver, which stops where weights
// do, leaves intercepts behind.
func TestLogisticPenaltiesGolden(t *testing.T) {
	for _, g := range readGolden(t, "testdata/penalties.json") {
		t.Run(g.Name, func(t *testing.T) {
			d := g.data()
			m := learntest.Fit(t, linear.Logistic, d, g.Params).(*linear.LogisticModel)
			if w := m.Warnings(); w != nil {
				t.Errorf("Warnings = %q, want none", w)
			}
			if m.Penalty == "none" {
				g.checkWeights(t, m, tol)
			}
			theirs := &linear.LogisticModel{Coef: g.Coef, Intercept: g.Intercept}
			got, want := g.objective(t, m), g.objective(t, theirs)
			if !(got <= want*(1+1e-10)) {
				t.Errorf("the objective is %v, want at most %v", got, want)
			}
			if got < want*(1-1e-9) {
				t.Logf("the objective is %v, scikit-learn's %v", got, want)
				return
			}
			for i, p := range learntest.Proba(t, m, d.X, d.Classes) {
				if !(math.Abs(p-g.Proba[i]) <= 1e-6) {
					t.Fatalf("probability %d is %v, want %v", i, p, g.Proba[i])
				}
			}
		})
	}
}

// objective returns what a logistic regression with the case's parameters
// minimizes.
func (g golden) objective(t *testing.T, m *linear.LogisticModel) float64 {
	t.Helper()
	d, loss, c := g.data(), 0.0, 1.0
	if v, ok := g.Params["C"]; ok {
		c = v.(float64)
	}
	weights := d.Weights
	if weights == nil {
		weights = slices.Repeat([]float64{1}, len(d.Y))
	}
	class, total := make([]float64, d.Classes), 0.0
	for i, y := range d.Y {
		class[int(y)] += weights[i]
		total += weights[i]
	}
	for i, p := range learntest.Proba(t, m, d.X, d.Classes) {
		row, k := i/d.Classes, i%d.Classes
		if int(d.Y[row]) != k {
			continue
		}
		w := weights[row]
		if g.Params["class_weight"] == "balanced" {
			w *= total / (float64(d.Classes) * class[k])
		}
		if w > 0 {
			loss -= w * math.Log(p)
		}
	}
	ratio := map[any]float64{"l1": 1, "none": 0, "l2": 0}[g.Params["penalty"]]
	if g.Params["penalty"] == "elasticnet" {
		ratio = g.Params["l1_ratio"].(float64)
	}
	if g.Params["penalty"] == "none" {
		c = math.Inf(1)
	}
	for _, row := range m.Coef {
		loss += ratio*floats.Norm(row, 1)/c + (1-ratio)/2*floats.Dot(row, row)/c
	}
	return loss
}

// TestSVMGolden compares weights where the loss is squared. Otherwise it is
// enough to be no costlier: scikit-learn's solver then creeps near the end.
func TestSVMGolden(t *testing.T) {
	for _, g := range append(readGolden(t, "testdata/machines.json"), readGolden(t, "testdata/tubes.json")...) {
		t.Run(g.Name, func(t *testing.T) {
			d := g.data()
			m := learntest.Fit(t, linear.SVM, d, g.Params)
			if w := m.(learn.Warner).Warnings(); w != nil {
				t.Errorf("Warnings = %q, want none", w)
			}
			weights, intercepts := m.(learn.Linear).Coefficients()
			got, want := g.cost(weights, intercepts), g.cost(g.Coef, g.Intercept)
			if !(got <= want*(1+1e-9)) {
				t.Fatalf("the objective is %v, want at most %v", got, want)
			}
			if strings.HasPrefix(g.Params["loss"].(string), "squared") {
				g.checkWeights(t, m, 1e-6)
				for i, got := range learntest.Predict(m, d.X) {
					if d.Classes > 0 && got != g.Predict[i] {
						t.Fatalf("row %d is predicted %v, want %v", i, got, g.Predict[i])
					}
				}
			}
		})
	}
}

// cost returns what a support vector machine with the case's parameters
// minimizes, the sum of all scores' objectives.
func (g golden) cost(weights [][]float64, intercepts []float64) float64 {
	d, total := g.data(), 0.0
	c, scaling := 1.0, g.Params["intercept_scaling"].(float64)
	if v, ok := g.Params["C"]; ok {
		c = v.(float64)
	}
	epsilon, _ := g.Params["epsilon"].(float64)
	rows := slices.Clone(d.Weights)
	if rows == nil {
		rows = slices.Repeat([]float64{1}, len(d.Y))
	}
	if g.Params["class_weight"] == "balanced" {
		class := make([]float64, d.Classes)
		for i, y := range d.Y {
			class[int(y)] += rows[i]
		}
		for i, y := range d.Y {
			rows[i] *= floats.Sum(class) / (float64(d.Classes) * class[int(y)])
		}
	}
	base := d.Weights
	if base == nil {
		base = slices.Repeat([]float64{1}, len(d.Y))
	}
	x := make([]float64, d.X.Cols)
	for k, w := range weights {
		total += (floats.Dot(w, w) + intercepts[k]*intercepts[k]/scaling/scaling) / 2
		for i, y := range d.Y {
			d.X.Row(x, i)
			score := floats.Dot(w, x) + intercepts[k]
			loss := math.Abs(score-y) - epsilon
			if d.Classes > 0 {
				loss = 1 + score
				if int(y) == k && len(weights) > 1 || len(weights) == 1 && y == 1 {
					loss = 1 - score
				}
			}
			loss = max(loss, 0)
			if strings.HasPrefix(g.Params["loss"].(string), "squared") {
				loss *= loss
			}
			weight := rows[i]
			if len(weights) > 1 && int(y) != k { // only the class told from all others brings its weight
				weight = base[i]
			}
			total += c * weight * loss
		}
	}
	return total
}

func TestLogisticGolden(t *testing.T) {
	for _, g := range readGolden(t, "testdata/logistic.json") {
		t.Run(g.Name, func(t *testing.T) {
			d := g.data()
			m := learntest.Fit(t, linear.Logistic, d, g.Params)
			g.checkWeights(t, m, tol)
			for i, got := range learntest.Predict(m, d.X) {
				if got != g.Predict[i] {
					t.Fatalf("row %d is predicted %v, want %v", i, got, g.Predict[i])
				}
			}
			for i, got := range learntest.Proba(t, m, d.X, d.Classes) {
				if !(math.Abs(got-g.Proba[i]) <= tol) {
					t.Fatalf("probability %d is %v, want %v", i, got, g.Proba[i])
				}
			}
			if w := m.(learn.Warner).Warnings(); w != nil {
				t.Errorf("Warnings = %q, want none", w)
			}
		})
	}
}

// checkWeights compares what each column adds to a prediction at its largest,
// so that columns of every unit count the same.
func (g golden) checkWeights(t *testing.T, m learn.Model, tol float64) {
	t.Helper()
	weights, intercepts := m.(learn.Linear).Coefficients()
	if len(weights) != len(g.Coef) {
		t.Fatalf("%d rows of weights, want %d", len(weights), len(g.Coef))
	}
	cols := g.data().X.Columns()
	for c, row := range weights {
		size := 1.0
		for j, w := range g.Coef[c] {
			size = max(size, math.Abs(w)*largest(cols[j]))
		}
		for j, w := range row {
			if !(math.Abs(w-g.Coef[c][j])*largest(cols[j]) <= tol*size) {
				t.Errorf("weight %d of row %d is %v, want %v", j, c, w, g.Coef[c][j])
			}
		}
		if !(math.Abs(intercepts[c]-g.Intercept[c]) <= tol*size) {
			t.Errorf("intercept %d is %v, want %v", c, intercepts[c], g.Intercept[c])
		}
	}
}

func largest(x []float64) float64 {
	most := 0.0
	for _, v := range x {
		most = max(most, math.Abs(v))
	}
	return most
}
