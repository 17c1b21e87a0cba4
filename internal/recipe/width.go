package recipe

import (
	"errors"
	"fmt"

	"clicktrain/internal/problem"
)

// maxIndicators is how many one-hot columns a recipe may make in all.
const maxIndicators = 5000

// errWide is what a column says that would become more than there is room for.
// Which of several says so depends on chance, so checkWidth tells it.
var errWide = errors.New("recipe: too much memory")

// reserve counts the memory of the columns that a step makes of the column,
// before it does, and returns errWide where those of all columns together would
// take more than maxBytes.
func (c *Column) reserve(width int, step string) error {
	bytes := 8 * int64(width) * int64(c.values.len())
	c.made, c.madeBy = c.made+bytes, step
	if c.fit.made.Add(bytes) > maxBytes {
		return errWide
	}
	return nil
}

// widens returns how many columns of numbers o makes of one, or 0 where it
// stays one.
func (c *Column) widens(o op) int {
	s, ok := o.(shaper)
	if !ok || c.values.holds == Several {
		return 0
	}
	after, ok := s.after(shape{holds: c.values.holds, width: 1})
	if !ok || after.holds != Several {
		return 0
	}
	return after.width
}

// checkWidth refuses columns that have become too many, or too large, as soon
// as the first of them have.
func (f *fitting) checkWidth() error {
	var bytes int64
	var columns int
	var largest, widest *Column
	indicators, most := 0, 0
	for _, c := range f.known[:f.loaded] {
		if c == nil {
			continue
		}
		if bytes += c.made; c.made > 0 {
			columns++
		}
		if largest == nil || c.made > largest.made {
			largest = c
		}
		if bytes > maxBytes { // whatever other workers made of later ones
			return f.tooLarge(largest, columns, bytes)
		}
		n := c.indicators()
		if indicators += n; n > most {
			widest, most = c, n
		}
	}
	if indicators > maxIndicators {
		return problem.Column(widest.Name, "One-hot encoding would make %d columns%s, %d of them from %s; the limit is %d.",
			indicators, f.ofFirst(), most, widest.Name, maxIndicators).
			WithHint("Choose ordinal for columns with many categories, or leave them out.")
	}
	return nil
}

// indicators returns how many one-hot columns the column has become.
func (c *Column) indicators() int {
	n := 0
	for _, o := range c.ops {
		if o, ok := o.(*oneHot); ok {
			n += o.size()
		}
	}
	return n
}

// ofFirst says of how many columns something was found, where not of all.
func (f *fitting) ofFirst() string {
	if f.loaded == len(f.known) {
		return ""
	}
	return fmt.Sprintf(" of the first %d of %d columns", f.loaded, len(f.known))
}

// tooLarge says that the columns which are made of columns take too much memory,
// most of them those of c.
func (f *fitting) tooLarge(c *Column, columns int, bytes int64) error {
	n := c.values.len()
	p := problem.Column(c.Name, "The steps would make columns of %d rows%s that take %d MB in all, %d MB of them from %s; the limit is %d MB.",
		n, f.ofFirst(), bytes>>20, c.made>>20, c.Name, maxBytes>>20)
	if c.madeBy == tfidfStep {
		p.Field = "max_features"
		return p.WithHint("Set max_features to %d or less, or leave columns of text out.", maxBytes/8/n/columns)
	}
	return p.WithHint("Name fewer columns in the step %s, or let it make less of each.", c.madeBy)
}
