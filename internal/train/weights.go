package train

import (
	"math"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// CheckWeights returns how much each of the target's rows counts, as a column
// says, or says why the column cannot tell: it must hold numbers, none of them
// missing, negative or infinite, and one above 0 at least.
func CheckWeights(f *frame.Frame, column string, t Target) ([]float64, error) {
	c := f.Column(column)
	refuse := func(format string, args ...any) *problem.Error {
		e := problem.Field("weight_column", format, args...)
		e.Column = column
		return e
	}
	if c == nil {
		return nil, refuse("There is no column %q to count rows by.", column).WithHint("The columns are %s.", someNames(f.Names()))
	}
	if c.Kind != frame.Numeric {
		return nil, refuse("%s does not hold numbers, so rows cannot be counted by it.", column).
			WithHint("Choose a column of numbers, such as how often a row occurred, or none.")
	}
	out := make([]float64, len(t.Rows))
	missing, negative, some := 0, 0, false
	for i, r := range t.Rows {
		out[i] = c.Num[r]
		switch {
		case c.Missing(r) || math.IsInf(out[i], 0):
			missing++
		case out[i] < 0:
			negative++
		case out[i] > 0:
			some = true
		}
	}
	switch {
	case missing > 0:
		return nil, refuse("%s lacks a value in %s, so it does not say how much they count.", column, count(missing, "row")).
			WithHint("Write 0 for rows that are not to count and 1 for rows that count once, or choose another column.")
	case negative > 0:
		return nil, refuse("%s is below 0 in %s, and no row can count less than nothing.", column, count(negative, "row")).
			WithHint("Choose a column without negative numbers, or none.")
	case !some:
		return nil, refuse("%s is 0 in every row, so no row would count.", column).WithHint("Choose another column, or none.")
	}
	return out, nil
}

// checkWeighed refuses training rows of which too few count: one at least must
// for each class.
func (r *run) checkWeighed() error {
	w := r.prepared.Weights
	if w == nil || r.spec.Weights == "" {
		return nil
	}
	counts := make([]bool, max(r.target.Labels.Len(), 1))
	for i, y := range r.prepared.Y {
		if w[i] > 0 {
			counts[classOf(y, len(counts))] = true
		}
	}
	for k, ok := range counts {
		if ok {
			continue
		}
		e := problem.Field("weight_column", "No training row counts: %s is 0 in all of them.", r.spec.Weights)
		if r.target.Labels.Len() > 0 {
			e = problem.Field("weight_column", "No training row of class %s counts: %s is 0 in all of them.", r.target.Labels.Text(k), r.spec.Weights)
		}
		e.Column = r.spec.Weights
		return e.WithHint("Choose another column to count rows by, or none.")
	}
	return nil
}

// classOf is a target as the index of a class, or 0 where there are none.
func classOf(y float64, classes int) int {
	if classes == 1 {
		return 0
	}
	return int(y)
}
