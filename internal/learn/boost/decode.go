package boost

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// errModel is the answer to bytes that are not a model.
var errModel = errors.New("boost: malformed model")

// UnmarshalBinary reads what MarshalBinary wrote. Other bytes are an error.
func (m *Classifier) UnmarshalBinary(b []byte) error {
	e, err := decode(b, learn.Classification)
	if err == nil {
		m.ensemble = *e
	}
	return err
}

// UnmarshalBinary reads what MarshalBinary wrote. Other bytes are an error.
func (m *Regressor) UnmarshalBinary(b []byte) error {
	e, err := decode(b, learn.Regression)
	if err == nil {
		m.ensemble = *e
	}
	return err
}

// decode reads what encode wrote.
func decode(b []byte, task learn.Task) (*ensemble, error) {
	if len(b) == 0 || b[0] != format {
		return nil, errModel
	}
	r, e := &reader{b: b[1:]}, new(ensemble)
	if !e.setParameters(r.take(r.upTo(len(r.b))), task) {
		return nil, errModel
	}
	e.columns, e.classes, e.seed = r.upTo(math.MaxInt32/4), r.upTo(math.MaxInt32), r.varint()
	e.stopped = r.upTo(1) == 1
	if (task == learn.Classification) != (e.classes >= 2) || e.classes == 1 {
		return nil, errModel
	}
	for n := r.upTo(len(r.b)); n > 0; n-- {
		e.signs = append(e.signs, signed{r.upTo(e.columns - 1), int8(2*r.upTo(1) - 1)})
	}
	e.levels, e.used = r.columns(e.columns), r.columns(e.columns)
	k := max(e.classes, 1)
	if k == 2 {
		k = 1
	}
	e.start = r.floats(k)
	cuts := make([][]float64, len(e.used))
	for u := range cuts {
		cuts[u] = r.ascending()
	}
	n := r.upTo(len(r.b))
	for range n {
		if r.failed {
			break
		}
		e.trees = append(e.trees, r.tree(e.used, cuts))
	}
	if r.failed || len(r.b) > 0 || n == 0 || n%k != 0 {
		return nil, errModel
	}
	return e, nil
}

// setParameters reads the parameters, as they are read from a person.
func (e *ensemble) setParameters(text []byte, task learn.Task) bool {
	var values map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&values) != nil {
		return false
	}
	b := booster{task: task}
	var set param.Set
	b.Params(&set)
	if set.Decode(Learner.Name, values) != nil {
		return false
	}
	e.settings = b.settings
	return true
}

// reader reads from the front of b. After a failure it reads zeros.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) fail() { r.failed, r.b = true, nil }

func (r *reader) varint() uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return x
}

// upTo reads a number of at most limit.
func (r *reader) upTo(limit int) int {
	x := r.varint()
	if limit < 0 || x > uint64(limit) {
		r.fail()
		return 0
	}
	return int(x)
}

// take reads n bytes.
func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

// floats reads n finite numbers.
func (r *reader) floats(n int) []float64 {
	if n > len(r.b)/8 {
		r.fail()
		return make([]float64, min(n, 1))
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(r.take(8)))
		if math.IsNaN(out[i]) || math.IsInf(out[i], 0) {
			r.fail()
			return out
		}
	}
	return out
}

// ascending reads a list of ascending numbers.
func (r *reader) ascending() []float64 {
	out := r.floats(r.upTo(missing))
	for i := 1; i < len(out); i++ {
		if !(out[i] > out[i-1]) {
			r.fail()
		}
	}
	return out
}

// columns reads a list of ascending columns out of p.
func (r *reader) columns(p int) []used {
	var out []used
	for n := r.upTo(len(r.b)); n > 0 && !r.failed; n-- {
		c := used{r.upTo(p - 1), r.upTo(missing)}
		if len(out) > 0 && c.index <= out[len(out)-1].index {
			r.fail()
		}
		out = append(out, c)
	}
	return out
}

// tree reads a tree.
func (r *reader) tree(cols []used, cuts [][]float64) *tree {
	t := new(tree)
	n := r.upTo(len(r.b))
	var open []int // inner nodes whose right child is to come
	for id := range n {
		head := r.upTo(2 * len(cols))
		if r.failed {
			break
		}
		if head > 0 {
			open = append(open, r.inner(t, head-1, cols, cuts))
			continue
		}
		count := r.upTo(math.MaxUint32)
		t.addLeaf(r.floats(1)[0], uint32(count))
		if len(open) == 0 {
			if id != n-1 {
				r.fail()
			}
			return t
		}
		t.nodes[open[len(open)-1]].right = int32(id + 1)
		open = open[:len(open)-1]
	}
	r.fail()
	return t
}

// inner reads the rest of an inner node and returns its index.
func (r *reader) inner(t *tree, input int, cols []used, cuts [][]float64) int {
	u := input / 2
	at, set := uint64(splitNaN), (*bitset)(nil)
	if levels := cols[u].levels; levels > 0 {
		set = new(bitset)
		for i, b := range r.take((levels + 7) / 8) {
			set[i/8] |= uint64(b) << (i % 8 * 8)
		}
		set.remove(levels)
	} else if i := r.upTo(len(cuts[u])); i < len(cuts[u]) {
		at = key(cuts[u][i])
	}
	gain := float32(0)
	if b := r.take(4); b != nil {
		gain = math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	if !(gain >= 0 && gain <= math.MaxFloat32) {
		r.fail()
	}
	return t.addInner(u, at, set, input%2 == 0, gain)
}

// remove takes the bins from n on out of the set.
func (b *bitset) remove(n int) {
	for i := n; i < slotBins; i++ {
		b[i/64] &^= 1 << (i % 64)
	}
}
