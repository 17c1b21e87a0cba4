package views

// Fact is a name with a value: one line of a description list.
type Fact struct {
	Label string
	Value string
	Note  string // a muted remark after the value; may be empty
}

// Tile is a number that stands out.
type Tile struct {
	Label string // above, in a few words
	Value string // formatted, with its unit
	Note  string // below: of how many, compared with what
}

// Severity ranks an alert. It is shown by shape and word, not by color alone.
type Severity string

// The severities.
const (
	Bad  Severity = "bad"  // must be dealt with
	Warn Severity = "warn" // worth a look
	Note Severity = "note" // good to know
	Good Severity = "good" // all is well
)

// Alert is one finding that asks for a decision.
type Alert struct {
	Severity Severity
	Column   string // the column it is about; may be empty
	URL      string // where that column is shown; may be empty
	Text     string // one sentence: what it is
	Hint     string // one sentence: what it means or what to do; may be empty
	Action   *Action
	Answers  []Answer // of an alert within the form of a training
}

// Answer is a button that answers an alert within a form.
type Answer struct{ Label, Value string }

// Action is a link, or a button that posts.
type Action struct {
	Label  string
	URL    string
	Post   bool     // a form with method post; otherwise a link
	Hidden []Hidden // sent with a post
}

// Hidden is a value that a form carries along.
type Hidden struct{ Name, Value string }

// Option is an entry of a drop-down list or a group of radio buttons.
type Option struct {
	Value    string
	Label    string
	Note     string // shown beside a radio button; lists do not show it
	Selected bool
}

// Table is a data table that scrolls in its own region.
type Table struct {
	Caption string // what it shows; read first by a screen reader
	Quiet   bool   // the caption is for screen readers only, because a heading says it
	Heads   []Head
	Rows    [][]Cell // each as long as Heads; the first cell is the row's header
	Empty   string   // said in place of the table when there are no rows
}

// Head is the head of a column.
type Head struct {
	Name   string
	Note   string // a muted second line, the column's kind; may be empty
	Number bool   // the column is right-aligned
	Code   bool   // Name is a column of the file, shown in monospace
	New    bool   // the column is new or changed here, and is marked so
}

// Cell is one cell.
type Cell struct {
	Text    string
	Missing bool // shown as a muted mark with the word "missing"
	Changed bool // differs from what stood there before, and is marked so
	URL     string
	Code    bool // Text is a name from the file, shown in monospace
	Long    bool // Text is a sentence, which takes several lines rather than being cut
	Heat    int  // 0 is none; 1 to 9 shade the cell, for a confusion matrix
}

// Texts returns a row of plain cells.
func Texts(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, t := range texts {
		row[i].Text = t
	}
	return row
}

// Chart is a figure: the drawing, the finding, and the numbers behind it.
type Chart struct {
	Name    string // tells it apart from the other charts of its page; may be empty
	Large   string // where it is shown alone, large; empty where it is not
	SVG     string // drawn by package chart, about 520 px wide, or 1080 if Wide
	Narrow  string // the same about 330 px wide, for small screens; may be empty: then SVG scrolls there
	Caption string // one sentence that says what it shows
	Explain string // the term of art, on demand; may be empty
	Wide    bool   // takes the whole width of the page
	Table   *Table // the same numbers; may be nil
	Empty   string // said in place of the figure when SVG is empty
}

// Problem is why a form was refused, or a page cannot be what was asked for.
// It is drawn as an error summary at the top of the page.
type Problem struct {
	Items []ProblemItem
}

// ProblemItem is one fault.
type ProblemItem struct {
	Text string // one sentence: what is wrong, and where
	Hint string // one sentence: what to do; may be empty
	Href string // "#" and the id of the field to blame; may be empty
}

// severity is one of the four severities.
func (a Alert) severity() Severity {
	switch a.Severity {
	case Bad, Warn, Good:
		return a.Severity
	}
	return Note
}

func (s Severity) word() string {
	switch s {
	case Bad:
		return "Problem:"
	case Warn:
		return "Look:"
	case Good:
		return "Good:"
	}
	return "Note:"
}

func (t Table) empty() string {
	if t.Empty == "" {
		return "There are no rows to show."
	}
	return t.Empty
}

// cellClass is the class of the cell in column i.
func (t Table) cellClass(i int, c Cell) string {
	class := ""
	if i < len(t.Heads) && t.Heads[i].Number {
		class = "num"
	}
	if c.Long {
		class += " long"
	}
	if c.Changed {
		class += " is-new"
	}
	if c.Heat > 0 {
		class += " heat-" + string(rune('0'+min(c.Heat, 9)))
	}
	return class
}
