// Package frame holds tables in memory: Frame, a list of typed columns as
// they stood in the file, and Matrix, the numbers a learner is fed.
//
// Both are immutable once built, so sharing them needs no lock. Reading files
// is ingest's work, and turning a Frame into a Matrix is recipe's.
package frame

import "fmt"

// Kind is what a column holds.
type Kind uint8

// The kinds of column.
const (
	Numeric  Kind = iota // numbers
	Category             // one of a few texts
	Bool                 // two texts that mean yes and no
	Time                 // dates, with or without a time of day
	Text                 // free text
	ID                   // a value that names the row
)

var kindNames = [...]string{"numeric", "category", "boolean", "datetime", "text", "id"}

// String returns the kind's name in the JSON API.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Column is one named column. Numeric and Time columns fill Num, the other
// kinds fill Codes and Levels.
type Column struct {
	Name   string
	Kind   Kind
	Reason string // why this kind, in a few words for a person

	// Num has one number for each row; NaN is missing, infinities do not
	// occur. A Time column holds seconds since 1970-01-01 UTC.
	Num []float64

	// Whole reports that every number was written without a decimal point or
	// an exponent, which is what pandas reads as int64 where none is missing.
	Whole bool

	// Dates says how the cells of a Time column are written.
	Dates DateStyle

	// Codes has one index into Levels for each row; -1 is missing. Levels are
	// distinct, all in use, and ascend by code point, as numpy sorts texts.
	// The Bool levels that pandas reads as bool are written True and False.
	Codes  []int32
	Levels []string
}

// DateStyle says how dates are written, for who reads the file again.
type DateStyle struct {
	// Format is what pandas.to_datetime takes as its format: the strptime
	// format of all cells, or where they differ ISO8601 or mixed. It is empty
	// where pandas would read some cells otherwise.
	Format   string
	DayFirst bool // in a mixed format, 01/02/2024 is in February
}

// Len returns the number of rows.
func (c *Column) Len() int {
	if c.Numbers() {
		return len(c.Num)
	}
	return len(c.Codes)
}

// Numbers reports whether the column's values stand in Num.
func (c *Column) Numbers() bool { return c.Kind == Numeric || c.Kind == Time }

// Missing reports whether row i has no value.
func (c *Column) Missing(i int) bool {
	if c.Numbers() {
		return c.Num[i] != c.Num[i]
	}
	return c.Codes[i] < 0
}

// MissingCount returns how many rows have no value. It reads the column.
func (c *Column) MissingCount() int {
	n := 0
	for i := range c.Len() {
		if c.Missing(i) {
			n++
		}
	}
	return n
}

// IsPandasBool reports whether pandas reads the column as bool: its texts are
// True and False alone.
func (c *Column) IsPandasBool() bool {
	if c.Kind != Bool || len(c.Levels) == 0 {
		return false
	}
	for _, l := range c.Levels {
		if l != "True" && l != "False" {
			return false
		}
	}
	return true
}

// Take returns the column's given rows, in the order given. Levels that no
// row uses any more stay, so that codes keep their meaning.
func (c *Column) Take(rows []int) *Column {
	t := &Column{Name: c.Name, Kind: c.Kind, Reason: c.Reason, Whole: c.Whole, Dates: c.Dates, Levels: c.Levels}
	if c.Numbers() {
		t.Num = make([]float64, len(rows))
		for i, r := range rows {
			t.Num[i] = c.Num[r]
		}
		return t
	}
	t.Codes = make([]int32, len(rows))
	for i, r := range rows {
		t.Codes[i] = c.Codes[r]
	}
	return t
}

// Frame is a table: columns of one length, with distinct names.
type Frame struct {
	Columns []*Column
	Rows    int
}

// New returns a table of the given columns. It panics if their lengths differ.
func New(columns ...*Column) *Frame {
	f := &Frame{Columns: columns}
	for i, c := range columns {
		if i == 0 {
			f.Rows = c.Len()
		}
		if c.Len() != f.Rows {
			panic(fmt.Sprintf("frame: column %d has %d rows, not %d", i, c.Len(), f.Rows))
		}
	}
	return f
}

// Column returns the named column, or nil.
func (f *Frame) Column(name string) *Column {
	if i := f.Index(name); i >= 0 {
		return f.Columns[i]
	}
	return nil
}

// Index returns the position of the named column, or -1.
func (f *Frame) Index(name string) int {
	for i, c := range f.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Names returns the column names in order.
func (f *Frame) Names() []string {
	names := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		names[i] = c.Name
	}
	return names
}

// Select returns the table with the named columns only, in that order. It
// panics on a name that is not there.
func (f *Frame) Select(names []string) *Frame {
	s := &Frame{Rows: f.Rows}
	for _, n := range names {
		c := f.Column(n)
		if c == nil {
			panic(fmt.Sprintf("frame: no column %q", n))
		}
		s.Columns = append(s.Columns, c)
	}
	return s
}

// Take returns the table with the given rows only, in the order given.
func (f *Frame) Take(rows []int) *Frame {
	t := &Frame{Rows: len(rows)}
	for _, c := range f.Columns {
		t.Columns = append(t.Columns, c.Take(rows))
	}
	return t
}

// Bytes estimates the memory that the table holds.
func (f *Frame) Bytes() int64 {
	var n int64
	for _, c := range f.Columns {
		n += int64(8*cap(c.Num)+4*cap(c.Codes)) + 128
		for _, l := range c.Levels {
			n += int64(len(l)) + 16
		}
	}
	return n
}
