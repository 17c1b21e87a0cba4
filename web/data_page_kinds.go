package web

import (
	"fmt"
	"strconv"

	"clicktrain/internal/frame"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// pageKinds is how many columns the table of kinds shows at once.
const pageKinds = 100

var kindWords = map[frame.Kind]string{
	frame.Numeric: "Number", frame.Category: "Category", frame.Bool: "Yes or no",
	frame.Time: "Date", frame.Text: "Text", frame.ID: "Identifier",
}

// kinds are all kinds of column, in the order in which pages list them.
var kinds = [...]struct {
	kind      frame.Kind
	one, many string
}{
	{frame.Numeric, "number", "numbers"}, {frame.Category, "category", "categories"}, {frame.Bool, "yes or no", "yes or no"},
	{frame.Time, "date", "dates"}, {frame.Text, "text", "texts"}, {frame.ID, "identifier", "identifiers"},
}

// byYou is the reason that the reader gives for a kind that was chosen.
const byYou = "chosen by you"

// kindNamed returns the kind with that name in forms and in the API.
func kindNamed(name string) (frame.Kind, bool) {
	for _, k := range kinds {
		if k.kind.String() == name {
			return k.kind, true
		}
	}
	return 0, false
}

// kindCounts says how many columns there are of each kind.
func kindCounts(f *frame.Frame) string {
	var counts [len(kinds)]int
	for _, c := range f.Columns {
		counts[c.Kind]++
	}
	out := ""
	for _, k := range kinds {
		if n := counts[k.kind]; n > 0 {
			if out != "" {
				out += ", "
			}
			out += views.Plural(n, k.one, k.many)
		}
	}
	return out
}

// kindPages returns how many pages the table of kinds has.
func kindPages(columns int) int { return max(1, (columns+pageKinds-1)/pageKinds) }

// pageNumber reads a page's number from an address or a form. What is none of
// the pages is the first.
func pageNumber(text string, pages int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > pages {
		return 1
	}
	return n
}

// kindTable lists a page of the columns with their kinds and why.
func kindTable(d *workflow.Data, page int, refused *redraw) views.KindTable {
	f := d.Frame()
	from := (page - 1) * pageKinds
	to := min(from+pageKinds, len(f.Columns))
	t := views.KindTable{Page: page, Caption: "Each column, its kind and why. Another kind reads the file again."}
	if len(f.Columns) > pageKinds {
		t.Caption = fmt.Sprintf("Columns %s to %s of %s, each with its kind and why. Another kind reads the file again.",
			views.Count(from+1), views.Count(to), views.Count(len(f.Columns)))
	}
	for i := from; i < to; i++ {
		t.Rows = append(t.Rows, kindRow(d, i, refused))
	}
	if page > 1 {
		t.Before = &views.Link{Text: fmt.Sprintf("Columns %s to %s", views.Count(from-pageKinds+1), views.Count(from)), URL: kindsURL(page - 1)}
	}
	if to < len(f.Columns) {
		t.After = &views.Link{Text: fmt.Sprintf("Columns %s to %s", views.Count(to+1), views.Count(min(to+pageKinds, len(f.Columns)))), URL: kindsURL(page + 1)}
	}
	return t
}

func kindRow(d *workflow.Data, i int, refused *redraw) views.KindRow {
	c := d.Frame().Columns[i]
	r := views.KindRow{Index: i, Name: c.Name, URL: columnURL(i), Reason: c.Reason, Missing: views.Count(c.MissingCount())}
	if _, r.Chosen = d.Chosen.Kinds[c.Name]; r.Chosen && r.Reason != byYou {
		r.Reason = byYou + ": " + r.Reason
	}
	selected := c.Kind
	if refused != nil && refused.column == i {
		r.Refusal = refused.problem.Error()
		if k, ok := kindNamed(refused.typed.Get("kind")); ok {
			selected = k
		}
	}
	for _, k := range kinds {
		r.Kinds = append(r.Kinds, views.Option{Value: k.kind.String(), Label: kindWords[k.kind], Selected: k.kind == selected})
	}
	return r
}

// kindsURL is the address of a page of the table of kinds.
func kindsURL(page int) string { return "/?page=" + strconv.Itoa(page) + "#kinds-title" }

// kindURL is the address of a column in the table of kinds.
func kindURL(column int) string {
	return "/?page=" + strconv.Itoa(column/pageKinds+1) + "#" + views.KindRowID(column)
}
