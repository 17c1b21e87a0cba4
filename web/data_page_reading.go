package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// assumption is one of the things that are assumed about a file, with a choice
// that a person has instead.
type assumption struct {
	name, label string
	values      []option // to choose from; none is a number of lines
	refusal     string   // of a value that is not one of them

	usual  bool                          // what is assumed is the same for every file
	found  func(*ingest.Result) string   // what is assumed, where it was not chosen
	chosen func(ingest.Options) string   // what was chosen; empty is left to the reader
	choose func(*ingest.Options, string) // sets one of the values, or none
}

// option is a value of a form and the words for it.
type option struct{ value, words string }

// maxLines is how many lines may be left out before or after the table.
const maxLines = 1_000_000

// assumptions returns what is assumed about every file, in the order of the
// page.
func assumptions() []assumption {
	return []assumption{separatorChoice(), quoteChoice(), encodingChoice(), decimalChoice(), dateChoice(),
		skipChoice(), headerChoice(), unitsChoice(), tablesChoice(), lastChoice()}
}

func separatorChoice() assumption {
	a := assumption{name: "delimiter", label: "Separator", refusal: "There is no such separator.",
		found:  func(t *ingest.Result) string { return delimiterName(t.Dialect.Delimiter) },
		chosen: func(o ingest.Options) string { return byteValue(o.Delimiter) },
		choose: func(o *ingest.Options, v string) { o.Delimiter = valueByte(v) },
	}
	for _, d := range delimiters {
		a.values = append(a.values, option{byteValue(d.byte), d.name})
	}
	return a
}

func quoteChoice() assumption {
	return assumption{name: "quote", label: "Quote", refusal: "There is no such quote.",
		values: []option{{byteValue('"'), `double, "`}, {byteValue('\''), "single, '"}},
		found: func(t *ingest.Result) string {
			if t.Dialect.Quote == '\'' {
				return "single, '"
			}
			return `double, "`
		},
		chosen: func(o ingest.Options) string { return byteValue(o.Quote) },
		choose: func(o *ingest.Options, v string) { o.Quote = valueByte(v) },
	}
}

func encodingChoice() assumption {
	a := assumption{name: "encoding", label: "Encoding", refusal: "There is no such encoding.",
		found:  func(t *ingest.Result) string { return encodingName(t.Dialect.Encoding) },
		chosen: func(o ingest.Options) string { return o.Encoding },
		choose: func(o *ingest.Options, v string) { o.Encoding = v },
	}
	for _, e := range encodings {
		a.values = append(a.values, option{e.name, e.title})
	}
	return a
}

func decimalChoice() assumption {
	return assumption{name: "decimal", label: "Decimal mark", refusal: "There is no such decimal mark.",
		values: []option{{".", "point"}, {",", "comma"}},
		found:  func(t *ingest.Result) string { return decimalName(t.Dialect.Decimal) },
		chosen: func(o ingest.Options) string {
			if o.Decimal == 0 {
				return ""
			}
			return string(rune(o.Decimal))
		},
		choose: func(o *ingest.Options, v string) { o.Decimal = (v + "\x00")[0] },
	}
}

func dateChoice() assumption {
	orders := []option{ingest.DayFirst: {"day_first", "1 February"}, ingest.MonthFirst: {"month_first", "2 January"}}
	return assumption{name: "date_order", usual: true, label: "The date 01/02 is", refusal: "There is no such order of dates.",
		values: orders[1:],
		found:  func(*ingest.Result) string { return "as each column tells" },
		chosen: func(o ingest.Options) string { return orders[o.DateOrder].value },
		choose: func(o *ingest.Options, v string) { o.DateOrder = ingest.DateOrder(indexOf(orders, v)) },
	}
}

func headerChoice() assumption {
	answers := []option{ingest.HeaderYes: {"yes", "has the names"}, ingest.HeaderNo: {"no", "is data"}}
	return assumption{name: "header", label: "The first row", refusal: "The first row has the names or is data.",
		values: answers[1:],
		found: func(t *ingest.Result) string {
			if t.Dialect.Header {
				return "has the names"
			}
			return "is data"
		},
		chosen: func(o ingest.Options) string { return answers[o.Header].value },
		choose: func(o *ingest.Options, v string) { o.Header = ingest.Header(indexOf(answers, v)) },
	}
}

func unitsChoice() assumption {
	return assumption{name: "units", usual: true, label: "The row after the names", refusal: "The row after the names is data or holds units.",
		values: []option{{"yes", "holds units: left out"}},
		found:  func(*ingest.Result) string { return "is data" },
		chosen: func(o ingest.Options) string { return yes(o.SkipUnits) },
		choose: func(o *ingest.Options, v string) { o.SkipUnits = v == "yes" },
	}
}

func tablesChoice() assumption {
	return assumption{name: "one_table", usual: true, label: "A second table", refusal: "A second table is left out or belongs to the first.",
		values: []option{{"yes", "belongs to the first"}},
		found:  func(*ingest.Result) string { return "is left out" },
		chosen: func(o ingest.Options) string { return yes(o.OneTable) },
		choose: func(o *ingest.Options, v string) { o.OneTable = v == "yes" },
	}
}

