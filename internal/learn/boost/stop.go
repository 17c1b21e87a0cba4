package boost

import "math"

// stopper says when to stop: once the last rounds, as many as patience, are
// none better by tol than the one before them.
type stopper struct {
	patience int
	tol      float64
	losses   []float64
}

// worse records the loss after a round and reports whether to stop.
func (s *stopper) worse(loss float64) bool {
	s.losses = append(s.losses, loss)
	if len(s.losses) <= s.patience {
		return false
	}
	recent := s.losses[len(s.losses)-s.patience-1:]
	for _, x := range recent[1:] {
		if x < recent[0]-s.tol {
			return false
		}
	}
	return true
}

// score returns the mean loss of the rows held back.
func (f *fit) score() float64 {
	n := (len(f.held) + chunk - 1) / chunk
	losses, weights := make([]float64, n), make([]float64, n)
	f.crew.chunks(len(f.held), func(_, task, lo, hi int) {
		losses[task], weights[task] = f.goal.loss(f.raw, f.held[lo:hi])
	})
	var loss, weight float64
	for i, x := range losses {
		loss += x
		weight += weights[i]
	}
	if !(weight > 0) {
		return 0
	}
	return loss / weight
}

// splitRows decides which rows are trained on and which are held back: none,
// or validation_fraction of them, drawn class by class so that each class has
// its share and keeps a row for training. None are held back where the others
// would weigh nothing.
func (f *fit) splitRows() {
	n := f.data.X.Rows
	f.rows = make([]uint32, n)
	for i := range f.rows {
		f.rows[i] = uint32(i)
	}
	if !f.early(n) {
		return
	}
	groups := make([][]uint32, max(f.data.Classes, 1))
	for i := range n {
		class := 0
		if f.data.Classes > 0 {
			class = int(f.data.Y[i])
		}
		groups[class] = append(groups[class], uint32(i))
	}
	random := f.random(drawHeld)
	back := make([]bool, n)
	for _, rows := range groups {
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		k := min(int(math.Ceil(f.fraction*float64(len(rows)))), len(rows)-1)
		for _, r := range rows[:max(k, 0)] {
			back[r] = true
		}
	}
	var train, held []uint32
	weight := 0.0
	for i, b := range back {
		if b {
			held = append(held, uint32(i))
			continue
		}
		train = append(train, uint32(i))
		if f.weights == nil || f.weights[i] > 0 {
			weight++
		}
	}
	if weight > 0 {
		f.rows, f.held = train, held
	}
}
