package forest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/tree"
)

// ensemble is what models of both tasks are.
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
	mu          sync.Mutex
	taken, done int
	total       int
	tell        func(float64)
	clock       *learn.Clock
}

// take returns the next tree to grow; ok is false if there is none, or the time
// is over and there is one at least.
func (p *progress) take() (t int, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken == p.total || p.taken > 0 && p.clock.Over() {
		return 0, false
	}
	p.taken++
	return p.taken - 1, true
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

// grow grows the trees and ranks the columns. Where the time is over before all
// are grown, the forest is that of as many trees as there are.
func (e *ensemble) grow(ctx context.Context, d learn.Data) error {
	workers := max(1, d.Workers)
	plan := e.plan(d)
	var err error
	if plan.cols, err = e.prepare(ctx, &d, plan.options, workers); err != nil {
		return err
	}
	e.grown = make([]*tree.Tree, e.trees)
	shares := make([][]float64, e.trees)
	p := progress{total: e.trees, tell: d.Progress, clock: d.Clock}
	g, inner := errgroup.WithContext(ctx)
	for range min(workers, e.trees) {
		g.Go(func() error {
			w := plan.worker()
			for {
				if err := ctx.Err(); err != nil {
					return err
				}
				t, ok := p.take()
				if !ok {
					return nil
				}
				grown, err := w.grow(inner, rand.NewPCG(e.seed, uint64(t)))
				if err != nil {
					return err
				}
				if err := e.checkSize(t, grown, d.Memory); err != nil {
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
	if p.taken < p.total {
		d.Clock.Keep(fmt.Sprintf("%d of %d trees", p.taken, p.total))
		e.trees, e.grown, shares = p.taken, e.grown[:p.taken:p.taken], shares[:p.taken]
	}
	e.importances = average(shares, e.columns)
	return nil
}

// plan is what the workers of one fit share.
type plan struct {
	s       *settings
	d       learn.Data
	cols    *tree.Columns
	options tree.Options

	// Of trees that draw rows: from what. Of others: what rows count, as whole
	// or as any numbers; once where both are nil.
	urn   *urn
	whole []uint32
	real  []float64
}

func (e *ensemble) plan(d learn.Data) *plan {
	p := &plan{s: &e.settings, d: d, options: e.options(d.X.Rows, d.X.Cols)}
	weights := e.rowWeights(d)
	switch {
	case e.bootstrap:
		p.urn = newUrn(d.X.Rows, weights)
		p.options.Weighted = e.classWeight == subsample
	case weights != nil:
		var ok bool
		if p.whole, ok = whole(weights); !ok {
			p.real, p.options.Weighted = weights, true
		}
	}
	return p
}

// worker grows one tree after the other.
type worker struct {
	*plan
	grower  *tree.Grower
	counts  []uint32 // of drawn rows
	weights []float64
	classes []float64
}

func (p *plan) worker() *worker {
	w := &worker{plan: p, grower: tree.NewGrower(p.cols, p.d.Y, p.d.Classes, p.options)}
	if p.urn != nil {
		w.counts = make([]uint32, p.d.X.Rows)
	}
	if p.urn != nil && p.options.Weighted {
		w.weights, w.classes = make([]float64, p.d.X.Rows), make([]float64, p.d.Classes)
	}
	return w
}

// grow grows a tree, which draws from random.
func (w *worker) grow(ctx context.Context, random *rand.PCG) (*tree.Tree, error) {
	if w.urn == nil {
		if w.real != nil {
			return w.grower.GrowWeighted(ctx, w.real, random)
		}
		return w.grower.Grow(ctx, w.whole, random)
	}
	w.urn.draw(w.counts, w.s.drawn(w.d.X.Rows), random)
	if w.options.Weighted {
		balance(w.weights, w.counts, w.d.Y, w.classes)
		return w.grower.GrowWeighted(ctx, w.weights, random)
	}
	return w.grower.Grow(ctx, w.counts, random)
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
