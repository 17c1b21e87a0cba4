package codec

import (
	"math"
	"slices"
	"testing"
)

// sample writes and reads one value of each kind.
func sample() []byte {
	var w Writer
	w.Byte(7)
	w.Bool(true)
	w.Int(300)
	w.Uint64(math.MaxUint64)
	w.Float(math.Inf(-1))
	w.Floats([]float64{1.5, math.Copysign(0, -1)})
	w.Ints([]int{0, math.MaxInt32})
	w.Codes([]int32{-1, 0, 5000})
	w.Bytes([]byte{9})
	w.Text("é")
	return w.Data
}

func TestReadBack(t *testing.T) {
	r := NewReader(sample())
	if b, ok, n, u, x := r.Byte(), r.Bool(), r.Int(), r.Uint64(), r.Float(); b != 7 || !ok || n != 300 || u != math.MaxUint64 || !math.IsInf(x, -1) {
		t.Errorf("read %v %v %v %v %v", b, ok, n, u, x)
	}
	if x := r.Floats(); len(x) != 2 || x[0] != 1.5 || !math.Signbit(x[1]) {
		t.Errorf("Floats = %v", x)
	}
	if x := r.Ints(); !slices.Equal(x, []int{0, math.MaxInt32}) {
		t.Errorf("Ints = %v", x)
	}
	if x := r.Codes(); !slices.Equal(x, []int32{-1, 0, 5000}) {
		t.Errorf("Codes = %v", x)
	}
	if b, s := r.Bytes(), r.Text(); !slices.Equal(b, []byte{9}) || s != "é" {
		t.Errorf("Bytes, Text = %v, %q", b, s)
	}
	if err := r.End(); err != nil {
		t.Error(err)
	}
}

// TestFaults checks that short, long and false bytes are errors, and that
// nothing large is allocated for a length that the bytes cannot hold.
func TestFaults(t *testing.T) {
	for name, read := range map[string]func(r *Reader){
		"left over": func(*Reader) {},
		"bool":      func(r *Reader) { r.Bool() },
		"int":       func(r *Reader) { r.Int(); r.Int() },
		"floats":    func(r *Reader) { r.Floats() },
		"ints":      func(r *Reader) { r.Ints() },
		"codes":     func(r *Reader) { r.Codes() },
		"bytes":     func(r *Reader) { r.Bytes() },
		"float":     func(r *Reader) { r.Float() },
		"own fault": func(r *Reader) { r.Fail("no %s", "model") },
	} {
		r := NewReader([]byte{0xff, 0xff, 0xff, 0xff, 0x07})
		read(r)
		if r.End() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	data := sample()
	for n := range data {
		r := NewReader(data[:n])
		r.Byte()
		r.Bool()
		r.Int()
		r.Uint64()
		r.Float()
		r.Floats()
		r.Ints()
		r.Codes()
		r.Bytes()
		r.Text()
		if r.End() == nil {
			t.Fatalf("%d of %d bytes are read without an error", n, len(data))
		}
	}
}
