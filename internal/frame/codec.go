package frame

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The limits of what Read accepts: a table beyond them is not one of ours.
const (
	maxCodecColumns = 1 << 20
	maxCodecRows    = 1 << 31
	maxCodecText    = 1 << 30
	chunk           = 8192 // elements converted at a time
)

// Write writes the table in a form that Read reads back exactly. It is meant
// for another process of this program on this machine, not for storage.
func (f *Frame) Write(w io.Writer) error {
	e := encoder{w: bufio.NewWriterSize(w, 1<<16)}
	e.uint(uint64(len(f.Columns)))
	e.uint(uint64(f.Rows))
	for _, c := range f.Columns {
		e.text(c.Name)
		e.text(c.Reason)
		e.uint(uint64(c.Kind))
		if c.Numbers() {
			e.flag(c.Whole)
			e.text(c.Dates.Format)
			e.flag(c.Dates.DayFirst)
			e.floats(c.Num)
			continue
		}
		e.uint(uint64(len(c.Levels)))
		for _, l := range c.Levels {
			e.text(l)
		}
		e.codes(c.Codes)
	}
	if e.err == nil {
		e.err = e.w.Flush()
	}
	return e.err
}

// Read reads what Write wrote. It returns an error, and never panics, on
// anything else.
func Read(r io.Reader) (*Frame, error) {
	d := decoder{r: bufio.NewReaderSize(r, 1<<16)}
	columns, rows := d.uint(maxCodecColumns), int(d.uint(maxCodecRows))
	f := &Frame{Rows: rows}
	for range columns {
		c := &Column{Name: d.text(), Reason: d.text(), Kind: Kind(d.uint(uint64(ID)))}
		if c.Numbers() {
			c.Whole = d.uint(1) == 1
			c.Dates = DateStyle{Format: d.text(), DayFirst: d.uint(1) == 1}
			c.Num = d.floats(rows)
		} else {
			for range d.uint(maxCodecRows) {
				c.Levels = append(c.Levels, d.text())
				if d.err != nil {
					break
				}
			}
			c.Codes = d.codes(rows, len(c.Levels))
		}
		if d.err != nil {
			return nil, fmt.Errorf("read a table: %w", d.err)
		}
		f.Columns = append(f.Columns, c)
	}
	if d.err != nil {
		return nil, fmt.Errorf("read a table: %w", d.err)
	}
	return f, nil
}

type encoder struct {
	w   *bufio.Writer
	buf [8 * chunk]byte
	err error
}

func (e *encoder) bytes(b []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(b)
	}
}

func (e *encoder) uint(v uint64) { e.bytes(binary.AppendUvarint(e.buf[:0], v)) }

func (e *encoder) flag(b bool) {
	if b {
		e.uint(1)
		return
	}
	e.uint(0)
}

func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	if e.err == nil {
		_, e.err = e.w.WriteString(s)
	}
}

func (e *encoder) floats(v []float64) {
	for len(v) > 0 {
		n := min(len(v), chunk)
		for i, x := range v[:n] {
			binary.LittleEndian.PutUint64(e.buf[8*i:], math.Float64bits(x))
		}
		e.bytes(e.buf[:8*n])
		v = v[n:]
	}
}

func (e *encoder) codes(v []int32) {
	for len(v) > 0 {
		n := min(len(v), chunk)
		for i, x := range v[:n] {
			binary.LittleEndian.PutUint32(e.buf[4*i:], uint32(x))
		}
		e.bytes(e.buf[:4*n])
		v = v[n:]
	}
}

type decoder struct {
	r   *bufio.Reader
	buf [8 * chunk]byte
	err error
}

var errRange = errors.New("a value is out of range")

func (d *decoder) uint(most uint64) uint64 {
	if d.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(d.r)
	if err == nil && v > most {
		err = errRange
	}
	if err != nil {
		d.err = err
		return 0
	}
	return v
}

func (d *decoder) full(b []byte) bool {
	if d.err == nil {
		_, d.err = io.ReadFull(d.r, b)
	}
	return d.err == nil
}

func (d *decoder) text() string {
	n := int(d.uint(maxCodecText))
	var out []byte
	for n > 0 && d.err == nil { // grows with what arrives, not with what is claimed
		part := d.buf[:min(n, len(d.buf))]
		if d.full(part) {
			out = append(out, part...)
		}
		n -= len(part)
	}
	return string(out)
}

func (d *decoder) floats(n int) []float64 {
	v := make([]float64, 0, min(n, chunk))
	for len(v) < n {
		m := min(n-len(v), chunk)
		if !d.full(d.buf[:8*m]) {
			return nil
		}
		for i := range m {
			v = append(v, math.Float64frombits(binary.LittleEndian.Uint64(d.buf[8*i:])))
		}
	}
	return v
}

func (d *decoder) codes(n, levels int) []int32 {
	v := make([]int32, 0, min(n, chunk))
	for len(v) < n {
		m := min(n-len(v), chunk)
		if !d.full(d.buf[:4*m]) {
			return nil
		}
		for i := range m {
			c := int32(binary.LittleEndian.Uint32(d.buf[4*i:]))
			if c < -1 || int(c) >= levels {
				d.err = errRange
				return nil
			}
			v = append(v, c)
		}
	}
	return v
}
