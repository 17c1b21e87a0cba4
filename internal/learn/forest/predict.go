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
	m.sum(X, dst, m.classes, (*tree.Walker).AddProba)
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
	m.sum(X, dst, 1, (*tree.Walker).AddValue)
}

// Importances returns how much each column lowers the impurity, averaged over
// the trees.
func (e *ensemble) Importances() []float64 { return append([]float64(nil), e.importances...) }

// blockCells is how many numbers go through one tree before the next tree's
// turn, 1 MiB of keys: a tree is fetched from memory once for each block, and
// its nodes, which rows meet in no order, then stay in the cache.
const blockCells = 1 << 18

// blockRows returns how many rows of p columns a block has where n rows are
// shared out evenly among so many workers.
func blockRows(n, p, workers int) int {
	most := max(1024, blockCells/p)
	blocks := max(1, ceilDiv(ceilDiv(n, most), workers)) * workers
	return max(256, ceilDiv(n, blocks))
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }

// sum sets the k numbers of each row to the mean of what add adds for each
// tree. Blocks of rows are shared out among the processors; a row's result
// does not depend on that.
func (e *ensemble) sum(X *frame.Matrix, dst []float64, k int, add func(w *tree.Walker, t *tree.Tree, dst []float64, rows []int32, p int)) {
	size := blockRows(X.Rows, X.Cols, runtime.GOMAXPROCS(0))
	blocks := ceilDiv(X.Rows, size)
	var next atomic.Int64
	work := func() error {
		rows := make([]int32, min(size, X.Rows)*X.Cols)
		var w tree.Walker
		for {
			from := (int(next.Add(1)) - 1) * size
			if from >= X.Rows {
				return nil
			}
			to := min(from+size, X.Rows)
			part := dst[from*k : to*k]
			clear(part)
			block := rows[:(to-from)*X.Cols]
			gather(block, X, from, to)
			for _, t := range e.grown {
				add(&w, t, part, block, X.Cols)
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

// gather writes the Keys of rows from to to of X into dst, row by row.
func gather(dst []int32, X *frame.Matrix, from, to int) {
	zero, one := tree.Key(0), tree.Key(1)
	p, j := X.Cols, 0
	for _, b := range X.Blocks {
		if b.Dense != nil {
			for i, v := range b.Dense[from:to] {
				dst[i*p+j] = tree.Key(v)
			}
			j++
			continue
		}
		for i, c := range b.Codes[from:to] {
			group := dst[i*p+j : i*p+j+b.Width]
			for k := range group {
				group[k] = zero
			}
			if c >= 0 {
				group[c] = one
			}
		}
		j += b.Width
	}
}

// Float32 reports that trees compare numbers as float32.
func (e *ensemble) Float32() bool { return true }
