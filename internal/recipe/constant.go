package recipe

import (
	"slices"

	"clicktrain/internal/problem"
)

// MissingText is what fills missing texts where no constant is named.
const MissingText = "missing"

// CheckConstant returns a *problem.Error if the column cannot be filled with
// the text: a column that pandas reads as numbers takes numbers alone, and one
// that it reads as bool takes True and False.
func (f Form) CheckConstant(text string) error {
	s, _ := sourceOf(f.Raw)
	_, err := s.constant(f.Raw.Name, text)
	return err
}

// constant reads a text as a value of the source; a number or a bool is
// returned as a number. An empty one is 0, or for texts MissingText.
func (s source) constant(column, text string) (x float64, err error) {
	want, ok := "a number", true
	switch {
	case s == textSource:
	case s == boolSource:
		var yes bool
		yes, ok = parseBool(text)
		x, want = indicator(yes), "True or False"
	case text != "":
		x, ok = parseNumber(text)
	}
	if ok {
		return x, nil
	}
	p := problem.Column(column, "%s cannot be filled with %s: it takes %s.", column, quoted(text), want)
	p.Field, p.Value = "fill_value", text
	return 0, p.WithHint("Name %s as fill_value, or choose most_frequent.", want)
}

// FillConstant fills missing values with the text, which CheckConstant allows.
// Like Fill, it turns a column that pandas reads as bool into 0 and 1.
func (c *Column) FillConstant(text string) error {
	if c.asked() {
		return c.fillYesOrNo(text)
	}
	x, err := c.source.constant(c.Name, text)
	if err != nil {
		return err
	}
	if c.source == boolSource && c.values.holds == Texts {
		both := categories{source: boolSource, text: boolTexts}
		if err := c.learned(&ordinal{cats: both, keepMissing: true}); err != nil {
			return err
		}
	}
	if c.values.holds == Numbers || c.values.holds == Several {
		return c.perColumn(func([]float64) (op, error) { return &fillNumber{Constant, x}, nil })
	}
	if text == "" {
		text = MissingText
	}
	return c.learned(&fillText{Constant, text})
}

// fillYesOrNo fills a column that a step reads as yes or no with one of the two
// values that it has.
func (c *Column) fillYesOrNo(text string) error {
	if err := c.code(); err != nil {
		return err
	}
	known := c.bools().cats.labels()
	at := slices.Index(known, text)
	if at < 0 {
		p := problem.Column(c.Name, "%s cannot be filled with %s: its training rows have %s.", c.Name, quoted(text), listed(known))
		p.Field, p.Value = "fill_value", text
		return p.WithHint("Name one of these as fill_value, or choose most_frequent.")
	}
	return c.learned(&fillNumber{Constant, float64(at)})
}
