package profile

import (
	"fmt"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
)

// columnAlerts returns the alerts of one column: the first that applies of
// empty, constant, nearly so, identifier, repeated identifier and many values,
// and those about single values and their order.
func columnAlerts(c *frame.Column, d *Column, rows int) []Alert {
	name := short(d.Name)
	if d.Missing == rows {
		return []Alert{{Code: "empty", Severity: Warning, Column: d.Name, Fix: drop(d.Name),
			Message: name + " has no values.", Hint: "Leave it out."}}
	}
	var out []Alert
	most := d.mostFrequent()
	switch {
	case d.Distinct == 1 && rows > 1 && d.Missing == 0:
		out = append(out, Alert{Code: "constant", Severity: Warning, Column: d.Name, Fix: drop(d.Name),
			Message: name + " has the same value in every row.", Hint: "Leave it out: it tells nothing."})
	case d.Distinct > 1 && rows >= fewestRows && float64(most) >= nearlyAll*float64(rows-d.Missing):
		out = append(out, Alert{Code: "near_constant", Severity: Info, Column: d.Name, Fix: drop(d.Name),
			Message: fmt.Sprintf("%s has the same value in %s of the rows that have one.", name, percent(most, rows-d.Missing)),
			Hint:    "It tells apart few rows; leave it out unless those matter."})
	case d.Kind == frame.ID || d.counts(rows):
		out = append(out, Alert{Code: "id_like", Severity: Info, Column: d.Name, Fix: drop(d.Name),
			Message: name + " names the rows.", Hint: "Leave it out of training: it tells rows apart but says nothing about new ones."})
	case entity(c, d.Distinct, rows-d.Missing):
		out = append(out, repeatedAlert(d.Name, d.Distinct, rows-d.Missing))
	case d.Kind == frame.Category && d.Distinct > manyCategories:
		out = append(out, Alert{Code: "high_cardinality", Severity: Warning, Column: d.Name,
			Message: fmt.Sprintf("%s has %d different values.", name, d.Distinct),
			Hint:    "Encode it by the target, or keep the most common ones and put the rest together."})
	}
	if share := float64(d.Missing) / float64(max(rows, 1)); share > muchMissing {
		a := Alert{Code: "missing", Severity: Warning, Column: d.Name,
			Message: fmt.Sprintf("%s of %s is missing (%d of %d rows).", percent(d.Missing, rows), name, d.Missing, rows),
			Hint:    "Fill in what is missing, or leave the column out."}
		if share > mostlyMissing {
			a.Severity, a.Fix = Critical, drop(d.Name)
		}
		out = append(out, a)
	}
	if d.Number != nil {
		return append(append(out, disguisedNumbers(d)...), timeOrder(c, d.Number.Order)...)
	}
	if d.Time != nil {
		return append(out, timeOrder(c, d.Time.Order)...)
	}
	return append(out, textAlerts(c, d)...)
}

// mostFrequent returns the rows of the most frequent value; 0 for dates.
func (d *Column) mostFrequent() int {
	switch {
	case d.Number != nil && len(d.Number.Top) > 0:
		return d.Number.Top[0].Count
	case d.Levels != nil && len(d.Levels.Top) > 0:
		return d.Levels.Top[0].Count
	}
	return 0
}

// counts reports whether a column of numbers counts the rows, up or down.
func (d *Column) counts(rows int) bool {
	n := d.Number
	return n != nil && rows >= fewestRows && d.Missing == 0 && d.Distinct == rows && n.Whole &&
		(n.Order == Increasing || n.Order == Decreasing) && float64(n.Range) == float64(rows-1)
}

// textAlerts returns the alerts about single values of a column of texts.
func textAlerts(c *frame.Column, d *Column) []Alert {
	var out []Alert
	name := short(d.Name)
	if v := d.Levels.Variants; len(v) > 0 {
		out = append(out, Alert{Code: "label_variants", Severity: Warning, Column: d.Name,
			Message: fmt.Sprintf("%s writes one value in several ways, such as %q and %q.", name, short(v[0][0]), short(v[0][1])),
			Hint:    "They count as different values: correct them in the file if they are the same."})
	}
	if c.Kind == frame.ID || c.Kind == frame.Bool {
		return out
	}
	out = append(out, disguisedTexts(c, d)...)
	return append(out, mixed(c, d)...)
}

// The share of rows up to which numbers among texts, and texts among numbers,
// are a column of two types rather than one of codes.
const (
	someTexts   = 0.2
	someNumbers = 0.1
)

// mixed returns the alert of a column of mostly numbers and some texts, or the
// other way around.
func mixed(c *frame.Column, d *Column) []Alert {
	counts := make([]int, len(c.Levels))
	for _, k := range c.Codes {
		if k >= 0 {
			counts[k]++
		}
	}
	numbers, texts, kinds := 0, 0, 0
	odd := [2]string{} // the first number and the first text
	for k, n := range counts {
		switch {
		case n == 0:
		case looksNumeric(c.Levels[k]):
			if numbers == 0 {
				odd[0] = c.Levels[k]
			}
			numbers += n
		default:
			if texts == 0 {
				odd[1] = c.Levels[k]
			}
			texts += n
			kinds++
		}
	}
	all := float64(numbers + texts)
	a := Alert{Code: "mixed_types", Severity: Warning, Column: d.Name, Fix: Fix{Action: KeepAsText, Columns: []string{d.Name}}}
	switch {
	case texts > 0 && numbers > 0 && float64(texts) <= someTexts*all:
		a.Message = fmt.Sprintf("%s has numbers in %s of the rows that have a value, and texts such as %q in the others.", short(d.Name), percent(numbers, numbers+texts), short(odd[1]))
		a.Hint = "Because of these it is read as text: mark them as missing to have numbers, or keep them as categories."
		if kinds == 1 {
			a.Fix = Fix{Action: MarkMissing, Columns: []string{d.Name}, Values: []string{odd[1]}}
		}
	case texts > 0 && numbers > 0 && float64(numbers) <= someNumbers*all && c.Kind == frame.Category:
		a.Message = fmt.Sprintf("%s has texts, and numbers such as %q in %s of the rows that have a value.", short(d.Name), short(odd[0]), percent(numbers, numbers+texts))
		a.Hint = "Check that these belong there."
		a.Severity = Info
	default:
		return nil
	}
	return []Alert{a}
}

func looksNumeric(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || s[0] > '9' || s[0] < '0' && !strings.ContainsRune("+-.", rune(s[0])) {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
