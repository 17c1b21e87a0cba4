package neural

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/learn"
)

// trainer is a fit under way.
type trainer struct {
	*settings
	*net
	rows     *rows
	workers  int
	progress func(float64)
	clock    *learn.Clock

	passes []*pass // one for each worker
	parts  []*sums // one for each chunk

	loss       float64 // of the last round
	iterations int     // rounds of adam or sgd, or steps of lbfgs
	seen       int     // rows that adam or sgd has seen
	settled    bool    // whether it stopped by itself
}

// train finds the weights from those of the start.
func (t *trainer) train(ctx context.Context, seed uint64) error {
	if t.solver == lbfgs {
		return t.lbfgs(ctx)
	}
	list := make([]int32, t.rows.n)
	for i := range list {
		list[i] = int32(i)
	}
	var held []int32
	if t.early {
		var err error
		if list, held, err = t.rows.split(t.validation, t.classes, rand.New(rand.NewPCG(seed, streamSplit))); err != nil {
			return err
		}
	}
	return t.stochastic(ctx, list, held, rand.New(rand.NewPCG(seed, streamShuffle)))
}

const (
	// chunkWork is how many multiplications a chunk has at least, so that
	// starting a goroutine for it pays.
	chunkWork = 1 << 20
	// maxChunks bounds the sums that are kept apart.
	maxChunks = 8
	// maxSums bounds the numbers in them.
	maxSums = 1 << 25
)

// chunks returns how many chunks n rows are cut into.
func (t *trainer) chunks(n int) int {
	most := min(maxChunks, maxSums/len(t.weights)+1, (n+31)/32)
	return max(min(n*len(t.weights)/chunkWork, most), 1)
}

// gradient sets grad to the gradient of the rows' mean loss with its penalty,
// and returns that. Rows that weigh nothing together have none.
func (t *trainer) gradient(ctx context.Context, grad []float64, list []int32) (loss float64, err error) {
	n := t.chunks(len(list))
	for len(t.parts) < n {
		t.parts = append(t.parts, &sums{grad: make([]float64, len(t.weights))})
	}
	for len(t.passes) < t.workers {
		t.passes = append(t.passes, newPass(t.net))
	}
	var next atomic.Int64
	work := func(p *pass) {
		for c := int(next.Add(1)) - 1; c < n; c = int(next.Add(1)) - 1 {
			t.chunk(ctx, p, t.parts[c], list[c*len(list)/n:(c+1)*len(list)/n])
		}
	}
	var group sync.WaitGroup
	for _, p := range t.passes[1:min(t.workers, n)] {
		group.Go(func() { work(p) })
	}
	work(t.passes[0])
	group.Wait()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return t.join(grad, t.parts[:n]), nil
}

// chunk sets s to the sums of the given rows.
func (t *trainer) chunk(ctx context.Context, p *pass, s *sums, list []int32) {
	s.loss, s.weight = 0, 0
	clear(s.grad)
	for len(list) > 0 && ctx.Err() == nil {
		some := list[:min(len(list), t.passRows())]
		p.add(s, t.rows, some)
		list = list[len(some):]
	}
}

// passRows returns how many rows go through the net before the context is
// looked at again: some 10 ms.
func (t *trainer) passRows() int { return max(min(passRows, (1<<26)/len(t.weights)), 1) }

// join adds the chunks' sums in order, and the penalty's.
func (t *trainer) join(grad []float64, parts []*sums) float64 {
	copy(grad, parts[0].grad)
	loss, weight := parts[0].loss, parts[0].weight
	for _, p := range parts[1:] {
		floats.Add(grad, p.grad)
		loss += p.loss
		weight += p.weight
	}
	if weight == 0 {
		clear(grad)
		return 0
	}
	square := 0.0
	coef, _ := t.net.parts(grad)
	for l, w := range t.coef {
		floats.AddScaled(coef[l], t.alpha, w)
		square += floats.Dot(w, w)
	}
	for i := range grad {
		grad[i] /= weight
	}
	return loss/weight + 0.5*t.alpha*square/weight
}
