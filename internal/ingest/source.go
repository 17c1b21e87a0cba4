package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"clicktrain/internal/problem"
)

// readBlock is how much is read between looks at the limits.
const readBlock = 1 << 20

// errLongRecord says that the line that is being read is over the limit. What
// has the bytes before it tells which line it is.
var errLongRecord = errors.New("ingest: a line is too long")

// source reads a file, checking the start of it and the limits meanwhile.
type source struct {
	ctx     context.Context // it lasts as long as one call of Read
	src     io.Reader
	limits  Limits
	total   int64 // bytes so far
	open    int   // bytes since the last line end
	checked bool  // the start of the file
	ended   bool
}

// read reads once into the spare capacity of b, of which it leaves a byte, and
// returns b with what came. The first b must hold the start of the file, until
// there are 4096 bytes.
func (s *source) read(b []byte) ([]byte, error) {
	if err := s.ctx.Err(); err != nil {
		return b, err
	}
	room := b[len(b) : cap(b)-1]
	n, err := s.src.Read(room[:min(len(room), readBlock)])
	b = b[:len(b)+n]
	s.total += int64(n)
	if s.total > s.limits.Bytes {
		return b, tooLarge(s.limits.Bytes)
	}
	s.open += n
	if k := bytes.LastIndexAny(room[:n], "\r\n"); k >= 0 {
		s.open = n - k - 1
	}
	if s.open > s.limits.Record {
		return b, errLongRecord
	}
	if !s.checked && (len(b) >= 4096 || err != nil) {
		if err := refuseForeign(b); err != nil {
			return b, err
		}
		s.checked = true
	}
	if err == io.EOF {
		s.ended = true
		return b, nil
	}
	if err != nil {
		if _, ok := errors.AsType[*problem.Error](err); ok {
			return b, err
		}
		return b, fmt.Errorf("read an upload: %w", err)
	}
	return b, nil
}

// fill reads until b has size bytes or the file ends.
func (s *source) fill(b []byte, size int) ([]byte, error) {
	for !s.ended && len(b) < size {
		if cap(b)-len(b) < 64 {
			b = append(make([]byte, 0, max(2*cap(b), size+64)), b...)
		}
		var err error
		if b, err = s.read(b); err != nil {
			return b, err
		}
	}
	return b, nil
}

// rest reads all that is left after b. The byte after the result, in its spare
// capacity, is a line end.
func (s *source) rest(b []byte) ([]byte, error) {
	for !s.ended {
		if cap(b)-len(b) < 64 {
			b = append(make([]byte, 0, 2*cap(b)+64), b...)
		}
		var err error
		if b, err = s.read(b); err == errLongRecord {
			return nil, longRecord(lineAt(b, len(b)-s.open), s.limits.Record)
		} else if err != nil {
			return nil, err
		}
	}
	if cap(b) > len(b) {
		b[:len(b)+1][len(b)] = '\n'
	}
	return b, nil
}
