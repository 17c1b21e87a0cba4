package train

import (
	"context"
	"fmt"
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// constant is what the dummy says of every row.
type constant struct {
	value float64   // a number, or the index of a class
	proba []float64 // of each class
}

// baseline fits the dummy on every training row as the file has it: a recipe
// that leaves rows out, repeats or weighs them does not lower the score to beat.
// weights are of the target's rows; nil counts each once.
func (r *run) baseline(ctx context.Context, weights []float64) (constant, error) {
	d := learn.Data{
		X: frame.NewMatrix(len(r.train)), Y: make([]float64, len(r.train)),
		Classes: r.target.Labels.Len(), Seed: r.spec.Seed, Workers: max(r.spec.Workers, 1), Memory: r.spec.Memory,
	}
	for i, at := range r.train {
		d.Y[i] = r.target.Y[at]
		if weights != nil {
			d.Weights = append(d.Weights, weights[at])
		}
	}
	dummy, err := r.cat.Dummy.New(r.spec.Task).Fit(ctx, d)
	if err != nil {
		return constant{}, fmt.Errorf("fit the baseline: %w", err)
	}
	p := predictMatrix(dummy, frame.NewMatrix(1), d.Classes)
	return constant{p.Values[0], p.Proba}, nil
}

// repeated says the constant of n rows.
func (c constant) repeated(n int) *Prediction {
	p := &Prediction{Values: slices.Repeat([]float64{c.value}, n)}
	if c.proba != nil {
		p.Proba = slices.Repeat(c.proba, n)
	}
	return p
}
