package recipe_test

import (
	"fmt"
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
)

// What is done without being asked for is told of the columns that it is done
// to: a column without gaps is not said to have any.
func TestNotesTellOfTheirColumns(t *testing.T) {
	many := make([]any, 300)
	numbers := make([]any, len(many))
	for i := range many {
		many[i], numbers[i] = fmt.Sprint("k", i%280), float64(i)
	}
	wide := frame.New(column(t, "street", frame.Category, many...), column(t, "size", frame.Numeric, numbers...))
	for name, tt := range map[string]struct {
		frame *frame.Frame
		use   []string
		want  recipe.Want
		notes []string
	}{
		"trees": {people(t), []string{"age", "size", "sex"}, recipe.Want{}, []string{
			"age: missing values are filled with the median, learned from training rows.",
			"size: nothing is missing now; a row to come that lacks a value gets the median of the training rows.",
			"sex: categories become codes 0, 1, 2 … in alphabetical order, which this algorithm can split anywhere.",
		}},
		"linear": {people(t), []string{"size", "sex"}, recipe.Want{Scale: true}, []string{
			"size: nothing is missing now; a row to come that lacks a value gets the median of the training rows.",
			"sex: each category becomes a column of 0 and 1 (one-hot).",
			"size: scaled to mean 0 and standard deviation 1 on the training rows, so that no column counts for more because of its unit.",
		}},
		"native": {people(t), []string{"age", "size", "sex"}, recipe.Want{Native: true}, []string{
			"age: missing values stay missing; this algorithm learns which way they point.",
			"sex: categories stay categories; this algorithm groups them by what they tell.",
		}},
		"too many for a column each": {wide, []string{"street"}, recipe.Want{Scale: true}, []string{
			"street: too many categories for a column each, so they become codes 0, 1, 2 … in alphabetical order.",
		}},
		"too many for native": {wide, []string{"street"}, recipe.Want{Native: true}, []string{
			"street: more than 255 categories, so they become codes 0, 1, 2 … in alphabetical order.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, notes := recipe.Recipe{}.Complete(tt.frame, tt.use, steps, tt.want)
			var got []string
			for _, n := range notes {
				got = append(got, n.Message)
			}
			if !slices.Equal(got, tt.notes) {
				t.Errorf("notes %q, want %q", got, tt.notes)
			}
		})
	}
}
