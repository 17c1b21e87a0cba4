package job

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"clicktrain/internal/problem"
)

// The pipes carry messages: a kind, a length as a big-endian uint32, and a
// body of that length. The parent sends payload parts and the end, and then
// keeps the pipe open for as long as it lives. The child sends progress, and
// then either result parts and the end, or a fault.
const (
	kindPart     = 'r' // bytes of the payload or the result
	kindEnd      = '.' // there are no more parts
	kindProgress = 'p' // a float64 and a text
	kindFault    = 'e' // a fault as JSON
)

const (
	headerLen   = 5
	maxPart     = 256 << 10
	maxProgress = 8 + maxStep
	maxStep     = 200 // bytes of a step's text
	maxFault    = 64 << 10
)

// limitOf returns the longest body of a kind; unknown kinds are -1.
func limitOf(kind byte) int {
	switch kind {
	case kindPart:
		return maxPart
	case kindEnd:
		return 0
	case kindProgress:
		return maxProgress
	case kindFault:
		return maxFault
	}
	return -1
}

var errProtocol = errors.New("job: message breaks the protocol")

// readHeader returns the kind and body length of the next message. Its error
// is io.EOF only where the stream ends between messages.
func readHeader(r io.Reader) (kind byte, length int, err error) {
	var h [headerLen]byte
	if _, err := io.ReadFull(r, h[:]); err != nil {
		return 0, 0, err
	}
	kind, n := h[0], binary.BigEndian.Uint32(h[1:])
	if limit := limitOf(kind); limit < 0 || int64(n) > int64(limit) {
		return 0, 0, fmt.Errorf("%w: kind %q, %d bytes", errProtocol, kind, n)
	}
	return kind, int(n), nil
}

// writeMessage sends one message with one call of Write.
func writeMessage(w io.Writer, kind byte, body []byte) error {
	m := make([]byte, headerLen, headerLen+len(body))
	m[0] = kind
	binary.BigEndian.PutUint32(m[1:], uint32(len(body)))
	_, err := w.Write(append(m, body...))
	return err
}

// partWriter sends what is written to it as parts.
type partWriter struct {
	w   io.Writer
	err error // of w, as opposed to one of the function that writes
}

// Write sends p in parts of at most maxPart bytes.
func (p *partWriter) Write(b []byte) (int, error) {
	sent := 0
	for sent < len(b) && p.err == nil {
		n := min(len(b)-sent, maxPart)
		if p.err = writeMessage(p.w, kindPart, b[sent:sent+n]); p.err == nil {
			sent += n
		}
	}
	return sent, p.err
}

// partReader reads the bodies of parts until the end. Other kinds of message
// go to other, which may end the reading with an error.
type partReader struct {
	r     io.Reader
	left  int // bytes left in the current part
	ended bool
	other func(kind byte, body []byte) error
}

// Read returns io.EOF after the end message alone; a stream that stops before
// it gives io.ErrUnexpectedEOF.
func (p *partReader) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	for p.left == 0 {
		if err := p.next(); err != nil {
			return 0, err
		}
	}
	n, err := p.r.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, noEOF(err)
}

// next reads up to the next part that is not empty.
func (p *partReader) next() error {
	if p.ended {
		return io.EOF
	}
	kind, n, err := readHeader(p.r)
	if err != nil {
		return noEOF(err)
	}
	switch kind {
	case kindPart:
		p.left = n
		return nil
	case kindEnd:
		p.ended = true
		return io.EOF
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(p.r, body); err != nil {
		return noEOF(err)
	}
	return p.other(kind, body)
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func encodeProgress(share float64, step string) []byte {
	if len(step) > maxStep {
		step = step[:maxStep]
	}
	b := binary.BigEndian.AppendUint64(nil, math.Float64bits(share))
	return append(b, strings.ToValidUTF8(step, "")...)
}

func decodeProgress(b []byte) (share float64, step string, err error) {
	if len(b) < 8 {
		return 0, "", fmt.Errorf("%w: progress of %d bytes", errProtocol, len(b))
	}
	return math.Float64frombits(binary.BigEndian.Uint64(b)), strings.ToValidUTF8(string(b[8:]), ""), nil
}

// fault is a problem.Error on the wire, without its cause.
type fault struct {
	Kind    problem.Kind `json:"kind"`
	Field   string       `json:"field,omitempty"`
	Column  string       `json:"column,omitempty"`
	Line    int          `json:"line,omitempty"`
	Value   string       `json:"value,omitempty"`
	Message string       `json:"message"`
	Hint    string       `json:"hint,omitempty"`
}

// encodeFault cuts texts that would not fit; they may hold anything a file
// held.
func encodeFault(e *problem.Error) ([]byte, error) {
	const most = 2 << 10 // of 5 texts; a byte takes at most 6 in JSON, which maxFault allows for
	cut := func(s string) string { return strings.ToValidUTF8(s[:min(len(s), most)], "") }
	return json.Marshal(fault{e.Kind, cut(e.Field), cut(e.Column), e.Line, cut(e.Value), cut(e.Message), cut(e.Hint)})
}

func decodeFault(b []byte) (*problem.Error, error) {
	var f fault
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("%w: %v", errProtocol, err)
	}
	if f.Kind > problem.Forbidden || f.Message == "" {
		return nil, fmt.Errorf("%w: a fault of kind %d says %q", errProtocol, f.Kind, f.Message)
	}
	return &problem.Error{Kind: f.Kind, Field: f.Field, Column: f.Column, Line: f.Line,
		Value: f.Value, Message: f.Message, Hint: f.Hint}, nil
}
