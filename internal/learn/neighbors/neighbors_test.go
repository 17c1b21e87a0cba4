package neighbors_test

import (
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/neighbors"
	"clicktrain/internal/problem"
)

func TestConformance(t *testing.T) { learntest.Run(t, neighbors.Learner) }

// TestByHand has rows at 0, 1, 3 and 10, which say 0, 1, 2 and 3.
func TestByHand(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{0, 1, 3, 10}), Y: []float64{0, 1, 2, 3}, Workers: 1}
	for _, tt := range []struct {
		params map[string]any
		at     float64
		want   float64
	}{
		{map[string]any{"n_neighbors": 1}, 2.5, 2},
		{map[string]any{"n_neighbors": 1}, 2, 1}, // as near as 3, and first
		{map[string]any{"n_neighbors": 2}, 2, 1.5},
		{map[string]any{"n_neighbors": 3}, 7, 2},
		{map[string]any{"n_neighbors": 2, "weights": "distance"}, 1, 1},      // at distance 0
		{map[string]any{"n_neighbors": 2, "weights": "distance"}, 1.5, 0.75}, // 1 and 0, weighed 1/0.5 and 1/1.5
		{map[string]any{"n_neighbors": 2, "weights": "distance", "p": 1}, 1.5, 0.75},
	} {
		m := learntest.Fit(t, neighbors.Learner, d, tt.params)
		if got := learntest.Predict(m, frame.Dense(1, []float64{tt.at}))[0]; got != tt.want {
			t.Errorf("%v: at %v predicted %v, want %v", tt.params, tt.at, got, tt.want)
		}
	}
}

func TestTiedClasses(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{0, 1, 2, 3}), Y: []float64{2, 1, 2, 0}, Classes: 3, Workers: 1}
	m := learntest.Fit(t, neighbors.Learner, d, map[string]any{"n_neighbors": 2})
	if got := learntest.Predict(m, d.X); !slices.Equal(got, []float64{1, 1, 1, 0}) {
		t.Errorf("Predict = %v, want [1 1 1 0]: of equal shares the first class", got)
	}
}

// TestFarRow asks for a row so far away that every distance is infinite.
func TestFarRow(t *testing.T) {
	for _, weights := range []string{"uniform", "distance"} {
		for _, columns := range []int{2, 30} {
			d := learntest.Blobs(1, 50, columns, 2)
			m := learntest.Fit(t, neighbors.Learner, d, map[string]any{"n_neighbors": 4, "weights": weights})
			far := learntest.Blobs(2, 12, columns, 2)
			for _, b := range far.X.Blocks {
				b.Dense[3] = 1e300
			}
			// The first four rows, which are of classes 0 and 1 in turn.
			if got := learntest.Proba(t, m, far.X, 2)[6:8]; !slices.Equal(got, []float64{0.5, 0.5}) {
				t.Errorf("%s, %d columns: Proba = %v, want [0.5 0.5]", weights, columns, got)
			}
		}
	}
}

func TestTooFewRows(t *testing.T) {
	d := learntest.Blobs(1, 4, 2, 2)
	_, err := learntest.Configure(t, neighbors.Learner, learn.Classification, nil).Fit(t.Context(), d)
	p, ok := problem.As(err)
	if !ok || p.Field != "n_neighbors" || !strings.Contains(p.Message, "is 5") || !strings.Contains(p.Message, "only 4 rows") {
		t.Errorf("Fit gives %v, want a problem that names 5 neighbors and 4 rows", err)
	}
}

// TestWeightsInPython checks that no votes are counted where scikit-learn
// before 1.9 miscounts them.
func TestWeightsInPython(t *testing.T) {
	for _, tt := range []struct {
		task    learn.Task
		power   int
		weights string
		want    pickle.Value
	}{
		{learn.Classification, 2, "uniform", "uniform"},
		{learn.Classification, 1, "uniform", nil},
		{learn.Classification, 1, "distance", "distance"},
		{learn.Regression, 1, "uniform", "uniform"},
	} {
		d := learntest.Blobs(1, 30, 3, 2)
		if tt.task == learn.Regression {
			d.Classes = 0
		}
		m := learntest.Fit(t, neighbors.Learner, d, map[string]any{"p": tt.power, "weights": tt.weights})
		var got []pickle.Value
		for _, a := range m.(pickle.Sklearner).Sklearn(pickle.Strings([]string{"a", "b"}), 3).Attrs {
			if a.Name == "weights" {
				got = append(got, a.Value)
			}
		}
		if len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s, p=%d, %s: weights are %v, want %v", tt.task, tt.power, tt.weights, got, tt.want)
		}
	}
}
