package tree

import (
	"encoding/binary"
	"math"

	"clicktrain/internal/export/pickle"
)

// nodeFields are the fields of scikit-learn's node records since 1.3, which
// casts these unpadded 57 bytes to its own layout by name.
var nodeFields = [...]struct{ name, dtype string }{
	{"left_child", "<i8"}, {"right_child", "<i8"}, {"feature", "<i8"}, {"threshold", "<f8"},
	{"impurity", "<f8"}, {"n_node_samples", "<i8"}, {"weighted_n_node_samples", "<f8"},
	{"missing_go_to_left", "|u1"},
}

const nodeBytes = 57

// Pickle returns the tree as the sklearn.tree._tree.Tree of p columns that
// predicts what t does.
func (t *Tree) Pickle(p int) *pickle.Call {
	s := t.stats()
	dtype := make(pickle.List, len(nodeFields))
	for i, f := range nodeFields {
		dtype[i] = pickle.Tuple{f.name, f.dtype}
	}
	n := len(t.nodes)
	return &pickle.Call{
		Func: pickle.Global{Module: "sklearn.tree._tree", Name: "Tree"},
		Args: pickle.Tuple{p, pickle.Ints([]int64{int64(s.width)}), 1},
		State: pickle.Dict{
			{Key: "max_depth", Value: t.Depth},
			{Key: "node_count", Value: n},
			{Key: "nodes", Value: pickle.Array{DType: dtype, Shape: []int{n}, Data: t.records(&s)}},
			{Key: "values", Value: pickle.Floats(s.values, n, 1, s.width)},
		},
	}
}

// records returns the node records. A leaf has children -1, feature -2 and
// threshold -2.
func (t *Tree) records(s *stats) []byte {
	b := make([]byte, 0, nodeBytes*len(t.nodes))
	le := binary.LittleEndian
	for i, nd := range t.nodes {
		left, right, feature, threshold := int64(i+1), int64(nd.right), int64(nd.feature), float64(nd.threshold())
		if nd.isLeaf() {
			left, right, feature, threshold = -1, -1, -2, -2
		}
		b = le.AppendUint64(b, uint64(left))
		b = le.AppendUint64(b, uint64(right))
		b = le.AppendUint64(b, uint64(feature))
		b = le.AppendUint64(b, math.Float64bits(threshold))
		b = le.AppendUint64(b, math.Float64bits(s.impurity[i]))
		b = le.AppendUint64(b, uint64(s.rows[i]))
		b = le.AppendUint64(b, math.Float64bits(s.weight[i]))
		b = append(b, 0)
	}
	return b
}
