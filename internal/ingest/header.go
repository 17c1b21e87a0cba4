package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"clicktrain/internal/problem"
)

// header finds the record that names the columns, at p or after comments, and
// where the data start.
func (r *reader) header(p, line int, l layout) error {
	r.width = l.width
	p, line = r.leadingComments(p, line)
	if p >= len(r.b) {
		return emptyFile()
	}
	cells, n, next := r.record(p, r.limits.Columns+1)
	if n > r.limits.Columns || l.width > r.limits.Columns {
		e := problem.New(problem.Invalid, "The file has %s columns; the limit is %s.", grouped(max(n, l.width)), grouped(r.limits.Columns))
		e.Field = "file"
		return e.WithHint("Check the delimiter, or upload the columns you need.")
	}
	if l.rowNames {
		cells = append([]string{""}, cells...)
	}
	for r.opt.SkipFirst != 0 && len(cells) < l.width {
		cells = append(cells, "")
	}
	r.width = len(cells)
	r.dialect.Header = r.hasHeader(cells, next)
	if !r.dialect.Header {
		r.dataStart, r.firstLine = p, line
		if l.rowNames {
			cells = cells[1:]
			r.width = len(cells)
		}
		cells = make([]string, r.width)
	} else {
		r.dataStart, r.firstLine = next, line+countLines(r.b[p:next])
	}
	return r.name(cells, line)
}

// leadingComments passes over lines that start with # before the header. The
// last of them is the header itself if it is as wide as the data and the next
// record is data.
func (r *reader) leadingComments(p, line int) (int, int) {
	for p < len(r.b) && r.b[p] == '#' {
		_, n, next := r.record(p, 0)
		if next >= len(r.b) {
			break
		}
		if n == r.width && r.b[next] != '#' {
			cells, _, after := r.record(next, r.limits.Columns)
			if len(cells) != r.width || !r.guessHeader(cells, r.following(after)) {
				break
			}
		}
		if r.reading.Comment == 0 {
			r.commentLine = line
		}
		r.reading.Comment++
		line += countLines(r.b[p:next])
		p, line = r.leading(next, line)
	}
	return p, line
}

// look is a sample of the records, kept because the header, the units and the
// columns are all judged by the same.
type look struct {
	at, end, width int
	rows           [][]string
}

// following returns the first records from p on, for a look at the columns.
func (r *reader) following(p int) [][]string {
	if l := r.looked; l.rows == nil || l.at != p || l.end != len(r.b) || l.width != r.width {
		r.looked = look{p, len(r.b), r.width, r.recordsFrom(p)}
	}
	return r.looked.rows
}

// recordsFrom reads the first records from p on that are as wide as the table.
func (r *reader) recordsFrom(p int) [][]string {
	t := r.tokenizer
	t.b, t.scratch = r.sampleFrom(p), nil
	var out [][]string
	for q := 0; q < len(t.b) && len(out) < sampleRecords; {
		if next, ok := t.empty(q); ok {
			q = next
			continue
		}
		cells, _, next := t.record(q, r.width)
		if len(cells) == r.width && !(r.comments && cells[0] != "" && cells[0][0] == '#') {
			out = append(out, cells)
		}
		q = next
	}
	return out
}

// hasHeader decides whether cells name the columns of the records from next on.
func (r *reader) hasHeader(cells []string, next int) bool {
	switch r.opt.Header {
	case HeaderYes:
		return true
	case HeaderNo:
		return false
	}
	rest := r.following(next)
	if !r.guessHeader(cells, rest) {
		r.notice(Notice{Code: "no_header", Line: 1, Message: "The first row looks like data, so the columns are named by number."})
		return false
	}
	if recurring(cells, rest)*2 > len(cells) && numbersIn(cells) == 0 {
		r.notice(Notice{Code: "header_unsure", Line: 1, Message: "The first row was taken for the header, though its values occur again below."})
	}
	return true
}

