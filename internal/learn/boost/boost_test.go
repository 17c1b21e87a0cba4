package boost_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/boost"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/problem"
)

func TestConformance(t *testing.T) { learntest.Run(t, boost.Learner) }

// TestOneSplit checks a tree by hand: the mean is 3, both leaves' rows are 2
// away from it, and half of that is taken.
func TestOneSplit(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{1, 2, 5, 6}), Y: []float64{1, 1, 5, 5}, Workers: 1}
	m := learntest.Fit(t, boost.Learner, d, map[string]any{"max_iter": 1, "learning_rate": 0.5, "min_samples_leaf": 2})
	X := frame.Dense(4, []float64{-9, 3.5, 3.6, math.NaN()})
	// A missing value, new to the column, follows the most rows, of equals to the right.
	for i, want := range []float64{2, 2, 4, 4} {
		if got := learntest.Predict(m, X)[i]; math.Abs(got-want) > 1e-12 {
			t.Errorf("row %d is predicted %v, want %v", i, got, want)
		}
	}
}

// TestParametersMatter checks that each parameter changes what is predicted.
func TestParametersMatter(t *testing.T) {
	for _, d := range []learn.Data{learntest.Mixed(2, 900, 6, []int{3}, 2), learntest.Friedman(2, 900, 9)} {
		base := predictions(t, d, nil)
		params := map[string]any{
			"learning_rate": 0.3, "max_iter": 6, "max_leaf_nodes": 3, "max_depth": 1, "min_samples_leaf": 100,
			"l2_regularization": 50.0, "max_features": 0.2, "max_bins": 4, "early_stopping": "yes",
		}
		if d.Classes == 0 {
			params["loss"] = "absolute_error"
		}
		for name, v := range params {
			if slices.Equal(predictions(t, d, map[string]any{name: v}), base) {
				t.Errorf("%d classes: %s=%v predicts the same", d.Classes, name, v)
			}
		}
		d.Seed++
		if !slices.Equal(predictions(t, d, nil), base) {
			t.Errorf("%d classes: the seed matters where nothing is drawn", d.Classes)
		}
	}
}

// predictions fits and returns the predictions, or probabilities, of d's rows.
func predictions(t *testing.T, d learn.Data, params map[string]any) []float64 {
	t.Helper()
	m := learntest.Fit(t, boost.Learner, d, params)
	if d.Classes > 0 {
		return learntest.Proba(t, m, d.X, d.Classes)
	}
	return learntest.Predict(m, d.X)
}

// TestWorkers checks that trees are the same bytes for any number of workers
// where nodes are large enough to be shared and others are made ahead of their
// turn, with and without drawn columns, and for classes grown side by side.
func TestWorkers(t *testing.T) {
	for _, k := range []int{0, 2, 3} {
		d := learntest.Mixed(5, 40_000, 14, []int{4, 300}, k)
		for _, features := range []float64{1, 0.4} {
			params := map[string]any{"max_iter": 3, "max_features": features, "early_stopping": "yes"}
			var want []byte
			for _, workers := range []int{1, 2, 5} {
				d.Workers = workers
				got, err := learntest.Fit(t, boost.Learner, d, params).MarshalBinary()
				if err != nil {
					t.Fatal(err)
				}
				if want == nil {
					want = got
				}
				if !bytes.Equal(got, want) {
					t.Errorf("%d classes, max_features %v: %d workers grow other trees than 1", k, features, workers)
				}
			}
		}
	}
}

// TestNoLimitOfLeaves checks that histograms made anew where there is no room
// to keep them give the same trees: every leaf stays near its least size.
func TestNoLimitOfLeaves(t *testing.T) {
	d := learntest.Friedman(3, 20_000, 40)
	d.Workers = 2
	m := learntest.Fit(t, boost.Learner, d, map[string]any{"max_iter": 1, "max_leaf_nodes": "none", "min_samples_leaf": 2, "early_stopping": "no", "learning_rate": 1.0})
	off := 0.0
	for i, y := range learntest.Predict(m, d.X) {
		off += math.Abs(y-d.Y[i]) / float64(len(d.Y))
	}
	if off > 0.3 {
		t.Errorf("leaves of a few rows miss their targets by %v on average", off)
	}
}

