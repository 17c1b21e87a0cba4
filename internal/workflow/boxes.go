package workflow

import (
	"math"
	"slices"
	"strconv"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
)

// Box is the spread of a column of numbers in a part of the rows. The whiskers
// Low and High end at the last values within 1.5 interquartile ranges of the
// box; quartiles interpolate linearly.
type Box struct {
	Label                     string
	Low, Q1, Median, Q3, High float64
	Rows, Outside             int // rows with a value, and of them beyond the whiskers
}

// mostBoxes is how many groups are boxed: the most frequent ones.
const mostBoxes = 10

// Boxes cuts the numbers of a column by the classes of the goal, or where the
// goal is a number, the goal by the categories of the column. values names the
// column of numbers, and groups tells how many there are, of which up to 10 are
// boxed, the most frequent ones. There are none where neither fits.
func (l *Look) Boxes(column string) (boxes []Box, values string, groups int) {
	goal, f := l.Goal, l.Data.Frame()
	c, t := f.Column(column), f.Column(goal.Target)
	switch {
	case c == nil || t == nil || c == t:
		return nil, "", 0
	case goal.Task == learn.Classification && c.Kind == frame.Numeric:
		boxes, groups = boxesBy(c.Num, t)
		return boxes, column, groups
	case goal.Task == learn.Regression && (c.Kind == frame.Category || c.Kind == frame.Bool) && t.Numbers():
		boxes, groups = boxesBy(t.Num, c)
		return boxes, goal.Target, groups
	}
	return nil, "", 0
}

// boxesBy cuts v by the values of c, and returns the boxes of the most frequent
// and how many values there are.
func boxesBy(v []float64, c *frame.Column) (boxes []Box, values int) {
	groups := map[float64][]float64{}
	var order []float64
	for i, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) || c.Missing(i) {
			continue
		}
		key := 0.0
		if c.Numbers() {
			key = c.Num[i]
		} else {
			key = float64(c.Codes[i])
		}
		if _, seen := groups[key]; !seen {
			order = append(order, key)
		}
		groups[key] = append(groups[key], x)
	}
	slices.SortFunc(order, func(a, b float64) int {
		if n := len(groups[b]) - len(groups[a]); n != 0 {
			return n
		}
		return int(math.Copysign(1, a-b))
	})
	order = order[:min(len(order), mostBoxes)]
	if c.Numbers() {
		slices.Sort(order)
	}
	out := make([]Box, len(order))
	for i, key := range order {
		out[i] = boxOf(groups[key])
		out[i].Label = labelOf(c, key)
	}
	return out, len(groups)
}

func labelOf(c *frame.Column, key float64) string {
	if c.Numbers() {
		return strconv.FormatFloat(key, 'g', -1, 64)
	}
	return c.Levels[int(key)]
}

// boxOf sorts v and boxes it.
func boxOf(v []float64) Box {
	slices.Sort(v)
	b := Box{Q1: quantile(v, 0.25), Median: quantile(v, 0.5), Q3: quantile(v, 0.75), Rows: len(v)}
	reach := 1.5 * (b.Q3 - b.Q1)
	b.Low, b.High = b.Q1, b.Q3
	for _, x := range v {
		if !(x >= b.Q1-reach && x <= b.Q3+reach) {
			b.Outside++
			continue
		}
		b.Low, b.High = min(b.Low, x), max(b.High, x)
	}
	return b
}

// quantile interpolates linearly between the values of the ascending s, which
// is not empty.
func quantile(s []float64, q float64) float64 {
	at := q * float64(len(s)-1)
	i := int(at)
	if i+1 >= len(s) {
		return s[len(s)-1]
	}
	t := at - float64(i)
	return s[i]*(1-t) + s[i+1]*t
}
