package recipe

import (
	"fmt"
	"slices"

	"clicktrain/internal/frame"
)

// Limits on the one-hot columns that Complete adds: a column may have up to
// manyLevels categories, or in a longer table one for each rowsPerLevel rows up
// to mostLevels, and all columns together mostColumns.
const (
	manyLevels   = 50
	rowsPerLevel = 50
	mostLevels   = 200
	mostColumns  = 500
)

// Want is what a learner wants of its columns.
type Want struct {
	Scale  bool // columns of one scale, and indicators rather than codes
	Native bool // missing numbers and categories as they are

	// Always says that Scale holds also where the recipe has steps that work on
	// columns, whose author else decides about scaling.
	Always bool
}

// Complete returns the recipe with what it leaves open, so that the learner
// can be trained on the features, and a note for each addition. r must be
// resolved.
//
//   - Number columns that no step fills get the median, also where nothing is
//     missing now: rows to come may lack a value.
//   - Parts of dates that no step fills get the median too.
//   - Columns of categories that no step encodes become indicators where Scale
//     is set and there are not too many, else codes. Missing ones count as no
//     category.
//   - Number columns and parts of dates that no step scales are standardized if
//     Scale is set, and either r has no steps that work on columns or Always is
//     set: who sets such steps decides about scaling too.
//   - Where Native is set neither is needed, unless a step works on prepared
//     columns or is Filled: missing numbers stay missing, and up to 255
//     categories stay categories. More of them become codes.
//
// What is added comes before and after the steps that work on columns. Free
// text with many values stays as it is, which Fit refuses.
func (r Recipe) Complete(f *frame.Frame, features []string, defs []Definition, want Want) (Recipe, []Note) {
	w := newWalk(f, features, defs)
	for i, s := range r.only(features).Steps {
		if _, _, err := w.step(i, s); err != nil {
			return r, nil // what is not resolved is Resolve's to refuse
		}
	}
	c := completion{walk: w, scale: want.Scale}
	if want.Native && !r.whole(defs) {
		c.keep()
	} else {
		c.fill()
		c.fillParts()
		c.encode()
	}
	first, last := r.between(defs)
	if want.Scale && (want.Always || first == last) {
		c.standardize()
	}
	return Recipe{Steps: slices.Concat(r.Steps[:first], c.before, r.Steps[first:last], c.after, r.Steps[last:])}, c.notes
}

// between returns where the steps that work on columns begin and end.
func (r Recipe) between(defs []Definition) (first, last int) {
	for _, s := range r.Steps {
		d, _ := define(defs, s.Name)
		if d.Phase.rank() < OnColumns.rank() {
			first++
		}
		if d.Phase.rank() <= OnColumns.rank() {
			last++
		}
	}
	return first, last
}

// completion collects the steps that Complete adds.
type completion struct {
	*walk
	scale         bool
	before, after []Step
	notes         []Note
}

func (c *completion) note(columns []string, format string, args ...any) {
	c.notes = append(c.notes, Note{columns, fmt.Sprintf(format, args...)})
}

// keep says what a learner gets as it is, and adds codes where that are too
// many categories.
func (c *completion) keep() {
	var missing, kept, codes, binned []string
	for _, name := range c.names {
		form := c.forms[name]
		switch {
		case form.gone > 0:
		case form.Has(Binning) && !form.Has(Missing):
			binned = append(binned, name)
		case form.Holds == Numbers && !form.Has(Missing) && !form.Has(Encoding) && form.Raw.MissingCount() > 0:
			missing = append(missing, name)
		case form.Holds != Texts || form.Raw.Kind == frame.ID || form.Raw.Kind == frame.Text && len(form.Raw.Levels) > maxNative:
		case len(form.Raw.Levels) <= maxNative:
			kept = append(kept, name)
		default:
			codes = append(codes, name)
		}
	}
	if len(missing) > 0 {
		c.note(missing, "%s: missing values stay missing; this algorithm learns which way they point.", listed(missing))
	}
	if len(binned) > 0 {
		c.before = append(c.before, Step{Name: "impute", Columns: binned, Params: map[string]any{"strategy": string(Median)}})
		c.note(binned, "%s: missing values are filled with the median of the training rows, as no bin is for them.", listed(binned))
	}
	if len(kept) > 0 {
		c.note(kept, "%s: categories stay categories; this algorithm groups them by what they tell.", listed(kept))
	}
	if len(codes) > 0 {
		c.after = append(c.after, Step{Name: "encode", Columns: codes, Params: map[string]any{"method": "ordinal"}})
		c.note(codes, "%s: more than %d categories, so they become codes 0, 1, 2 … in alphabetical order.", listed(codes), maxNative)
	}
}