// guessHeader decides by what the first record looks like next to the rest. A
// text above numbers is a name. Without one, a record of numbers alone is data,
// and so is one with a number that has decimals or a sign, or with a text that
// occurs again below it.
func (r *reader) guessHeader(cells []string, rest [][]string) bool {
	numbers := numbersIn(cells)
	if numbers == 0 {
		return true
	}
	filled, fine := 0, false
	for j, c := range cells {
		v, cl, whole := classify([]byte(c), '.')
		if cl == isMissing {
			if len(strings.TrimSpace(c)) == 0 && textBelow(rest, j) {
				return true
			}
			continue
		}
		filled++
		if cl == unreadable && numbersBelow(rest, j) {
			return true
		}
		fine = fine || cl == isNumber && (!whole || v < 0)
	}
	return !(numbers == filled || fine || recurring(cells, rest) > 0)
}

// numbersIn counts the cells that are numbers.
func numbersIn(cells []string) int {
	n := 0
	for _, c := range cells {
		if _, cl, _ := classify([]byte(c), '.'); cl == isNumber || cl == leadingZero || cl == longInteger {
			n++
		}
	}
	return n
}

// numbersBelow reports whether nearly all values of column j are numbers.
func numbersBelow(rest [][]string, j int) bool {
	numbers, others := below(rest, j)
	return numbers > 0 && numbers >= 20*others
}

func textBelow(rest [][]string, j int) bool {
	numbers, others := below(rest, j)
	return others > 0 && others >= 20*numbers
}

func below(rest [][]string, j int) (numbers, others int) {
	for _, row := range rest {
		switch _, cl, _ := classify([]byte(row[j]), '.'); cl {
		case isNumber, leadingZero, longInteger, isInfinite:
			numbers++
		case unreadable:
			others++
		}
	}
	return numbers, others
}

// recurring counts the texts of cells that occur again in their column.
func recurring(cells []string, rest [][]string) int {
	n := 0
	for j, c := range cells {
		if _, cl, _ := classify([]byte(c), '.'); cl != unreadable {
			continue
		}
		for _, row := range rest {
			if row[j] == c {
				n++
				break
			}
		}
	}
	return n
}

// name sets the names of the columns: without blanks around them, in NFC, made
// up where empty, and with a number after those that stood before.
func (r *reader) name(cells []string, line int) error {
	r.names = make([]string, len(cells))
	r.unnamed = make([]bool, len(cells))
	taken := make(map[string]bool, len(cells))
	for j, c := range cells {
		if len(c) > r.limits.Header {
			return &problem.Error{Kind: problem.Invalid, Field: "file", Line: line,
				Message: fmt.Sprintf("Line %d: a column name of %s is over the limit of %s.", line, size(len(c)), size(r.limits.Header)),
				Hint:    "Look for a quote that is not closed, or shorten the name."}
		}
		c = norm.NFC.String(strings.Trim(strings.TrimSpace(c), "\uFEFF"))
		r.names[j] = c
		taken[c] = true
		r.unnamed[j] = c == ""
	}
	seen := make(map[string]bool, len(cells))
	next := map[string]int{}
	renamed := 0
	for j, c := range r.names {
		if c == "" {
			c = fresh(taken, "column_"+strconv.Itoa(j+1), next)
		} else if seen[c] {
			c = fresh(taken, c, next)
			renamed++
		}
		r.names[j] = c
		seen[c], taken[c] = true, true
	}
	if renamed > 0 {
		r.notice(Notice{Code: "renamed", Line: line,
			Message: plural(renamed, "column has", "columns have") + " the name of an earlier one and got a number after it."})
	}
	r.noticeCase(line)
	return nil
}

// fresh returns name, if it is not taken, or the first of name (2), name (3) …
// that is not. next remembers where to go on, so that many equal names cost no
// more than one look each.
func fresh(taken map[string]bool, name string, next map[string]int) string {
	c := name
	for n := max(next[name], 2); taken[c]; n++ {
		c = name + " (" + strconv.Itoa(n) + ")"
		next[name] = n + 1
	}
	return c
}

// noticeCase tells of names that differ in case only.
func (r *reader) noticeCase(line int) {
	folded := make(map[string]string, len(r.names))
	for _, n := range r.names {
		low := strings.ToLower(n)
		if other, ok := folded[low]; ok {
			r.notice(Notice{Code: "similar_names", Line: line, Column: n,
				Message: fmt.Sprintf("The columns %s and %s differ in upper and lower case only.", shorten(other), shorten(n))})
			return
		}
		folded[low] = n
	}
}
