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
	return Recipe{}.Features(f, target, nil)
}

// Features is as the function Features, after the steps that change how columns
// are read or leave them out. Columns that a step makes something of are used,
// such as dates of which one takes the parts.
func (r Recipe) Features(f *frame.Frame, target string, defs []Definition) (use []string, left []Left) {
	w := newWalk(f, f.Names(), defs)
	for i, s := range r.Steps {
		if _, _, err := w.step(i, s); err != nil {
			break // what is not resolved is Resolve's to refuse
		}
	}
	for _, c := range f.Columns {
		if c.Name == target {
			continue
		}
		if reason := w.forms[c.Name].whyNot(); reason != "" {
			left = append(left, Left{c.Name, reason})
			continue
		}
		use = append(use, c.Name)
	}
	return use, left
}

// whyNot says why a column is left out, or nothing.
func (f Form) whyNot() string {
	if f.gone > 0 {
		return "a step of the recipe leaves it out"
	}
	reason := whyNot(f.Raw)
	if f.open && (f.Raw.Kind == frame.Time || f.Raw.Kind == frame.Text || f.Raw.Kind == frame.ID) && !constant(f.Raw) {
		return ""
	}
	return reason
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
