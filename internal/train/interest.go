package train

import "clicktrain/internal/problem"

// Counts returns how many rows each class has.
func (t Target) Counts() []int {
	out := make([]int, t.Labels.Len())
	if len(out) == 0 {
		return nil
	}
	for _, y := range t.Y {
		out[int(y)]++
	}
	return out
}

// Interest returns the class of interest by its label's text. Where none is
// named it is the rarer of two classes, and of equals the second; of more
// classes and of numbers there is none: −1. It refuses what is no class.
func (t Target) Interest(positive string) (int, error) {
	counts := t.Counts()
	if positive == "" {
		if len(counts) != 2 {
			return -1, nil
		}
		if counts[0] < counts[1] {
			return 0, nil
		}
		return 1, nil
	}
	return t.Labels.Find(positive)
}

// Find returns the class of the given text. The problem that it returns where
// there is none names the classes.
func (l Labels) Find(text string) (int, error) {
	for i := range l.Len() {
		if l.Text(i) == text {
			return i, nil
		}
	}
	e := problem.Field("positive", "There is no class %q.", text)
	e.Value = text
	if l.Len() == 0 {
		return -1, problem.Field("positive", "A number is predicted, so no class can be of interest.").
			WithHint("Leave the class of interest out, or choose classification.")
	}
	return -1, e.WithHint("The classes are %s.", someNames(l.AllTexts()))
}
