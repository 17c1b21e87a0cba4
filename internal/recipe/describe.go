package recipe

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Learned says in words what one kind of step did, and what it learned from
// the training rows for each of its columns.
type Learned struct {
	Step    string   `json:"step"`    // the step's name in the catalog; empty where columns were left out
	Text    string   `json:"text"`    // "Missing values filled with the median"
	Columns []string `json:"columns"` // none where it is about rows
	Values  []string `json:"values"`  // for each of Columns, as "28" or "female, male"

	// Late says that it was done to prepared training rows.
	Late bool `json:"-"`
}

// Describe says what the recipe does, in the order of the steps of r, which it
// is fitted from: what was done to training rows alone, then what becomes of
// columns. What no step of r asked for comes first.
func (t *Fitted) Describe(r Recipe) []Learned {
	var out []Learned
	at := map[string]int{}
	add := func(step, text, column, value string) {
		i, ok := at[text]
		if !ok {
			i = len(out)
			at[text] = i
			out = append(out, Learned{Step: step, Text: text})
		}
		out[i].Columns = append(out[i].Columns, column)
		out[i].Values = append(out[i].Values, value)
	}
	early, late := t.told, []Learned(nil)
	for i, l := range t.told {
		if l.Late {
			early, late = t.told[:i], t.told[i:]
			break
		}
	}
	out = append(out, early...)
	for _, in := range t.inputs {
		for _, ch := range in.changes {
			text, value := ch.describe()
			add(ch.step(), text, in.Name, value)
		}
		for k, o := range in.ops {
			if text, value := in.describe(k, o); text != "" {
				add(o.step(), text, in.Name, value)
			}
		}
		for _, s := range in.sides {
			for k, o := range s.ops {
				if k > 0 && s.ops[k-1].step() == "flag_outliers" {
					continue // what is missing is no outlier, which goes without saying
				}
				if text, value := o.describe(); text != "" {
					add(o.step(), text, in.Name, value)
				}
			}
		}
	}
	slices.SortStableFunc(out[len(early):], func(a, b Learned) int { return r.first(a.Step) - r.first(b.Step) })
	names := []string(nil)
	if len(t.matrix) > 0 {
		for _, s := range t.order {
			names = append(names, t.strands[s].names...)
		}
	}
	for _, m := range t.matrix {
		out = append(out, m.describe(names))
		names = m.names(names)
	}
	out = append(out, late...)
	for _, l := range t.left {
		add("", "Left out", l.Column, l.Reason)
	}
	return out
}

// first returns where the recipe's first step of a name stands, and -1 where it
// has none.
func (r Recipe) first(name string) int {
	return slices.IndexFunc(r.Steps, func(s Step) bool { return s.Name == name })
}

// describe is what an operation says of itself, but for codes: those that an
// encoding follows need no word, and a code that fills is called what it means.
func (in Input) describe(k int, o op) (text, value string) {
	text, value = o.describe()
	switch o := o.(type) {
	case *fillNumber:
		if k == 0 {
			break
		}
		if c, ok := in.ops[k-1].(*ordinal); ok && c.keepMissing && o.value >= 0 && o.value < float64(c.cats.size()) {
			value = c.cats.labels()[int(o.value)]
		}
	case *ordinal:
		if _, ok := in.ops[len(in.ops)-1].(*oneHot); ok || slices.ContainsFunc(in.ops[k+1:], isCurve) {
			return "", ""
		}
	case *fillText:
		if _, ok := in.ops[len(in.ops)-1].(*terms); ok && o.value == "" {
			return "", ""
		}
	case *curve:
		value = o.shares(in.Levels)
	}
	return text, value
}

func (o *oneHot) text() string {
	text := "One column of 0 and 1 for each category"
	if o.options.grouped() {
		text += ", one for all rare ones"
	}
	switch o.options.Drop {
	case DropFirst:
		text += ", but the first"
	case DropIfBinary:
		text += ", or a single one where there are two"
	}
	return text
}

func (s Strategy) text() string {
	switch s {
	case Mean:
		return "Missing values filled with the mean"
	case Median:
		return "Missing values filled with the median"
	case Constant:
		return "Missing values filled with a constant"
	}
	return "Missing values filled with the most frequent value"
}

// rounded shows a number with up to six significant digits.
func rounded(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}

// shortList joins the first texts of a list, and says how many follow.
func shortList(texts []string) string {
	const most = 20
	if len(texts) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
	}
	return strings.Join(texts, ", ")
}
