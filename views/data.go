package views

import (
	"strconv"

	"github.com/a-h/templ"
)

// LandingPage is "/" before a file is loaded.
type LandingPage struct {
	Problem  *Problem // why the last upload was refused; may be nil
	MaxBytes int64    // the largest file that is taken
	Limits   string   // one line beside the input: "CSV or TSV, up to 200 MiB."
	Samples  []Sample
}

// Sample is a built-in data set.
type Sample struct {
	Name     string // as POST /sample takes it: titanic
	Title    string // Titanic
	Question string // "Who survived the Titanic?"
	Rows     string // "891 rows"
	Columns  string // "15 columns"
	Task     string // what is predicted, after "Predicts": "yes or no", "one of three", "a number"
}

// DataPage is "/" once a file is loaded: what was read, and how.
type DataPage struct {
	Problem  *Problem // why a new file or a new reading was refused; may be nil
	FileName string
	Summary  string   // "Read 891 rows and 15 columns. Separator comma, UTF-8."
	Tiles    []Tile   // at most five
	Notices  []Notice // what the reader wants known
	More     string   // where the notices are that are not shown; empty when there are none

	SetAside      []SetAside // the first rows that were not read
	SetAsideTotal string     // "3 rows were set aside."; empty when there are none

	Preview  Table // the first rows
	Kinds    KindTable
	Reading  []Fact  // what became of the records
	Controls []Field // what was assumed, as the inputs of a form that reads the file again
	Chosen   bool    // some of it was chosen by the person, and can be undone
	Loss     string  // what reading again deletes: "It deletes the recipe and 2 runs."; empty when nothing

	MaxBytes int64  // the largest file that is taken
	Limits   string // one line beside the input
}

// shown is how many notices are shown at once: nearly all, or the first few of
// many.
func (d DataPage) shown() int {
	const most, first = 10, 6
	if len(d.Notices) <= most {
		return len(d.Notices)
	}
	return first
}

// Notice is something that was assumed or changed, with what can be done about
// it at once.
type Notice struct {
	Severity Severity
	Column   string // the column it is about; may be empty
	URL      string // where that column is shown; may be empty
	Text     string // one sentence
	Actions  []Action
}

func (n Notice) severity() Severity { return Alert{Severity: n.Severity}.severity() }

// KindTable lists the columns, each with its kind, why, and a way to change it.
type KindTable struct {
	Caption string // what it shows; a heading may say it too
	Page    int    // from 1, so that a change leads back to it
	Rows    []KindRow
	Before  *Link // the columns before these; may be nil
	After   *Link // the columns after these; may be nil
}

// KindRow is one column.
type KindRow struct {
	Index   int // of the column, from 0
	Name    string
	URL     string // where the column is shown
	Kinds   []Option
	Reason  string // why this kind
	Chosen  bool   // the kind was chosen by the person, and can be undone
	Missing string
	Refusal string // why another kind was refused; empty when it was not
}

// KindID is the id of a column's list of kinds, to which an error summary links.
func KindID(column int) string { return KindRow{Index: column}.field().ID() }

// KindRowID is the id of a column's row.
func KindRowID(column int) string { return "column-" + strconv.Itoa(column) }

// field is the list of kinds as an input, for its ids.
func (r KindRow) field() Field {
	return Field{Name: "kind", Scope: strconv.Itoa(r.Index), Options: r.Kinds, Refusal: r.Refusal}
}

// SetAside is a row of the file that was not read.
type SetAside struct {
	Line   string // its line in the file
	Reason string
}

// fileAria marks the file input when the upload was refused.
func fileAria(p *Problem) templ.Attributes {
	if p == nil {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true"}
}
