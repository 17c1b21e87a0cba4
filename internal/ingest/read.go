package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"clicktrain/internal/problem"
)

// Read reads the file called name from src and parses it. It stops as soon as
// the file turns out too large or not to be a CSV file. The Result keeps the
// bytes.
//
// Where the number of bytes to expect is known, records are read while the
// rest still arrives.
func Read(ctx context.Context, src io.Reader, name string, opt Options) (*Result, error) {
	return read(ctx, src, name, opt, pieceBytes)
}

// read is Read with pieces of about the given size.
func read(ctx context.Context, src io.Reader, name string, opt Options, piece int) (*Result, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	e := &ahead{ctx: ctx, opt: opt, piece: piece}
	defer func() { e.scan.stop() }()
	raw, err := collect(ctx, src, opt, e.more)
	if err != nil {
		return nil, err
	}
	return parse(ctx, raw, name, opt, piece, e.scan)
}

// readBlock is how much is read between looks at the limits.
const readBlock = 1 << 20

// collect reads all of src, checking the start of it and the limits meanwhile.
// The byte after the result, in its spare capacity, is a line end.
// more is told of all bytes so far, after each that come.
func collect(ctx context.Context, src io.Reader, opt Options, more func([]byte)) ([]byte, error) {
	limits := opt.Limits.withDefaults()
	if opt.Size > limits.Bytes {
		return nil, tooLarge(limits.Bytes)
	}
	b := make([]byte, 0, max(opt.Size, 64<<10)+64)
	checked, lineStart := false, 0
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if cap(b)-len(b) < 64 {
			b = append(make([]byte, 0, 2*cap(b)), b...)
		}
		room := b[len(b) : cap(b)-1]
		n, err := src.Read(room[:min(len(room), readBlock)])
		added := b[len(b) : len(b)+n]
		b = b[:len(b)+n]
		if int64(len(b)) > limits.Bytes {
			return nil, tooLarge(limits.Bytes)
		}
		if k := bytes.LastIndexAny(added, "\r\n"); k >= 0 {
			lineStart = len(b) - n + k + 1
		}
		if len(b)-lineStart > limits.Record {
			return nil, longRecord(lineAt(b, lineStart), limits.Record)
		}
		if !checked && (len(b) >= 4096 || err != nil) {
			if err := refuseForeign(b); err != nil {
				return nil, err
			}
			checked = true
		}
		if checked && err == nil {
			more(b)
		}
		if err == io.EOF {
			b[:len(b)+1][len(b)] = '\n'
			return b, nil
		}
		if err != nil {
			if _, ok := errors.AsType[*problem.Error](err); ok {
				return nil, err
			}
			return nil, fmt.Errorf("read an upload: %w", err)
		}
	}
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
	expected    int   // bytes of the file, if more than those that are there
	early       *scan // of what was there before the rest came
	width       int
	names       []string
	unnamed     []bool // the file gave the column no name
	dataStart   int
	firstLine   int // of the first record of data
	recordBytes int // about how long a record is
}

func (r *reader) notice(n Notice) { r.notices = append(r.notices, n) }

// Parse reads the bytes of a file called name, of which the Result keeps raw
// itself and the table nothing. It takes about 0.1 s for 15 MB.
//
// Where Header says so or the first record looks like data, columns are named
// column_1 and so on. Cells are missing where they are empty, blank or one of
// pandas' spellings of missing.
func Parse(ctx context.Context, raw []byte, name string, opt Options) (*Result, error) {
	return parse(ctx, raw, name, opt, pieceBytes, nil)
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

// parse is Parse with pieces of about the given size read side by side, and
// with what was read of raw while it arrived.
func parse(ctx context.Context, raw []byte, name string, opt Options, piece int, early *scan) (*Result, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	r := newReader(opt, piece)
	r.early = early
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
	f, err := r.table(ctx)
	if err != nil {
		return nil, err
	}
	r.dialect.Quote, r.dialect.Escape = r.quote, r.escape
	return &Result{Name: name, Frame: f, Dialect: r.dialect, Reading: r.reading, Notices: r.notices,
		Bytes: int64(len(raw)), Raw: raw}, nil
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
	return nil
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
