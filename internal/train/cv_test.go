package train_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/metric"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// table is a number and a category that tell a class and a number, how much a
// row counts and whose it is.
func table(n int) *frame.Frame {
	rng := rand.New(rand.NewPCG(5, 6))
	x, z, count, who := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	town := &frame.Column{Name: "town", Kind: frame.Category, Levels: []string{"Bonn", "Kiel", "Ulm"}}
	class := &frame.Column{Name: "class", Kind: frame.Category, Levels: []string{"no", "yes"}}
	for i := range x {
		x[i] = rng.NormFloat64()
		town.Codes = append(town.Codes, int32(rng.IntN(3)))
		z[i] = 3*x[i] + float64(town.Codes[i]) + rng.NormFloat64()/4
		c := int32(0)
		if z[i]+rng.NormFloat64() > 1 {
			c = 1
		}
		class.Codes = append(class.Codes, c)
		count[i], who[i] = float64(rng.IntN(4)), float64(i/4)
	}
	num := func(name string, v []float64) *frame.Column {
		return &frame.Column{Name: name, Kind: frame.Numeric, Num: v}
	}
	return frame.New(num("x", x), town, num("z", z), class, num("count", count), num("who", who))
}

// specOf trains a learner on x and town.
func specOf(f *frame.Frame, learner, target string) train.Spec {
	s := train.Spec{Target: target, Task: learn.Classification, Features: []string{"x", "town"}, Learner: learner, TestSize: 0.25, Seed: 3, Workers: 2}
	if target == "z" {
		s.Task = learn.Regression
	}
	cat := catalog.All()
	l, _ := cat.Learner(learner)
	s.Recipe, _ = recipe.Recipe{}.Complete(f, s.Features, cat.Steps, recipe.Want{Scale: l.Scale, Native: l.Native})
	return s
}

func mustRun(t *testing.T, f *frame.Frame, s train.Spec) (*train.Pipeline, *train.Result) {
	t.Helper()
	last := 0.0
	p, res, err := train.Run(t.Context(), f, s, catalog.All(), time.Now, func(share float64, _ string) {
		if share < last-1e-12 || share > 1+1e-12 {
			t.Errorf("progress goes from %g to %g", last, share)
		}
		last = share
	})
	if err != nil {
		t.Fatal(err)
	}
	if last != 1 {
		t.Errorf("progress ends at %g", last)
	}
	return p, res
}

func TestRunCrossValidates(t *testing.T) {
	f := table(600)
	for _, target := range []string{"class", "z"} {
		learner, name := "logistic_regression", "accuracy"
		if target == "z" {
			learner, name = "linear_regression", "r2_score"
		}
		s := specOf(f, learner, target)
		plain, without := mustRun(t, f, s)
		s.Folds = 5
		checked, res := mustRun(t, f, s)
		a, _ := plain.MarshalBinary()
		b, _ := checked.MarshalBinary()
		if without.CV != nil || string(a) != string(b) {
			t.Errorf("%s: cross-validation changes the model", target)
		}
		cv := res.CV
		if cv == nil || len(cv.Folds) != 5 || cv.Fewer != "" || cv.Problem != "" {
			t.Fatalf("%s: %+v, want 5 folds", target, cv)
		}
		tested := 0
		for _, fold := range cv.Folds {
			if fold.Train+fold.Test != 450 {
				t.Errorf("%s: a fold has %d and %d rows, want the 450 training rows", target, fold.Train, fold.Test)
			}
			tested += fold.Test
		}
		if tested != 450 {
			t.Errorf("%s: %d rows are tested, want each of 450 once", target, tested)
		}
		model, base := spread(t, cv.Model(), name), spread(t, cv.Baseline(), name)
		test, _ := res.Scores()
		if at, _ := test.Named(name); math.Abs(model.Mean-at.Score) > 0.1 || model.SD <= 0 || model.SD > 0.1 || base.Mean > model.Mean-0.2 {
			t.Errorf("%s: %.3f ± %.3f over folds, baseline %.3f, test rows %.3f", target, model.Mean, model.SD, base.Mean, at.Score)
		}
		var back train.Result // it crosses a pipe as JSON
		if text, err := json.Marshal(res); err != nil || json.Unmarshal(text, &back) != nil || spread(t, back.CV.Model(), name).Mean != model.Mean {
			t.Errorf("%s: the result does not come back from JSON: %v", target, err)
		}
	}
}

func spread(t *testing.T, list []train.Spread, name string) train.Spread {
	t.Helper()
	i := slices.IndexFunc(list, func(s train.Spread) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("no %s over the folds", name)
	}
	return list[i]
}

