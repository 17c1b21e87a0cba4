package forest

import (
	"encoding/binary"
	"errors"
	"math"

	"clicktrain/internal/learn/tree"
	"clicktrain/internal/param"
)

// format is the first byte of an encoded model; a change of layout changes it.
const format = 1

// errModel is the answer to bytes that are not a model.
var errModel = errors.New("forest: malformed model")

// MarshalBinary returns the model in a compact form, about 5 bytes a node.
func (m *Classifier) MarshalBinary() ([]byte, error) { return m.append(nil, m.classes), nil }

// MarshalBinary returns the model in a compact form, about 9 bytes a node.
func (m *Regressor) MarshalBinary() ([]byte, error) { return m.append(nil, 0), nil }

// UnmarshalBinary reads what MarshalBinary wrote. Other bytes are an error.
func (m *Classifier) UnmarshalBinary(b []byte) error {
	var x Classifier
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
	var x Regressor
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

// header returns the numbers that stand before the importances and the trees.
func (e *ensemble) header(classes int) [9]uint64 {
	var bootstrap uint64
	if e.bootstrap {
		bootstrap = 1
	}
	return [...]uint64{
		uint64(classes), uint64(e.columns), uint64(e.rows), e.seed, uint64(e.trees),
		uint64(e.maxDepth), uint64(e.minSplit), uint64(e.minLeaf), bootstrap,
	}
}

func (e *ensemble) append(b []byte, classes int) []byte {
	b = append(b, format)
	for _, x := range e.header(classes) {
		b = binary.AppendUvarint(b, x)
	}
	text := param.Text(e.maxFeatures)
	b = append(b, byte(len(text)))
	b = append(b, text...)
	for _, x := range e.importances {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	for _, t := range e.grown {
		b = t.AppendBinary(b)
	}
	return b
}

// decode reads an ensemble and returns its number of classes.
func (e *ensemble) decode(b []byte) (classes int, err error) {
	if len(b) == 0 || b[0] != format {
		return 0, errModel
	}
	b = b[1:]
	var h [9]uint64
	for i := range h {
		n := 0
		if h[i], n = binary.Uvarint(b); n <= 0 || i != 3 && h[i] > math.MaxInt32 {
			return 0, errModel
		}
		b = b[n:]
	}
	e.columns, e.rows, e.seed, e.trees = int(h[1]), int(h[2]), h[3], int(h[4])
	e.maxDepth, e.minSplit, e.minLeaf, e.bootstrap = int(h[5]), int(h[6]), int(h[7]), h[8] == 1
	if e.columns == 0 || e.trees == 0 || e.trees > len(b) || h[8] > 1 {
		return 0, errModel
	}
	if b, err = e.decodeFeatures(b); err != nil {
		return 0, err
	}
	if len(b) < 8*e.columns {
		return 0, errModel
	}
	e.importances = make([]float64, e.columns)
	for j := range e.importances {
		e.importances[j] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*j:]))
	}
	b = b[8*e.columns:]
	e.grown = make([]*tree.Tree, e.trees)
	for t := range e.grown {
		if e.grown[t], b, err = tree.Decode(b, int(h[0]), e.columns); err != nil {
			return 0, err
		}
	}
	if len(b) != 0 {
		return 0, errModel
	}
	return int(h[0]), nil
}

// decodeFeatures reads max_features, as the parameter itself is read.
func (e *ensemble) decodeFeatures(b []byte) (rest []byte, err error) {
	if len(b) == 0 || len(b)-1 < int(b[0]) {
		return nil, errModel
	}
	text, rest := string(b[1:1+b[0]]), b[1+b[0]:]
	var f forest
	var set param.Set
	f.Params(&set)
	if set.Decode("random_forest", map[string]any{"max_features": text}) != nil {
		return nil, errModel
	}
	e.maxFeatures = f.maxFeatures
	return rest, nil
}
