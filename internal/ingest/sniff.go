package ingest

import (
	"bytes"
	"fmt"
	"strings"
)

// The sniffer looks at the start of the file only.
const (
	sampleBytes   = 128 << 10
	sampleRecords = 1000
	sniffRecords  = 200
)

// delimiters are tried in this order; the first of equals wins. The last two
// count only where every record splits the same way, as prose has them too.
var delimiters = [...]byte{',', ';', '\t', '|', '^', 0x1f, ':', ' '}

// layout is how a delimiter cuts the sample.
type layout struct {
	delimiter byte
	share     float64 // of the records, how many are as wide as the first
	width     int
	skip      int  // bytes before the header
	rowNames  bool // the header is one cell short, as R writes it
}

// sniff fills in the dialect and finds the records: the preamble, the header
// and the first record of data.
func (r *reader) sniff() error {
	r.lineEnd = '\n'
	if last := len(r.b) - 1; bytes.IndexByte(r.b[:last], '\n') < 0 && bytes.IndexByte(r.b[:last], '\r') >= 0 && (r.b[last] == '\r' || r.b[last-1] != '\r') {
		r.lineEnd = '\r'
	}
	p, line := r.leading(0, 1)
	forced := r.opt.Delimiter
	if d, next, ok := separatorLine(r.b[p:]); ok {
		if forced == 0 {
			forced = d
		}
		p += next
		line++
		r.reading.Skipped++
	}
	p, line = r.skipFirst(p, line)
	p, line = r.leading(p, line)
	if p >= len(r.b) {
		return r.nothingLeft()
	}
	sample := r.sampleFrom(p)
	if r.quote = r.opt.Quote; r.quote == 0 {
		r.quote = sniffQuote(sample)
	}
	r.escape = sniffEscape(sample, r.quote)
	best := r.bestLayout(sample, forced)
	if best.width < 2 && r.quote == '\'' && r.opt.Quote == 0 {
		r.quote, r.escape = '"', sniffEscape(sample, '"')
		best = r.bestLayout(sample, forced)
	}
	r.delimiter, r.dialect.Delimiter = best.delimiter, best.delimiter
	if best.width == 1 && !r.trailing(sample, best.delimiter) {
		r.delimiter = 0 // which does not occur: each line is a cell
	}
	p, line = r.skipPreamble(p, line, best.skip)
	r.dialect.Line = line
	if err := r.header(p, line, best); err != nil {
		return err
	}
	r.skipUnits()
	return nil
}

// leading passes over blank lines.
func (r *reader) leading(p, line int) (int, int) {
	for p < len(r.b) {
		next, ok := r.empty(p)
		if !ok {
			break
		}
		r.reading.Blank++
		line++
		p = next
	}
	return p, line
}

// separatorLine reads the first line that Excel writes to name the delimiter.
func separatorLine(b []byte) (delimiter byte, next int, ok bool) {
	end := bytes.IndexAny(b, "\r\n")
	if end < 0 {
		return 0, 0, false
	}
	text := bytes.Trim(b[:end], `"`)
	if len(text) != 5 || !bytes.EqualFold(text[:4], []byte("sep=")) || !canDelimit(text[4]) {
		return 0, 0, false
	}
	t := tokenizer{b: b}
	return text[4], t.next(end), true
}

// sampleFrom returns the whole lines at p, about sampleBytes of them and one
// at least.
func (r *reader) sampleFrom(p int) []byte {
	end := len(r.b)
	if end-p > sampleBytes {
		window := r.b[p : p+sampleBytes]
		if k := bytes.LastIndexByte(window, r.lineEnd); k >= 0 {
			end = p + k + 1
		} else if k := bytes.IndexByte(r.b[p+sampleBytes:], r.lineEnd); k >= 0 {
			end = p + sampleBytes + k + 1
		}
	}
	return r.b[p:end]
}

// sniffQuote returns the double quote, or the single quote where cells start
// and end with it and no double quote is there.
func sniffQuote(sample []byte) byte {
	if bytes.IndexByte(sample, '"') >= 0 || bytes.IndexByte(sample, '\'') < 0 {
		return '"'
	}
	opened, closed := 0, 0
	edge := func(b []byte, i int) bool {
		return i < 0 || i >= len(b) || strings.IndexByte(",;\t|^\x1f\r\n", b[i]) >= 0
	}
	for i, c := range sample {
		if c != '\'' {
			continue
		}
		if edge(sample, len(bytes.TrimRight(sample[:i], " "))-1) {
			opened++
		}
		if edge(sample, i+1) {
			closed++
		}
	}
	if opened >= 2 && opened == closed {
		return '\''
	}
	return '"'
}

// sniffEscape returns a backslash where quotes inside quotes are written with
// one, and else the quote itself.
func sniffEscape(sample []byte, quote byte) byte {
	if bytes.Contains(sample, []byte{'\\', quote}) && !bytes.Contains(sample, []byte{quote, quote}) {
		return '\\'
	}
	return quote
}

