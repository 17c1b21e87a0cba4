package learntest

import (
	"bytes"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// repeats checks that one seed gives one model, whatever the number of workers
// is and whatever the estimator fitted before.
func (s *suite) repeats(t *testing.T) {
	d := s.mixed(3000)
	est := Configure(t, s.learner, s.task, nil)
	var want []byte
	for _, workers := range []int{1, 8, 1} {
		d.Workers = workers
		m, err := est.Fit(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		got := bytesOf(t, m)
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("a fit with %d workers differs from the first with 1", workers)
		}
		if _, err := est.Fit(t.Context(), s.dense(50, 3, 2)); err != nil {
			t.Fatal(err)
		}
	}
}

// inputs checks that a fit changes nothing of its data, and that the model
// keeps nothing of it.
func (s *suite) inputs(t *testing.T) {
	d, same := s.mixed(200), s.mixed(200)
	m := s.fit(t, d)
	if diff := cmp.Diff(same.X, d.X); diff != "" {
		t.Errorf("Fit changes X:\n%s", diff)
	}
	if !slices.Equal(same.Y, d.Y) {
		t.Error("Fit changes Y")
	}
	want := Predict(m, same.X)
	for _, b := range d.X.Blocks {
		clear(b.Dense)
		clear(b.Codes)
	}
	clear(d.Y)
	if !slices.Equal(Predict(m, same.X), want) {
		t.Error("the model keeps part of its data: predictions change with it")
	}
}

// rows checks that a row's prediction depends on that row alone, also where
// many goroutines ask at once.
func (s *suite) rows(t *testing.T) {
	d := s.mixed(700)
	m := s.fit(t, d)
	want := Predict(m, d.X)
	reverse := make([]int, d.X.Rows)
	for i := range reverse {
		reverse[i] = d.X.Rows - 1 - i
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			got := Predict(m, d.X.Take(reverse))
			slices.Reverse(got)
			if !slices.Equal(got, want) {
				t.Error("predictions depend on the order of the rows")
			}
		})
	}
	for i := 0; i < d.X.Rows; i += 97 {
		if got := Predict(m, d.X.Take([]int{i}))[0]; got != want[i] {
			t.Errorf("row %d alone is predicted %v, among others %v", i, got, want[i])
		}
	}
	wg.Wait()
	Predict(m, d.X.Take(nil)) // no rows is no fault
}

// blocks checks that one-hot codes mean the same as the columns they stand for.
func (s *suite) blocks(t *testing.T) {
	codes := s.mixed(600)
	plain := codes
	plain.X = frame.Dense(codes.X.Rows, codes.X.Columns()...)
	fromCodes, fromPlain := s.fit(t, codes), s.fit(t, plain)
	want := Predict(fromCodes, codes.X)
	if got := Predict(fromCodes, plain.X); !near(got, want, 1e-9) {
		t.Error("a model predicts dense columns other than their one-hot codes")
	}
	if got := Predict(fromPlain, plain.X); !near(got, want, 1e-9) {
		t.Error("a fit on dense columns differs from one on their one-hot codes")
	}
	if codes.Classes > 0 {
		want := Ranks(t, fromCodes, codes.X, codes.Classes)
		if got := Ranks(t, fromPlain, plain.X, codes.Classes); !near(got, want, 1e-9) {
			t.Error("probabilities of a fit on dense columns differ from one on their one-hot codes")
		}
	}
}

// probabilities checks that classes are predicted by index and that their
// probabilities sum to 1 and agree with the prediction.
func (s *suite) probabilities(t *testing.T) {
	if s.task != learn.Classification {
		t.Skip("not a task of classes")
	}
	for _, k := range []int{2, 3, 6} {
		d := s.dense(300, 4, k)
		m := s.fit(t, d)
		if _, ok := m.(learn.Proba); !ok {
			checkScores(t, m, d, k)
			continue
		}
		class, share := Predict(m, d.X), Proba(t, m, d.X, k)
		for i, c := range class {
			row := share[i*k : (i+1)*k]
			if c != math.Trunc(c) || !(c >= 0) || int(c) >= k {
				t.Fatalf("k=%d: row %d is predicted %v, which is no class", k, i, c)
			}
			sum := 0.0
			for _, x := range row {
				if !(x >= 0 && x <= 1) {
					t.Fatalf("k=%d: row %d has the probabilities %v", k, i, row)
				}
				sum += x
			}
			if math.Abs(sum-1) > 1e-9 || row[int(c)] < slices.Max(row)-1e-12 {
				t.Fatalf("k=%d: row %d is predicted %v with the probabilities %v", k, i, c, row)
			}
		}
	}
}

// checkScores checks that scores agree with the predicted classes, and that of
// two classes one has the other's negated.
func checkScores(t *testing.T, m learn.Model, d learn.Data, k int) {
	t.Helper()
	class, scores := Predict(m, d.X), Ranks(t, m, d.X, k)
	for i, c := range class {
		row := scores[i*k : (i+1)*k]
		if c != math.Trunc(c) || !(c >= 0) || int(c) >= k || row[int(c)] != slices.Max(row) {
			t.Fatalf("k=%d: row %d is predicted %v with the scores %v", k, i, c, row)
		}
		if k == 2 && row[0] != -row[1] {
			t.Fatalf("row %d has the scores %v, want one the other's negated", i, row)
		}
	}
}

// shapes checks the shapes of what a model tells about its columns.
func (s *suite) shapes(t *testing.T) {
	d := s.mixed(300)
	m := s.fit(t, d)
	if m, ok := m.(learn.Importances); ok {
		sum := 0.0
		for _, x := range m.Importances() {
			sum += x
			if !(x >= 0) {
				t.Errorf("an importance is %v", x)
			}
		}
		if n := len(m.Importances()); n != d.X.Cols || (sum != 0 && math.Abs(sum-1) > 1e-9) {
			t.Errorf("%d importances sum to %v, want %d that sum to 1 or 0", n, sum, d.X.Cols)
		}
	}
	if m, ok := m.(learn.Linear); ok {
		w, b := m.Coefficients()
		if want := max(d.Classes, 1); len(w) != want || len(b) != want {
			t.Fatalf("%d rows of weights and %d intercepts, want %d", len(w), len(b), want)
		}
		for _, row := range w {
			if len(row) != d.X.Cols {
				t.Errorf("a row of %d weights, want %d", len(row), d.X.Cols)
			}
		}
	}
}

// progress checks that the told share never falls and stays within 0 and 1.
func (s *suite) progress(t *testing.T) {
	d, last := s.mixed(2000), 0.0
	d.Workers = 4
	d.Progress = func(share float64) {
		if !(share >= last && share <= 1) {
			t.Errorf("progress goes from %v to %v", last, share)
		}
		last = share
	}
	s.fit(t, d)
}

// near reports whether a and b agree to tol, relative to b where it is above 1.
func near(a, b []float64, tol float64) bool {
	for i := range a {
		if !(math.Abs(a[i]-b[i]) <= tol*max(1, math.Abs(b[i]))) {
			return false
		}
	}
	return len(a) == len(b)
}
