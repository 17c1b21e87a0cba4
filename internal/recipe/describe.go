package recipe

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Learned says in words what one kind of step did, and what it learned from
// the training rows for each of its columns.
type Learned struct {
	Step    string   `json:"step"` // the step's name in the catalogue; empty where columns were left out
	Text    string   `json:"text"` // "Missing values filled with the median"
	Columns []string `json:"columns"`
	Values  []string `json:"values"` // for each of Columns, as "28" or "female, male"
}

// Describe says what the recipe does, in the order in which columns meet it.
func (t *Fitted) Describe() []Learned {
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
	for _, in := range t.inputs {
		for k, o := range in.ops {
			if text, value := in.describe(k, o); text != "" {
				add(stepOf(o), text, in.Name, value)
			}
		}
	}
	for _, l := range t.left {
		add("", "Left out", l.Column, l.Reason)
	}
	return out
}

// stepOf names the step that an operation belongs to.
func stepOf(o op) string {
	switch o := o.(type) {
	case *fillNumber, *fillText:
		return "impute"
	case *oneHot, *ordinal:
		return "encode"
	case numberOp:
		return o.step()
	}
	return "scale"
}

func (in Input) describe(k int, o op) (text, value string) {
	switch o := o.(type) {
	case *fillNumber:
		value = rounded(o.value)
		if k > 0 { // of the codes that bools became
			if c, ok := in.ops[0].(*ordinal); ok && o.value >= 0 && o.value < float64(len(c.cats.text)) {
				value = c.cats.text[int(o.value)]
			}
		}
		return o.strategy.text(), value
	case *fillText:
		return o.strategy.text(), o.value
	case *oneHot:
		return o.text(), shortList(o.labels())
	case *ordinal:
		if _, ok := in.oneHot(); ok {
			return "", ""
		}
		labels := o.cats.labels()
		coded := make([]string, len(labels))
		for i, l := range labels {
			coded[i] = fmt.Sprintf("%s = %d", l, i)
		}
		return "Categories turned into codes", shortList(coded)
	case *standardize:
		return "Scaled to mean 0 and standard deviation 1", fmt.Sprintf("mean %s, standard deviation %s", rounded(o.mean), rounded(math.Sqrt(max(0, o.variance))))
	case numberOp:
		return o.describe()
	}
	return "", ""
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
