// Package codec writes plain values as bytes and reads them back, for the
// binary forms of models. Numbers are little endian; a list is preceded by its
// length. The reader takes any bytes without panicking, and allocates no more
// than a small multiple of what it is given.
package codec

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Writer appends values to Data.
type Writer struct{ Data []byte }

// Byte appends one byte.
func (w *Writer) Byte(x byte) { w.Data = append(w.Data, x) }

// Bool appends a yes or no.
func (w *Writer) Bool(x bool) {
	b := byte(0)
	if x {
		b = 1
	}
	w.Byte(b)
}

// Int appends a whole number, which must not be below 0.
func (w *Writer) Int(x int) { w.Uint64(uint64(x)) }

// Uint64 appends a whole number in 1 to 10 bytes.
func (w *Writer) Uint64(x uint64) { w.Data = binary.AppendUvarint(w.Data, x) }

// Float appends a number, NaN and infinities included.
func (w *Writer) Float(x float64) {
	w.Data = binary.LittleEndian.AppendUint64(w.Data, math.Float64bits(x))
}

// Floats appends numbers and how many there are.
func (w *Writer) Floats(x []float64) {
	w.Int(len(x))
	for _, v := range x {
		w.Float(v)
	}
}

// Ints appends whole numbers, none below 0, and how many there are.
func (w *Writer) Ints(x []int) {
	w.Int(len(x))
	for _, v := range x {
		w.Int(v)
	}
}

// Codes appends codes of at least -1 and how many there are, a byte each where
// they are small.
func (w *Writer) Codes(x []int32) {
	w.Int(len(x))
	for _, v := range x {
		w.Uint64(uint64(v + 1))
	}
}

// Bytes appends bytes and how many there are.
func (w *Writer) Bytes(x []byte) {
	w.Int(len(x))
	w.Data = append(w.Data, x...)
}

// Text appends a text.
func (w *Writer) Text(x string) { w.Bytes([]byte(x)) }

// Reader reads what a Writer wrote, in the same order. The first fault sticks,
// and every value after it is 0 or empty.
type Reader struct {
	data []byte
	err  error
}

// NewReader returns a reader of data, which it keeps.
func NewReader(data []byte) *Reader { return &Reader{data: data} }

// Fail records a fault of what was read, unless there is one already.
func (r *Reader) Fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("codec: "+format, args...)
	}
}

// Err returns the first fault so far.
func (r *Reader) Err() error { return r.err }

// End returns the first fault, which may be bytes left over.
func (r *Reader) End() error {
	if len(r.data) > 0 {
		r.Fail("%d bytes too many", len(r.data))
	}
	return r.err
}

// take returns the next n bytes, or nil.
func (r *Reader) take(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.data)) {
		r.Fail("the bytes end early")
	}
	if r.err != nil {
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// Bool reads a yes or no.
func (r *Reader) Bool() bool {
	b := r.Byte()
	if b > 1 {
		r.Fail("%d is neither yes nor no", b)
	}
	return b == 1
}

// Uint64 reads a whole number.
func (r *Reader) Uint64() uint64 {
	if r.err != nil {
		return 0
	}
	x, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.Fail("no whole number")
		return 0
	}
	r.data = r.data[n:]
	return x
}

// Int reads a whole number, of at most 2³¹-1.
func (r *Reader) Int() int {
	x := r.Uint64()
	if x > math.MaxInt32 {
		r.Fail("%d is too large", x)
		return 0
	}
	return int(x)
}

// Float reads a number.
func (r *Reader) Float() float64 {
	if b := r.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// count reads a length, of which each element takes at least size bytes.
func (r *Reader) count(size int) int {
	n := r.Int()
	if n > len(r.data)/size {
		r.Fail("%d values in %d bytes", n, len(r.data))
	}
	if r.err != nil {
		return 0
	}
	return n
}

// Floats reads numbers.
func (r *Reader) Floats() []float64 {
	x := make([]float64, r.count(8))
	for i := range x {
		x[i] = r.Float()
	}
	return x
}

// Ints reads whole numbers.
func (r *Reader) Ints() []int {
	x := make([]int, r.count(1))
	for i := range x {
		x[i] = r.Int()
	}
	return x
}

// Codes reads codes of at least -1.
func (r *Reader) Codes() []int32 {
	x := make([]int32, r.count(1))
	for i := range x {
		x[i] = int32(r.Int()) - 1
	}
	return x
}

// Bytes reads bytes, which it shares with the reader's data.
func (r *Reader) Bytes() []byte { return r.take(r.count(1)) }

// Text reads a text.
func (r *Reader) Text() string { return string(r.Bytes()) }