// TestSigns checks that predictions rise and fall as told, against the data.
func TestSigns(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	n := 800
	x, z, y := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], z[i] = rng.NormFloat64(), rng.NormFloat64()
		y[i] = math.Sin(3*x[i]) + 0.2*x[i] - math.Cos(2*z[i]) + 0.1*rng.NormFloat64()
	}
	d := learn.Data{X: frame.Dense(n, x, z), Y: y, Names: []string{"x", "z"}, Workers: 1}
	m := learntest.Fit(t, boost.Learner, d, map[string]any{"monotonic_cst": map[string]any{"x": 1, "z": -1}, "min_samples_leaf": 5})
	free := learntest.Fit(t, boost.Learner, d, map[string]any{"min_samples_leaf": 5})
	const steps = 200
	ramp, still := make([]float64, steps), make([]float64, steps)
	for i := range ramp {
		ramp[i], still[i] = -3+6*float64(i)/steps, 0.3
	}
	rises := slices.IsSorted(learntest.Predict(m, frame.Dense(steps, ramp, still)))
	falling := learntest.Predict(m, frame.Dense(steps, still, ramp))
	slices.Reverse(falling)
	if !rises || !slices.IsSorted(falling) {
		t.Errorf("rises along x: %t; falls along z: %t", rises, slices.IsSorted(falling))
	}
	if slices.IsSorted(learntest.Predict(free, frame.Dense(steps, ramp, still))) {
		t.Error("the free model rises too: the test shows nothing")
	}
}

// TestRefusals checks what is refused, and which field is blamed.
func TestRefusals(t *testing.T) {
	X := frame.NewMatrix(3, frame.Block{Dense: []float64{1, 2, 3}}, frame.Block{Codes: []int32{0, 1, 2}, Levels: 3})
	numbers := learn.Data{X: X, Y: []float64{-1, 0, 2}, Names: []string{"x", "c"}}
	classes := learn.Data{X: X, Y: []float64{0, 1, 2}, Classes: 3, Names: []string{"x", "c"}}
	zeros := learn.Data{X: X, Y: []float64{0, 0, 0}, Names: []string{"x", "c"}}
	huge := learn.Data{X: X, Y: []float64{1, 2, 1e40}, Names: []string{"x", "c"}}
	numbersApart := apart(200)
	numbersApart.Classes = 0
	for _, tt := range []struct {
		name   string
		data   learn.Data
		params map[string]any
		field  string
	}{
		{"counts below 0", numbers, map[string]any{"loss": "poisson"}, "loss"},
		{"no count above 0", zeros, map[string]any{"loss": "poisson"}, "loss"},
		{"amounts of 0", zeros, map[string]any{"loss": "gamma"}, "loss"},
		{"huge counts", huge, map[string]any{"loss": "poisson"}, "loss"},
		{"unknown column", numbers, map[string]any{"monotonic_cst": "y:1"}, "monotonic_cst"},
		{"categories have no order", numbers, map[string]any{"monotonic_cst": "c:1"}, "monotonic_cst"},
		{"three classes", classes, map[string]any{"monotonic_cst": "x:1"}, "monotonic_cst"},
		{"too many leaves", large(100_000, 0), map[string]any{"max_iter": 10_000, "max_leaf_nodes": nil, "min_samples_leaf": 1}, "max_iter"},
		{"too many trees", large(2000, 500), map[string]any{"max_iter": 10_000}, "max_iter"},
		{"too many scores", large(400_000, 1000), nil, ""},
		{"more categories than bins", numbers, map[string]any{"max_bins": 2}, "max_bins"},
		{"more categories than a byte holds", learn.Data{X: frame.NewMatrix(3, frame.Block{Codes: []int32{0, 1, 2}, Levels: 300}), Y: numbers.Y, Names: []string{"c"}}, nil, ""},
		{"rounds that grow", numbersApart, map[string]any{"learning_rate": 1e6}, "learning_rate"},
		{"one round beyond all bounds", numbersApart, map[string]any{"learning_rate": 1e305, "max_iter": 1}, "learning_rate"},
		{"classes beyond all bounds", apart(200), map[string]any{"learning_rate": 1e305}, "learning_rate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			task := learn.Regression
			if tt.data.Classes > 0 {
				task = learn.Classification
			}
			_, err := learntest.Configure(t, boost.Learner, task, tt.params).Fit(t.Context(), tt.data)
			if p, ok := problem.As(err); !ok || p.Field != tt.field {
				t.Errorf("Fit gives %v, want a problem of field %q", err, tt.field)
			}
		})
	}
}

// apart returns two classes that one column tells apart.
func apart(rows int) learn.Data {
	d := large(rows, 2)
	copy(d.X.Blocks[0].Dense, d.Y)
	return d
}

// large returns data of one column that is cheap to make.
func large(rows, classes int) learn.Data {
	d := learn.Data{X: frame.NewMatrix(rows, frame.Block{Dense: make([]float64, rows)}), Y: make([]float64, rows), Classes: classes, Names: []string{"x"}}
	for i := range rows {
		d.Y[i] = float64(i % max(classes, 2))
	}
	return d
}

