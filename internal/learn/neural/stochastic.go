package neural

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// optimizer takes steps by the gradients of batches.
type optimizer interface {
	// update changes the weights by a batch's gradient.
	update(weights, grad []float64)
	// roundEnds is told how many rows have been seen so far.
	roundEnds(seen int)
	// slower goes on with shorter steps, or returns false where it cannot.
	slower() bool
}

// newOptimizer returns the solver's.
func (t *trainer) newOptimizer() optimizer {
	n := len(t.weights)
	if t.solver == sgd {
		return &sgdState{settings: t.settings, pace: t.rate, velocity: make([]float64, n)}
	}
	return &adamState{settings: t.settings, m: make([]float64, n), v: make([]float64, n)}
}

// stochastic goes through the listed rows, batch by batch and round by round,
// until max_iter rounds are done or more than n_iter_no_change rounds in a row
// have not improved and the solver cannot go on slower. With rows held aside,
// the best weights by their score are kept.
func (t *trainer) stochastic(ctx context.Context, list, held []int32, random *rand.Rand) error {
	state := t.newOptimizer()
	grad := make([]float64, len(t.weights))
	batch := t.batch
	if batch == 0 {
		batch = 200
	}
	batch = min(batch, len(list))
	watch := watcher{tol: t.tol, best: math.Inf(1), patience: t.patience}
	var best []float64
	for t.iterations < t.maxIter {
		if t.shuffle {
			random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
		sum := 0.0
		for lo := 0; lo < len(list); lo += batch {
			hi := min(lo+batch, len(list))
			loss, err := t.gradient(ctx, grad, list[lo:hi])
			if err != nil {
				return err
			}
			sum += loss * float64(hi-lo)
			state.update(t.weights, grad)
		}
		t.iterations++
		t.seen += len(list)
		t.loss = sum / float64(len(list))
		if math.IsNaN(t.loss) || math.IsInf(t.loss, 0) {
			return t.errTooLarge()
		}
		value := t.loss
		if held != nil {
			value = -t.score(held)
			if value < watch.best {
				best = append(best[:0], t.weights...)
			}
		}
		enough := watch.enough(value)
		state.roundEnds(t.seen)
		if enough {
			if t.settled = !state.slower(); t.settled {
				break
			}
			watch.idle = 0
		}
		if t.progress != nil {
			t.progress(float64(t.iterations) / float64(t.maxIter))
		}
		if t.iterations < t.maxIter && t.clock.Over() {
			t.clock.Keep(fmt.Sprintf("%d of at most %d rounds", t.iterations, t.maxIter))
			break
		}
	}
	if best != nil {
		copy(t.weights, best)
	}
	return nil
}

// watcher says when a value has not fallen for long enough.
type watcher struct {
	tol, best float64
	patience  int
	idle      int // rounds without improvement
}

// enough takes a round's value. Only more than patience idle rounds are enough,
// as in scikit-learn.
func (w *watcher) enough(value float64) bool {
	if value > w.best-w.tol {
		w.idle++
	} else {
		w.idle = 0
	}
	w.best = min(w.best, value)
	return w.idle > w.patience
}

// score returns the accuracy of the given rows' predictions, or their R².
func (t *trainer) score(list []int32) float64 {
	p := t.passes[0]
	got := make([]float64, 0, len(list))
	for some := range slices.Chunk(list, t.passRows()) {
		p.load(t.rows, some)
		got = appendDecided(got, t.net, p.forward())
	}
	if t.classes > 0 {
		return t.accuracy(got, list)
	}
	return t.r2(got, list)
}

func (t *trainer) accuracy(got []float64, list []int32) float64 {
	right := 0.0
	for k, i := range list {
		if got[k] == t.rows.y[i] {
			right += t.rows.weight(i)
		}
	}
	return right / t.rows.total(list)
}

func (t *trainer) r2(got []float64, list []int32) float64 {
	mean, off, spread := 0.0, 0.0, 0.0
	for _, i := range list {
		mean += t.rows.weight(i) * t.rows.y[i]
	}
	mean /= t.rows.total(list)
	for k, i := range list {
		w, y := t.rows.weight(i), t.rows.y[i]
		off += w * (y - got[k]) * (y - got[k])
		spread += w * (y - mean) * (y - mean)
	}
	if spread == 0 {
		return -off
	}
	return 1 - off/spread
}

func (r *rows) weight(i int32) float64 {
	if r.weights == nil {
		return 1
	}
	return r.weights[i]
}
