package ingest

import (
	"bytes"
	"context"
)

// ahead reads records while the rest of the file still arrives, by what the
// start of the file looks like. That counts only if the whole file turns out to
// be laid out the same.
type ahead struct {
	ctx    context.Context // it lasts as long as one call of Read
	opt    Options
	piece  int
	scan   *scan
	failed bool // the start cannot be read by itself
}

// more starts chunks on what has come, b. The bytes must stay where they are.
func (a *ahead) more(b []byte) {
	if a.failed || int64(cap(b)) < a.opt.Size || a.opt.Size < int64(2*a.piece) || a.opt.SkipLast > 0 || len(b) < min(sampleBytes*2, 2*a.piece) {
		return
	}
	if a.scan == nil && !a.start(b) {
		a.failed = true
		return
	}
	r := a.scan.r
	r.b = upToLine(textOf(b))
	if chunks := a.scan.cut(false); len(chunks) > 0 {
		a.scan.launch(chunks)
	}
}

// start looks at the start of a file and reports whether it can be read.
func (a *ahead) start(b []byte) bool {
	r := newReader(a.opt, a.piece)
	r.expected = int(a.opt.Size)
	r.b = upToLine(textOf(b))
	if len(r.b) == 0 || wideEncoding(b) != "" || a.opt.Encoding != "" && !isUTF8(a.opt.Encoding) {
		return false
	}
	if valid, zeros := r.inspect(r.b); !valid || zeros {
		return false
	}
	if err := refuseHollow(r.b); err != nil {
		return false
	}
	if err := r.sniff(); err != nil || r.width == 0 {
		return false
	}
	a.scan = r.newScan(a.ctx, r.modes())
	return true
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
