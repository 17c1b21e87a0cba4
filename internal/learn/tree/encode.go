package tree

import (
	"encoding/binary"
	"math"
)

// AppendBinary appends the tree's compact form to b: its nodes in depth-first
// order, which says who is whose child. Numbers are varints. Values that leaves
// of equal targets have are written as their number in v, to which the tree was
// added; v is of no matter for classes, and is only read.
//
//	tree:  number of nodes, 1 if weights are any numbers else 0, nodes
//	inner: 2·feature, threshold (float32)
//	leaf:  2·head + 1, where head is 2·weight + 1 for one row of a whole weight,
//	       else 2·rows, then
//	       of one class: class if head has the weight, else 2·class, weight
//	       of m classes: 2·m + 1, m times class and weight
//	       of a number:  weight unless head has it, then the value's number in
//	                     v + 1, or 0, value (float64), impurity (float64)
//
// A weight that may be any number is a float64.
func (t *Tree) AppendBinary(b []byte, v *Values) []byte {
	le := binary.LittleEndian
	b = binary.AppendUvarint(b, uint64(len(t.nodes)))
	if t.real != nil {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	for _, nd := range t.nodes {
		if !nd.isLeaf() {
			b = binary.AppendUvarint(b, 2*uint64(nd.feature))
			b = le.AppendUint32(b, math.Float32bits(nd.threshold()))
			continue
		}
		l := nd.leaf()
		single := t.rows[l] == 1 && t.real == nil
		head := 2 * uint64(t.rows[l])
		if single {
			head = 2*uint64(t.leafTotal(l)) + 1
		}
		b = binary.AppendUvarint(b, 2*head+1)
		if t.Classes > 0 {
			b = t.appendCounts(b, l, single)
		} else {
			b = t.appendValue(b, l, single, v)
		}
	}
	return b
}

// leafTotal returns what the one row of leaf l weighs, a whole number.
func (t *Tree) leafTotal(l int32) uint32 {
	if t.Classes > 0 {
		return t.counts[t.from[l]].weight
	}
	return t.weight[l]
}

func (t *Tree) appendCounts(b []byte, l int32, single bool) []byte {
	from, to := t.from[l], t.from[l+1]
	if single {
		return binary.AppendUvarint(b, uint64(t.counts[from].class))
	}
	if to-from == 1 {
		b = binary.AppendUvarint(b, 2*uint64(t.counts[from].class))
		return t.appendWeight(b, from)
	}
	b = binary.AppendUvarint(b, 2*uint64(to-from)+1)
	for k := from; k < to; k++ {
		b = binary.AppendUvarint(b, uint64(t.counts[k].class))
		b = t.appendWeight(b, k)
	}
	return b
}

// equal reports whether leaf l of a regression holds equal targets.
func (t *Tree) equal(l int32) bool { return t.impurity == nil || t.impurity[l] == 0 }

// appendWeight appends the weight of entry k of counts.
func (t *Tree) appendWeight(b []byte, k uint32) []byte {
	if t.real != nil {
		return appendFloat(b, t.real[k])
	}
	return binary.AppendUvarint(b, uint64(t.counts[k].weight))
}

func (t *Tree) appendValue(b []byte, l int32, single bool, v *Values) []byte {
	switch {
	case t.real != nil:
		b = appendFloat(b, t.real[l])
	case !single:
		b = binary.AppendUvarint(b, uint64(t.weight[l]))
	}
	if t.equal(l) {
		return binary.AppendUvarint(b, uint64(v.number(t.value[l]))+1)
	}
	b = append(b, 0)
	b = appendFloat(b, t.value[l])
	return appendFloat(b, t.impurity[l])
}

func appendFloat(b []byte, x float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
}
