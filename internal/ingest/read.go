package ingest

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"strings"

	"clicktrain/internal/problem"
)

// Read reads the file called name from src and parses it. It stops as soon as
// the file turns out too large or not to be a CSV file. The Result keeps the
// bytes, packed.
//
// Where the number of bytes to expect is known, records are read while the
// rest still arrives, and the file is packed at once.
func Read(ctx context.Context, src io.Reader, name string, opt Options) (*Result, error) {
	return read(ctx, src, name, opt, pieceBytes)
}

// read is Read with pieces of about the given size.
func read(ctx context.Context, src io.Reader, name string, opt Options, piece int) (*Result, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	in := &source{ctx: ctx, src: src, limits: opt.Limits.withDefaults()}
	if opt.Size > in.limits.Bytes {
		return nil, tooLarge(in.limits.Bytes)
	}
	b := make([]byte, 0, 64<<10)
	var raw *Raw
	if s := newStream(in, opt, piece); s != nil {
		res, err := s.read(name)
		if err != errWhole {
			return res, err
		}
		raw = s.packed()
		b = append(raw.bytes(int(max(opt.Size-raw.Size(), int64(len(s.left))))+64), s.left...)
	} else if opt.Size > 0 {
		b = make([]byte, 0, opt.Size+64)
	}
	b, err := in.rest(b)
	if err != nil {
		return nil, err
	}
	if raw.Size() < int64(len(b)) {
		raw = nil
	}
	return parse(ctx, b, raw, name, opt, piece)
}

func tooLarge(limit int64) error {
	return &problem.Error{Kind: problem.TooLarge, Field: "file",
		Message: "The selected file must be smaller than " + strings.Replace(size(int(limit)), ".0 ", " ", 1) + ".",
		Hint:    "Leave out columns you do not need, or upload a sample of the rows."}
}

func longRecord(line, limit int) error {
	return &problem.Error{Kind: problem.Invalid, Field: "file", Line: line,
		Message: "Line " + grouped(line) + " is over the limit of " + size(limit) + " for a record.",
		Hint:    "Check that each row is on a line of its own, and that each quote is closed."}
}

func emptyFile() error {
	return &problem.Error{Kind: problem.Invalid, Field: "file",
		Message: "The selected file is empty.", Hint: "Choose a file with a header and rows of data."}
}

// reader carries what is found out about one file.
type reader struct {
	tokenizer
	opt     Options
	limits  Limits
	workers int
	piece   int
	dialect Dialect
	reading Reading
	notices []Notice

	lineEnd     byte // the last byte of a line end
	commentLine int  // of the first comment before the header
	comments    bool // lines that start with # and do not fit are comments
	looked      look
	expected    int     // bytes of the file, if more than those that are there
	parts       []*part // of a file that is read part by part
	modesOf     []mode  // of the columns
	width       int
	names       []string
	unnamed     []bool // the file gave the column no name
	dataStart   int
	firstLine   int // of the first record of data
	recordBytes int // about how long a record is
	sampledEnd  int // of the records that told
}

func (r *reader) notice(n Notice) { r.notices = append(r.notices, n) }

// Reread reads a file that was read before, by other Options. The Result keeps
// raw itself.
func Reread(ctx context.Context, raw *Raw, name string, opt Options) (*Result, error) {
	opt.Size = raw.Size()
	res, err := read(ctx, raw.Reader(), name, opt, pieceBytes)
	if err != nil {
		return nil, err
	}
	res.Raw = raw
	return res, nil
}

// newReader returns a reader before it looked at anything.
func newReader(opt Options, piece int) *reader {
	r := &reader{opt: opt, limits: opt.Limits.withDefaults(), workers: opt.Workers, piece: piece, comments: true}
	r.cellLimit = r.limits.Cell
	if r.workers <= 0 {
		r.workers = runtime.GOMAXPROCS(0)
	}
	return r
}

// parse reads a whole file, pieces of about the given size side by side. packed
// is the file too, or nil.
func parse(ctx context.Context, raw []byte, packed *Raw, name string, opt Options, piece int) (*Result, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	r := newReader(opt, piece)
	if int64(len(raw)) > r.limits.Bytes {
		return nil, tooLarge(r.limits.Bytes)
	}
	if opt.Encoding == "" {
		if err := refuseForeign(raw[:min(len(raw), 64<<10)]); err != nil {
			return nil, err
		}
	}
	text, err := r.decode(ctx, raw, opt.Encoding)
	if err != nil {
		return nil, err
	}
	if err := refuseHollow(text); err != nil {
		return nil, err
	}
	r.b = ended(text)
	if err := r.skipLast(); err != nil {
		return nil, err
	}
	if err := r.sniff(); err != nil {
		return nil, err
	}
	t, err := r.table(ctx)
	if err != nil {
		return nil, err
	}
	if packed == nil {
		packed = newRaw(raw)
	}
	return r.result(ctx, name, packed, t)
}

// result makes the table of what was taken in.
func (r *reader) result(ctx context.Context, name string, raw *Raw, t *table) (*Result, error) {
	f, err := r.settled(ctx, t)
	if err != nil {
		return nil, err
	}
	r.dialect.Quote, r.dialect.Escape = r.quote, r.escape
	return &Result{Name: name, Frame: f, Dialect: r.dialect, Reading: r.reading, Notices: r.notices,
		Bytes: raw.Size(), Raw: raw}, nil
}

// check refuses choices that cannot be read with.
func (o Options) check() error {
	switch {
	case o.Delimiter != 0 && !canDelimit(o.Delimiter):
		return problem.Field("delimiter", "The delimiter cannot be %q.", rune(o.Delimiter)).
			WithHint("Use a comma, a semicolon, a tab, a bar or another sign.")
	case o.Quote != 0 && o.Quote != '"' && o.Quote != '\'':
		return problem.Field("quote", "The quote cannot be %q.", rune(o.Quote)).WithHint("Use a double or a single quote.")
	case o.Decimal != 0 && o.Decimal != '.' && o.Decimal != ',':
		return problem.Field("decimal", "The decimal mark cannot be %q.", rune(o.Decimal)).WithHint("Use a point or a comma.")
	}
	return o.checkMarks()
}

// canDelimit reports whether c may stand between cells: no part of a number, a
// word, a quote or a line end.
func canDelimit(c byte) bool {
	switch {
	case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z', c >= 0x80:
		return false
	}
	return bytes.IndexByte([]byte("\x00\r\n\"'.+-\\"), c) < 0
}

// refuseHollow refuses text without any value.
func refuseHollow(text []byte) error {
	rest := bytes.TrimLeft(text, " \t\r\n")
	if len(rest) == 0 {
		return emptyFile()
	}
	if len(bytes.TrimLeft(rest, " \t\r\n\"'")) == 0 {
		return &problem.Error{Kind: problem.Invalid, Field: "file",
			Message: "No columns could be read. The file has only quote characters.", Hint: "Choose a file with a header and rows of data."}
	}
	return nil
}

// ended returns text with a line end at its end. It uses the one that collect
// leaves in the spare capacity, and copies text if there is none.
func ended(text []byte) []byte {
	n := len(text)
	if c := text[n-1]; c == '\n' || c == '\r' {
		return text
	}
	if cap(text) > n {
		if more := text[:n+1]; more[n] == '\n' {
			return more
		}
	}
	return append(append(make([]byte, 0, n+1), text...), '\n')
}
