package ensemble_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/bayes"
	"clicktrain/internal/learn/ensemble"
	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
	"clicktrain/internal/learn/neighbors"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// several are learners of every sort: with probabilities and without, that
// weigh rows and that do not.
var several = []learn.Learner{linear.Logistic, linear.Ridge, forest.DecisionTree, bayes.Learner, neighbors.Learner, linear.SVM, linear.Regression}

// quick are learners whose ensembles the conformance suite can fit often.
var quick = []learn.Learner{linear.Logistic, linear.Ridge, forest.DecisionTree, linear.Regression}

func TestConformance(t *testing.T) {
	for _, l := range []learn.Learner{ensemble.Voting(quick), ensemble.Stacking(quick)} {
		t.Run(l.Name, func(t *testing.T) { learntest.Run(t, l) })
	}
}

// TestParams checks that members' parameters are there under their names, in
// their groups, and that final estimators tell probabilities.
func TestParams(t *testing.T) {
	for _, l := range []learn.Learner{ensemble.Voting(several), ensemble.Stacking(several)} {
		var set param.Set
		l.New(learn.Classification).Params(&set)
		groups := map[string]string{}
		for _, f := range set.Fields() {
			groups[f.Name] = f.Group
			if f.Name == "final_estimator" && slices.Contains(f.Choices, "linear_svm") {
				t.Error("linear_svm, which has no probabilities, can be the final estimator")
			}
			if f.Name == "estimators" && (slices.Contains(f.Choices, "ridge") || !slices.Contains(f.Choices, "linear_svm")) {
				t.Errorf("%s of classes offers %v", l.Name, f.Choices)
			}
		}
		if g, ok := groups["k_nearest_neighbors__n_neighbors"]; !ok || g != "k_nearest_neighbors" || groups["estimators"] != "" {
			t.Errorf("%s: the groups are %v", l.Name, groups)
		}
	}
}

func TestRefusals(t *testing.T) {
	d := learntest.Blobs(1, 30, 3, 2)
	voting, stacking := ensemble.Voting(several), ensemble.Stacking(several)
	for name, tt := range map[string]struct {
		l      learn.Learner
		params map[string]any
		field  string
	}{
		"none":            {voting, map[string]any{"estimators": []any{}}, "estimators"},
		"none stacked":    {stacking, map[string]any{"estimators": []any{}}, "estimators"},
		"weights":         {voting, map[string]any{"weights": "1,2,3,4"}, "weights"},
		"weights of 0":    {voting, map[string]any{"estimators": "logistic_regression,gaussian_naive_bayes", "weights": "0,0"}, "weights"},
		"soft machines":   {voting, map[string]any{"estimators": "logistic_regression,linear_svm"}, "estimators"},
		"many folds":      {stacking, map[string]any{"cv": 16}, "cv"},
		"many neighbors":  {voting, map[string]any{"estimators": "k_nearest_neighbors", "k_nearest_neighbors__n_neighbors": 99}, "k_nearest_neighbors__n_neighbors"},
		"final neighbors": {stacking, map[string]any{"estimators": "logistic_regression", "final_estimator": "k_nearest_neighbors", "cv": 2}, ""},
	} {
		_, err := learntest.Configure(t, tt.l, learn.Classification, tt.params).Fit(t.Context(), d)
		if tt.field == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if p, ok := problem.As(err); !ok || p.Field != tt.field {
			t.Errorf("%s: Fit gives %v, want a problem of %s", name, err, tt.field)
		}
	}
	d = learntest.Blobs(1, 4, 3, 2) // too few for five neighbors
	_, err := learntest.Configure(t, stacking, learn.Classification, map[string]any{"estimators": "logistic_regression", "final_estimator": "k_nearest_neighbors", "cv": 2}).Fit(t.Context(), d)
	if p, ok := problem.As(err); !ok || p.Field != "final_estimator" {
		t.Errorf("Fit gives %v, want a problem of final_estimator", err)
	}
}

