package ingest

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// errWhole says that a file cannot be read part by part: it must be looked at
// as a whole.
var errWhole = errors.New("ingest: not to be read part by part")

// stream reads a file part by part, by what the start of it looks like, in a
// few buffers that are used again and again: each part is packed, and its
// records are taken in, while the next ones arrive. So of the file there is
// never more in memory than is packed, and the parts stay in the processor's
// caches. Where a part tells that the file is laid out otherwise, such as by a
// byte that is not UTF-8, or by a quote that is open at its end, the file is
// read as a whole instead.
type stream struct {
	in    *source
	opt   Options
	piece int
	r     *reader
	scan  *scan
	parts []*part
	left  []byte // bytes of the file after those of the parts
	odd   atomic.Bool
	spare atomic.Int64 // bytes of the workers' slabs that hold nothing
	jobs  chan *part
	free  chan []byte // buffers
}

// slabBytes is how much a worker allocates at once for what it packs.
const slabBytes = 8 << 20

// part is some records of a file that is read part by part, packed.
type part struct {
	block block
	chunk *chunk
	lines int    // line feeds
	text  []byte // while the part is being taken in
	first bool   // of the file
}

// headSize is how much of the file's start the reader must see: all that it
// looks at before it takes in records, and the quotes in that up to their ends.
func headSize(limits Limits, piece int) int { return 3*sampleBytes + limits.Cell + piece }

// newStream returns nil where the file is better read as a whole.
func newStream(in *source, opt Options, piece int) *stream {
	if opt.Size < 2*int64(headSize(in.limits, piece)) || opt.SkipLast > 0 || opt.Encoding != "" && !isUTF8(opt.Encoding) {
		return nil
	}
	return &stream{in: in, opt: opt, piece: piece}
}

// read returns the table and the packed file, or errWhole.
func (s *stream) read(name string) (*Result, error) {
	head, err := s.in.fill(nil, headSize(s.in.limits, s.piece))
	s.left = head
	if err == nil && (s.in.ended || !s.start(head)) {
		return nil, errWhole
	}
	if err == nil {
		err = s.take()
	}
	switch {
	case err == errLongRecord:
		whole := append(s.packed().Bytes(), s.left...)
		return nil, longRecord(lineAt(whole, len(whole)-s.in.open), s.in.limits.Record)
	case err != nil:
		return nil, err
	case s.odd.Load():
		return nil, errWhole
	}
	return s.result(name)
}

// start looks at the start of the file and reports whether that is enough to
// read the rest by.
func (s *stream) start(head []byte) bool {
	r := newReader(s.opt, s.piece)
	r.expected = int(s.opt.Size)
	r.b = bytes.Clone(upToLine(textOf(head)))
	if len(r.b) == 0 || bytes.IndexByte(r.b, '\n') == len(r.b)-1 || wideEncoding(head) != "" {
		return false
	}
	if s.opt.Encoding == "" && refuseForeign(head[:min(len(head), 64<<10)]) != nil || refuseBinary(head) != nil || refuseHollow(r.b) != nil {
		return false
	}
	if valid, zeros := r.inspect(r.b); !valid || zeros {
		return false
	}
	r.dialect.Encoding = "utf-8"
	if err := r.sniff(); err != nil || r.width == 0 || r.lineEnd != '\n' {
		return false
	}
	r.modesOf = r.modes()
	s.r, s.piece = r, r.pieceSize()
	return max(r.sampledEnd, r.dataStart+2*sampleBytes)+r.cellLimit+2 <= len(r.b)
}

// take takes in all of the file, unless something odd turns up.
func (s *stream) take() error {
	r := s.r
	buffers := r.workers + 2
	s.jobs, s.free = make(chan *part), make(chan []byte, buffers)
	g, ctx := errgroup.WithContext(s.in.ctx)
	s.scan = r.newScan(r.modesOf)
	for range buffers - 1 {
		s.free <- nil
	}
	for range r.workers {
		g.Go(func() error { return s.work(ctx) })
	}
	err := s.feed(ctx)
	close(s.jobs)
	if other := g.Wait(); err == nil || errors.Is(err, context.Canceled) && other != nil {
		err = other
	}
	return err
}

