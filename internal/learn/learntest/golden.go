package learntest

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// Golden is one case of a file that a testdata/golden.py wrote: data, and what
// scikit-learn predicts of it.
type Golden struct {
	Name   string
	Params map[string]any
	Blocks []struct {
		Dense []float64
		Codes []int32
		Width int
	}
	Y       []float64
	Weights []float64
	Classes int
	Predict []float64
	Proba   []float64
}

// ReadGolden returns the cases of a file, each of which embeds a Golden.
func ReadGolden[T any](t testing.TB, path string) []T {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []T }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatalf("%s has no cases", path)
	}
	return file.Cases
}

// Data returns the case's data.
func (g *Golden) Data() learn.Data {
	blocks := make([]frame.Block, len(g.Blocks))
	for k, b := range g.Blocks {
		blocks[k] = frame.Block{Dense: b.Dense, Codes: b.Codes, Width: b.Width}
	}
	return learn.Data{X: frame.NewMatrix(len(g.Y), blocks...), Y: g.Y, Classes: g.Classes, Weights: g.Weights, Workers: 2}
}

// Check compares m's predictions of the case's own rows with scikit-learn's:
// classes must be the same, numbers agree to tol times the largest of them, and
// probabilities to tol.
func (g *Golden) Check(t *testing.T, m learn.Model, tol float64) {
	t.Helper()
	d := g.Data()
	off := tol * Largest(g.Predict)
	if g.Classes > 0 {
		off = 0
	}
	WantNear(t, "prediction", Predict(m, d.X), g.Predict, off)
	if g.Proba != nil {
		WantNear(t, "probability", Proba(t, m, d.X, d.Classes), g.Proba, tol)
	}
}

// WantNear fails the test at the first number that is not within tol of the
// one wanted.
func WantNear(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d numbers of %s, want %d", len(got), what, len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tol) {
			t.Fatalf("%s %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// Largest returns the largest size of a number in x.
func Largest(x []float64) float64 {
	most := 0.0
	for _, v := range x {
		most = max(most, math.Abs(v))
	}
	return most
}
