package ingest

import (
	"bytes"
	"context"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/problem"
)

// pieceBytes is the size of the pieces that are read side by side.
const pieceBytes = 512 << 10

// table is all chunks together. Rows and lines count from the first record.
type table struct {
	columns []column
	rows    int
	last    *chunk // with the last row
	breaks  []lineBreak
	reading Reading
	odd     tallies
	broken  bool // records follow a blank line
}

// mostCells returns how many cells there may be: no more than the limit, and
// in proportion to the text, as each cell takes a byte of it. Cells that rows
// lack take none; where these outnumber the text by far, a few bytes would
// take much memory.
func (r *reader) mostCells() int { return min(r.limits.Cells, 4*max(len(r.b), r.expected)+1<<18) }

// seam returns the start of a record at or after p: after a line end that is
// followed by three records of the right width, or failing that any line end.
func (r *reader) seam(p int) int {
	const tries, window = 16, 1 << 20
	if p >= len(r.b) {
		return len(r.b)
	}
	first := 0
	for range tries {
		k := bytes.IndexByte(r.b[p:min(len(r.b), p+window)], r.lineEnd)
		if k < 0 {
			break
		}
		p += k + 1
		if first == 0 {
			first = p
		}
		if r.aligned(p, r.width) {
			return p
		}
	}
	if first > 0 {
		return first
	}
	return len(r.b)
}

// failed tells of the first limit that was exceeded, if there is one.
func (r *reader) failed(chunks []*chunk) error {
	line := r.firstLine
	for _, c := range chunks {
		if c.failure != nil {
			return r.explain(c.failure, line)
		}
		line += c.lines
	}
	return nil
}

// aligned reports whether three records of the given width start at p.
func (t tokenizer) aligned(p, width int) bool {
	t.scratch = nil
	for range 3 {
		if p >= len(t.b) {
			return true
		}
		_, n, next := t.record(p, 0)
		if n != width {
			return false
		}
		p = next
	}
	return true
}

// explain turns a limit exceeded into what a person is told. line is that of
// the chunk's first record.
func (r *reader) explain(f *failure, line int) error {
	line += f.line
	switch f.what {
	case "cell":
		return &problem.Error{Kind: problem.Invalid, Field: "file", Line: line, Column: r.names[f.column],
			Message: "Line " + grouped(line) + ", column " + shorten(r.names[f.column]) + ": a cell of " + size(f.size) + " is over the limit of " + size(r.limits.Cell) + ".",
			Hint:    "Look for a quote that is not closed, or leave that column out."}
	case "record":
		return &problem.Error{Kind: problem.Invalid, Field: "file", Line: line,
			Message: "Line " + grouped(line) + ": a record of " + size(f.size) + " is over the limit of " + size(r.limits.Record) + ".",
			Hint:    "Check the delimiter and the line ends."}
	}
	if r.mostCells() < r.limits.Cells {
		return &problem.Error{Kind: problem.Invalid, Field: "file", Line: line,
			Message: "The header has " + plural(r.width, "column", "columns") + ", but nearly all rows have far fewer cells.",
			Hint:    "Check the delimiter, and whether the first row is the header."}
	}
	return &problem.Error{Kind: problem.Invalid, Field: "file", Line: line,
		Message: "The file has more than " + grouped(r.limits.Cells) + " cells (rows times columns).",
		Hint:    "Upload fewer columns or a sample of the rows."}
}

// join puts the chunks together, the columns side by side.
func (r *reader) join(ctx context.Context, chunks []*chunk, modes []mode, room []column) (*table, error) {
	t := &table{columns: make([]column, r.width)}
	line := 0
	for _, c := range chunks {
		for _, b := range c.breaks {
			t.breaks = append(t.breaks, lineBreak{b.row + t.rows, b.line + line})
		}
		for _, s := range c.reading.SetAsideRows[:min(len(c.reading.SetAsideRows), 100-len(t.reading.SetAsideRows))] {
			t.reading.SetAsideRows = append(t.reading.SetAsideRows, SetAsideRow{s.Line + line, s.Reason})
		}
		t.broken = t.broken || c.broken || t.reading.Blank > 0 && c.rows+c.reading.SetAside+c.reading.Comment > 0
		t.reading.SetAside += c.reading.SetAside
		t.reading.Blank += c.reading.Blank
		t.reading.Comment += c.reading.Comment
		if t.odd.padded.count == 0 {
			t.odd.cells = c.odd.cells
		}
		t.odd.padded.merge(c.odd.padded, line)
		t.odd.trailing.merge(c.odd.trailing, line)
		t.odd.open.merge(c.odd.open, line)
		t.odd.after.merge(c.odd.after, line)
		t.odd.multiline.merge(c.odd.multiline, line)
		t.odd.comment.merge(c.odd.comment, line)
		if c.rows > 0 {
			t.last = c
		}
		t.rows += c.rows
		line += c.lines
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.workers)
	for j := range t.columns {
		if modes[j] == takeNothing {
			continue
		}
		g.Go(func() error {
			if err := gctx.Err(); err != nil {
				return err
			}
			t.columns[j] = joinColumn(chunks, j, t.rows, room[j])
			return nil
		})
	}
	return t, g.Wait()
}

// cut returns the first n elements, copied where that saves much memory.
func cut[T any](s []T, n int) []T {
	if s == nil {
		return nil
	}
	if cap(s) > n+n/4+64 {
		return append(make([]T, 0, n), s[:n]...)
	}
	return s[:n:n]
}

// line returns the line, counted from 0 at the first record, that row is on.
func (t *table) line(row int) int {
	lo, hi := 0, len(t.breaks)
	for lo < hi {
		if mid := (lo + hi) / 2; t.breaks[mid].row <= row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	b := t.breaks[lo-1]
	return b.line + row - b.row
}
