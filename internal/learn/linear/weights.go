package linear

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"clicktrain/internal/learn"
)

// counted returns d without the rows of weight 0, and without weights where
// every row counts once. It copies X only where a row is left out.
func counted(d learn.Data) learn.Data {
	if d.Weights == nil {
		return d
	}
	if slices.Contains(d.Weights, 0) {
		var rows []int
		for i, w := range d.Weights {
			if w > 0 {
				rows = append(rows, i)
			}
		}
		d.X, d.Y, d.Weights = d.X.Take(rows), take(d.Y, rows), take(d.Weights, rows)
	}
	if !slices.ContainsFunc(d.Weights, func(w float64) bool { return w != 1 }) {
		d.Weights = nil
	}
	return d
}

func take(x []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		out[i] = x[r]
	}
	return out
}

// relative is counted with weights divided by unit, so that the largest is
// about 1, and without weights where they are all equal.
func relative(d learn.Data) (scaled learn.Data, unit float64) {
	d = counted(d)
	if d.Weights == nil {
		return d, 1
	}
	most := slices.Max(d.Weights)
	if slices.Min(d.Weights) == most {
		d.Weights = nil
		return d, most
	}
	_, e := math.Frexp(most)
	w := make([]float64, len(d.Weights))
	for i, v := range d.Weights {
		w[i] = math.Max(math.Ldexp(v, -e), math.SmallestNonzeroFloat64)
	}
	d.Weights = w
	return d, math.Ldexp(1, e)
}

// balance returns d with each class's rows weighing Σw/k in all, as
// scikit-learn's linear models have it; what class_weight none leaves alone.
func balance(d learn.Data, c learn.ClassWeight) learn.Data {
	if c != learn.Balanced {
		return d
	}
	w := slices.Clone(d.Weights)
	if w == nil {
		w = slices.Repeat([]float64{1}, len(d.Y))
	}
	class := make([]float64, d.Classes)
	for i, y := range d.Y {
		class[int(y)] += w[i]
	}
	for i, y := range d.Y {
		w[i] *= floats.Sum(class) / (float64(d.Classes) * class[int(y)])
	}
	d.Weights = w
	return counted(d)
}
