package forest

import (
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn/tree"
)

// Classifier predicts the class that is most likely on average over the trees.
type Classifier struct {
	ensemble
	classes int
}

// Regressor predicts the average over the trees.
type Regressor struct{ ensemble }

// Proba writes the class probabilities: the trees' are summed in order and
// then divided, as scikit-learn does.
func (m *Classifier) Proba(X *frame.Matrix, dst []float64) {
	k := m.classes
	m.sum(X, dst, k, func(t *tree.Tree, dst []float64, rows []float32) {
		t.AddProba(dst, rows, m.columns)
	})
}

// Predict writes the most probable class; of equals, the first.
func (m *Classifier) Predict(X *frame.Matrix, dst []float64) {
	k := m.classes
	p := make([]float64, X.Rows*k)
	m.Proba(X, p)
	for i := range dst {
		best := 0
		for c, x := range p[i*k : i*k+k] {
			if x > p[i*k+best] {
				best = c
			}
		}
		dst[i] = float64(best)
	}
}

// Predict writes the mean of the trees' values.
func (m *Regressor) Predict(X *frame.Matrix, dst []float64) {
	m.sum(X, dst, 1, func(t *tree.Tree, dst []float64, rows []float32) {
		t.AddValue(dst, rows, m.columns)
	})
}

// Importances returns how much each column lowers the impurity, averaged over
// the trees.
func (e *ensemble) Importances() []float64 { return append([]float64(nil), e.importances...) }

// blockRows is how many rows go through one tree before the next tree's turn:
// they and the upper nodes stay in the cache.
const blockRows = 256

// sum sets the k numbers of each row to the mean of what add adds for each
// tree. Blocks of rows are shared out among the processors; a row's result
// does not depend on that.
func (e *ensemble) sum(X *frame.Matrix, dst []float64, k int, add func(t *tree.Tree, dst []float64, rows []float32)) {
	blocks := (X.Rows + blockRows - 1) / blockRows
	var next atomic.Int64
	work := func() error {
		rows := make([]float32, min(blockRows, X.Rows)*X.Cols)
		for {
			from := (int(next.Add(1)) - 1) * blockRows
			if from >= X.Rows {
				return nil
			}
			to := min(from+blockRows, X.Rows)
			part := dst[from*k : to*k]
			clear(part)
			block := rows[:(to-from)*X.Cols]
			gather(block, X, from, to)
			for _, t := range e.grown {
				add(t, part, block)
			}
			for i := range part {
				part[i] /= float64(len(e.grown))
			}
		}
	}
	var g errgroup.Group
	for range min(blocks, runtime.GOMAXPROCS(0)) - 1 {
		g.Go(work)
	}
	_ = work()
	_ = g.Wait() // work returns no error
}

// gather writes rows from to to of X into dst, row by row, rounded to float32.
// Beyond float32 a number counts as infinite, as every threshold is finite.
func gather(dst []float32, X *frame.Matrix, from, to int) {
	p := X.Cols
	j := 0
	for _, b := range X.Blocks {
		if b.Dense != nil {
			for i, v := range b.Dense[from:to] {
				dst[i*p+j] = float32(v)
			}
			j++
			continue
		}
		for i, c := range b.Codes[from:to] {
			clear(dst[i*p+j : i*p+j+b.Width])
			if c >= 0 {
				dst[i*p+j+int(c)] = 1
			}
		}
		j += b.Width
	}
}
