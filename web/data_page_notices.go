package web

import (
	"strconv"

	"clicktrain/internal/ingest"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// pageNotices is how many notices a page shows, whichever columns they are
// about. Where there are more, a page shows those of the columns it lists.
const pageNotices = 50

// readingNotices are the notices of a page of the table of kinds, and where
// the others are.
func readingNotices(d *workflow.Data, page int) (list []views.Notice, more string) {
	at := make(map[string]int, len(d.Frame().Columns))
	for i, c := range d.Frame().Columns {
		at[c.Name] = i
	}
	hidden := 0
	for _, n := range d.Dropped {
		list = append(list, views.Notice{Severity: views.Warn, Text: n.Message})
	}
	for _, n := range d.Table.Notices {
		i, ok := at[n.Column]
		if !ok {
			i = -1
		}
		if len(d.Table.Notices) > pageNotices && i >= 0 && i/pageKinds != page-1 {
			hidden++
			continue
		}
		out := views.Notice{Severity: views.Note, Column: n.Column, Text: n.Message, Actions: noticeActions(d, n, i)}
		if i >= 0 {
			out.URL = columnURL(i)
		}
		list = append(list, out)
	}
	if hidden > 0 {
		more = views.Plural(hidden, "notice is", "notices are") + " about columns on the other pages of the table below, and shown there."
	}
	return list, more
}

// noticeActions are what can be done about a notice at once. The column's
// index is -1 where the notice is about none.
func noticeActions(d *workflow.Data, n ingest.Notice, column int) []views.Action {
	switch n.Code {
	case "units_row":
		return again("Leave it out", "units", "yes")
	case "total_row":
		return again("Leave it out", "skip_last", strconv.Itoa(d.Table.Dialect.Last+1))
	case "second_table":
		return again("Load it too", "one_table", "yes")
	case "preamble":
		return again("Keep them", "skip", "0")
	case "no_header":
		return again("It names the columns", "header", "yes")
	case "header_unsure":
		return again("It is data", "header", "no")
	case "decimal_comma":
		return again("Read them with a point", "decimal", ".")
	case "date_order":
		return append(again("The day comes first", "date_order", "day_first"), again("The month comes first", "date_order", "month_first")...)
	case "encoding", "invalid_bytes":
		return []views.Action{{Label: "Choose the encoding", URL: "#" + views.FieldID("encoding")}}
	case "one_column":
		return []views.Action{{Label: "Choose the separator", URL: "#" + views.FieldID("delimiter")}}
	}
	if column < 0 {
		return nil
	}
	_, chosen := d.Chosen.Kinds[n.Column]
	at := strconv.Itoa(column)
	switch {
	case n.Code == "unreadable" && chosen:
		return again("Undo", "as_found", "kind", "column", at)
	case n.Code == "unreadable":
		return again("Read as texts", "kind", "text", "column", at)
	case n.Code == "decimal_mark", n.Code == "thousands":
		return again("Read as texts", "kind", "category", "column", at)
	case n.Code == "placeholder":
		return again("Mark as missing", "column", at, markField, n.Value)
	case n.Code == "marked_missing":
		return unmarkActions(d, column)
	case n.Code == "mixed_types":
		return again("Read as numbers", "kind", "numeric", "column", at)
	}
	return nil
}

// again is a button that reads the file again with one thing changed: names and
// values in turn.
func again(label string, pairs ...string) []views.Action {
	a := views.Action{Label: label, URL: "/reread", Post: true}
	for i := 0; i < len(pairs); i += 2 {
		a.Hidden = append(a.Hidden, views.Hidden{Name: pairs[i], Value: pairs[i+1]})
	}
	return []views.Action{a}
}
