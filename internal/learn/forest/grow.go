package forest

import (
	"context"
	"math/bits"
	"math/rand/v2"
	"sync"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/tree"
)

// ensemble is what forests of both tasks are.
type ensemble struct {
	settings
	columns     int // p
	rows        int // of the fit
	seed        uint64
	grown       []*tree.Tree
	importances []float64 // of each column
}

// progress hands out tree numbers and counts the trees that are done.
type progress struct {
	mu         sync.Mutex
	next, done int
	total      int
	tell       func(float64)
}

// take returns the next tree to grow; ok is false if there is none.
func (p *progress) take() (t int, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next++
	return p.next - 1, p.next <= p.total
}

// finish counts a tree.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.tell != nil {
		p.tell(float64(p.done) / float64(p.total))
	}
}

// grow grows the trees and ranks the columns.
func (e *ensemble) grow(ctx context.Context, d learn.Data) error {
	workers := max(1, d.Workers)
	cols, err := tree.Cut(ctx, d.X, bins(d.X.Rows), workers)
	if err != nil {
		return err
	}
	opt := tree.Options{
		MaxDepth: e.maxDepth, MinSamplesSplit: e.minSplit, MinSamplesLeaf: e.minLeaf,
		MaxFeatures: e.features(e.columns),
	}
	e.grown = make([]*tree.Tree, e.trees)
	shares := make([][]float64, e.trees)
	p := progress{total: e.trees, tell: d.Progress}
	g, ctx := errgroup.WithContext(ctx)
	for range min(workers, e.trees) {
		g.Go(func() error {
			grower := tree.NewGrower(cols, d.Y, d.Classes, opt)
			var weights []uint32
			if e.bootstrap {
				weights = make([]uint32, d.X.Rows)
			}
			for {
				t, ok := p.take()
				if !ok {
					return nil
				}
				random := rand.NewPCG(e.seed, uint64(t))
				bootstrap(weights, random)
				grown, err := grower.Grow(ctx, weights, random)
				if err != nil {
					return err
				}
				e.grown[t] = grown
				shares[t] = grown.Importances(e.columns)
				p.finish()
			}
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	e.importances = average(shares, e.columns)
	return nil
}

// bins returns how many bins to cut columns of n rows into. Small data is
// searched exactly; from there on 256 bins score as well as exact splits do,
// since thresholds lie midway between the values that a node holds.
func bins(n int) int {
	if n <= tree.MaxBins {
		return tree.MaxBins
	}
	return 256
}

// bootstrap draws as many rows as there are, with replacement, and counts how
// often each is drawn.
func bootstrap(weights []uint32, random *rand.PCG) {
	clear(weights)
	n := uint64(len(weights))
	for range weights {
		i, _ := bits.Mul64(random.Uint64(), n)
		weights[i]++
	}
}

// average returns the mean of the trees' importances, in order, as shares.
func average(trees [][]float64, p int) []float64 {
	out := make([]float64, p)
	var total float64
	for _, t := range trees {
		for j, x := range t {
			out[j] += x
			total += x
		}
	}
	for j := range out {
		if total > 0 {
			out[j] /= total
		}
	}
	return out
}
