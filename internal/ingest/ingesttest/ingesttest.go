// Package ingesttest holds files of every shape that people upload, each with
// what must be read of it or why it must be refused. The suites of the reader
// and of the upload endpoint walk the same list. Only tests import it.
package ingesttest

import (
	"fmt"
	"strings"

	"clicktrain/internal/problem"
)

// Case is one file.
type Case struct {
	Name string // a letter for the group, a number, and what is special
	Big  bool   // made of tens of megabytes
	Text func() []byte

	// Of a file that is refused: the kind, part of the message, and the line it
	// names. Kind is Internal, the zero value, where the file is accepted.
	Kind problem.Kind
	Says string
	Line int

	// Of a file that is accepted.
	Columns  []string // "name kind"; nil: not looked at
	First    []string // the first row's cells, with ~ for missing; nil: not looked at
	Rows     int
	SetAside []int // the lines of records that do not fit
	Blank    int
	Comment  int
	Skipped  int
	Notices  []string // every notice: its code, and its line if it has one
}

// Accepted reports whether the file must be read.
func (c Case) Accepted() bool { return c.Kind == problem.Internal }

// All returns every case.
func All() []Case {
	var out []Case
	for _, group := range [][]Case{dialects(), encodings(), quotes(), structures(), foreign(), values(), sizes()} {
		out = append(out, group...)
	}
	return out
}

// of makes a file of a text.
func of(text string) func() []byte { return func() []byte { return []byte(text) } }

// repeat makes a file of a header and n lines.
func repeat(header string, n int, line func(i int) string) func() []byte {
	return func() []byte { return []byte(lines(header, n, line)) }
}

// lines writes a header and n lines, each with a line end.
func lines(header string, n int, line func(i int) string) string {
	var b strings.Builder
	b.WriteString(header)
	b.WriteByte('\n')
	for i := range n {
		b.WriteString(line(i))
		b.WriteByte('\n')
	}
	return b.String()
}

// pattern returns a function that writes i by format, once for each verb.
func pattern(format string) func(i int) string {
	n := strings.Count(format, "%") - 2*strings.Count(format, "%%")
	return func(i int) string {
		args := make([]any, n)
		for k := range args {
			args[k] = i
		}
		return fmt.Sprintf(format, args...)
	}
}

// column makes a file of two columns, of which the second, x, has the cells.
func column(cells ...string) func() []byte {
	return func() []byte {
		return []byte(lines("k,x", len(cells), func(i int) string {
			return fmt.Sprintf("a%d,\"%s\"", i%3, strings.ReplaceAll(cells[i], `"`, `""`))
		}))
	}
}
