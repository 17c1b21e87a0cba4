package views

import "github.com/a-h/templ"

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
	Summary  string  // "Read 891 rows and 15 columns. Separator comma, UTF-8."
	Tiles    []Tile  // at most five
	Reading  []Fact  // how it was read: separator, encoding, header, decimal point
	Controls []Field // the same as inputs, to read the file again; none leaves them out
	Notices  []Alert // what the reader wants known

	SetAside      []SetAside // the first rows that were not read
	SetAsideTotal string     // "3 rows were set aside."; empty when there are none

	Preview Table // the first rows
	Kinds   Table // each column with its kind and why

	MaxBytes int64  // the largest file that is taken
	Limits   string // one line beside the input
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