// The scores of a fold are those of a run whose test rows are the fold.
func TestCrossValidateLeavesTestRowsShut(t *testing.T) {
	f := table(200)
	s := specOf(f, "logistic_regression", "class")
	target, err := train.CheckTarget(f, s.Target, s.Task)
	if err != nil {
		t.Fatal(err)
	}
	_, test, _, err := s.Split(f, target)
	if err != nil {
		t.Fatal(err)
	}
	before, err := train.CrossValidate(t.Context(), f, s, catalog.All(), 4, func(float64, string) {})
	if err != nil {
		t.Fatal(err)
	}
	// Whatever stands in the test rows' features, the folds do not see it.
	x := f.Column("x")
	for _, i := range test {
		x.Num[target.Rows[i]] = 1e6
	}
	after, err := train.CrossValidate(t.Context(), f, s, catalog.All(), 4, func(float64, string) {})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(before)
	b, _ := json.Marshal(after)
	if string(a) != string(b) {
		t.Error("the test rows change the scores of the folds")
	}
}

func TestCrossValidationThatCannotBeIsTold(t *testing.T) {
	f := table(40)
	who := f.Column("who")
	for i := range who.Num {
		who.Num[i] = float64(i % 2)
	}
	s := specOf(f, "linear_regression", "z")
	s.Group, s.Folds = "who", 5
	_, res := mustRun(t, f, s)
	if res.CV == nil || len(res.CV.Folds) != 0 || !strings.Contains(res.CV.Problem, "only 1 group") {
		t.Errorf("one group in training gives %+v, want the reason", res.CV)
	}
}

func TestCrossValidateStops(t *testing.T) {
	f := table(400)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := train.CrossValidate(ctx, f, specOf(f, "random_forest", "class"), catalog.All(), 5, func(share float64, step string) {
		if strings.Contains(step, "fold 2") {
			cancel()
		}
	})
	if ctx.Err() == nil || err == nil || !strings.Contains(err.Error(), "canceled") {
		t.Errorf("err = %v, want that of the context", err)
	}
}

func TestSpreadOfAnUndefinedScore(t *testing.T) {
	defined, undefined := metric.Value{Name: "mcc", Score: 1}, metric.Value{Name: "mcc", Reason: "Every row is of one class."}
	cv := train.CrossValidation{Folds: []train.FoldRun{{Model: metric.Scores{defined}}, {Model: metric.Scores{undefined}}}}
	got := cv.Model()[0]
	if want := "It is undefined in 1 of 2 folds. Every row is of one class."; got.Reason != want || got.Mean != 0 || len(got.Each) != 2 {
		t.Errorf("spread = %+v, want the reason %q", got, want)
	}
	cv.Folds[1].Model = metric.Scores{{Name: "mcc", Score: 0.5}}
	if got = cv.Model()[0]; got.Mean != 0.75 || math.Abs(got.SD-math.Sqrt(0.125)) > 1e-15 {
		t.Errorf("spread of 1 and 0.5 = %g ± %g, want 0.75 ± 0.354", got.Mean, got.SD)
	}
}

func TestWeights(t *testing.T) {
	f := table(300)
	s := specOf(f, "logistic_regression", "class")
	plain, _ := mustRun(t, f, s)
	s.Weights = "count"
	weighed, _ := mustRun(t, f, s)
	if a, b := coefficient(plain), coefficient(weighed); a == b {
		t.Errorf("counting rows leaves the coefficient at %g", a)
	}
	// A row that counts n times is as n rows.
	again := repeated(t, f, s)
	if a, b := coefficient(weighed), again; math.Abs(a-b) > 1e-5*math.Abs(b) {
		t.Errorf("coefficient by weights = %.8g, by repeated rows %.8g", a, b)
	}
}

func coefficient(p *train.Pipeline) float64 {
	w, _ := p.Model.(learn.Linear).Coefficients()
	return w[0][0]
}

