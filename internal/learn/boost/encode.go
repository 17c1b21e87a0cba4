package boost

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"slices"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// format is the first byte of an encoded model; a change of layout changes it.
const format = 1

// MarshalBinary returns the model in a compact form, about 9 bytes a node.
func (m *Classifier) MarshalBinary() ([]byte, error) { return m.encode(learn.Classification) }

// MarshalBinary returns the model in a compact form, about 9 bytes a node.
func (m *Regressor) MarshalBinary() ([]byte, error) { return m.encode(learn.Regression) }

// encode returns, numbers being varints where nothing else is said:
//
//	format, parameters (JSON, after its length), p, classes, seed, whether
//	rows were held back
//	the signed columns, the category columns and the used columns
//	the start (float64), the thresholds of each used column (float64)
//	the trees, each: nodes, then in depth-first order
//	  leaf:   0, rows, value (float64)
//	  number: 1 + 2·column + 1 if missing values go right, which threshold
//	  set:    the same, the set (bytes)
//	  and of both the gain (float32)
func (e *ensemble) encode(task learn.Task) ([]byte, error) {
	params, err := e.parameters(task)
	if err != nil {
		return nil, err
	}
	w := writer{[]byte{format}}
	w.uint(len(params))
	w.b = append(w.b, params...)
	w.uint(e.columns)
	w.uint(e.classes)
	w.b = binary.AppendUvarint(w.b, e.seed)
	w.flag(e.stopped)
	w.uint(len(e.signs))
	for _, s := range e.signs {
		w.uint(s.index)
		w.flag(s.sign > 0)
	}
	w.columns(e.levels)
	w.columns(e.used)
	w.floats(e.start)
	cuts := e.thresholds()
	for _, c := range cuts {
		w.uint(len(c))
		w.floats(c)
	}
	w.uint(len(e.trees))
	for _, t := range e.trees {
		w.tree(t, e.used, cuts)
	}
	return w.b, nil
}

// parameters returns the parameters as JSON.
func (e *ensemble) parameters(task learn.Task) ([]byte, error) {
	b := booster{task: task}
	var set param.Set
	b.Params(&set)
	b.settings = e.settings
	values := map[string]any{}
	for _, v := range set.Values() {
		values[v.Name] = param.JSON(v.Value)
	}
	return json.Marshal(values)
}

// thresholds returns the distinct thresholds of each used column, ascending.
func (e *ensemble) thresholds() [][]float64 {
	out := make([][]float64, len(e.used))
	for _, t := range e.trees {
		for i := range t.nodes {
			n := &t.nodes[i]
			if !n.isLeaf() && !n.isSet() && n.key != splitNaN {
				out[n.column()] = append(out[n.column()], keyFloat(n.key))
			}
		}
	}
	for u := range out {
		slices.Sort(out[u])
		out[u] = slices.Compact(out[u])
	}
	return out
}

// place returns which of a column's thresholds a node has: as many as there are
// for the split between numbers and missing values.
func place(cuts []float64, n *treeNode) int {
	if n.key == splitNaN {
		return len(cuts)
	}
	i, _ := slices.BinarySearch(cuts, keyFloat(n.key))
	return i
}

// writer appends values.
type writer struct{ b []byte }

func (w *writer) uint(x int) { w.b = binary.AppendUvarint(w.b, uint64(x)) }

func (w *writer) flag(x bool) {
	if x {
		w.b = append(w.b, 1)
	} else {
		w.b = append(w.b, 0)
	}
}

func (w *writer) floats(x []float64) {
	for _, v := range x {
		w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v))
	}
}

func (w *writer) columns(list []used) {
	w.uint(len(list))
	for _, c := range list {
		w.uint(c.index)
		w.uint(c.levels)
	}
}

func (w *writer) tree(t *tree, cols []used, cuts [][]float64) {
	w.uint(len(t.nodes))
	inner := 0
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.isLeaf() {
			w.uint(0)
			w.uint(int(t.counts[n.leaf()]))
			w.floats(t.values[n.leaf() : n.leaf()+1])
			continue
		}
		w.uint(1 + int(n.input&^setBit))
		if n.isSet() {
			w.set(&t.sets[n.set()], cols[n.column()].levels)
		} else {
			w.uint(place(cuts[n.column()], n))
		}
		w.b = binary.LittleEndian.AppendUint32(w.b, math.Float32bits(t.gains[inner]))
		inner++
	}
}

// set writes a set of so many categories.
func (w *writer) set(s *bitset, levels int) {
	for b := range (levels + 7) / 8 {
		w.b = append(w.b, byte(s[b/8]>>(b%8*8)))
	}
}
