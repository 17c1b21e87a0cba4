package learntest

import (
	"math"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// edges checks that awkward data gives finite predictions or a problem.
func (s *suite) edges(t *testing.T) {
	d := s.dense(60, 4, 2)
	constant := func(x float64) learn.Data {
		return with(d, func(cols [][]float64) [][]float64 {
			for j := range cols {
				cols[j] = make([]float64, d.X.Rows)
				for i := range cols[j] {
					cols[j][i] = x
				}
			}
			return cols
		})
	}
	cases := map[string]learn.Data{
		"fewest rows":             s.dense(s.fewest(), 3, 2),
		"fewest rows, one column": s.dense(s.fewest(), 1, 2),
		"one column":              s.dense(60, 1, 2),
		"more columns":            s.dense(20, 50, 2),
		"a row a class":           s.dense(6, 3, 6),
		"zeros":                   constant(0),
		"constants":               constant(0.1),
		"huge constants":          constant(1e300),
		"one constant":            with(d, func(c [][]float64) [][]float64 { return append(c, constant(7).X.Blocks[0].Dense) }),
		"copied columns":          with(d, func(c [][]float64) [][]float64 { return append(c, c...) }),
		"huge":                    scaled(d, 1e300),
		"tiny":                    scaled(d, 1e-300),
		"smaller than tiny":       scaled(d, 1e-310),
		"huge beside tiny": with(d, func(c [][]float64) [][]float64 {
			return append(c, append(scaled(d, 1e200).X.Columns(), scaled(d, 1e-200).X.Columns()...)...)
		}),
		"empty levels":       blank(d, 3),
		"largest and lowest": with(d, func(c [][]float64) [][]float64 { return append(c, extremes(d.X.Rows)) }),
	}
	if s.task == learn.Regression {
		for name, x := range map[string]float64{"huge target": 1e300, "tiny target": 1e-300} {
			e := d
			e.Y = make([]float64, len(d.Y))
			for i, y := range d.Y {
				e.Y[i] = y * x
			}
			cases[name] = e
		}
	}
	for name, d := range cases {
		t.Run(name, func(t *testing.T) { s.finite(t, d) })
	}
}

// finite checks that a fit gives finite predictions, or a problem.
func (s *suite) finite(t *testing.T, d learn.Data) {
	m, err := Configure(t, s.learner, s.task, nil).Fit(t.Context(), d)
	if err != nil {
		if _, ok := problem.As(err); !ok {
			t.Errorf("Fit gives %v, which is no problem for a person", err)
		}
		return
	}
	wantFinite(t, "prediction", Predict(m, d.X))
	if d.Classes > 0 {
		wantFinite(t, "probability or score", Ranks(t, m, d.X, d.Classes))
	}
}

func wantFinite(t *testing.T, what string, values []float64) {
	t.Helper()
	for i, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Errorf("%s %d is %v", what, i, x)
			return
		}
	}
}

// fewest returns the fewest rows that the task can have.
func (s *suite) fewest() int {
	if s.task == learn.Classification {
		return 2
	}
	return 1
}

// blank returns d with a one-hot block of the given width whose first level no
// row has and which half of the rows leave out.
func blank(d learn.Data, width int) learn.Data {
	codes := make([]int32, d.X.Rows)
	for i := range codes {
		codes[i] = int32(1 + i%(width-1))
		if i < len(codes)/2 {
			codes[i] = -1
		}
	}
	blocks := append([]frame.Block{{Codes: codes, Width: width}}, d.X.Blocks...)
	d.X = frame.NewMatrix(d.X.Rows, blocks...)
	return d
}

// extremes returns a column of the largest and the lowest number in turn.
func extremes(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.MaxFloat64
		if i%2 == 0 {
			x[i] = -math.MaxFloat64
		}
	}
	return x
}

// constantTarget checks that a target of one number is predicted to be it.
func (s *suite) constantTarget(t *testing.T) {
	if s.task != learn.Regression {
		t.Skip("classes are at least two")
	}
	for _, y := range []float64{0, -3.25, 1e12} {
		d := s.mixed(200)
		d.Y = make([]float64, d.X.Rows)
		for i := range d.Y {
			d.Y[i] = y
		}
		for i, got := range Predict(s.fit(t, d), d.X) {
			if !(math.Abs(got-y) <= 1e-9*max(1, math.Abs(y))) {
				t.Fatalf("row %d is predicted %v, where every target is %v", i, got, y)
			}
		}
	}
}
