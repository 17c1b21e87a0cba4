// Package learntest holds the promises that every learner keeps, as one test
// suite, and the data that learners' tests and benchmarks use.
package learntest

import (
	"math"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// Run checks, for each of l's tasks, every promise of package learn: declared
// parameters, fits that repeat and leave their data alone, awkward data,
// cancellation, and that models survive being written and read.
func Run(t *testing.T, l learn.Learner) {
	t.Helper()
	t.Run("entry", func(t *testing.T) { checkEntry(t, l) })
	for _, task := range l.Tasks {
		s := &suite{learner: l, task: task}
		t.Run(task.String(), func(t *testing.T) {
			t.Run("params", s.params)
			t.Run("repeats", s.repeats)
			t.Run("inputs", s.inputs)
			t.Run("rows", s.rows)
			t.Run("blocks", s.blocks)
			t.Run("probabilities", s.probabilities)
			t.Run("shapes", s.shapes)
			t.Run("row weights", s.rowWeights)
			t.Run("missing", s.missing)
			t.Run("progress", s.progress)
			t.Run("edges", s.edges)
			t.Run("constant target", s.constantTarget)
			t.Run("cancel", s.cancel)
			t.Run("encoding", s.encoding)
			t.Run("export", s.export)
		})
	}
}

// Configure returns an estimator of l for the task with the given parameters,
// and defaults for all others. It ends the test where they are refused.
func Configure(t testing.TB, l learn.Learner, task learn.Task, params map[string]any) learn.Estimator {
	t.Helper()
	est := l.New(task)
	var set param.Set
	est.Params(&set)
	if err := set.Decode(l.Name, params); err != nil {
		t.Fatalf("%s refuses %v: %v", l.Name, params, err)
	}
	return est
}

// Fit fits l to d with the given parameters. It ends the test on an error.
func Fit(t testing.TB, l learn.Learner, d learn.Data, params map[string]any) learn.Model {
	t.Helper()
	m, err := Configure(t, l, taskOf(d), params).Fit(t.Context(), d)
	if err != nil {
		t.Fatalf("%s: Fit: %v", l.Name, err)
	}
	return m
}

// Predict returns m's predictions of X's rows.
func Predict(m learn.Model, X *frame.Matrix) []float64 {
	dst := make([]float64, X.Rows)
	for i := range dst {
		dst[i] = math.NaN() // so that a row left out shows
	}
	m.Predict(X, dst)
	return dst
}

// Proba returns m's probabilities of X's rows, k for each. It ends the test if
// m has none.
func Proba(t testing.TB, m learn.Model, X *frame.Matrix, k int) []float64 {
	t.Helper()
	p, ok := m.(learn.Proba)
	if !ok {
		t.Fatalf("%T has no probabilities", m)
	}
	dst := make([]float64, X.Rows*k)
	for i := range dst {
		dst[i] = math.NaN()
	}
	p.Proba(X, dst)
	return dst
}

// Ranks returns m's probabilities of X's rows, or its scores if it has none, k
// for each. It ends the test if m has neither.
func Ranks(t testing.TB, m learn.Model, X *frame.Matrix, k int) []float64 {
	t.Helper()
	s, ok := m.(learn.Scores)
	if _, has := m.(learn.Proba); has || !ok {
		return Proba(t, m, X, k)
	}
	dst := make([]float64, X.Rows*k)
	for i := range dst {
		dst[i] = math.NaN()
	}
	s.Scores(X, dst)
	return dst
}

func taskOf(d learn.Data) learn.Task {
	if d.Classes > 0 {
		return learn.Classification
	}
	return learn.Regression
}

// suite is the checks of one learner for one task.
type suite struct {
	learner learn.Learner
	task    learn.Task
}

// mixed returns n rows of a few number columns and one-hot blocks.
func (s *suite) mixed(n int) learn.Data {
	k := 0
	if s.task == learn.Classification {
		k = 3
	}
	return Mixed(7, n, 4, []int{3, 5}, k)
}

// dense returns n rows of p number columns.
func (s *suite) dense(n, p, k int) learn.Data {
	if s.task == learn.Classification {
		return Blobs(11, n, p, k)
	}
	d := Blobs(11, n, p, 2)
	d.Classes = 0
	for i := range d.Y {
		d.Y[i] = 3*d.X.Blocks[0].Dense[i] - d.X.Blocks[p-1].Dense[i] + 0.5*d.Y[i]
	}
	return d
}

func (s *suite) fit(t testing.TB, d learn.Data) learn.Model {
	t.Helper()
	return Fit(t, s.learner, d, nil)
}

func bytesOf(t testing.TB, m learn.Model) []byte {
	t.Helper()
	b, err := m.MarshalBinary()
	if err != nil {
		t.Fatalf("MarshalBinary: %v", err)
	}
	return b
}
