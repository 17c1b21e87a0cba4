package profile

import (
	"fmt"
	"math"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// targetNames are words that columns to be predicted go by, the surest first.
// The whole name comes before its last word.
var targetNames = [...]string{"target", "label", "labels", "y", "outcome", "response", "output",
	"survived", "churn", "churned", "exited", "attrition", "default", "fraud", "isfraud", "diagnosis", "approved",
	"species", "class", "category", "quality", "rating", "grade", "price", "saleprice", "medv", "charges", "sales",
	"revenue", "demand", "salary", "value", "cost", "score", "result"}

// fewClasses is how many whole numbers are taken for classes.
const fewClasses = 20

// SuggestTarget returns the column that is likely to be predicted, the task,
// and why: the one whose name says so, or the last one that can be learned, or
// the first. A table without columns gives an empty name.
func SuggestTarget(f *frame.Frame) (column string, task learn.Task, reason string) {
	best, rank := -1, math.MaxInt
	last := -1
	for j, c := range f.Columns {
		if !learnable(c) {
			continue
		}
		last = j
		if k := targetRank(c.Name); k <= rank && k < math.MaxInt {
			best, rank = j, k
		}
	}
	reason = "its name"
	if best < 0 {
		best, reason = last, "the last column that can be predicted"
	}
	if best < 0 {
		if len(f.Columns) == 0 {
			return "", 0, ""
		}
		best, reason = 0, "the first column"
	}
	task, _ = TaskFor(f.Columns[best])
	return f.Columns[best].Name, task, reason
}

// targetRank returns how sure a name says target, 0 being the surest.
func targetRank(name string) int {
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c == '_' || c == ' ' || c == '-' || c == '.' })
	if len(words) == 0 {
		return math.MaxInt
	}
	for k, t := range targetNames {
		if strings.Join(words, "") == t {
			return k
		}
	}
	for k, t := range targetNames {
		if len(t) > 1 && words[len(words)-1] == t {
			return len(targetNames) + k
		}
	}
	return math.MaxInt
}

// learnable reports whether a column can be predicted: it is no date, no name
// of the row and no free text, and has two values at least.
func learnable(c *frame.Column) bool {
	if c.Kind == frame.ID || c.Kind == frame.Text || c.Kind == frame.Time {
		return false
	}
	distinct, _ := distinctUpTo(c, 2)
	return distinct == 2
}

// TaskFor returns the task of predicting a column, and why. It is 0 for dates
// and names of rows, which cannot be predicted.
func TaskFor(c *frame.Column) (learn.Task, string) {
	switch c.Kind {
	case frame.Time:
		return 0, "dates cannot be predicted"
	case frame.ID:
		return 0, "it names the row"
	case frame.Numeric:
	default:
		return learn.Classification, "its values are texts"
	}
	distinct, whole := distinctUpTo(c, fewClasses+1)
	values := len(c.Num) - c.MissingCount()
	switch {
	case distinct == 2:
		return learn.Classification, "it has two values"
	case whole && distinct > 0 && distinct <= fewClasses && values >= 2*distinct:
		return learn.Classification, fmt.Sprintf("it has %d different whole numbers", distinct)
	}
	return learn.Regression, "it is a number with many values"
}

// distinctUpTo counts the distinct values of c, stopping at limit, and reports
// whether those of a numeric column seen so far are whole.
func distinctUpTo(c *frame.Column, limit int) (n int, whole bool) {
	if !c.Numbers() {
		seen := make([]bool, len(c.Levels))
		for _, k := range c.Codes {
			if k >= 0 && !seen[k] {
				seen[k] = true
				if n++; n == limit {
					break
				}
			}
		}
		return n, false
	}
	whole = true
	var seen []float64
	for _, x := range c.Num {
		if x != x || contains(seen, x) {
			continue
		}
		whole = whole && x == math.Trunc(x)
		seen = append(seen, x)
		if len(seen) == limit {
			break
		}
	}
	return len(seen), whole
}

func contains(s []float64, x float64) bool {
	for _, v := range s {
		if v == x {
			return true
		}
	}
	return false
}
