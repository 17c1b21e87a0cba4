package ensemble

import (
	"math/rand/v2"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// always is the fold of a row that every fold learns from.
const always = -1

// foldStream is the random stream of a seed that folds are drawn from.
const foldStream = 1<<20 + 1

// folds draws which of n folds each row is tested in, as scikit-learn's
// shuffled StratifiedKFold and KFold do: folds of numbers have as many rows as
// each other, and as many of each class, give or take one. So the order of the
// rows means nothing. The only row of a class is always learned from. It refuses
// fewer rows, in all or of every class, than folds.
func folds(d learn.Data, n int) ([]int, error) {
	if len(d.Y) < n {
		return nil, problem.Field("cv", "There are %d rows for %d folds.", len(d.Y), n).WithHint("Choose fewer folds.")
	}
	rows := make([][]int, max(d.Classes, 1)) // of each class
	for i, y := range d.Y {
		c := 0
		if d.Classes > 0 {
			c = int(y)
		}
		rows[c] = append(rows[c], i)
	}
	most := 0
	for _, of := range rows {
		most = max(most, len(of))
	}
	if most < n {
		return nil, problem.Field("cv", "No class has more than %d of the rows to learn from, for %d folds.", most, n).
			WithHint("Choose fewer folds.")
	}
	random := rand.New(rand.NewPCG(d.Seed, foldStream))
	out, dealt := make([]int, len(d.Y)), 0
	for _, of := range rows {
		if d.Classes > 0 && len(of) == 1 {
			out[of[0]] = always
			continue
		}
		random.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		for _, i := range of {
			out[i] = dealt % n
			dealt++
		}
	}
	return out, nil
}

// rowsIn returns the rows of a fold.
func rowsIn(fold []int, f int) []int {
	var rows []int
	for i, of := range fold {
		if of == f {
			rows = append(rows, i)
		}
	}
	return rows
}

// split returns the data of the rows outside a fold, and the rows in it.
func split(d learn.Data, fold []int, f int) (train learn.Data, test []int, err error) {
	test = rowsIn(fold, f)
	keep := make([]int, 0, len(fold)-len(test))
	for i, of := range fold {
		if of != f {
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
