package tree

import (
	"encoding/binary"
	"math"
)

// AppendBinary appends the tree's compact form to b: its nodes in depth-first
// order, which says who is whose child. Numbers are varints.
//
//	tree:  number of nodes, 1 if leaves have impurities else 0, nodes
//	inner: feature + 1, threshold (float32)
//	leaf:  0, rows, then
//	       of one class: 2·class, weight
//	       of m classes: 2·m + 1, m times class and weight
//	       of a number:  weight, value (float64), impurity (float64, if any)
func (t *Tree) AppendBinary(b []byte) []byte {
	le := binary.LittleEndian
	b = binary.AppendUvarint(b, uint64(len(t.nodes)))
	if t.impurity != nil {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	for _, nd := range t.nodes {
		if !nd.isLeaf() {
			b = binary.AppendUvarint(b, uint64(nd.feature)+1)
			b = le.AppendUint32(b, math.Float32bits(nd.threshold()))
			continue
		}
		l := nd.leaf()
		b = append(b, 0)
		b = binary.AppendUvarint(b, uint64(t.rows[l]))
		if t.Classes > 0 {
			b = appendCounts(b, t.leafCounts(l))
			continue
		}
		b = binary.AppendUvarint(b, uint64(t.weight[l]))
		b = le.AppendUint64(b, math.Float64bits(t.value[l]))
		if t.impurity != nil {
			b = le.AppendUint64(b, math.Float64bits(t.impurity[l]))
		}
	}
	return b
}

func appendCounts(b []byte, counts []classCount) []byte {
	if len(counts) == 1 {
		b = binary.AppendUvarint(b, 2*uint64(counts[0].class))
		return binary.AppendUvarint(b, uint64(counts[0].weight))
	}
	b = binary.AppendUvarint(b, 2*uint64(len(counts))+1)
	for _, c := range counts {
		b = binary.AppendUvarint(b, uint64(c.class))
		b = binary.AppendUvarint(b, uint64(c.weight))
	}
	return b
}
