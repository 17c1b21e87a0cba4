package learn

import "clicktrain/internal/param"

// ClassWeight says how much the classes count, in scikit-learn's words.
type ClassWeight string

// The choices of class_weight.
const (
	Unweighted ClassWeight = "none"
	Balanced   ClassWeight = "balanced" // each class counts n / (k · rows of the class)
)

// Param declares class_weight.
func (w *ClassWeight) Param(s *param.Set) {
	s.Choice((*string)(w), "class_weight", string(Unweighted), []string{string(Unweighted), string(Balanced)},
		"balanced lets each class count the same in all, however few rows it has: rare classes are found more often, and probabilities no longer match how often classes occur.")
}

// Rows returns how much each row counts: d.Weights, times its class's weight.
// It is nil where every row counts once. Rows of weight 0 do not count for how
// rare a class is; otherwise, as in scikit-learn, Weights do not.
func (w ClassWeight) Rows(d Data) []float64 {
	if w != Balanced || d.Classes == 0 {
		return d.Weights
	}
	counts, n := make([]float64, d.Classes), 0.0
	for i, y := range d.Y {
		if d.Weights == nil || d.Weights[i] > 0 {
			counts[int(y)]++
			n++
		}
	}
	out := make([]float64, len(d.Y))
	for i, y := range d.Y {
		out[i] = n / (float64(d.Classes) * counts[int(y)])
		if d.Weights != nil {
			out[i] *= d.Weights[i]
		}
	}
	return out
}

// Pickle returns the choice as scikit-learn's parameter: None, or balanced.
func (w ClassWeight) Pickle() any {
	if w == Balanced {
		return string(w)
	}
	return nil
}