// bestLayout returns the layout in which most records are as wide as the
// first. Of equals, the one with more columns wins.
func (r *reader) bestLayout(sample []byte, forced byte) layout {
	best := layout{delimiter: ',', width: 1}
	if forced != 0 {
		best = r.layout(sample, forced)
		best.delimiter = forced
		return best
	}
	for _, d := range delimiters {
		l := r.layout(sample, d)
		weak := d == ':' || d == ' '
		if l.width < 2 || l.share < 0.5 || weak && (l.share < 1 || best.width > 1) {
			continue
		}
		if l.share > best.share+0.001 || l.share > best.share-0.001 && l.width > best.width {
			best = l
		}
	}
	return best
}

// trailing reports whether a file of one column has empty cells after it, and
// nothing else after delimiters.
func (r *reader) trailing(sample []byte, delimiter byte) bool {
	some := false
	for _, s := range r.shapes(sample, delimiter) {
		if s.filled > 1 {
			return false
		}
		some = some || s.cells > 1
	}
	return some
}

// shape is how wide a record is.
type shape struct {
	start  int // its place in the sample
	cells  int
	filled int // up to the last cell that is not empty
	values int // cells that are not empty
}

// layout measures how a delimiter cuts the sample. The first record sets the
// width. Where it fits few others, the records before the first that does are
// taken for a preamble, if they are much narrower. A blank line before the
// header makes that surer, so that fewer records must fit.
func (r *reader) layout(sample []byte, delimiter byte) layout {
	shapes := r.shapes(sample, delimiter)
	l := layout{delimiter: delimiter, width: 1}
	if len(shapes) == 0 {
		return l
	}
	l.width, l.share = shapes[0].cells, fitting(shapes, shapes[0].cells)
	common := commonWidth(shapes)
	if l.share >= 0.9 && l.width > 1 || common < 2 {
		return l
	}
	if l.width > 1 && common == l.width+1 && len(shapes) > 1 && fitting(shapes[1:], common) == 1 && shapes[1].filled == common {
		l.width, l.rowNames, l.share = common, true, 0.99
		return l
	}
	if r.opt.SkipFirst != 0 { // the header may be short, but is not left out
		if share := fitting(shapes, common); share >= 0.75 && common > l.width {
			l.width, l.share = common, share
		}
		return l
	}
	for i, s := range shapes[:min(len(shapes), 20)] {
		share := fitting(shapes[i:], common)
		enough := 0.9
		if afterBlank(sample[:s.start]) {
			enough = 0.6
		}
		if s.cells == common && s.values > 1 && s.values*2 > common && i > 0 && share >= enough && len(shapes)-i >= 2 {
			return layout{delimiter: delimiter, width: common, share: 0.95*share - 0.01*float64(i), skip: s.start}
		}
		if s.values > 1 && s.values*2 > common {
			break
		}
	}
	return l
}

// afterBlank reports whether text ends with a blank line.
func afterBlank(text []byte) bool {
	return bytes.HasSuffix(text, []byte("\n\n")) || bytes.HasSuffix(text, []byte("\r\n\r\n")) || bytes.HasSuffix(text, []byte("\r\r"))
}

// shapes returns the shapes of the first records that are neither blank nor,
// by a # and an unusual width, comments.
func (r *reader) shapes(sample []byte, delimiter byte) []shape {
	t := r.tokenizer
	t.b, t.delimiter, t.scratch = sample, delimiter, nil
	var out, hashed []shape
	for p := 0; p < len(sample) && len(out) < sniffRecords; {
		if next, ok := t.empty(p); ok {
			p = next
			continue
		}
		s, next := t.shape(p)
		if sample[p] == '#' && len(out) == 0 {
			hashed = append(hashed, s)
		} else {
			out = append(out, s)
		}
		p = next
	}
	if len(hashed) == 0 {
		return out
	}
	if len(out) == 0 {
		return hashed
	}
	if last := hashed[len(hashed)-1]; last.cells == out[0].cells && last.cells > 1 {
		out = append([]shape{last}, out...)
	}
	return out
}

// shape measures the record at p and returns the place of the next.
func (t *tokenizer) shape(p int) (shape, int) {
	s := shape{start: p}
	for {
		text, end := t.cell(p)
		s.cells++
		if len(text) > 0 {
			s.filled = s.cells
			s.values++
		}
		if t.b[end] != t.delimiter {
			return s, t.next(end)
		}
		p = end + 1
	}
}

// fitting returns the share of records that fit the width: they have as many
// cells, or more of which the rest are empty.
func fitting(shapes []shape, width int) float64 {
	n := 0
	for _, s := range shapes {
		if s.cells == width || s.cells > width && s.filled <= width {
			n++
		}
	}
	return float64(n) / float64(len(shapes))
}

// commonWidth returns the most common width; of equals the largest.
func commonWidth(shapes []shape) int {
	best, most := 0, 0
	counts := map[int]int{}
	for _, s := range shapes {
		counts[s.cells]++
		if n := counts[s.cells]; n > most || n == most && s.cells > best {
			best, most = s.cells, n
		}
	}
	return best
}

// skipPreamble passes over n bytes of lines before the header.
func (r *reader) skipPreamble(p, line, n int) (int, int) {
	if n == 0 {
		return p, line
	}
	skipped := countLines(r.b[p : p+n])
	r.reading.Skipped += skipped
	r.dialect.Skipped = skipped
	r.notice(Notice{Code: "preamble", Line: line,
		Message: fmt.Sprintf("%s left out before the header.", plural(skipped, "line was", "lines were"))})
	return p + n, line + skipped
}