// repeated fits the learner on the training rows of s, each as often as count
// says, by the same recipe.
func repeated(t *testing.T, f *frame.Frame, s train.Spec) float64 {
	t.Helper()
	target, err := train.CheckTarget(f, s.Target, s.Task)
	if err != nil {
		t.Fatal(err)
	}
	rows, _, _, err := s.Split(f, target)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := mustRun(t, f, s)
	var many []int
	var y []float64
	for _, i := range rows {
		for range int(f.Column("count").Num[i]) {
			many, y = append(many, i), append(y, target.Y[i])
		}
	}
	x, _, err := p.Recipe.Transform(f, many)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := catalog.All().Learner(s.Learner)
	est, set := l.New(s.Task), param.Set{}
	est.Params(&set)
	m, err := est.Fit(t.Context(), learn.Data{X: x, Y: y, Classes: 2, Seed: 1, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	w, _ := m.(learn.Linear).Coefficients()
	return w[0][0]
}

func TestWeightsThatAreRefused(t *testing.T) {
	f := table(60)
	nan, neg, zero := slices.Clone(f.Column("count").Num), slices.Clone(f.Column("count").Num), make([]float64, 60)
	nan[7], neg[9] = math.NaN(), -1
	onlyNo := make([]float64, 60)
	for i, c := range f.Column("class").Codes {
		onlyNo[i] = float64(1 - c)
	}
	for name, v := range map[string][]float64{"nan": nan, "neg": neg, "zero": zero, "only no": onlyNo} {
		f.Columns = append(f.Columns, &frame.Column{Name: name, Kind: frame.Numeric, Num: v})
	}
	f = frame.New(f.Columns...)
	tests := []struct{ learner, column, says string }{
		{"logistic_regression", "absent", `no column "absent"`},
		{"logistic_regression", "town", "does not hold numbers"},
		{"logistic_regression", "nan", "lacks a value in 1 row,"},
		{"logistic_regression", "neg", "below 0 in 1 row,"},
		{"logistic_regression", "zero", "0 in every row"},
		{"logistic_regression", "only no", "No training row of class yes counts"},
		{"k_nearest_neighbors", "count", "cannot let rows count"},
	}
	for _, tt := range tests {
		t.Run(tt.learner+" "+tt.column, func(t *testing.T) {
			s := specOf(f, tt.learner, "class")
			s.Weights = tt.column
			_, _, err := train.Run(t.Context(), f, s, catalog.All(), time.Now, func(float64, string) {})
			p, ok := problem.As(err)
			if !ok || p.Field != "weight_column" || p.Column != tt.column || !strings.Contains(p.Message, tt.says) || p.Hint == "" {
				t.Errorf("err = %v, want a problem of weight_column that says %q", err, tt.says)
			}
		})
	}
}

func TestUnlikeTrainingRows(t *testing.T) {
	f := table(100)
	x := f.Column("x")
	for i := range x.Num {
		x.Num[i] = float64(i % 11) // 0 to 10
	}
	x.Num[0] = math.NaN()
	p, _ := mustRun(t, f, specOf(f, "linear_regression", "z"))
	b, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if p, err = catalog.All().Unmarshal(b); err != nil {
		t.Fatal(err)
	}
	rows := frame.New(
		&frame.Column{Name: "town", Kind: frame.Category, Levels: []string{"Rom"}, Codes: slices.Repeat([]int32{0}, 7)},
		&frame.Column{Name: "x", Kind: frame.Numeric, Num: []float64{-0.9, -1.1, 5, 10.9, 11.1, 40, math.NaN()}},
	)
	got, err := p.Unlike(rows)
	if err != nil || len(got) != 1 {
		t.Fatalf("Unlike = %+v, %v, want x alone", got, err)
	}
	if b := got[0]; b.Column != "x" || b.Below != 1 || b.Above != 2 || b.Worst != 40 || b.Low != 0 || b.High != 10 {
		t.Errorf("x = %+v, want 1 below and 2 above 0 to 10, the worst 40", b)
	}
	if p.Lacked("town") || !p.Lacked("x") {
		t.Errorf("training rows lacked town %t and x %t, want x alone", p.Lacked("town"), p.Lacked("x"))
	}
	if text := got[0].Message(); !strings.Contains(text, "0 to 10") {
		t.Errorf("message = %q", text)
	}
}

// ranked is a learner of classes that tells no probabilities.
type ranked struct{ learn.Model }

func (m ranked) Scores(x *frame.Matrix, dst []float64) {
	m.Model.(learn.Proba).Proba(x, dst)
	for i := range dst {
		dst[i] = 10 * (dst[i] - 0.5)
	}
}

type rankedEstimator struct{ learn.Estimator }

func (e rankedEstimator) Fit(ctx context.Context, d learn.Data) (learn.Model, error) {
	m, err := e.Estimator.Fit(ctx, d)
	return ranked{m}, err
}

func TestModelWithoutProbabilities(t *testing.T) {
	f := table(400)
	cat := catalog.All()
	s := specOf(f, "logistic_regression", "class")
	_, want := mustRun(t, f, s)
	l, _ := cat.Learner("logistic_regression")
	fit := l.New
	l.Name, l.New = "ranked", func(t learn.Task) learn.Estimator { return rankedEstimator{fit(t)} }
	cat.Learners = append(cat.Learners, l)
	s.Learner = "ranked"
	p, res, err := train.Run(t.Context(), f, s, cat, time.Now, func(float64, string) {})
	if err != nil {
		t.Fatal(err)
	}
	got, ref := res.Classes.Model.Scores, want.Classes.Model.Scores
	for _, name := range []string{"accuracy", "roc_auc", "average_precision"} {
		a, _ := got.Named(name)
		b, _ := ref.Named(name)
		if !a.Defined() || a.Score != b.Score {
			t.Errorf("%s = %v, want %v", name, a, b)
		}
	}
	for _, name := range []string{"log_loss", "brier"} {
		if v, _ := got.Named(name); v.Defined() {
			t.Errorf("%s = %g without probabilities", name, v.Score)
		}
	}
	pred, err := p.Predict(f, []int{0, 1})
	if err != nil || pred.Proba != nil || len(pred.Ranks) != 4 {
		t.Errorf("prediction = %+v, %v, want decision values and no probabilities", pred, err)
	}
}

func ExampleCrossValidation_Model() {
	f := table(600)
	cv, err := train.CrossValidate(context.Background(), f, specOf(f, "linear_regression", "z"), catalog.All(), 5, func(float64, string) {})
	if err != nil {
		fmt.Println(err)
		return
	}
	r2 := cv.Model()[0]
	fmt.Printf("%d folds: %s %.2f ± %.2f\n", len(cv.Folds), r2.Name, r2.Mean, r2.SD)
	// Output: 5 folds: r2_score 0.99 ± 0.00
}
