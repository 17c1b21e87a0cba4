package recipe

import (
	"context"
	"math/rand/v2"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Balanced are the prepared training rows of a classification while a step
// balances its classes. The step calls one of its methods.
type Balanced struct {
	x       *frame.Matrix
	y       []float64
	weights []float64 // nil counts each row once
	classes [][]int   // the rows of each class
	names   []string  // of the columns
	rng     *rand.Rand
	changed bool // rows are not those that were kept
	told    string
	ctx     context.Context
	workers int
}

// balance takes the prepared rows through the steps that balance classes.
func (f *fitting) balance(d *Data) error {
	for i, s := range f.plan.steps {
		action, ok := s.Action.(BalanceAction)
		if !ok {
			continue
		}
		if err := f.ctx.Err(); err != nil {
			return err
		}
		if f.target.y == nil { // nothing is predicted yet
			continue
		}
		if f.target.classes == 0 {
			return atStep(i, problem.Field("step", "%s is for classes, and a number is predicted.", s.Title).
				WithHint("Take the step out, or predict classes."))
		}
		b := &Balanced{x: d.X, y: d.Y, weights: d.Weights, names: f.names, ctx: f.ctx, workers: f.workers,
			rng: rand.New(rand.NewPCG(f.target.seed, balanceStream+uint64(i)<<8))}
		b.classes = make([][]int, f.target.classes)
		for r, c := range d.Y {
			b.classes[int(c)] = append(b.classes[int(c)], r)
		}
		if err := action.Balance(b); err != nil {
			return atStep(i, err)
		}
		d.X, d.Y, d.Weights, d.Balanced = b.x, b.y, b.weights, d.Balanced || b.changed
		f.told = append(f.told, Learned{Step: s.Name, Text: b.told, Late: true})
	}
	return nil
}

// most returns the rows of the largest class, and least those of the smallest
// that has one.
func (b *Balanced) most() (most int) {
	for _, rows := range b.classes {
		most = max(most, len(rows))
	}
	return most
}

func (b *Balanced) least() int {
	least := len(b.y)
	for _, rows := range b.classes {
		if len(rows) > 0 {
			least = min(least, len(rows))
		}
	}
	return least
}

// Weigh lets each class count the same in all: each of its rows counts
// n / (k·rows of the class) times what it did.
func (b *Balanced) Weigh() error {
	present := 0
	for _, rows := range b.classes {
		if len(rows) > 0 {
			present++
		}
	}
	weights := make([]float64, len(b.y))
	for i, c := range b.y {
		weights[i] = float64(len(b.y)) / (float64(present) * float64(len(b.classes[int(c)])))
		if b.weights != nil {
			weights[i] *= b.weights[i]
		}
	}
	b.weights = weights
	b.told = "Each class counts the same in training, whatever the number of its rows"
	return nil
}

// Repeat repeats rows drawn at random until each class has as many as the
// largest.
func (b *Balanced) Repeat() error {
	most := b.most()
	rows := make([]int, 0, most*len(b.classes))
	for i := range b.y {
		rows = append(rows, i)
	}
	if err := b.room(most); err != nil {
		return err
	}
	for _, class := range b.classes {
		for range b.lacks(class, most) {
			rows = append(rows, class[b.rng.IntN(len(class))])
		}
	}
	b.told = "Training rows of smaller classes repeated: " + counted(len(rows)-len(b.y), "row") + " added"
	b.take(rows)
	return nil
}

// Thin leaves out rows drawn at random until each class has as few as the
// smallest.
func (b *Balanced) Thin() error {
	least := b.least()
	keep := make([]bool, len(b.y))
	for _, class := range b.classes {
		for k, at := range b.rng.Perm(len(class)) {
			if k < least {
				keep[class[at]] = true
			}
		}
	}
	var rows []int
	for i, k := range keep {
		if k {
			rows = append(rows, i)
		}
	}
	b.told = "Training rows of larger classes left out: " + counted(len(b.y)-len(rows), "row")
	b.take(rows)
	return nil
}

// lacks returns how many rows a class lacks; one without any lacks none, for
// there is nothing to make them of.
func (b *Balanced) lacks(class []int, most int) int {
	if len(class) == 0 {
		return 0
	}
	return most - len(class)
}

// room refuses more rows than memory should hold.
func (b *Balanced) room(most int) error {
	rows := 0
	for _, class := range b.classes {
		rows += len(class) + b.lacks(class, most)
	}
	if bytes := 8 * int64(rows) * int64(len(b.x.Blocks)); bytes > maxBytes {
		return problem.Field("step", "Classes of one size would make %d rows of %d columns, which take %d MB; the limit is %d MB.",
			rows, b.x.Cols, bytes>>20, maxBytes>>20).WithHint("Choose class_weight, which makes no rows.")
	}
	return nil
}

// take keeps the given rows, which may occur more than once.
func (b *Balanced) take(rows []int) {
	b.changed = true
	b.x = b.x.Take(rows)
	b.y = chosen(b.y, rows)
	if b.weights != nil {
		b.weights = chosen(b.weights, rows)
	}
}
