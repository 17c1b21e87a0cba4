package train

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// Target is the column to predict, as a learner sees it.
type Target struct {
	Labels Labels    // of a classification
	Rows   []int     // the rows that have a value, ascending
	Y      []float64 // one for each of Rows: a number, or an index into Labels
}

// Labels are the classes in the person's own values, sorted as numpy sorts:
// texts by code point, numbers ascending, False before True.
type Labels struct {
	Texts   []string  `json:"texts,omitempty"`
	Numbers []float64 `json:"numbers,omitempty"` // set for a numeric target
	Bool    bool      `json:"bool,omitempty"`    // Texts are False and True as pandas reads them
}

// Len returns the number of classes.
func (l Labels) Len() int { return max(len(l.Texts), len(l.Numbers)) }

// Text returns class i as text.
func (l Labels) Text(i int) string {
	if l.Numbers != nil {
		return strconv.FormatFloat(l.Numbers[i], 'g', -1, 64)
	}
	return l.Texts[i]
}

// AllTexts returns every class as text, in order.
func (l Labels) AllTexts() []string {
	out := make([]string, l.Len())
	for i := range out {
		out[i] = l.Text(i)
	}
	return out
}

// Value returns class i as the JSON value a person would write for it.
func (l Labels) Value(i int) any {
	switch {
	case l.Numbers != nil:
		return json.Number(strconv.FormatFloat(l.Numbers[i], 'f', -1, 64))
	case l.Bool:
		return l.Texts[i] == "True"
	}
	return l.Texts[i]
}

// Values returns every class as Value does.
func (l Labels) Values() []any {
	out := make([]any, l.Len())
	for i := range out {
		out[i] = l.Value(i)
	}
	return out
}

// Array returns the classes as scikit-learn's classes_ holds them.
func (l Labels) Array() pickle.Array {
	switch {
	case l.whole():
		ints := make([]int64, len(l.Numbers))
		for i, x := range l.Numbers {
			ints[i] = int64(x)
		}
		return pickle.Ints(ints)
	case l.Numbers != nil:
		return pickle.Floats(l.Numbers)
	case l.Bool:
		bools := make([]bool, len(l.Texts))
		for i, t := range l.Texts {
			bools[i] = t == "True"
		}
		return pickle.Bools(bools)
	}
	return pickle.Strings(l.Texts)
}

// whole reports whether the labels are whole numbers that int64 holds.
func (l Labels) whole() bool {
	for _, x := range l.Numbers {
		if x != math.Trunc(x) || math.Abs(x) > 1<<53 {
			return false
		}
	}
	return len(l.Numbers) > 0
}

// newTarget reads column c as a target of the task. Labels are the classes
// that occur.
func newTarget(c *frame.Column, task learn.Task) Target {
	var t Target
	for i := range c.Len() {
		if !c.Missing(i) {
			t.Rows = append(t.Rows, i)
		}
	}
	t.Y = make([]float64, len(t.Rows))
	switch {
	case task == learn.Regression && c.Numbers():
		for i, r := range t.Rows {
			t.Y[i] = c.Num[r]
		}
	case c.Numbers():
		for i, r := range t.Rows {
			t.Y[i] = c.Num[r]
		}
		distinct := slices.Clone(t.Y)
		slices.Sort(distinct)
		t.Labels.Numbers = slices.Compact(distinct)
		for i, y := range t.Y {
			k, _ := slices.BinarySearch(t.Labels.Numbers, y)
			t.Y[i] = float64(k)
		}
		for i, x := range t.Labels.Numbers {
			t.Labels.Numbers[i] = x + 0 // -0 is shown and stored as 0
		}
	default:
		t.codes(c)
	}
	return t
}

// codes sets Labels and Y from a column of texts.
func (t *Target) codes(c *frame.Column) {
	used := make([]bool, len(c.Levels))
	for _, r := range t.Rows {
		used[c.Codes[r]] = true
	}
	index := make([]float64, len(c.Levels))
	for code, ok := range used {
		if ok {
			index[code] = float64(len(t.Labels.Texts))
			t.Labels.Texts = append(t.Labels.Texts, c.Levels[code])
		}
	}
	t.Labels.Bool = c.IsPandasBool()
	for i, r := range t.Rows {
		t.Y[i] = index[c.Codes[r]]
	}
}

// Classes returns y as class indices.
func (t Target) Classes() []int { return classIndices(t.Y) }

func classIndices(y []float64) []int {
	out := make([]int, len(y))
	for i, v := range y {
		out[i] = int(v)
	}
	return out
}

func (t Target) constant() bool {
	for _, y := range t.Y {
		if y != t.Y[0] {
			return false
		}
	}
	return true
}

// first returns the first value of the target as text.
func (t Target) first(c *frame.Column) string {
	r := t.Rows[0]
	if c.Numbers() {
		return strconv.FormatFloat(c.Num[r], 'g', -1, 64)
	}
	return c.Levels[c.Codes[r]]
}
