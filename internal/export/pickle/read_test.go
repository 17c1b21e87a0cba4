package pickle

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// reader is a small unpickler for the opcodes that Write uses and no other. It
// rebuilds the values given to Write, and remembers the globals it met.
type reader struct {
	b       []byte
	stack   []any
	memo    []any
	globals []Global
}

type mark struct{}

func read(b []byte) (v Value, globals []Global, err error) {
	r := &reader{b: b}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("at %d bytes from the end: %v", len(r.b), p)
		}
	}()
	if string(r.take(2)) != "\x80\x04" {
		return nil, nil, fmt.Errorf("no protocol 4 header")
	}
	for {
		op := r.take(1)[0]
		if op == opStop {
			break
		}
		r.step(op)
	}
	if len(r.b) != 0 || len(r.stack) != 1 {
		return nil, nil, fmt.Errorf("%d bytes and %d values are left over", len(r.b), len(r.stack)-1)
	}
	return r.stack[0], r.globals, nil
}

func (r *reader) take(n int) []byte {
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) u32() int { return int(binary.LittleEndian.Uint32(r.take(4))) }

func (r *reader) line() string {
	i := strings.IndexByte(string(r.b), '\n')
	s := string(r.take(i))
	r.take(1)
	return s
}

func (r *reader) push(v any) { r.stack = append(r.stack, v) }

func (r *reader) pop() any {
	v := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	return v
}

func (r *reader) popN(n int) []Value {
	var out []Value
	for _, v := range r.stack[len(r.stack)-n:] {
		out = append(out, v)
	}
	r.stack = r.stack[:len(r.stack)-n]
	return out
}

func (r *reader) toMark() []Value {
	n := 0
	for r.stack[len(r.stack)-1-n] != any(mark{}) {
		n++
	}
	out := r.popN(n)
	r.pop()
	return out
}

func (r *reader) step(op byte) {
	switch op {
	case opNone:
		r.push(nil)
	case opTrue, opFalse:
		r.push(op == opTrue)
	case opInt1:
		r.push(int(r.take(1)[0]))
	case opInt2:
		r.push(int(binary.LittleEndian.Uint16(r.take(2))))
	case opInt4:
		r.push(int(int32(r.u32())))
	case opLong1:
		if n := r.take(1)[0]; n != 8 {
			panic("long of another size")
		}
		r.push(int(binary.LittleEndian.Uint64(r.take(8))))
	case opFloat:
		r.push(math.Float64frombits(binary.BigEndian.Uint64(r.take(8))))
	case opText:
		r.push(string(r.take(r.u32())))
	case opBytes1:
		r.push(r.take(int(r.take(1)[0])))
	case opBytes4:
		r.push(r.take(r.u32()))
	case opMark:
		r.push(mark{})
	case opEmptyTuple:
		r.push(Tuple(nil))
	case opTuple1, opTuple1 + 1, opTuple1 + 2:
		r.push(Tuple(r.popN(int(op-opTuple1) + 1)))
	case opTuple:
		r.push(Tuple(r.toMark()))
	case opEmptyList:
		r.push(List(nil))
	case opAppends:
		items := r.toMark()
		r.push(append(r.pop().(List), items...))
	case opEmptyDict:
		r.push(Dict(nil))
	case opSetItems:
		items, d := r.toMark(), Dict(nil)
		for i := 0; i < len(items); i += 2 {
			d = append(d, Pair{items[i], items[i+1]})
		}
		if o, ok := r.stack[len(r.stack)-1].(*Object); ok {
			o.Items = d
			break
		}
		r.pop()
		r.push(d)
	case opGlobal:
		g := Global{r.line(), r.line()}
		r.globals = append(r.globals, g)
		r.push(g)
	case opPut1:
		r.put(int(r.take(1)[0]))
	case opPut4:
		r.put(r.u32())
	case opGet1:
		r.push(r.memo[r.take(1)[0]])
	case opGet4:
		r.push(r.memo[r.u32()])
	case opNewObj, opReduce:
		args, g := r.pop().(Tuple), r.pop().(Global)
		if op == opReduce {
			r.push(&Call{Func: g, Args: args})
		} else if g == (Global{"numpy", "ndarray"}) {
			r.push(&Array{})
		} else {
			r.push(&Object{Class: g})
		}
	case opBuild:
		r.build(r.pop())
	default:
		panic(fmt.Sprintf("opcode %q", op))
	}
}

func (r *reader) put(i int) {
	if i != len(r.memo) {
		panic("memo out of order")
	}
	r.memo = append(r.memo, r.stack[len(r.stack)-1])
}

func (r *reader) build(state any) {
	switch o := r.stack[len(r.stack)-1].(type) {
	case *Object:
		for _, p := range state.(Dict) {
			name := p.Key.(string)
			if name == "_sklearn_version" && p.Value == (Global{"sklearn", "__version__"}) {
				o.Estimator = true
				continue
			}
			o.Attrs = append(o.Attrs, Attr{name, p.Value})
		}
	case *Call:
		o.State = state
	case *Array:
		t := state.(Tuple)
		if len(t) != 5 || t[0] != 1 || t[3] != false {
			panic("array state")
		}
		a := Array{DType: t[2].(*Call).Args[0], Shape: []int{}}
		for _, d := range t[1].(Tuple) {
			a.Shape = append(a.Shape, d.(int))
		}
		if items, ok := t[4].(List); ok {
			a.Items = items
		} else {
			a.Data = t[4].([]byte)
		}
		r.pop()
		r.push(a)
	default:
		panic(fmt.Sprintf("state for a %T", o))
	}
}
