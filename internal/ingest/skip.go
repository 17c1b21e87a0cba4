package ingest

import (
	"bytes"
	"fmt"

	"clicktrain/internal/problem"
)

// skipFirst passes over the lines that the person said stand before the header.
func (r *reader) skipFirst(p, line int) (int, int) {
	n := 0
	for ; n < r.opt.SkipFirst && p < len(r.b); n++ {
		p += lineLength(r.b[p:])
	}
	r.reading.Skipped += n
	r.dialect.Skipped = n
	return p, line + n
}

// nothingLeft is the problem of a file of which no line is left to read.
func (r *reader) nothingLeft() error {
	if r.opt.SkipFirst <= 0 {
		return emptyFile()
	}
	lines := plural(countLines(r.b)+r.dialect.Last, "line", "lines")
	p := problem.Field("skip", "The file has %s, so %s cannot be left out before the first row.", lines, grouped(r.opt.SkipFirst)).
		WithHint("Leave out fewer lines.")
	if r.dialect.Last > 0 {
		p = problem.Field("skip", "The file has %s: %s before the first row and %s at the end leave none.", lines, grouped(r.opt.SkipFirst), grouped(r.dialect.Last)).
			WithHint("Leave out fewer lines.")
	}
	return p
}

// lineLength returns the length of the first line of b with its end.
func lineLength(b []byte) int {
	k := bytes.IndexAny(b, "\r\n")
	switch {
	case k < 0:
		return len(b)
	case b[k] == '\r' && k+1 < len(b) && b[k+1] == '\n':
		return k + 2
	}
	return k + 1
}

// skipLast cuts off the lines at the end that the person said are no data, and
// the blank lines among and after them.
func (r *reader) skipLast() error {
	for n := r.opt.SkipLast; n > 0; {
		start := lastLine(r.b)
		if len(bytes.TrimSpace(r.b[start:])) == 0 {
			r.reading.Blank++
		} else {
			r.reading.Skipped++
			r.dialect.Last++
			n--
		}
		if start == 0 {
			return problem.Field("skip_last", "The file has %s with text, so %s cannot be left out at the end.",
				plural(r.dialect.Last, "line", "lines"), grouped(r.opt.SkipLast)).WithHint("Leave out fewer lines.")
		}
		r.b = r.b[:start:start]
	}
	return nil
}

// lastLine returns where the last line of b, which ends with a line end,
// starts.
func lastLine(b []byte) int {
	end := len(b) - 1
	if b[end] == '\n' && end > 0 && b[end-1] == '\r' {
		end--
	}
	return bytes.LastIndexAny(b[:end], "\r\n") + 1
}

// skipUnits leaves the record after the header out if the person said so, and
// tells if it seems to hold units instead of data.
func (r *reader) skipUnits() {
	if !r.dialect.Header || r.dataStart >= len(r.b) {
		return
	}
	if r.opt.SkipUnits {
		_, _, next := r.record(r.dataStart, 0)
		r.firstLine += countLines(r.b[r.dataStart:next])
		r.dataStart = next
		r.reading.Skipped++
		r.dialect.Units = true
		return
	}
	if rest := r.following(r.dataStart); len(rest) > 2 && tellsUnits(rest[0], rest[1:]) {
		r.notice(Notice{Code: "units_row", Line: r.firstLine,
			Message: fmt.Sprintf("Line %d (%s) does not look like data. Leave it out if it tells the units.", r.firstLine, listed(rest[0]))})
	}
}

// tellsUnits reports whether a record has short texts, two at least, wherever
// the records below it have numbers.
func tellsUnits(first []string, rest [][]string) bool {
	texts := 0
	for j, c := range first {
		if !numbersBelow(rest, j) {
			continue
		}
		if _, cl, _ := classify([]byte(c), '.'); cl == unreadable && len(c) <= 16 {
			texts++
		} else if cl != isMissing && cl != isSoft {
			return false
		}
	}
	return texts >= 2
}

// listed writes the first few cells of a record.
func listed(cells []string) string {
	var b bytes.Buffer
	for j, c := range cells {
		if j == 4 {
			b.WriteString(" …")
			break
		}
		if j > 0 {
			b.WriteString(", ")
		}
		b.WriteString(shorten(c))
	}
	return b.String()
}
