package ingest

import (
	"bytes"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
)

// inspect reports whether b is valid UTF-8, and whether it holds zero bytes,
// looking at pieces of it side by side.
func (r *reader) inspect(b []byte) (valid, zeros bool) {
	var faulty, zero atomic.Bool
	var g errgroup.Group
	g.SetLimit(r.workers)
	for len(b) > 0 {
		n := min(len(b), max(r.piece, utf8.UTFMax))
		for k := 0; k < utf8.UTFMax-1 && n < len(b) && !utf8.RuneStart(b[n]); k++ {
			n--
		}
		part := b[:n]
		b = b[n:]
		g.Go(func() error {
			if !utf8.Valid(part) {
				faulty.Store(true)
			}
			if bytes.IndexByte(part, 0) >= 0 {
				zero.Store(true)
			}
			return nil
		})
	}
	_ = g.Wait() // no piece fails
	return !faulty.Load(), zero.Load()
}

// isPlainUTF8 reports whether b is valid UTF-8 without zero bytes.
func isPlainUTF8(b []byte) bool { return bytes.IndexByte(b, 0) < 0 && utf8.Valid(b) }

// countByte counts how often c is in b.
func countByte(b []byte, c byte) int { return bytes.Count(b, []byte{c}) }
