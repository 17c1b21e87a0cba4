// Package ingest turns the bytes of a file into a typed table. It finds out
// the encoding, the delimiter, the quote, the decimal mark and the header,
// reads every record, decides each column's kind on all of its cells, and
// tells what it assumed and what it changed. It draws nothing and stores
// nothing.
//
// The types in order of use: Options say what a person chose, Read returns a
// Result, whose Dialect says what was assumed and whose Reading accounts for
// every record: records = loaded + set aside + blank + comment + skipped.
//
// Files that cannot be used are refused with a *problem.Error: Unsupported for
// what is not a CSV file by its content, TooLarge for too many bytes, Invalid
// for all else.
package ingest

import (
	"clicktrain/internal/frame"
)

// Limits bound what is read. A limit of 0 stands for its default.
type Limits struct {
	Bytes   int64 // of the file
	Columns int
	Cell    int // bytes of one cell
	Record  int // bytes of one record
	Header  int // bytes of one column name
	Cells   int // rows times columns
}

// DefaultLimits returns the limits that stand where none are given.
func DefaultLimits() Limits {
	return Limits{Bytes: 200 << 20, Columns: 10_000, Cell: 1 << 20, Record: 16 << 20, Header: 64 << 10, Cells: 50_000_000}
}

// Header says whether the first record names the columns.
type Header uint8

// The choices for Options.Header.
const (
	HeaderAuto Header = iota // decided by what the records look like
	HeaderYes
	HeaderNo
)

// DateOrder says how 01/02/2024 is read where the column does not tell.
type DateOrder uint8

// The choices for Options.DateOrder.
const (
	DateAsk    DateOrder = iota // an ambiguous column stays text, with a notice
	DayFirst                    // 1 February
	MonthFirst                  // 2 January
)

// Options are a person's choices. The zero value leaves all to the reader.
type Options struct {
	Limits    Limits
	Delimiter byte   // 0: found out
	Quote     byte   // 0: found out
	Encoding  string // a name such as windows-1252, as in HTML; empty: found out
	Header    Header
	Decimal   byte // '.' or ','; 0: found out
	DateOrder DateOrder
	SkipFirst int  // lines before the header to leave out; 0: found out; negative: none
	SkipUnits bool // leave the record after the header out: it tells the units
	SkipLast  int  // lines at the end to leave out, blank ones not counted
	OneTable  bool // what follows a blank line is part of the table, whatever it looks like

	// Kinds fixes the kinds of columns, by name. Cells that the kind cannot
	// hold become missing, with a notice.
	Kinds map[string]frame.Kind

	// Missing lists texts that stand for a missing value, by column, besides
	// those that do everywhere. Columns that the file lacks are passed over.
	Missing map[string][]string

	Size    int64 // expected bytes, to read records as they arrive; 0: unknown
	Workers int   // goroutines; 0: one for each processor. Results do not depend on it.
}

// Result is a file that was read.
type Result struct {
	Name    string
	Frame   *frame.Frame
	Dialect Dialect
	Reading Reading
	Notices []Notice
	Bytes   int64 // of the file
	Raw     *Raw  // the file as it came, for reading it again with other Options
}

// Dialect is what was assumed to read the file.
type Dialect struct {
	Delimiter byte // a comma where there is one column
	Quote     byte
	Escape    byte   // the byte that stands before a quote inside quotes: the quote itself, or a backslash
	Encoding  string // utf-8, utf-16le, windows-1252 …
	Decimal   byte
	Header    bool // the first record read names the columns
	Trim      bool // blanks around unquoted cells do not count
	Skipped   int  // lines before the header that were skipped
	Units     bool // the record after the header was skipped
	Last      int  // lines at the end that were skipped, a second table's among them
	Line      int  // the line of the file, from 1, on which the header or first row starts
}

// Reading accounts for every record after the header:
// Records = Loaded + SetAside + Blank + Comment + Skipped.
type Reading struct {
	Records  int
	Loaded   int // rows of the table
	SetAside int // records that do not fit the columns
	Blank    int
	Comment  int // lines that start with #
	Skipped  int // lines before the header, units after it, lines at the end

	SetAsideRows []SetAsideRow // the first 100
}

// SetAsideRow tells why a record is not in the table.
type SetAsideRow struct {
	Line   int // of the file, counted from 1, on which the record starts
	Reason string
}

// Notice tells a person of something assumed or changed.
type Notice struct {
	Code    string // stable, such as padded_rows
	Message string // a sentence
	Line    int    // the first line concerned, from 1; 0: the whole file
	Column  string // empty: no column in particular
	Value   string // what may stand for missing; empty: nothing

	// Decimal is the mark before decimals in the column, where the notice is
	// about how its numbers are written; 0 elsewhere.
	Decimal byte
}

// withDefaults fills in limits that were not given.
func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	if l.Bytes > 0 {
		d.Bytes = l.Bytes
	}
	if l.Columns > 0 {
		d.Columns = l.Columns
	}
	if l.Cell > 0 {
		d.Cell = l.Cell
	}
	if l.Record > 0 {
		d.Record = l.Record
	}
	if l.Header > 0 {
		d.Header = l.Header
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	return d
}
