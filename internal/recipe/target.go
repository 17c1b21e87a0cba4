package recipe

import (
	"clicktrain/internal/problem"
)

// target is what is predicted, as far as steps may learn from it: the targets
// of the training rows that are left.
type target struct {
	y       []float64 // classes, or numbers; nil where there is none
	classes int       // 0 for numbers
	names   []string  // of the classes; nil where they are not known
	seed    uint64
}

// need refuses a step that learns from the target where there is none.
func (t *target) need(step string) error {
	if t.y != nil {
		return nil
	}
	return problem.New(problem.Invalid, "%s learns from the target, and none is chosen that can be predicted.", step).
		WithHint("Choose what to predict first, or take the step out.")
}

// The streams of the seed that steps draw from; learners use lower ones.
const (
	foldStream    = 1<<40 + 1
	balanceStream = 1<<40 + 2
)
