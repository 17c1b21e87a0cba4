package recipe

import (
	"slices"

	"clicktrain/internal/problem"
)

// Column is one column while a recipe is fitted: the values of the training
// rows, and the operations learned from them so far.
type Column struct {
	Name   string
	source source
	values values
	ops    []op
}

// Holds says what the column's values are now.
func (c *Column) Holds() Holds { return c.values.holds }

// learned adds an operation and applies it to the training rows.
func (c *Column) learned(o op) error {
	c.ops = append(c.ops, o)
	return o.apply(&c.values, &Seen{Column: c.Name})
}

// Fill learns what fills missing values, and fills them. A column that pandas
// reads as bool becomes 0 and 1 on the way, because scikit-learn fills numbers
// and texts only.
func (c *Column) Fill(s Strategy) error {
	if c.source == boolSource && c.values.holds == Texts {
		if err := c.learned(&ordinal{cats: newCategories(c.source, &c.values), keepMissing: true}); err != nil {
			return err
		}
	}
	if c.values.holds == Texts {
		return c.learned(&fillText{MostFrequent, mostFrequentText(c.values.texts)})
	}
	o := &fillNumber{strategy: s}
	switch s {
	case Mean:
		sum, n := sumPresent(c.values.num)
		o.value = sum / float64(n)
	case Median:
		o.value = median(c.values.num)
	default:
		o.value = mostFrequentNumber(c.values.num)
	}
	if !finite(o.value) {
		return c.tooLarge("mean")
	}
	return c.learned(o)
}

// Ordinal learns the categories, and makes the column their codes.
func (c *Column) Ordinal() error {
	if c.bools() != nil {
		return nil
	}
	return c.learned(&ordinal{cats: newCategories(c.source, &c.values)})
}

// bools returns the operation by which Fill turned bools into numbers.
func (c *Column) bools() *ordinal {
	if i := slices.IndexFunc(c.ops, func(o op) bool { x, ok := o.(*ordinal); return ok && x.keepMissing }); i >= 0 {
		return c.ops[i].(*ordinal)
	}
	return nil
}

// Standardize learns the mean and the standard deviation, and makes them 0 and 1.
func (c *Column) Standardize() error {
	o, err := newStandardize(c.values.num)
	if err != nil {
		return c.tooLarge("standard deviation")
	}
	return c.learned(o)
}

func (c *Column) tooLarge(what string) error {
	return problem.Column(c.Name, "The numbers in %s are so large that they have no %s.", c.Name, what).
		WithHint("Leave the column out, or upload it in a larger unit.")
}
