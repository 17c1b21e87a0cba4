package ingest

import (
	"context"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// scan takes in records, the columns by their modes. The text is cut at what
// look like ends of records, and the pieces are read side by side; a piece
// counts only if the one before it ended exactly where it starts, and is else
// read again from there. So a line end inside quotes costs time at most.
type scan struct {
	r      *reader
	modes  []mode
	cells  atomic.Int64
	chunks []*chunk
	next   int // where the next piece starts
	lines  int // of the chunks
	room   []column
	rows   int // that the room is for
	group  *errgroup.Group
	ctx    context.Context // of the group: a scan lasts as long as one call of Read or Parse
	cancel context.CancelFunc
}

func (r *reader) newScan(ctx context.Context, modes []mode) *scan {
	s := &scan{r: r, modes: modes, next: r.dataStart, room: make([]column, r.width)}
	ctx, s.cancel = context.WithCancel(ctx)
	s.group, s.ctx = errgroup.WithContext(ctx)
	s.group.SetLimit(r.workers)
	return s
}

// stop ends the scan and waits for its workers.
func (s *scan) stop() {
	if s != nil {
		s.cancel()
		_ = s.group.Wait() // canceled or done
	}
}

// scan takes in all records, going on from what was read while the file
// arrived if that holds.
func (r *reader) scan(ctx context.Context, modes []mode) (*table, error) {
	s := r.early
	r.early = nil
	if s == nil || !s.holds(r, modes) {
		s.stop()
		s = r.newScan(ctx, modes)
	}
	defer s.stop()
	s.r = r
	s.launch(s.cut(true))
	if err := s.group.Wait(); err != nil {
		return nil, err
	}
	chunks, err := s.settle(ctx)
	if err != nil {
		return nil, err
	}
	return r.join(ctx, chunks, modes, s.room)
}

// cut makes chunks of the text that is there. Where more is to come, the last
// of it is left, as a quote may be open there.
func (s *scan) cut(complete bool) []*chunk {
	r, last := s.r, len(s.r.b)
	if !complete {
		last -= 2*r.cellLimit + r.piece
	}
	var out []*chunk
	for s.next < last {
		end := r.seam(s.next + r.piece)
		out = append(out, s.chunk(s.next, end))
		s.next = end
	}
	return out
}

// launch makes room for chunks and starts them.
func (s *scan) launch(chunks []*chunk) {
	s.makeRoom(chunks)
	s.chunks = append(s.chunks, chunks...)
	for _, c := range chunks {
		s.group.Go(func() error { return c.run(s.ctx) })
	}
}

// settle returns the chunks that count, in order, after reading those again
// that did not start where a record does.
func (s *scan) settle(ctx context.Context) ([]*chunk, error) {
	r := s.r
	good := s.chunks[:0]
	p, line := r.dataStart, r.firstLine
	for _, c := range s.chunks {
		if p >= c.end {
			s.forget(c)
			continue
		}
		if p != c.start || c.reachedEnd() && len(c.b) < len(r.b) {
			s.forget(c)
			again := s.chunk(p, c.end)
			again.first = c.first
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

// reachedEnd reports whether the chunk may have looked for a quote up to the
// end of its text, which was not the end of the file then.
func (c *chunk) reachedEnd() bool { return c.stop+c.cellLimit+2 >= len(c.b) }

// chunk returns the chunk of the records that start from start to end.
func (s *scan) chunk(start, end int) *chunk {
	r := s.r
	c := &chunk{tokenizer: r.tokenizer, decimal: r.dialect.Decimal, comments: r.comments, limits: r.limits,
		cells: &s.cells, most: r.mostCells(), start: start, end: end, width: r.width, columns: make([]column, r.width)}
	c.scratch = nil
	for j := range c.columns {
		c.columns[j].mode = s.modes[j]
	}
	rows := (end-start)/max(r.recordBytes, r.width) + 16
	c.guess = min(rows+rows/16, r.mostCells()/max(r.width, 1)+16)
	return c
}

// holds reports whether what was read while the file arrived is what r reads
// the whole of it as.
func (s *scan) holds(r *reader, modes []mode) bool {
	a, b := &s.r.tokenizer, &r.tokenizer
	return &a.b[0] == &b.b[0] && s.next <= len(b.b) && s.r.dataStart == r.dataStart && s.r.width == r.width &&
		a.delimiter == b.delimiter && a.quote == b.quote && a.escape == b.escape && a.trim == b.trim && a.cellLimit == b.cellLimit &&
		s.r.dialect.Decimal == r.dialect.Decimal && s.r.comments == r.comments && s.r.lineEnd == r.lineEnd && slices.Equal(s.modes, modes)
}
