package train

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
)

// unitsApart is by how many times standard deviations may differ before it is
// told to a learner's user that columns count by their units.
const unitsApart = 10

// units says which columns differ most in scale, where the learner wants one
// scale and the recipe has no step that scales.
func (r *run) units() []string {
	l, ok := r.cat.Learner(r.spec.Learner)
	if !ok || !l.Scale || l.AnyScale || slices.ContainsFunc(r.spec.Recipe.Steps, func(s recipe.Step) bool { return s.Name == "scale" }) {
		return nil
	}
	var least, most string
	low, high := math.Inf(1), 0.0
	for name, sd := range r.spreads() {
		if sd < low {
			least, low = name, sd
		}
		if sd > high {
			most, high = name, sd
		}
	}
	if high <= unitsApart*low {
		return nil
	}
	return []string{fmt.Sprintf("The columns are not on one scale: %s has a standard deviation of %s, %s of %s. %s lets columns count by their units; the step Scale numbers makes them alike.",
		most, rough(high), least, rough(low), l.Title)}
}

// spreads yields the prepared columns that hold numbers or parts of dates, each
// with the standard deviation of its training rows, where that is above 0.
func (r *run) spreads() iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		names, origins, inputs, at := r.recipe.Names(), r.recipe.Origin(), r.recipe.Inputs(), 0
		for _, b := range r.prepared.X.Blocks {
			j := at
			at += b.Width
			if b.Dense == nil || len(origins[j]) != 1 {
				continue
			}
			c := r.frame.Column(inputs[origins[j][0]].Name)
			if c == nil || c.Kind != frame.Numeric && c.Kind != frame.Time {
				continue
			}
			if sd := deviations(b, r.prepared.X.Rows)[0]; sd > 0 && !yield(names[j], sd) {
				return
			}
		}
	}
}

// rough shows a number with three significant digits, or as a whole one.
func rough(x float64) string {
	if x >= 1000 && x < 1e15 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}
