package boost

import (
	"math"

	"clicktrain/internal/problem"
)

// mostAdded is the most that a leaf may add: the most rounds together stay
// below what float64 holds.
const mostAdded = 1e300

// bounded reports whether a leaf may add value, which is in units of f.unit.
func (f *fit) bounded(value float64) bool {
	return math.Abs(value) <= mostAdded && math.Abs(value*f.unit) <= math.MaxFloat64
}

// derived reports whether float32 holds the gradients and hessians of all rows.
// Cost: nothing to speak of while their sums fit it too.
func (f *fit) derived() bool {
	for k := range f.grads {
		gr := &f.grads[k]
		if gr.sumG <= math.MaxFloat32 && gr.sumH <= math.MaxFloat32 {
			continue
		}
		for _, list := range [][]float32{gr.g, gr.gh} {
			for _, x := range list {
				if !(math.Abs(float64(x)) <= math.MaxFloat32) {
					return false
				}
			}
		}
	}
	return true
}

// diverged says that each round goes further from the targets than the last.
func (f *fit) diverged() error {
	return problem.Field("learning_rate", "The trees' answers grow beyond all bounds with a learning_rate of %g.", f.rate).
		WithHint("Choose a smaller learning_rate; 0.01 to 0.3 is common.")
}