func skipChoice() assumption {
	return assumption{name: "skip", label: "Lines before the first row", refusal: "The lines before the first row cannot be that many.",
		found: func(t *ingest.Result) string { return strconv.Itoa(t.Dialect.Skipped) },
		chosen: func(o ingest.Options) string {
			switch {
			case o.SkipFirst < 0:
				return "0"
			case o.SkipFirst == 0:
				return ""
			}
			return strconv.Itoa(o.SkipFirst)
		},
		choose: func(o *ingest.Options, v string) {
			n, err := strconv.Atoi(v)
			if err == nil && n == 0 {
				n = -1
			}
			o.SkipFirst = n
		},
	}
}

func lastChoice() assumption {
	return assumption{name: "skip_last", usual: true, label: "Lines left out at the end", refusal: "The lines at the end cannot be that many.",
		found: func(*ingest.Result) string { return "0" },
		chosen: func(o ingest.Options) string {
			if o.SkipLast == 0 {
				return ""
			}
			return strconv.Itoa(o.SkipLast)
		},
		choose: func(o *ingest.Options, v string) { o.SkipLast, _ = strconv.Atoi(v) },
	}
}

// takes reports whether v is one of the values to choose from, or leaves the
// choice to the reader.
func (a assumption) takes(v string) bool {
	if v == "" {
		return true
	}
	if a.values == nil {
		n, err := strconv.Atoi(v)
		return err == nil && n >= 0 && n <= maxLines
	}
	return slices.ContainsFunc(a.values, func(o option) bool { return o.value == v })
}

// automatic is what is assumed, in the words of the control.
func (a assumption) automatic(found string) string {
	if a.usual {
		return found
	}
	return found + " (found)"
}

// field is the control: at what was chosen or, after a refusal, typed, and else
// at what is assumed.
func (a assumption) field(d *workflow.Data, refused *redraw) views.Field {
	chosen, found := a.chosen(d.Chosen), a.found(d.Table)
	f := views.Field{Name: a.name, Label: a.label, Type: "select", Value: chosen}
	if chosen != "" {
		f.Help = "Chosen by you."
	}
	if refused != nil && refused.typed.Has(a.name) {
		f.Value = refused.typed.Get(a.name)
	}
	if refused != nil && refused.at == f.ID() {
		f.Refusal = refused.problem.Error()
	}
	if a.values == nil {
		f.Type, f.Min, f.Max, f.Inc = "number", "0", strconv.Itoa(maxLines), "1"
		f.Placeholder = a.automatic(found)
		return f
	}
	automatic := views.Option{Label: a.automatic(found)}
	if chosen != "" {
		automatic.Label = "as found"
	}
	f.Options = append(f.Options, automatic)
	for _, o := range a.values {
		f.Options = append(f.Options, views.Option{Value: o.value, Label: o.words})
	}
	if !a.takes(chosen) { // such as a separator that only the API offers
		f.Options = append(f.Options, views.Option{Value: chosen, Label: found})
	}
	for i := range f.Options {
		f.Options[i].Selected = f.Options[i].Value == f.Value
	}
	return f
}

// readingControls are the inputs of the form that reads the file another way.
func readingControls(d *workflow.Data, refused *redraw) []views.Field {
	var out []views.Field
	for _, a := range assumptions() {
		out = append(out, a.field(d, refused))
	}
	return out
}

// readingOptions changes what was chosen so far by what a form says: what it
// does not name stays, and what it names without a value is left to the reader.
func readingOptions(form url.Values, d *workflow.Data) (ingest.Options, error) {
	opt := d.Chosen
	switch form.Get("as_found") {
	case "all":
		return ingest.Options{}, nil
	case "kind":
		form = url.Values{"column": form["column"], "kind": {""}}
	}
	for _, a := range assumptions() {
		if !form.Has(a.name) {
			continue
		}
		v := strings.TrimSpace(form.Get(a.name))
		if v == a.chosen(opt) {
			continue
		}
		if !a.takes(v) {
			p := problem.Field(a.name, "%s", a.refusal)
			if a.values == nil {
				return opt, p.WithHint("Type a whole number from 0 to %d, or nothing.", maxLines)
			}
			return opt, p.WithHint("Choose one from the list.")
		}
		a.choose(&opt, v)
	}
	switch {
	case form.Has("kind"):
		return withKind(opt, d, form.Get("column"), form.Get("kind"))
	case form.Has(markField), form.Has(unmarkField):
		return withMarks(opt, d, form)
	}
	return opt, nil
}

// withKind chooses the kind of the column at index, or lets the reader decide
// where name is empty.
func withKind(opt ingest.Options, d *workflow.Data, index, name string) (ingest.Options, error) {
	column, ok := columnAt(d.Frame().Names(), index)
	if !ok {
		return opt, problem.Field("column", "There is no such column.").WithHint("Choose one from the table.")
	}
	kind, ok := kindNamed(name)
	if !ok && name != "" {
		return opt, problem.Field("kind", "There is no such kind.").WithHint("Choose one from the list.")
	}
	all := map[string]frame.Kind{}
	maps.Copy(all, opt.Kinds)
	if all[column] = kind; name == "" {
		delete(all, column)
	}
	if opt.Kinds = all; len(all) == 0 {
		opt.Kinds = nil
	}
	return opt, nil
}

// indexOf returns the place of a value in a list, or 0.
func indexOf(list []option, value string) int {
	for i, o := range list {
		if o.value == value {
			return i
		}
	}
	return 0
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// byteValue writes a sign as a form's value: a number, as some are invisible.
func byteValue(b byte) string {
	if b == 0 {
		return ""
	}
	return strconv.Itoa(int(b))
}

func valueByte(v string) byte {
	n, _ := strconv.ParseUint(v, 10, 8) // an empty value is no sign: 0
	return byte(n)
}
