package recipe

import (
	"math/rand/v2"
	"sync"

	"clicktrain/internal/problem"
)

// target is what is predicted, as far as steps may learn from it: the targets
// of the training rows that are left.
type target struct {
	y       []float64 // classes, or numbers; nil where there is none
	classes int       // 0 for numbers
	names   []string  // of the classes; nil where they are not known
	seed    uint64

	once  sync.Once
	parts []fold
}

// need refuses a step that learns from the target where there is none.
func (t *target) need(step string) error {
	if t.y != nil {
		return nil
	}
	return problem.New(problem.Invalid, "%s learns from the target, and none is chosen that can be predicted.", step).
		WithHint("Choose what to predict first, or take the step out.")
}

// outputs returns the numbers that are predicted: the target, or of three or
// more classes for each whether a row is of it.
func (t *target) outputs() [][]float64 {
	if t.classes <= 2 {
		return [][]float64{t.y}
	}
	out := make([][]float64, t.classes)
	for k := range out {
		out[k] = make([]float64, len(t.y))
	}
	for i, c := range t.y {
		out[int(c)][i] = 1
	}
	return out
}

// fold is a part of the training rows, and the rest.
type fold struct{ part, rest []int }

// targetFolds is how many parts target encoding takes, as scikit-learn does.
const targetFolds = 5

// folds returns the training rows in parts drawn at random, the same for all
// columns. Classes are dealt out evenly.
func (t *target) folds() []fold {
	t.once.Do(func() {
		rng := rand.New(rand.NewPCG(t.seed, foldStream))
		groups := [][]int{nil}
		if t.classes > 0 {
			groups = make([][]int, t.classes)
		}
		for i, y := range t.y {
			g := 0
			if t.classes > 0 {
				g = int(y)
			}
			groups[g] = append(groups[g], i)
		}
		parts := min(targetFolds, len(t.y))
		of, next := make([]int, len(t.y)), 0
		for _, g := range groups {
			rng.Shuffle(len(g), func(i, j int) { g[i], g[j] = g[j], g[i] })
			for _, i := range g {
				of[i] = next % parts
				next++
			}
		}
		t.parts = make([]fold, parts)
		for k := range t.parts {
			for i, p := range of {
				if p == k {
					t.parts[k].part = append(t.parts[k].part, i)
				} else {
					t.parts[k].rest = append(t.parts[k].rest, i)
				}
			}
		}
	})
	return t.parts
}

// The streams of the seed that steps draw from; learners use lower ones.
const (
	foldStream    = 1<<40 + 1
	balanceStream = 1<<40 + 2
)