// TestEarlyStopping checks that noise is given up soon, and that auto depends
// on the number of rows.
func TestEarlyStopping(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	n := 12_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], y[i] = rng.NormFloat64(), rng.NormFloat64()
	}
	rounds := func(n int, params map[string]any) int {
		d := learn.Data{X: frame.Dense(n, x[:n]), Y: y[:n], Workers: 2}
		o := learntest.Fit(t, boost.Learner, d, params).(pickle.Sklearner).Sklearn(pickle.Array{}, 1)
		return len(attr(t, o, "_predictors").(pickle.List))
	}
	if got := rounds(12_000, nil); got > 40 || got < 10 {
		t.Errorf("12,000 rows of noise take %d rounds, want few and at least 10", got)
	}
	if got := rounds(10_000, nil); got != 100 {
		t.Errorf("10,000 rows of noise take %d rounds by default, want 100", got)
	}
	if got := rounds(10_000, map[string]any{"early_stopping": "yes", "n_iter_no_change": 3}); got > 20 || got < 3 {
		t.Errorf("10,000 rows of noise take %d rounds with patience 3", got)
	}
}

// TestImportances checks that the column that matters is told from noise.
func TestImportances(t *testing.T) {
	d := learntest.Friedman(4, 1000, 8)
	got := learntest.Fit(t, boost.Learner, d, nil).(learn.Importances).Importances()
	for j := 5; j < 8; j++ {
		if got[j] > 0.02 || got[3] < 0.3 {
			t.Errorf("importances %.3f: column 3 weighs most, and 5 to 7 are noise", got)
		}
	}
}

// TestSize checks that a model takes at most 0.4 of its pickle's bytes.
func TestSize(t *testing.T) {
	for _, d := range []learn.Data{learntest.Friedman(1, 5000, 10), learntest.Blobs(1, 2000, 8, 4)} {
		m := learntest.Fit(t, boost.Learner, d, nil)
		ours, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := pickle.Write(&b, m.(pickle.Sklearner).Sklearn(pickle.Array{DType: "|O", Shape: []int{0}}, d.X.Cols)); err != nil {
			t.Fatal(err)
		}
		if ratio := float64(len(ours)) / float64(b.Len()); ratio > 0.4 {
			t.Errorf("%d classes: %.2f of the pickle's bytes", d.Classes, ratio)
		}
	}
}

// TestSklearnAttributes checks what a new fit of the exported object uses.
func TestSklearnAttributes(t *testing.T) {
	g := learntest.Mixed(3, 200, 2, nil, 0)
	codes := make([]int32, 200)
	for i := range codes {
		codes[i] = int32(i % 5)
	}
	d := learn.Data{X: frame.NewMatrix(200, g.X.Blocks[0], frame.Block{Codes: codes, Levels: 5}, g.X.Blocks[1]), Y: g.Y, Names: []string{"a", "b", "c"}}
	m := learntest.Fit(t, boost.Learner, d, map[string]any{"monotonic_cst": "c:-1", "max_leaf_nodes": nil, "early_stopping": "no"})
	o := m.(pickle.Sklearner).Sklearn(pickle.Array{}, 3)
	for name, want := range map[string]pickle.Value{
		"max_leaf_nodes": nil, "early_stopping": false, "quantile": nil, "max_iter": 100, "n_trees_per_iteration_": 1,
	} {
		if got := attr(t, o, name); got != want {
			t.Errorf("%s is written as %v, want %v", name, got, want)
		}
	}
	if got := attr(t, o, "categorical_features").(pickle.List); !slices.Equal(got, pickle.List{1}) {
		t.Errorf("categorical_features is %v", got)
	}
	if got := attr(t, o, "monotonic_cst").(pickle.List); !slices.Equal(got, pickle.List{0, 0, -1}) {
		t.Errorf("monotonic_cst is %v", got)
	}
}

func attr(t *testing.T, o *pickle.Object, name string) pickle.Value {
	t.Helper()
	for _, a := range o.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	t.Fatalf("%s has no attribute %s", o.Class.Name, name)
	return nil
}

// TestLastDigits tries columns of more values than bins, and rows that
// thresholds were not learned from: such as weigh nothing, were held back, or
// are not in the sample.
func TestLastDigits(t *testing.T) {
	learntest.LastDigits(t, boost.Learner, 900, 200, false, nil)
	learntest.LastDigits(t, boost.Learner, 1500, 600, false, nil)
	learntest.LastDigits(t, boost.Learner, 1500, 600, true, nil)
	learntest.LastDigits(t, boost.Learner, 3000, 2000, false, map[string]any{"max_bins": 32, "early_stopping": "yes"})
	learntest.LastDigits(t, boost.Learner, 210_000, 150_000, false, map[string]any{"max_iter": 5, "early_stopping": "no"})
}
