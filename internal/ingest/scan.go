package ingest

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// scan takes in records, the columns by their modes. The text is cut at what
// look like ends of records, and the pieces are read side by side; a piece
// counts only if the one before it ended exactly where it starts, and is else
// read again from there. So a line end inside quotes costs time at most.
type scan struct {
	r     *reader
	modes []mode
	cells atomic.Int64
	lines int      // of the chunks that have a place
	room  []column // which these share
	rows  int      // that the room is for
}

func (r *reader) newScan(modes []mode) *scan {
	return &scan{r: r, modes: modes, room: make([]column, r.width)}
}

// scan takes in all records.
func (r *reader) scan(ctx context.Context, modes []mode) (*table, error) {
	if r.parts != nil {
		return r.scanParts(ctx, modes)
	}
	s := r.newScan(modes)
	chunks := s.cut()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.workers)
	for _, c := range chunks {
		g.Go(func() error { return c.run(gctx) })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	chunks, err := s.settle(ctx, chunks)
	if err != nil {
		return nil, err
	}
	return r.join(ctx, chunks, modes, s.room)
}

// cut makes chunks of the text, with room for their rows.
func (s *scan) cut() []*chunk {
	r := s.r
	var chunks []*chunk
	var lines []int
	sum := 0
	for p := r.dataStart; p < len(r.b); {
		end := r.seam(p + r.pieceSize())
		n := countByte(r.b[p:end], r.lineEnd)
		c := s.chunk(p, end)
		c.b = r.b
		chunks, lines = append(chunks, c), append(lines, n)
		sum += n
		p = end
	}
	if len(chunks) > 1 {
		s.reserve(sum)
	}
	for i, c := range chunks {
		s.place(c, lines[i])
	}
	return chunks
}

// settle returns the chunks that count, in order, after reading those again
// that did not start where a record does.
func (s *scan) settle(ctx context.Context, chunks []*chunk) ([]*chunk, error) {
	r := s.r
	good := chunks[:0]
	p, line := r.dataStart, r.firstLine
	for _, c := range chunks {
		if p >= c.end {
			s.forget(c)
			continue
		}
		if p != c.start {
			s.forget(c)
			again := s.chunk(p, c.end)
			again.b, again.first, again.guess = r.b, c.first, c.guess
			c = again
			if err := c.run(ctx); err != nil {
				return nil, err
			}
		}
		if c.failure != nil {
			return nil, r.explain(c.failure, line)
		}
		good = append(good, c)
		p = c.stop
		line += c.lines
	}
	return good, nil
}

// forget takes back what a chunk counted for all.
func (s *scan) forget(c *chunk) { s.cells.Add(-int64(c.counted) * int64(c.width)) }

// chunk returns the chunk of the records that start from start to end, without
// its text.
func (s *scan) chunk(start, end int) *chunk {
	r := s.r
	c := &chunk{tokenizer: r.tokenizer, decimal: r.dialect.Decimal, comments: r.comments, limits: r.limits,
		cells: &s.cells, most: r.mostCells(), start: start, end: end, width: r.width, columns: make([]column, r.width)}
	c.b, c.scratch, c.cutShort = nil, nil, false
	for j := range c.columns {
		c.columns[j].mode = s.modes[j]
	}
	return c
}

// pieceSize is about how many bytes of text to read at once: a few times more
// of it where there are many columns, as each takes memory for itself.
func (r *reader) pieceSize() int { return r.piece * min(max(r.width/64, 1), 8) }
