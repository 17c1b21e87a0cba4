package pickle

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

// The opcodes that are written; pickletools in Python's library documents
// them. Of protocol 4 there is only the 8-byte length, so that an array may
// pass 4 GiB.
const (
	opProto      = 0x80
	opStop       = '.'
	opNone       = 'N'
	opTrue       = 0x88
	opFalse      = 0x89
	opInt1       = 'K'
	opInt2       = 'M'
	opInt4       = 'J'
	opLong1      = 0x8a
	opFloat      = 'G'
	opText       = 'X' // BINUNICODE: a length, then UTF-8
	opBytes1     = 'C'
	opBytes4     = 'B'
	opBytes8     = 0x8e
	opMark       = '('
	opEmptyTuple = ')'
	opTuple1     = 0x85 // opTuple1+1 and +2 take two and three items
	opTuple      = 't'
	opEmptyList  = ']'
	opAppends    = 'e'
	opEmptyDict  = '}'
	opSetItems   = 'u'
	opGlobal     = 'c'
	opNewObj     = 0x81
	opReduce     = 'R'
	opBuild      = 'b'
	opPut1       = 'q'
	opPut4       = 'r'
	opGet1       = 'h'
	opGet4       = 'j'
)

// maxDepth bounds how deep values nest, so that a cycle is an error.
const maxDepth = 200

// Write writes v as one pickle of protocol 4. Bytes that are not UTF-8 are
// written as U+FFFD. It returns an error, with part of the pickle written, for
// a global that is not allowed, a type that Value does not list, an array whose
// shape and data disagree, and a failed write. Arrays' Data is not copied.
func Write(w io.Writer, v Value) error {
	e := &encoder{
		w:       bufio.NewWriterSize(w, 1<<16),
		globals: map[Global]uint32{}, texts: map[string]uint32{},
		types: map[string]uint32{}, made: map[any]uint32{},
	}
	e.bytes(opProto, 4)
	if err := e.value(v); err != nil {
		return err
	}
	e.bytes(opStop)
	if err := e.w.Flush(); err != nil {
		return fmt.Errorf("write pickle: %w", err)
	}
	return nil
}

// encoder writes one pickle. Its maps hold the number under which a value was
// put in the unpickler's memo; w keeps the first error until it is flushed.
type encoder struct {
	w       *bufio.Writer
	n       uint32 // memo entries so far
	globals map[Global]uint32
	texts   map[string]uint32
	types   map[string]uint32
	made    map[any]uint32 // *Object and *Call
	depth   int
}

func (e *encoder) bytes(b ...byte) { e.w.Write(b) }

func (e *encoder) u32(op byte, n uint32) {
	var b [5]byte
	b[0] = op
	binary.LittleEndian.PutUint32(b[1:], n)
	e.w.Write(b[:])
}

// put stores the value on top of the stack in the memo and returns its number.
func (e *encoder) put() uint32 {
	i := e.n
	e.n++
	if i < 256 {
		e.bytes(opPut1, byte(i))
	} else {
		e.u32(opPut4, i)
	}
	return i
}

// get pushes a value from the memo.
func (e *encoder) get(i uint32) {
	if i < 256 {
		e.bytes(opGet1, byte(i))
	} else {
		e.u32(opGet4, i)
	}
}

func (e *encoder) value(v Value) error {
	if e.depth++; e.depth > maxDepth {
		return fmt.Errorf("pickle: values nest more than %d deep", maxDepth)
	}
	defer func() { e.depth-- }()
	switch v := v.(type) {
	case nil:
		e.bytes(opNone)
	case bool:
		if v {
			e.bytes(opTrue)
		} else {
			e.bytes(opFalse)
		}
	case int:
		e.int(int64(v))
	case float64:
		var b [9]byte
		b[0] = opFloat
		binary.BigEndian.PutUint64(b[1:], math.Float64bits(v))
		e.w.Write(b[:])
	case string:
		return e.text(v)
	case []byte:
		e.data(v)
	case Tuple:
		return e.tuple(v)
	case List:
		return e.list(v)
	case Dict:
		return e.dict(v)
	case Global:
		return e.global(v)
	case Slice:
		return e.call(&Call{Func: Global{"builtins", "slice"}, Args: Tuple{v.Start, v.Stop, nil}})
	case Array:
		return e.array(v)
	case *Object:
		return e.object(v)
	case *Call:
		return e.call(v)
	default:
		return fmt.Errorf("pickle: a %T cannot be written", v)
	}
	return nil
}

func (e *encoder) int(v int64) {
	switch {
	case 0 <= v && v < 1<<8:
		e.bytes(opInt1, byte(v))
	case 0 <= v && v < 1<<16:
		e.bytes(opInt2, byte(v), byte(v>>8))
	case math.MinInt32 <= v && v <= math.MaxInt32:
		e.u32(opInt4, uint32(int32(v)))
	default:
		e.bytes(opLong1, 8)
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], uint64(v))
		e.w.Write(b[:])
	}
}

func (e *encoder) text(s string) error {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if i, ok := e.texts[s]; ok {
		e.get(i)
		return nil
	}
	if uint64(len(s)) > math.MaxUint32 {
		return fmt.Errorf("pickle: a text of %d bytes", len(s))
	}
	e.u32(opText, uint32(len(s)))
	e.w.WriteString(s)
	e.texts[s] = e.put()
	return nil
}

func (e *encoder) data(b []byte) {
	switch {
	case len(b) < 1<<8:
		e.bytes(opBytes1, byte(len(b)))
	case uint64(len(b)) < 1<<32:
		e.u32(opBytes4, uint32(len(b)))
	default:
		var n [9]byte
		n[0] = opBytes8
		binary.LittleEndian.PutUint64(n[1:], uint64(len(b)))
		e.w.Write(n[:])
	}
	e.w.Write(b)
}
