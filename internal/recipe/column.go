package recipe

import (
	"slices"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// Column is one column while a recipe is fitted: the values of the training
// rows, and the operations learned from them so far.
type Column struct {
	Name    string
	file    *frame.Column // as it stands in the table
	raw     *frame.Column // as it is read
	pandas  source        // how pandas reads the file
	source  source        // what the column is read as
	changes []Change
	values  values
	ops     []op
	aside   []aside
	left    string // why the column is left out, if it is
	fit     *fitting
	made    int64  // bytes of the columns that steps made of it
	madeBy  string // the last such step
}

// aside is a side of a column with the values of the training rows.
type aside struct {
	side
	values values
}

// beside learns a side of the column: from its values as they are now it goes
// through the operations, to columns of its own.
func (c *Column) beside(ops ...op) error {
	if err := c.reserve(1, ops[0].step()); err != nil {
		return err
	}
	c.values.own = false
	a := aside{side: side{after: len(c.ops), ops: ops}, values: c.values}
	for _, o := range ops {
		if err := o.apply(&a.values, &Seen{Column: c.Name}); err != nil {
			return err
		}
	}
	c.aside = append(c.aside, a)
	return nil
}

// Leave leaves the column out, with the reason: a clause without a full stop.
func (c *Column) Leave(reason string) { c.left = reason }

// Constant reports whether no two training rows differ in the column, be it
// only in having a value.
func (c *Column) Constant() bool { return c.values.constant() }

// Holds says what the column's values are now.
func (c *Column) Holds() Holds { return c.values.holds }

// learned adds an operation and applies it to the training rows.
func (c *Column) learned(o op) error {
	if n := c.widens(o); n > 0 {
		if err := c.reserve(n, o.step()); err != nil {
			return err
		}
	}
	c.ops = append(c.ops, o)
	return o.apply(&c.values, &Seen{Column: c.Name})
}

// asked reports whether a step reads the column as yes or no: any other value
// is then missing, which scikit-learn cannot tell from one that is not.
func (c *Column) asked() bool {
	return slices.ContainsFunc(c.changes, func(ch Change) bool { return ch.do == retyping && ch.kind == frame.Bool })
}

// code turns what is read as yes or no, and what pandas reads as bool, into
// codes: scikit-learn fills numbers and texts only. Missing values stay missing.
func (c *Column) code() error {
	if c.bools() != nil || !(c.asked() || c.source == boolSource && c.values.holds == Texts) {
		return nil
	}
	return c.learned(&ordinal{cats: newCategories(c.source, &c.values), keepMissing: true})
}

// Fill learns what fills missing values, and fills them. Yes and no become
// codes on the way.
func (c *Column) Fill(s Strategy) error {
	if err := c.code(); err != nil {
		return err
	}
	if c.values.holds == Texts {
		return c.learned(&fillText{MostFrequent, mostFrequentText(c.values.texts)})
	}
	return c.perColumn(func(num []float64) (op, error) {
		o := &fillNumber{strategy: s}
		switch s {
		case Mean:
			sum, n := sumPresent(num)
			o.value = sum / float64(n)
		case Median:
			o.value = median(num)
		default:
			o.value = mostFrequentNumber(num)
		}
		if !finite(o.value) {
			return nil, c.tooLarge("mean")
		}
		return o, nil
	})
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
	return c.perColumn(func(num []float64) (op, error) {
		o, err := newStandardize(num)
		if err != nil {
			return nil, c.tooLarge("standard deviation")
		}
		return o, nil
	})
}

func (c *Column) tooLarge(what string) error {
	return problem.Column(c.Name, "The numbers in %s are so large that they have no %s.", c.Name, what).
		WithHint("Leave the column out, or upload it in a larger unit.")
}