// feed cuts the file into parts as it arrives.
func (s *stream) feed(ctx context.Context) error {
	for len(s.left) > 0 && !s.odd.Load() {
		n := len(s.left)
		if !s.in.ended {
			n = s.r.lastSeam(s.left)
		} else if c := s.left[n-1]; c == 0 || c == 0x1a {
			s.odd.Store(true) // padding
			break
		}
		if n == 0 { // not a line end yet
			var err error
			if s.left, err = s.in.fill(s.left, len(s.left)+s.piece); err != nil {
				return err
			}
			continue
		}
		p := &part{first: len(s.parts) == 0, lines: countByte(s.left[:n], '\n')}
		var next []byte
		select {
		case next = <-s.free:
		case <-ctx.Done():
			return ctx.Err()
		}
		if cap(next) == 0 {
			next = make([]byte, 0, s.piece+64<<10)
		}
		next = append(next[:0], s.left[n:]...)
		p.text = s.left[:n]
		s.prepare(p)
		s.parts, s.left = append(s.parts, p), next
		select {
		case s.jobs <- p:
		case <-ctx.Done():
			return ctx.Err()
		}
		var err error
		if s.left, err = s.in.fill(s.left, max(s.piece, len(s.left)+1)); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes the part's chunk, with room for its rows.
func (s *stream) prepare(p *part) {
	text, start := p.text, 0
	if p.first {
		text, start = textOf(text), s.r.dataStart
	}
	p.chunk = s.scan.chunk(start, len(text))
	p.chunk.part = p
	if s.scan.rows == 0 {
		lines := float64(p.lines) / float64(len(p.text)) * float64(s.opt.Size)
		s.scan.reserve(int(lines * 1.02))
	}
	s.scan.place(p.chunk, p.lines)
}

// work takes in parts.
func (s *stream) work(ctx context.Context) error {
	pack := packer{slabs: slabBytes}
	defer func() { s.spare.Add(pack.spare + int64(len(pack.slab))) }()
	for p := range s.jobs {
		c := p.chunk
		c.b = p.text
		if p.first {
			c.b = textOf(c.b)
		}
		if last := p.text[len(p.text)-1]; last != '\n' && last != '\r' {
			c.b = append(c.b, '\n')
			c.end++
		}
		if err := c.run(ctx); err != nil {
			return err
		}
		var plain bool
		p.block, plain = pack.pack(p.text)
		if !plain && !isPlainUTF8(p.text) || c.cutShort || c.stop != c.end && c.failure == nil {
			s.odd.Store(true)
		}
		buffer := p.text[:0]
		p.text, c.b, c.scratch = nil, nil, nil
		s.free <- buffer
	}
	return nil
}

// packed returns what was packed.
func (s *stream) packed() *Raw {
	raw := &Raw{blocks: make([]block, len(s.parts)), spare: s.spare.Load()}
	for i, p := range s.parts {
		raw.blocks[i] = p.block
		raw.size += int64(p.block.size)
	}
	return raw
}

// result makes the table of the parts.
func (s *stream) result(name string) (*Result, error) {
	r := s.r
	r.parts, r.expected = s.parts, int(s.in.total)
	chunks := make([]*chunk, len(s.parts))
	for i, p := range s.parts {
		chunks[i] = p.chunk
	}
	if err := r.failed(chunks); err != nil {
		return nil, err
	}
	t, err := r.join(s.in.ctx, chunks, r.modesOf, s.scan.room)
	if err != nil {
		return nil, err
	}
	if t.broken && !r.opt.OneTable && r.width > 1 {
		return nil, errWhole // a second table may follow
	}
	return r.result(s.in.ctx, name, s.packed(), t)
}

// scanParts takes in all records again, by other modes.
func (r *reader) scanParts(ctx context.Context, modes []mode) (*table, error) {
	g, gctx := errgroup.WithContext(ctx)
	s := r.newScan(modes)
	lines := 0
	for _, p := range r.parts {
		lines += p.lines
	}
	s.reserve(lines + 1)
	chunks := make([]*chunk, len(r.parts))
	for i, p := range r.parts {
		c := s.chunk(p.chunk.start, p.chunk.end)
		c.part = p
		s.place(c, p.lines)
		chunks[i] = c
	}
	var next atomic.Int64
	for range r.workers {
		g.Go(func() error {
			var buffer []byte
			for i := next.Add(1) - 1; int(i) < len(chunks); i = next.Add(1) - 1 {
				c := chunks[i]
				buffer = c.part.block.unpack(buffer)
				c.b = c.part.textIn(buffer)
				if err := c.run(gctx); err != nil {
					return err
				}
				c.b, c.scratch = nil, nil
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if err := r.failed(chunks); err != nil {
		return nil, err
	}
	return r.join(ctx, chunks, modes, s.room)
}

// textIn returns the part's text, with a line end at its end, of its bytes.
func (p *part) textIn(b []byte) []byte {
	if c := b[len(b)-1]; c != '\n' && c != '\r' {
		b = append(b, '\n')
	}
	if p.first {
		return textOf(b)
	}
	return b
}

// lastSeam returns the place after a late line end of b, after which three
// records of the right width follow; failing that, after the last line end, or
// 0 where there is none.
func (r *reader) lastSeam(b []byte) int {
	const tries = 16
	last := bytes.LastIndexByte(b, '\n') + 1
	t := r.tokenizer
	t.b = b[:last]
	p := last
	for i := range tries {
		if p = bytes.LastIndexByte(b[:max(p-1, 0)], '\n') + 1; p == 0 {
			break
		}
		if i >= 2 && t.aligned(p, r.width) {
			return p
		}
	}
	return last
}

// textOf cuts off the byte order marks of UTF-8.
func textOf(b []byte) []byte {
	for bytes.HasPrefix(b, utf8BOM) {
		b = b[len(utf8BOM):]
	}
	return b
}

// upToLine cuts off what follows the last line feed.
func upToLine(b []byte) []byte { return b[:bytes.LastIndexByte(b, '\n')+1] }
