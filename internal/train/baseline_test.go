package train_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/metric"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// lopsided is a table in which most rows of class no, with small numbers z,
// lack x or have one far out: without them, yes is the most frequent class and
// the mean of z is another.
func lopsided() *frame.Frame {
	f := table(400)
	x, z, class := f.Column("x").Num, f.Column("z").Num, f.Column("class")
	for i := range x {
		class.Codes[i], z[i] = 1, 10+math.Abs(x[i])
		if i%5 < 3 {
			class.Codes[i], z[i] = 0, -math.Abs(x[i])
		}
		switch {
		case i%5 == 1, i%10 == 0:
			x[i] = math.NaN()
		case i%10 == 5:
			x[i] = 1000
		}
	}
	return f
}

// Whatever rows a recipe leaves out, repeats or weighs, and whatever rows are
// weighed by or kept together, the baseline is the best constant of all
// training rows, in the folds too.
func TestBaselineIsOfAllTrainingRows(t *testing.T) {
	f := lopsided()
	drop := recipe.Step{Name: "drop_missing"}
	outliers := recipe.Step{Name: "drop_outliers", Columns: []string{"x"}}
	for _, tt := range []struct {
		name, target string
		steps        []recipe.Step
		of           func(*train.Spec)
	}{
		{"missing", "class", []recipe.Step{drop}, nil},
		{"outliers", "class", []recipe.Step{outliers}, nil},
		{"both", "z", []recipe.Step{drop, outliers}, nil},
		{"weighed", "class", []recipe.Step{drop}, func(s *train.Spec) { s.Weights = "count" }},
		{"weighed", "z", []recipe.Step{drop}, func(s *train.Spec) { s.Weights = "count" }},
		{"grouped", "class", []recipe.Step{drop}, func(s *train.Spec) { s.Group = "who" }},
		{"copies", "class", []recipe.Step{drop}, func(s *train.Spec) { s.Copies = true }},
		{"weights of classes", "class", []recipe.Step{drop, {Name: "class_weight"}}, nil},
		{"fewer rows", "class", []recipe.Step{drop, {Name: "random_under"}}, nil},
		{"repeated rows", "class", []recipe.Step{drop, {Name: "random_over"}}, nil},
		{"made rows", "class", []recipe.Step{drop, {Name: "smote"}}, nil},
	} {
		t.Run(tt.name+" "+tt.target, func(t *testing.T) {
			learner := "logistic_regression"
			if tt.target == "z" {
				learner = "linear_regression"
			}
			s := specOf(f, learner, tt.target)
			s.Folds = 3
			if tt.of != nil {
				tt.of(&s)
			}
			plain := s
			s.Recipe = leaky(t, f, s.Features, tt.steps...)
			_, want := mustRun(t, f, plain)
			_, got := mustRun(t, f, s)
			if got.Rows.Dropped < 25 {
				t.Fatalf("the recipe leaves out %d rows; the test is of those", got.Rows.Dropped)
			}
			constant(t, f, s, got)
			for i, fold := range got.CV.Folds {
				if d := cmp.Diff(want.CV.Folds[i].Baseline, fold.Baseline); d != "" {
					t.Errorf("the recipe changes the baseline of fold %d: %s", i+1, d)
				}
			}
		})
	}
}

// constant checks that the result's baseline says the mean or the most frequent
// class of the training rows.
func constant(t *testing.T, f *frame.Frame, s train.Spec, res *train.Result) {
	t.Helper()
	target, err := train.CheckTarget(f, s.Target, s.Task)
	if err != nil {
		t.Fatal(err)
	}
	rows, test, _, err := s.Split(f, target)
	if err != nil {
		t.Fatal(err)
	}
	if s.Task == learn.Regression {
		mean := 0.0
		for _, i := range rows {
			mean += target.Y[i] / float64(len(rows))
		}
		if got := res.Numbers.BaselineValue; math.Abs(got-mean) > 1e-12*math.Abs(mean) {
			t.Errorf("the baseline is %g, want %g", got, mean)
		}
		return
	}
	counts := make([]int, target.Labels.Len())
	for _, i := range rows {
		counts[int(target.Y[i])]++
	}
	class := slices.Index(counts, slices.Max(counts))
	if res.Classes.BaselineClass != class {
		t.Errorf("the baseline says class %d, want %d of %v", res.Classes.BaselineClass, class, counts)
	}
	right, loss := 0, 0.0
	for _, i := range test {
		if int(target.Y[i]) == class {
			right++
		}
		loss -= math.Log(float64(counts[int(target.Y[i])])/float64(len(rows))) / float64(len(test))
	}
	got := res.Classes.Baseline.Scores
	if v, _ := got.Named(metric.Accuracy); math.Abs(v.Score-float64(right)/float64(len(test))) > 1e-12 {
		t.Errorf("its accuracy is %g, want %d of %d", v.Score, right, len(test))
	}
	if v, _ := got.Named("log_loss"); math.Abs(v.Score-loss) > 1e-12 {
		t.Errorf("its log loss is %g, want %g", v.Score, loss)
	}
}
