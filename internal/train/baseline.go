package train

import (
	"context"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// baseline fits the dummy on every training row as the file has it: a recipe
// that leaves rows out, repeats or weighs them does not lower the score to beat.
func (r *run) baseline(ctx context.Context) (learn.Model, error) {
	d := learn.Data{
		X: frame.NewMatrix(len(r.train)), Y: make([]float64, len(r.train)),
		Classes: r.target.Labels.Len(), Seed: r.spec.Seed, Workers: max(r.spec.Workers, 1), Memory: r.spec.Memory,
	}
	for i, at := range r.train {
		d.Y[i] = r.target.Y[at]
	}
	return r.cat.Dummy.New(r.spec.Task).Fit(ctx, d)
}
