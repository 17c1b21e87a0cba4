package ingest

import "bytes"

// tokenizer cuts text into cells. The text ends with a line end, and a record
// ends at LF, CR or CRLF outside quotes.
type tokenizer struct {
	b         []byte
	delimiter byte
	quote     byte
	escape    byte // quote itself, or a backslash
	trim      bool // blanks around unquoted cells do not count
	cellLimit int
	scratch   []byte
	cutShort  bool // a quote was looked for up to the end of the text, in vain

	// What was odd about the cell last read.
	oddities oddity
}

// oddity is a set of what was odd about cells.
type oddity uint8

const (
	openQuote  oddity = 1 << iota // a quote never closed, taken as text
	afterQuote                    // text after the closing quote
	lineInside                    // a line end inside quotes
	quotedCell                    // not odd: the cell stood in quotes
)

// ends reports whether c ends a cell.
func (t *tokenizer) ends(c byte) bool { return c == t.delimiter || c == '\n' || c == '\r' }

// blank reports whether c is white space that may stand around a cell.
func (t *tokenizer) blank(c byte) bool {
	return c == ' ' && t.delimiter != ' ' || c == '\t' && t.delimiter != '\t'
}

// cell returns the text of the cell that starts at p, without its quotes, and
// the place of the delimiter or line end after it. The text is valid until the
// next call. A quote counts at the start of a cell only, blanks before it left
// out. One that is never closed, within the cell limit, is text; so is one
// whose cell would run over a line end and then on after the closing quote.
func (t *tokenizer) cell(p int) (text []byte, end int) {
	t.oddities = 0
	q := p
	for t.blank(t.b[q]) {
		q++
	}
	if t.quote != 0 && t.b[q] == t.quote {
		if text, end, ok := t.quoted(q); ok {
			return text, end
		}
		t.oddities = openQuote
	}
	end = q
	for !t.ends(t.b[end]) {
		end++
	}
	if t.trim {
		return trimBlanks(t.b[p:end]), end
	}
	return t.b[p:end], end
}

// quoted reads the cell whose opening quote stands at q.
func (t *tokenizer) quoted(q int) (text []byte, end int, ok bool) {
	stop := min(len(t.b)-1, q+2+t.cellLimit) // the last byte is a line end
	escaped := false
	i := q + 1
	for {
		k := bytes.IndexByte(t.b[i:stop], t.quote)
		if k < 0 {
			t.cutShort = t.cutShort || stop == len(t.b)-1
			return nil, 0, false
		}
		i += k
		if t.escape == t.quote && t.b[i+1] == t.quote {
			escaped = true
			i += 2
			if i > stop {
				t.cutShort = t.cutShort || stop == len(t.b)-1
				return nil, 0, false
			}
			continue
		}
		if t.escape != t.quote && t.slashes(q+1, i)&1 == 1 {
			escaped = true
			i++
			continue
		}
		break
	}
	text = t.b[q+1 : i]
	t.oddities = quotedCell
	if bytes.IndexByte(text, '\n') >= 0 || bytes.IndexByte(text, '\r') >= 0 {
		t.oddities |= lineInside
	}
	if escaped {
		text = t.unescape(text)
	}
	end = i + 1
	for t.blank(t.b[end]) {
		end++
	}
	if t.ends(t.b[end]) {
		return text, end, true
	}
	if t.oddities&lineInside != 0 {
		return nil, 0, false
	}
	t.oddities |= afterQuote
	for end = i + 1; !t.ends(t.b[end]); end++ {
	}
	t.scratch = append(append(t.scratch[:0], text...), t.b[i+1:end]...)
	return t.scratch, end, true
}

// slashes counts the escape bytes just before i and not before from.
func (t *tokenizer) slashes(from, i int) int {
	n := 0
	for i-n > from && t.b[i-n-1] == t.escape {
		n++
	}
	return n
}

// unescape writes text to the scratch space without the escape bytes that
// stand before quotes.
func (t *tokenizer) unescape(text []byte) []byte {
	out := t.scratch[:0]
	for i := 0; i < len(text); i++ {
		if text[i] == t.escape && i+1 < len(text) && (text[i+1] == t.quote || text[i+1] == t.escape) {
			i++
		}
		out = append(out, text[i])
	}
	t.scratch = out
	return out
}

// next returns the place after the line end at end.
func (t *tokenizer) next(end int) int {
	if t.b[end] == '\r' && end+1 < len(t.b) && t.b[end+1] == '\n' {
		return end + 2
	}
	return end + 1
}

// record returns copies of the cells of the record at p, at most limit of
// them, how many there are, and the place of the next record.
func (t *tokenizer) record(p, limit int) (cells []string, n, next int) {
	for {
		text, end := t.cell(p)
		if n < limit {
			cells = append(cells, string(text))
		}
		n++
		if t.b[end] != t.delimiter {
			return cells, n, t.next(end)
		}
		p = end + 1
	}
}

// empty reports whether the line at p holds blanks only, and where the next
// record starts.
func (t *tokenizer) empty(p int) (next int, ok bool) {
	for t.blank(t.b[p]) {
		p++
	}
	if t.b[p] == '\n' || t.b[p] == '\r' {
		return t.next(p), true
	}
	return 0, false
}
