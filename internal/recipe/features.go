package recipe

import (
	"fmt"

	"clicktrain/internal/frame"
)

// Features returns the columns to predict target from by default, in f's
// order, and those left out with the reason: what names rows, free text,
// dates, and what never changes says nothing about rows to come, or cannot be
// learned from. The target is in neither list. It reads each column once.
func Features(f *frame.Frame, target string) (use []string, left []Left) {
	for _, c := range f.Columns {
		if c.Name == target {
			continue
		}
		if reason := whyNot(c); reason != "" {
			left = append(left, Left{c.Name, reason})
			continue
		}
		use = append(use, c.Name)
	}
	return use, left
}

// whyNot says why a column is left out, or nothing.
func whyNot(c *frame.Column) string {
	missing := c.MissingCount()
	switch {
	case c.Len() == 0 || missing == c.Len():
		return "it is empty"
	case c.Kind == frame.ID:
		return "it names the rows"
	case c.Kind == frame.Time:
		return "dates cannot be learned from as they are"
	case constant(c):
		if missing > 0 {
			return "every value it has is the same"
		}
		return "it is the same in every row"
	case c.Kind == frame.Text:
		return fmt.Sprintf("it is free text, with %d different values", len(c.Levels))
	}
	return ""
}

// constant reports whether all values that are not missing are equal.
func constant(c *frame.Column) bool {
	if !c.Numbers() {
		return len(c.Levels) < 2
	}
	first, known := 0.0, false
	for _, x := range c.Num {
		switch {
		case x != x:
		case !known:
			first, known = x, true
		case x != first:
			return false
		}
	}
	return true
}
