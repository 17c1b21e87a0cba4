package forest

import (
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"clicktrain/internal/learn"
	"clicktrain/internal/learn/tree"
	"clicktrain/internal/param"
)

// format is the first byte of an encoded model; a change of layout changes it.
const format = 3

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
//	how many values trees number (varint), and these (float64 each)
//	each tree's length (varint), and the trees
//
// Trees are written by all processors at once.
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
		values.Add(t)
	}
	b = binary.AppendUvarint(b, uint64(len(values.All)))
	b = appendFloats(b, values.All)
	trees, all := make([][]byte, len(e.grown)), 0
	together(len(trees), func(t int) {
		const nodeBytes = 5 // of most nodes at most
		trees[t] = e.grown[t].AppendBinary(make([]byte, 0, nodeBytes*e.grown[t].Nodes()+16), &values)
	})
	for _, t := range trees {
		b = binary.AppendUvarint(b, uint64(len(t)))
		all += len(t)
	}
	b = slices.Grow(b, all)
	for _, t := range trees {
		b = append(b, t...)
	}
	return b
}

// together calls do for each number below n, on all processors.
func together(n int, do func(i int)) {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			do(i)
		}
	}
	var others sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
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
// classes. Trees are read by all processors at once.
func (e *ensemble) decode(b []byte) (classes int, err error) {
	if len(b) < 2 || b[0] != format || b[1] != byte(e.kind) {
		return 0, errModel
	}
	b = b[2:]
	var h [4]uint64
	for i := range h {
		if h[i], b, err = uvarint(b); err != nil || i != 3 && h[i] > math.MaxInt32 {
			return 0, errModel
		}
	}
	e.columns, e.rows, e.seed = int(h[1]), int(h[2]), h[3]
	if b, err = e.decodeParams(b); err != nil {
		return 0, err
	}
	if e.columns == 0 || len(b)/8 < e.columns {
		return 0, errModel
	}
	e.importances, b = floats(b, e.columns), b[8*e.columns:]
	values, b, err := cutValues(b)
	if err != nil {
		return 0, err
	}
	parts, err := e.cutTrees(b)
	if err != nil {
		return 0, err
	}
	e.grown = make([]*tree.Tree, e.trees)
	form := tree.Form{Classes: int(h[0]), Columns: e.columns, Criterion: e.measure(), Values: values}
	faults := make([]error, e.trees)
	together(e.trees, func(t int) {
		var rest []byte
		if e.grown[t], rest, faults[t] = tree.Decode(parts[t], form); faults[t] == nil && len(rest) != 0 {
			faults[t] = errModel
		}
	})
	return int(h[0]), errors.Join(faults...)
}

// cutTrees reads the trees' lengths and returns the bytes of each, which are all
// that is left.
func (e *ensemble) cutTrees(b []byte) ([][]byte, error) {
	if e.trees > len(b) {
		return nil, errModel
	}
	lengths, all := make([]uint64, e.trees), uint64(0)
	var err error
	for t := range lengths {
		if lengths[t], b, err = uvarint(b); err != nil || lengths[t] > uint64(len(b)) || all > uint64(len(b)) {
			return nil, errModel
		}
		all += lengths[t]
	}
	if all != uint64(len(b)) {
		return nil, errModel
	}
	parts := make([][]byte, e.trees)
	for t, n := range lengths {
		parts[t], b = b[:n:n], b[n:]
	}
	return parts, nil
}

// uvarint reads a varint from the front of b.
func uvarint(b []byte) (x uint64, rest []byte, err error) {
	x, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, errModel
	}
	return x, b[n:], nil
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

// cutValues reads the values at the front of b and returns what follows them.
func cutValues(b []byte) (values []float64, rest []byte, err error) {
	n, b, err := uvarint(b)
	if err != nil || n > uint64(len(b)/8) {
		return nil, nil, errModel
	}
	values = floats(b, int(n))
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, nil, errModel
		}
	}
	return values, b[8*n:], nil
}

// floats reads n numbers from the front of b.
func floats(b []byte, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return out
}