// TestVotes checks weighed means of probabilities, and shares of votes.
func TestVotes(t *testing.T) {
	d := learntest.Blobs(4, 200, 3, 3)
	fit := func(params map[string]any) []float64 {
		return learntest.Proba(t, learntest.Fit(t, ensemble.Voting(several), d, params), d.X, 3)
	}
	a, b := fit(map[string]any{"estimators": "logistic_regression"}), fit(map[string]any{"estimators": "gaussian_naive_bayes"})
	both := fit(map[string]any{"estimators": "logistic_regression,gaussian_naive_bayes", "weights": "3,1"})
	for i, p := range both {
		if want := 0.75*a[i] + 0.25*b[i]; p < want-1e-12 || p > want+1e-12 {
			t.Fatalf("probability %d is %v, want %v", i, p, want)
		}
	}
	for i, p := range fit(map[string]any{"estimators": "logistic_regression,gaussian_naive_bayes,linear_svm", "voting": "hard"}) {
		if n := 3 * p; n-float64(int(n+0.5)) > 1e-9 || float64(int(n+0.5))-n > 1e-9 {
			t.Fatalf("probability %d is %v, no share of three votes", i, p)
		}
	}
}

// TestStackOfMachines stacks members that tell decision values alone.
func TestStackOfMachines(t *testing.T) {
	for _, k := range []int{2, 3} {
		d := learntest.Blobs(4, 200, 3, k)
		m := learntest.Fit(t, ensemble.Stacking(several), d, map[string]any{"estimators": "linear_svm", "passthrough": true})
		right := 0
		for i, c := range learntest.Predict(m, d.X) {
			if c == d.Y[i] {
				right++
			}
		}
		if right < 170 {
			t.Errorf("%d classes: %d of 200 rows are predicted right", k, right)
		}
	}
}

// TestSaysWhoDidNotWeigh checks that members without row weights are told of.
func TestSaysWhoDidNotWeigh(t *testing.T) {
	d := learntest.Blobs(4, 60, 3, 2)
	d.Weights = make([]float64, 60)
	for i := range d.Weights {
		d.Weights[i] = 1 + float64(i%2)
	}
	for _, l := range []learn.Learner{ensemble.Voting(several), ensemble.Stacking(several)} {
		m := learntest.Fit(t, l, d, map[string]any{"estimators": "logistic_regression,k_nearest_neighbors"})
		if got := m.(learn.Warner).Warnings(); len(got) != 1 || !strings.HasPrefix(got[0], "K nearest neighbors takes no row weights") {
			t.Errorf("%s: Warnings = %q", l.Name, got)
		}
	}
}

// TestWarningsOfMembers checks that members are heard, by title.
func TestWarningsOfMembers(t *testing.T) {
	d := learntest.Blobs(4, 60, 3, 2)
	m := learntest.Fit(t, ensemble.Voting(several), d, map[string]any{"estimators": "logistic_regression", "logistic_regression__max_iter": 1, "logistic_regression__C": 100})
	if got := m.(learn.Warner).Warnings(); len(got) != 1 || !strings.HasPrefix(got[0], "Logistic regression: Stopped after 1 step") {
		t.Errorf("Warnings = %q", got)
	}
}

// TestOneRow asks for one row of a matrix with one-hot blocks.
func TestOneRow(t *testing.T) {
	d := learntest.Mixed(1, 120, 2, []int{3}, 0)
	for _, l := range []learn.Learner{ensemble.Voting(several), ensemble.Stacking(several)} {
		m := learntest.Fit(t, l, d, map[string]any{"estimators": "ridge,decision_tree,k_nearest_neighbors"})
		all := learntest.Predict(m, d.X)
		one := make([]float64, 1)
		m.Predict(frame.NewMatrix(1, d.X.Take([]int{7}).Blocks...), one)
		if one[0] != all[7] {
			t.Errorf("%s: row 7 alone is predicted %v, among others %v", l.Name, one[0], all[7])
		}
	}
}

