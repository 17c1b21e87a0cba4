package forest

import (
	"encoding/binary"
	"errors"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/tree"
	"clicktrain/internal/param"
)

// format is the first byte of an encoded model; a change of layout changes it.
const format = 2

// errModel is the answer to bytes that are not a model.
var errModel = errors.New("forest: malformed model")

// MarshalBinary returns the model in a compact form, about 4 bytes a node.
func (m *Classifier) MarshalBinary() ([]byte, error) { return m.append(nil, m.classes), nil }

// MarshalBinary returns the model in a compact form, about 5 bytes a node.
func (m *Regressor) MarshalBinary() ([]byte, error) { return m.append(nil, 0), nil }

// UnmarshalBinary reads what MarshalBinary wrote. Other bytes are an error.
func (m *Classifier) UnmarshalBinary(b []byte) error {
	x := Classifier{ensemble: ensemble{settings: settings{kind: m.kind, task: learn.Classification}}}
	var err error
	if x.classes, err = x.decode(b); err != nil {
		return err
	}
	if x.classes < 2 {
		return errModel
	}
	*m = x
	return nil
}

// UnmarshalBinary reads what MarshalBinary wrote. Other bytes are an error.
func (m *Regressor) UnmarshalBinary(b []byte) error {
	x := Regressor{ensemble{settings: settings{kind: m.kind, task: learn.Regression}}}
	classes, err := x.decode(b)
	if err != nil {
		return err
	}
	if classes != 0 {
		return errModel
	}
	*m = x
	return nil
}

// append appends the encoded ensemble to b:
//
//	format, kind, four varints: classes, columns, rows, seed
//	each parameter, as its length (a byte) and its text
//	importances (float64 each)
//	trees, then the values that they number (float64 each) and how many these
//	are (uint32): at the end, since they are found on the way
func (e *ensemble) append(b []byte, classes int) []byte {
	b = append(b, format, byte(e.kind))
	for _, x := range []uint64{uint64(classes), uint64(e.columns), uint64(e.rows), e.seed} {
		b = binary.AppendUvarint(b, x)
	}
	for _, v := range e.values() {
		text := param.Text(v.Value)
		b = append(b, byte(len(text)))
		b = append(b, text...)
	}
	b = appendFloats(b, e.importances)
	var values tree.Values
	for _, t := range e.grown {
		b = t.AppendBinary(b, &values)
	}
	b = appendFloats(b, values.All)
	return binary.LittleEndian.AppendUint32(b, uint32(len(values.All)))
}

// values returns the parameters with their values.
func (e *ensemble) values() []param.Named {
	var set param.Set
	var defaults settings
	defaults.kind, defaults.task = e.kind, e.task
	defaults.declare(&set)
	defaults = e.settings // which set is bound to
	return set.Values()
}

func appendFloats(b []byte, x []float64) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

// decode reads an ensemble of e's kind and task, and returns its number of
// classes.
func (e *ensemble) decode(b []byte) (classes int, err error) {
	if len(b) < 2 || b[0] != format || b[1] != byte(e.kind) {
		return 0, errModel
	}
	b = b[2:]
	var h [4]uint64
	for i := range h {
		n := 0
		if h[i], n = binary.Uvarint(b); n <= 0 || i != 3 && h[i] > math.MaxInt32 {
			return 0, errModel
		}
		b = b[n:]
	}
	e.columns, e.rows, e.seed = int(h[1]), int(h[2]), h[3]
	if b, err = e.decodeParams(b); err != nil {
		return 0, err
	}
	if e.columns == 0 || len(b)/8 < e.columns {
		return 0, errModel
	}
	e.importances, b = floats(b, e.columns), b[8*e.columns:]
	values, b, ok := cutValues(b)
	if !ok || e.trees > len(b) {
		return 0, errModel
	}
	e.grown = make([]*tree.Tree, e.trees)
	form := tree.Form{Classes: int(h[0]), Columns: e.columns, Criterion: e.measure(), Values: values}
	for t := range e.grown {
		if e.grown[t], b, err = tree.Decode(b, form); err != nil {
			return 0, err
		}
	}
	if len(b) != 0 {
		return 0, errModel
	}
	return int(h[0]), nil
}

// decodeParams reads the parameters, as a form would send them.
func (e *ensemble) decodeParams(b []byte) (rest []byte, err error) {
	var set param.Set
	e.declare(&set)
	in := map[string]any{}
	for _, f := range set.Fields() {
		if len(b) == 0 || len(b)-1 < int(b[0]) {
			return nil, errModel
		}
		in[f.Name] = string(b[1 : 1+b[0]])
		b = b[1+b[0]:]
	}
	if set.Decode("model", in) != nil {
		return nil, errModel
	}
	return b, nil
}

// cutValues reads the values at the end of b and returns what is before them.
func cutValues(b []byte) (values []float64, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	b, tail := b[:len(b)-4], b[len(b)-4:]
	n := int(binary.LittleEndian.Uint32(tail))
	if len(b)/8 < n {
		return nil, nil, false
	}
	rest = b[:len(b)-8*n]
	values = floats(b[len(rest):], n)
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, nil, false
		}
	}
	return values, rest, true
}

// floats reads n numbers from the front of b.
func floats(b []byte, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return out
}
