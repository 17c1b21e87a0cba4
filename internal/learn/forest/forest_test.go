package forest_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/problem"
)

func TestConformance(t *testing.T) {
	for _, l := range learners {
		t.Run(l.Name, func(t *testing.T) { learntest.Run(t, l) })
	}
}

var learners = []learn.Learner{forest.Learner, forest.ExtraTrees, forest.DecisionTree}

// TestOneTree checks that a forest of one tree on all rows, which sees all
// columns, repeats its training rows.
func TestOneTree(t *testing.T) {
	params := map[string]any{"n_estimators": 1, "bootstrap": false, "max_features": 1.0}
	for _, d := range []learn.Data{learntest.Blobs(1, 300, 4, 3), learntest.Friedman(1, 300, 5)} {
		m := learntest.Fit(t, forest.Learner, d, params)
		if got := learntest.Predict(m, d.X); !slices.Equal(got, d.Y) {
			t.Errorf("%d classes: training rows are not repeated", d.Classes)
		}
	}
}

// TestParametersMatter checks that each parameter of each learner changes what
// is predicted.
func TestParametersMatter(t *testing.T) {
	for _, l := range learners {
		for _, d := range []learn.Data{learntest.Mixed(2, 400, 6, []int{3}, 3), learntest.Friedman(2, 400, 9)} {
			base := map[string]any{}
			changed := map[string]any{
				"max_depth": 2, "min_samples_split": 0.2, "min_samples_leaf": 12, "max_features": 1, "min_weight_fraction_leaf": 0.1,
				"max_leaf_nodes": 5, "min_impurity_decrease": 0.05, "ccp_alpha": 0.05,
			}
			if l.Name != forest.DecisionTree.Name {
				base["n_estimators"] = 5
				changed["n_estimators"] = 6
				changed["bootstrap"] = l.Name == forest.ExtraTrees.Name
				changed["max_samples"] = 0.3
			}
			if d.Classes > 0 {
				d.Weights = make([]float64, len(d.Y))
				for i, y := range d.Y { // so that classes are not balanced
					d.Weights[i] = 1 + 3*y
				}
				base["max_depth"] = 4
				changed["criterion"], changed["class_weight"] = "entropy", "balanced"
			}
			want := said(t, l, d, base)
			for name, v := range changed {
				params := maps.Clone(base)
				params[name] = v
				if name == "max_samples" {
					params["bootstrap"] = true
				}
				if slices.Equal(said(t, l, d, params), want) {
					t.Errorf("%s, %d classes: %s=%v predicts the same", l.Name, d.Classes, name, v)
				}
			}
		}
	}
}

// said returns the numbers, or the probabilities, that a fit predicts for rows
// it has not seen.
func said(t *testing.T, l learn.Learner, d learn.Data, params map[string]any) []float64 {
	t.Helper()
	m := learntest.Fit(t, l, d, params)
	if d.Classes > 0 {
		return learntest.Proba(t, m, learntest.Mixed(3, 100, 6, []int{3}, 3).X, d.Classes)
	}
	return learntest.Predict(m, learntest.Friedman(3, 100, 9).X)
}

