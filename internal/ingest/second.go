package ingest

import (
	"bytes"
	"fmt"
)

// blankLines are the line ends around a blank line.
var blankLines = [...]string{"\n\n", "\n\r\n", "\r\r"}

// leaveSecondTable looks for a table that starts after a blank line, with a
// header of its own, cuts the text before it and tells of it.
func (r *reader) leaveSecondTable() bool {
	if r.opt.OneTable || r.width < 2 {
		return false
	}
	p, ok := r.secondTable()
	if !ok {
		return false
	}
	line := r.firstLine + countLines(r.b[r.dataStart:p])
	for rest := r.b[p:]; len(rest) > 0; {
		n := lineLength(rest)
		if len(bytes.TrimSpace(rest[:n])) == 0 {
			r.reading.Blank++
		} else {
			r.reading.Skipped++
			r.dialect.Last++
		}
		rest = rest[n:]
	}
	r.b = r.b[:p:p]
	r.notice(Notice{Code: "second_table", Line: line,
		Message: fmt.Sprintf("A second table starts at line %d and was not loaded.", line)})
	return true
}

// secondTable returns where the first of the records starts that look like a
// second table. It looks after the first few blank lines only.
func (r *reader) secondTable() (p int, ok bool) {
	const looks = 16
	var above [][]string
	for _, blank := range blankLines {
		for at, n := r.dataStart, 0; n < looks; n++ {
			k := bytes.Index(r.b[at:], []byte(blank))
			if k < 0 {
				break
			}
			at += k + len(blank)
			for at < len(r.b) {
				next, empty := r.empty(at)
				if !empty {
					break
				}
				at = next
			}
			if at >= len(r.b) {
				break
			}
			if above == nil {
				above = r.following(r.dataStart)
			}
			if r.startsTable(at, above) && r.startsRecord(at) {
				return at, true
			}
		}
	}
	return 0, false
}

// startsTable reports whether the record at p is a header: texts that differ,
// above records as wide as it, with a column of numbers among them, and either
// of another width than the table above, or over a column that has numbers
// there too.
func (r *reader) startsTable(p int, above [][]string) bool {
	block := r.block(p)
	if len(block) < 2 || len(block[0]) < 2 {
		return false
	}
	header, rows := block[0], block[1:]
	for _, row := range rows {
		if len(row) != len(header) {
			return false
		}
	}
	seen := make(map[string]bool, len(header))
	numbers, over := false, false
	for j, c := range header {
		if _, cl, _ := classify([]byte(c), '.'); cl != unreadable || seen[c] {
			return false
		}
		seen[c] = true
		if numbersBelow(rows, j) {
			numbers = true
			over = over || j < r.width && len(above) > 0 && numbersBelow(above, j)
		}
	}
	return numbers && (len(header) != r.width || over)
}

// block returns the first records from p on, up to a blank line.
func (r *reader) block(p int) [][]string {
	t := r.tokenizer
	t.scratch = nil
	var out [][]string
	for p < len(t.b) && len(out) < 20 {
		if _, empty := t.empty(p); empty {
			break
		}
		cells, n, next := t.record(p, r.limits.Columns)
		if n > len(cells) {
			return nil
		}
		out = append(out, cells)
		p = next
	}
	return out
}

// startsRecord reports whether a record starts at p, which is not inside
// quotes.
func (r *reader) startsRecord(p int) bool {
	if r.quote == 0 || bytes.IndexByte(r.b[r.dataStart:p], r.quote) < 0 {
		return true
	}
	t := r.tokenizer
	t.scratch = nil
	q := r.dataStart
	for q < p {
		if next, empty := t.empty(q); empty {
			q = next
			continue
		}
		_, _, q = t.record(q, 0)
	}
	return q == p
}