func (c *completion) fill() {
	var all, now, later []string
	for _, name := range c.names {
		form := c.forms[name]
		if form.gone > 0 || form.Holds == Texts || form.Has(Missing) || form.Has(Encoding) || form.Raw.Kind != frame.Numeric {
			continue
		}
		all = append(all, name)
		if form.Raw.MissingCount() > 0 {
			now = append(now, name)
		} else {
			later = append(later, name)
		}
	}
	if len(all) == 0 {
		return
	}
	c.before = append(c.before, Step{Name: "impute", Columns: all, Params: map[string]any{"strategy": string(Median)}})
	if len(now) > 0 {
		c.note(now, "%s: missing values are filled with the median, learned from training rows.", listed(now))
	}
	if len(later) > 0 {
		c.note(later, "%s: nothing is missing now; a row to come that lacks a value gets the median of the training rows.", listed(later))
	}
}

// fillParts fills the parts of missing dates, behind the step that makes them.
func (c *completion) fillParts() {
	var parts []string
	for _, name := range c.names {
		if form := c.forms[name]; form.gone == 0 && form.Has(Parts) && !form.Has(Missing) {
			parts = append(parts, name)
		}
	}
	if len(parts) == 0 {
		return
	}
	c.after = append(c.after, Step{Name: "impute", Columns: parts, Params: map[string]any{"strategy": string(Median)}})
	c.note(parts, "%s: where a date is missing, each part of it gets the median of the training rows.", listed(parts))
}

func (c *completion) encode() {
	var indicators, codes []string
	columns := 0
	limit := max(manyLevels, min(mostLevels, c.frame.Rows/rowsPerLevel))
	for _, name := range c.names {
		form := c.forms[name]
		levels := len(form.Raw.Levels)
		switch {
		case form.gone > 0 || form.Holds != Texts || form.Raw.Kind == frame.ID || form.Raw.Kind == frame.Text && levels > limit:
		case c.scale && levels <= limit && columns+levels <= mostColumns:
			indicators = append(indicators, name)
			columns += levels
		default:
			codes = append(codes, name)
		}
	}
	add := func(columns []string, method string) {
		c.after = append(c.after, Step{Name: "encode", Columns: columns, Params: map[string]any{"method": method}})
	}
	if len(indicators) > 0 {
		add(indicators, "one_hot")
		c.note(indicators, "%s: each category becomes a column of 0 and 1 (one-hot).", listed(indicators))
	}
	if len(codes) == 0 {
		return
	}
	add(codes, "ordinal")
	if c.scale {
		c.note(codes, "%s: too many categories for a column each, so they become codes 0, 1, 2 … in alphabetical order.", listed(codes))
	} else {
		c.note(codes, "%s: categories become codes 0, 1, 2 … in alphabetical order, which this algorithm can split anywhere.", listed(codes))
	}
}

func (c *completion) standardize() {
	var numbers []string
	for _, name := range c.names {
		form := c.forms[name]
		measured := form.Holds == Numbers && form.Raw.Kind == frame.Numeric || form.Has(Parts)
		if form.gone == 0 && measured && !form.Has(Scaling) && !form.Has(Encoding) {
			numbers = append(numbers, name)
		}
	}
	if len(numbers) == 0 {
		return
	}
	c.after = append(c.after, Step{Name: "scale", Columns: numbers, Params: map[string]any{"method": "standard"}})
	c.note(numbers, "%s: scaled to mean 0 and standard deviation 1 on the training rows, so that no column counts for more because of its unit.", listed(numbers))
}
