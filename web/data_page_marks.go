package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// The inputs of a form that says what stands for a missing value in a column,
// and what does not any more.
const (
	markField   = "missing"
	unmarkField = "not_missing"
)

// withMarks has the texts that a form names count as missing in its column, or
// as values again.
func withMarks(opt ingest.Options, d *workflow.Data, form url.Values) (ingest.Options, error) {
	column, ok := columnAt(d.Frame().Names(), form.Get("column"))
	if !ok {
		return opt, problem.Field("column", "There is no such column.").WithHint("Choose one from the table.")
	}
	marks := slices.DeleteFunc(slices.Clone(opt.Missing[column]), func(m string) bool { return slices.Contains(form[unmarkField], m) })
	for _, m := range form[markField] {
		if m = strings.TrimSpace(m); !slices.Contains(marks, m) {
			marks = append(marks, m)
		}
	}
	all := map[string][]string{}
	maps.Copy(all, opt.Missing)
	if all[column] = marks; len(marks) == 0 {
		delete(all, column)
	}
	if opt.Missing = all; len(all) == 0 {
		opt.Missing = nil
	}
	return opt, nil
}

// unmarkActions are buttons that make values again of what counts as missing
// in a column because the person said so.
func unmarkActions(d *workflow.Data, column int) []views.Action {
	var out []views.Action
	for _, m := range d.Chosen.Missing[d.Frame().Columns[column].Name] {
		out = append(out, again("Keep "+markText([]string{m})+" as a value", "column", strconv.Itoa(column), unmarkField, m)...)
	}
	return out
}

// markText lists texts of the file for a sentence.
func markText(marks []string) string {
	const most = 3
	var out []string
	for _, m := range marks[:min(len(marks), most)] {
		out = append(out, strconv.Quote(views.Clip(m, 24)))
	}
	text := strings.Join(out, ", ")
	if n := len(marks) - most; n > 0 {
		text += " and " + strconv.Itoa(n) + " more"
	}
	return text
}
