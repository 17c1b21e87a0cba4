package neural

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// adamState is what Adam remembers (Kingma and Ba 2015, algorithm 1).
type adamState struct {
	m, v []float64 // means of gradients and of their squares
	step int
}

// update takes a step against the gradient.
func (a *adamState) update(s *settings, weights, grad []float64) {
	a.step++
	rate := s.rate * math.Sqrt(1-math.Pow(s.beta2, float64(a.step))) / (1 - math.Pow(s.beta1, float64(a.step)))
	m, v := a.m[:len(grad)], a.v[:len(grad)]
	weights = weights[:len(grad)]
	b1, b2, c1, c2, eps := s.beta1, s.beta2, 1-s.beta1, 1-s.beta2, s.epsilon
	for i, g := range grad {
		m[i] = b1*m[i] + c1*g
		v[i] = b2*v[i] + c2*(g*g)
		weights[i] -= rate * m[i] / (math.Sqrt(v[i]) + eps)
	}
}

// adam goes through the listed rows, batch by batch and round by round, until
// max_iter rounds are done or n_iter_no_change rounds in a row have not
// improved. With rows held aside, the best weights by their score are kept.
func (t *trainer) adam(ctx context.Context, list, held []int32, random *rand.Rand) error {
	state := adamState{m: make([]float64, len(t.weights)), v: make([]float64, len(t.weights))}
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
			state.update(t.settings, t.weights, grad)
		}
		t.iterations++
		t.seen += len(list)
		t.loss = sum / float64(len(list))
		if math.IsNaN(t.loss) || math.IsInf(t.loss, 0) {
			return errTooLarge()
		}
		value := t.loss
		if held != nil {
			value = -t.score(held)
			if value < watch.best {
				best = append(best[:0], t.weights...)
			}
		}
		if t.settled = watch.enough(value); t.settled {
			break
		}
		if t.progress != nil {
			t.progress(float64(t.iterations) / float64(t.maxIter))
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