// TestBytes checks that an ensemble takes what its trees take.
func TestBytes(t *testing.T) {
	d := learntest.Blobs(1, 80, 3, 2)
	trees := func(l learn.Learner, params map[string]any) int64 {
		return learntest.Fit(t, l, d, params).(learn.Sized).Bytes()
	}
	one := trees(ensemble.Voting(quick), map[string]any{"estimators": []any{"decision_tree"}})
	if want := learntest.Fit(t, forest.DecisionTree, d, nil).(learn.Sized).Bytes(); one < want/2 || one > 2*want {
		t.Errorf("a vote of one tree takes %d bytes, a tree %d", one, want)
	}
	if beside := trees(ensemble.Voting(quick), map[string]any{"estimators": []any{"logistic_regression", "decision_tree"}}); beside < one/2 || beside > 2*one {
		t.Errorf("a vote of one tree and a model of few numbers takes %d bytes, of the tree alone %d", beside, one)
	}
	final := map[string]any{"estimators": []any{"logistic_regression"}, "final_estimator": "decision_tree"}
	if trees(ensemble.Stacking(quick), final) == 0 {
		t.Error("a tree that decides takes no bytes")
	}
}

// TestTooMuchSaid checks that predictions that do not fit into memory are
// refused before any member is fitted.
func TestTooMuchSaid(t *testing.T) {
	d := learntest.Blobs(1, 300, 3, 5)
	d.Memory = 60_000
	d.Progress = func(share float64) { t.Errorf("%g of the work was done", share) }
	params := map[string]any{"estimators": []any{"logistic_regression", "decision_tree"}}
	_, err := learntest.Configure(t, ensemble.Stacking(quick), learn.Classification, params).Fit(t.Context(), d)
	if p, ok := problem.As(err); !ok || p.Field != "estimators" || !strings.Contains(p.Hint, "voting") {
		t.Errorf("got %v, want a problem of estimators that proposes voting", err)
	}
	d.Progress, d.Memory = nil, 120_000
	learntest.Fit(t, ensemble.Stacking(quick), d, params)
}

// TestStackOfSortedRows stacks on rows in the order of their target: members
// fitted on the other parts of it would have to predict beyond what they saw.
func TestStackOfSortedRows(t *testing.T) {
	const n = 400
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = float64(i)
		y[i] = float64(i) + 10*math.Sin(float64(7*i))
	}
	d := learn.Data{X: frame.Dense(n, x), Y: y, Workers: 1}
	wrong := func(l learn.Learner, params map[string]any) float64 {
		sum := 0.0
		for i, p := range learntest.Predict(learntest.Fit(t, l, d, params), d.X) {
			sum += (p - y[i]) * (p - y[i])
		}
		return math.Sqrt(sum / n)
	}
	member := map[string]any{"min_samples_leaf": 10}
	alone := wrong(forest.DecisionTree, member)
	stacked := wrong(ensemble.Stacking(several), map[string]any{"estimators": "decision_tree", "decision_tree__min_samples_leaf": 10})
	if stacked > 1.2*alone {
		t.Errorf("a stack of one tree is wrong by %.3g, the tree by %.3g", stacked, alone)
	}
}

// TestStackOfRareClass stacks where a class has one row: it is learned, and
// told of.
func TestStackOfRareClass(t *testing.T) {
	for _, k := range []int{2, 3} {
		d := learntest.Blobs(4, 90, 3, k)
		for i, y := range d.Y {
			if y == float64(k-1) && i >= k {
				d.Y[i] = 0
			}
		}
		for _, members := range []string{"logistic_regression,decision_tree", "linear_svm,gaussian_naive_bayes"} {
			m := learntest.Fit(t, ensemble.Stacking(several), d, map[string]any{"estimators": members, "passthrough": true})
			for _, p := range learntest.Proba(t, m, d.X, k) {
				if !(p >= 0 && p <= 1) {
					t.Fatalf("%d classes: a probability is %v", k, p)
				}
			}
			if told := m.(learn.Warner).Warnings(); !slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, "single row") }) {
				t.Errorf("%d classes: Warnings = %q", k, told)
			}
		}
	}
}