func encoded(t *testing.T, d learn.Data, params map[string]any) []byte {
	t.Helper()
	b, err := learntest.Fit(t, forest.Learner, d, params).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestRefusedTogether checks parameters that do not go together.
func TestRefusedTogether(t *testing.T) {
	d := learntest.Blobs(6, 40, 3, 2)
	for _, tt := range []struct {
		params map[string]any
		field  string
	}{
		{map[string]any{"min_samples_leaf": 1.0}, "min_samples_leaf"},
		{map[string]any{"max_samples": 0.5, "bootstrap": false}, "max_samples"},
		{map[string]any{"max_samples": 41}, "max_samples"},
	} {
		_, err := learntest.Configure(t, forest.Learner, learn.Classification, tt.params).Fit(t.Context(), d)
		if p, ok := problem.As(err); !ok || p.Field != tt.field {
			t.Errorf("%v gives %v, want a refusal of %s", tt.params, err, tt.field)
		}
	}
	learntest.Fit(t, forest.Learner, d, map[string]any{"max_samples": 40})
}

// TestRareClass checks that balancing, in each of its ways, finds a rare class
// more often.
func TestRareClass(t *testing.T) {
	d := learntest.Blobs(9, 2000, 3, 2)
	d.Weights = make([]float64, len(d.Y))
	keep := []int{}
	for i, y := range d.Y {
		if y == 0 || i%40 == 1 {
			keep = append(keep, i)
		}
		for _, b := range d.X.Blocks { // centers are brought close
			b.Dense[i] *= 0.2
			b.Dense[i] += 0.15 * y
		}
	}
	few := d
	few.Weights, few.X, few.Y = nil, d.X.Take(keep), nil
	for _, i := range keep {
		few.Y = append(few.Y, d.Y[i])
	}
	rare := func(l learn.Learner, params map[string]any) (n float64) {
		if l.Name != forest.DecisionTree.Name {
			params["n_estimators"] = 20
		}
		params["min_samples_leaf"] = 20
		for _, y := range learntest.Predict(learntest.Fit(t, l, few, params), d.X) {
			n += y
		}
		return n
	}
	for _, l := range learners {
		plain := rare(l, map[string]any{})
		ways := []map[string]any{{"class_weight": "balanced"}}
		if l.Name != forest.DecisionTree.Name {
			ways = append(ways, map[string]any{"class_weight": "balanced_subsample", "bootstrap": true},
				map[string]any{"class_weight": "balanced", "bootstrap": true}, map[string]any{"class_weight": "balanced", "bootstrap": false})
		}
		for _, params := range ways {
			if got := rare(l, params); got < plain+100 {
				t.Errorf("%s: %v names the rare class %v times, without %v times", l.Name, params, got, plain)
			}
		}
	}
}

// TestMaxFeatures checks how many columns a split looks at, by what is written
// for scikit-learn's trees.
func TestMaxFeatures(t *testing.T) {
	for _, tt := range []struct {
		value any
		p     int
		want  int
	}{
		{"sqrt", 10, 3}, {"sqrt", 1, 1}, {"log2", 10, 3}, {"log2", 1, 1}, {4, 10, 4}, {40, 10, 10},
		{0.5, 10, 5}, {0.01, 10, 1}, {1.0, 10, 10}, {1, 10, 1},
	} {
		d := learntest.Blobs(3, 40, tt.p, 2)
		m := learntest.Fit(t, forest.Learner, d, map[string]any{"n_estimators": 1, "max_features": tt.value})
		o := m.(pickle.Sklearner).Sklearn(pickle.Ints([]int64{0, 1}), tt.p)
		first := attr(t, o, "estimators_").(pickle.List)[0].(*pickle.Object)
		if got := attr(t, first, "max_features_"); got != tt.want {
			t.Errorf("max_features %v of %d columns looks at %v, want %d", tt.value, tt.p, got, tt.want)
		}
		if got := attr(t, o, "max_features"); got != tt.value {
			t.Errorf("max_features is written as %v (%T), want %v (%T)", got, got, tt.value, tt.value)
		}
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

// TestSklearnAttributes checks what depends on the task and the parameters.
func TestSklearnAttributes(t *testing.T) {
	d := learntest.Blobs(4, 60, 4, 3)
	d.Seed = 1<<40 + 5
	labels := pickle.Strings([]string{"a", "b", "c"})
	o := learntest.Fit(t, forest.Learner, d, map[string]any{"n_estimators": 3, "max_depth": 4}).(pickle.Sklearner).Sklearn(labels, 4)
	want := map[string]pickle.Value{
		"n_estimators": 3, "max_depth": 4, "criterion": "gini", "bootstrap": true, "random_state": 5,
		"n_classes_": 3, "_n_samples": 60, "_n_samples_bootstrap": 60, "n_features_in_": 4,
	}
	for name, v := range want {
		if got := attr(t, o, name); got != v {
			t.Errorf("%s = %v, want %v", name, got, v)
		}
	}
	if attr(t, o, "estimator") != attr(t, o, "estimator_") {
		t.Error("estimator and estimator_ are two objects")
	}
	trees := attr(t, o, "estimators_").(pickle.List)
	if len(trees) != 3 {
		t.Fatalf("%d estimators, want 3", len(trees))
	}
	classes := attr(t, trees[2].(*pickle.Object), "classes_").(pickle.Array)
	if !bytes.Equal(classes.Data, pickle.Floats([]float64{0, 1, 2}).Data) {
		t.Errorf("a tree's classes_ are %v, want 0, 1, 2 as float64", classes)
	}
	r := learntest.Friedman(4, 60, 5)
	o = learntest.Fit(t, forest.Learner, r, map[string]any{"n_estimators": 2, "bootstrap": false}).(pickle.Sklearner).Sklearn(pickle.Array{}, 5)
	for name, v := range map[string]pickle.Value{
		"criterion": "squared_error", "max_depth": nil, "max_features": 1.0, "_n_samples_bootstrap": nil, "class_weight": nil,
	} {
		if got := attr(t, o, name); got != v {
			t.Errorf("%s = %v, want %v", name, got, v)
		}
	}
}

// TestProbaIsMeanOfTrees checks a row's probabilities against forests of each
// number of trees: the sum of t+1 trees less that of t is one tree's.
func TestProbaIsMeanOfTrees(t *testing.T) {
	d := learntest.Blobs(5, 200, 3, 3)
	var before []float64
	for n := 1; n <= 4; n++ {
		m := learntest.Fit(t, forest.Learner, d, map[string]any{"n_estimators": n, "min_samples_leaf": 1})
		p := learntest.Proba(t, m, d.X, 3)
		for i := range p {
			one := p[i] * float64(n)
			if n > 1 {
				one -= before[i] * float64(n-1)
			}
			if math.Abs(one-math.Round(one)) > 1e-9 || one < -1e-9 || one > 1+1e-9 {
				t.Fatalf("tree %d gives class %d of row %d probability %v, want 0 or 1 from pure leaves", n-1, i%3, i/3, one)
			}
		}
		before = p
	}
}

func TestRefusesBeyondFloat32(t *testing.T) {
	d := learntest.Blobs(6, 40, 3, 2)
	d.X.Blocks[1].Dense[7] = 1e39
	_, err := learntest.Configure(t, forest.Learner, learn.Classification, nil).Fit(t.Context(), d)
	if p, ok := problem.As(err); !ok || p.Hint == "" {
		t.Errorf("Fit returns %v, want a problem with a hint", err)
	}
}

// TestSize checks that models stay small: a tree of n training rows has about
// as many leaves, and scikit-learn takes over 100 bytes a node.
func TestSize(t *testing.T) {
	for _, tt := range []struct {
		d   learn.Data
		max float64 // bytes for each training row and tree
	}{{learntest.Mixed(7, 2000, 6, nil, 2), 6}, {learntest.Friedman(7, 2000, 6), 14}} {
		b := encoded(t, tt.d, map[string]any{"n_estimators": 20})
		if got := float64(len(b)) / 20 / 2000; got > tt.max {
			t.Errorf("%d classes: %.1f bytes a row and tree, want at most %v", tt.d.Classes, got, tt.max)
		}
	}
}

func BenchmarkForestFit(b *testing.B) {
	for _, size := range []struct{ rows, cols int }{{1_000, 10}, {100_000, 20}} {
		for name, d := range map[string]learn.Data{
			"two":     learntest.Blobs(1, size.rows, size.cols, 2),
			"five":    learntest.Blobs(1, size.rows, size.cols, 5),
			"numbers": learntest.Friedman(1, size.rows, size.cols),
		} {
			b.Run(fmt.Sprintf("%s/rows=%d/cols=%d", name, size.rows, size.cols), func(b *testing.B) {
				d.Workers = 2
				b.ReportAllocs()
				for b.Loop() {
					learntest.Fit(b, forest.Learner, d, map[string]any{"n_estimators": 10})
				}
				b.ReportMetric(10*float64(size.rows)*float64(b.N)/b.Elapsed().Seconds(), "rows·trees/s")
			})
		}
	}
}

func BenchmarkForestPredict(b *testing.B) {
	d := learntest.Mixed(1, 20_000, 20, nil, 2)
	d.Workers = 2
	m := learntest.Fit(b, forest.Learner, d, map[string]any{"n_estimators": 50})
	dst := make([]float64, d.X.Rows)
	for b.Loop() {
		m.Predict(d.X, dst)
	}
	b.ReportMetric(50*float64(d.X.Rows)*float64(b.N)/b.Elapsed().Seconds(), "rows·trees/s")
}

func BenchmarkForestBinary(b *testing.B) {
	d := learntest.Friedman(1, 20_000, 20)
	d.Workers = 2
	m := learntest.Fit(b, forest.Learner, d, map[string]any{"n_estimators": 20})
	data, err := m.MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("marshal", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			_, _ = m.MarshalBinary()
		}
	})
	b.Run("unmarshal", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if err := forest.Learner.Model(learn.Regression).UnmarshalBinary(data); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestLastDigits tries columns whose every value has a bin, that are kept in
// order, whose bins hold several values, and that are cut at random.
func TestLastDigits(t *testing.T) {
	few := map[string]any{"n_estimators": 10}
	for _, weigh := range []bool{false, true} {
		learntest.LastDigits(t, forest.DecisionTree, 1500, 600, weigh, nil)
		learntest.LastDigits(t, forest.DecisionTree, 9000, 50_000, weigh, nil)
		learntest.LastDigits(t, forest.Learner, 1500, 600, weigh, few)
		learntest.LastDigits(t, forest.Learner, 6000, 5000, weigh, few)
		learntest.LastDigits(t, forest.ExtraTrees, 6000, 5000, weigh, few)
	}
}
