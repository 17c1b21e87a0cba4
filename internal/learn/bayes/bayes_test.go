package bayes_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/bayes"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/problem"
)

func TestConformance(t *testing.T) { learntest.Run(t, bayes.Learner) }

// TestByHand checks the density of two classes that a person can work out:
// means 0 and 2, and a variance of 1 each.
func TestByHand(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{-1, 1, 1, 3}), Y: []float64{0, 0, 1, 1}, Classes: 2, Workers: 1}
	m := learntest.Fit(t, bayes.Learner, d, map[string]any{"var_smoothing": 0})
	got := learntest.Proba(t, m, frame.Dense(1, []float64{2}), 2)
	want := 1 / (1 + math.Exp(-2)) // the scores are -2²/2 and 0
	if math.Abs(got[1]-want) > 1e-15 {
		t.Errorf("Proba(2) = %v, want %v", got[1], want)
	}
}

// TestFarAway checks that a row beyond all densities gets the classes' shares.
func TestFarAway(t *testing.T) {
	d := learn.Data{X: frame.Dense(4, []float64{-1, 1, 3, 5}), Y: []float64{0, 0, 0, 1}, Classes: 2, Workers: 1}
	d.X.Blocks[0].Dense[3] = 4
	m := learntest.Fit(t, bayes.Learner, d, nil)
	if got := learntest.Proba(t, m, frame.Dense(1, []float64{1e300}), 2); !slices.Equal(got, []float64{0.75, 0.25}) {
		t.Errorf("Proba(1e300) = %v, want the shares", got)
	}
}

func TestRefusals(t *testing.T) {
	for name, tt := range map[string]struct {
		x      []float64
		params map[string]any
		want   string
	}{
		"constant":     {[]float64{3, 3, 3, 3}, nil, "The column age does not vary"},
		"in one class": {[]float64{3, 3, 3, 4}, map[string]any{"var_smoothing": 0}, "The column age does not vary"},
		"too large":    {[]float64{1e200, -1e200, 3, 4}, nil, "too large"},
	} {
		d := learn.Data{X: frame.Dense(4, tt.x), Y: []float64{0, 0, 1, 1}, Classes: 2, Workers: 1, Names: []string{"age"}}
		_, err := learntest.Configure(t, bayes.Learner, learn.Classification, tt.params).Fit(t.Context(), d)
		if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, tt.want) {
			t.Errorf("%s: Fit gives %v, want %q", name, err, tt.want)
		}
	}
}

// TestWeightsAreRows checks that a row of weight 2 is as two, and that one of
// weight 0 is as none, but for the smoothing, which weights do not enter.
func TestWeightsAreRows(t *testing.T) {
	d := learntest.Mixed(1, 60, 2, []int{3}, 2)
	var rows []int
	d.Weights = make([]float64, 60)
	for i := range d.Weights {
		d.Weights[i] = float64(i % 3)
		rows = append(rows, slices.Repeat([]int{i}, i%3)...)
	}
	many := learn.Data{X: d.X.Take(rows), Classes: 2, Workers: 1}
	for _, i := range rows {
		many.Y = append(many.Y, d.Y[i])
	}
	params := map[string]any{"var_smoothing": 0}
	got := learntest.Proba(t, learntest.Fit(t, bayes.Learner, d, params), d.X, 2)
	want := learntest.Proba(t, learntest.Fit(t, bayes.Learner, many, params), d.X, 2)
	learntest.WantNear(t, "probability", got, want, 1e-12)
}

func BenchmarkFit(b *testing.B) {
	for _, rows := range []int{1_000, 80_000} {
		d := learntest.Mixed(1, rows, 16, []int{3, 8, 25, 40}, 5)
		d.Workers = 2
		b.Run(fmt.Sprintf("rows=%d/cols=%d", rows, d.X.Cols), func(b *testing.B) {
			for b.Loop() {
				learntest.Fit(b, bayes.Learner, d, nil)
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkProba(b *testing.B) {
	for _, rows := range []int{1, 20_000} {
		d := learntest.Mixed(1, 20_000, 16, []int{3, 8, 25, 40}, 5)
		m := learntest.Fit(b, bayes.Learner, d, nil).(learn.Proba)
		some := make([]int, rows)
		for i := range some {
			some[i] = i
		}
		X, dst := d.X.Take(some), make([]float64, rows*5)
		b.Run(fmt.Sprintf("rows=%d/cols=%d", rows, d.X.Cols), func(b *testing.B) {
			for b.Loop() {
				m.Proba(X, dst)
			}
		})
	}
}
