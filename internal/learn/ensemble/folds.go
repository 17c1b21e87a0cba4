package ensemble

import (
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// folds returns which of n folds each row is tested in: those of scikit-learn's
// StratifiedKFold for classes and of its KFold for numbers, unshuffled. It
// refuses fewer rows, of a class or in all, than folds.
func folds(d learn.Data, n int) ([]int, error) {
	if len(d.Y) < n {
		return nil, problem.Field("cv", "There are %d rows for %d folds.", len(d.Y), n).WithHint("Choose fewer folds.")
	}
	if d.Classes == 0 {
		return blocks(len(d.Y), n), nil
	}
	counts := make([]int, d.Classes)
	for _, y := range d.Y {
		counts[int(y)]++
	}
	if least := slices.Min(counts); least < n {
		return nil, problem.Field("cv", "The rarest class has %d of the rows to learn from; with %d folds each class needs %d.", least, n, n).
			WithHint("Choose fewer folds, or leave out rare classes.")
	}
	return stratified(d, counts, n), nil
}

// blocks cuts rows into n runs, of which the first are a row longer where they
// cannot be equal.
func blocks(rows, n int) []int {
	out := make([]int, 0, rows)
	for f := range n {
		size := rows / n
		if f < rows%n {
			size++
		}
		for range size {
			out = append(out, f)
		}
	}
	return out
}

// stratified deals the rows out class by class, the classes in the order in
// which they first occur: round robin says how many of a class a fold gets,
// and the first of its rows go to the first fold.
func stratified(d learn.Data, counts []int, n int) []int {
	share := make([][]int, d.Classes) // by class and fold: rows to come
	dealt := 0
	for _, y := range d.Y {
		c := int(y)
		if share[c] != nil {
			continue
		}
		share[c] = make([]int, n)
		for range counts[c] {
			share[c][dealt%n]++
			dealt++
		}
	}
	out := make([]int, len(d.Y))
	at := make([]int, d.Classes)
	for i, y := range d.Y {
		c := int(y)
		for share[c][at[c]] == 0 {
			at[c]++
		}
		share[c][at[c]]--
		out[i] = at[c]
	}
	return out
}

// split returns the data of the rows outside a fold, and the rows in it.
func split(d learn.Data, fold []int, f int) (train learn.Data, test []int, err error) {
	var keep []int
	for i, of := range fold {
		if of == f {
			test = append(test, i)
		} else {
			keep = append(keep, i)
		}
	}
	train = d
	train.X, train.Y, train.Weights = d.X.Take(keep), make([]float64, len(keep)), nil
	for k, i := range keep {
		train.Y[k] = d.Y[i]
	}
	if d.Weights == nil {
		return train, test, nil
	}
	train.Weights = make([]float64, len(keep))
	for k, i := range keep {
		train.Weights[k] = d.Weights[i]
	}
	if slices.Max(train.Weights) == 0 {
		return train, test, problem.Field("cv", "All rows that weigh anything are in one fold.").WithHint("Choose another number of folds.")
	}
	return train, test, nil
}
