package tree

import (
	"encoding/binary"
	"errors"
	"math"
)

// errTree is the answer to bytes that are not a tree.
var errTree = errors.New("tree: malformed")

// Form says what an encoded tree does not say of itself.
type Form struct {
	Classes   int // 0 for regression
	Columns   int
	Criterion Criterion
	Values    []float64 // that AppendBinary numbered
}

// Decode reads a tree that AppendBinary wrote and returns it with the bytes
// that follow it. Bytes that could lead a walk astray are an error.
func Decode(b []byte, f Form) (*Tree, []byte, error) {
	d := decoder{b: b, values: f.Values}
	n := d.upTo(min(math.MaxInt32, uint64(len(b))))
	d.real = d.upTo(1) == 1
	t := &Tree{Classes: f.Classes, Criterion: f.Criterion}
	if n == 0 {
		return nil, nil, errTree
	}
	const leastBytes = 3 // of an inner node or a leaf, on average
	t.nodes = make([]node, 0, min(n, uint64(len(b)/leastBytes)+1))
	if f.Classes > 0 {
		t.from = []uint32{0}
	}
	if !d.nodes(t, int(n), f.Columns) || d.failed {
		return nil, nil, errTree
	}
	return t.compact(), d.b, nil
}

// open is an inner node whose right child is still to come.
type open struct{ id, depth int }

// nodes reads n nodes and reports whether they make one tree.
func (d *decoder) nodes(t *Tree, n, p int) bool {
	var stack []open
	depth := 0
	for id := range n {
		t.Depth = max(t.Depth, depth)
		head := d.upTo(math.MaxInt64)
		if head%2 == 0 && !d.failed {
			threshold := math.Float32frombits(d.uint32())
			if x := float64(threshold); head/2 >= uint64(p) || math.IsNaN(x) || math.IsInf(x, 0) {
				return false
			}
			t.nodes = append(t.nodes, node{key: Key(float64(threshold)), feature: int32(head / 2)})
			stack = append(stack, open{id, depth})
			depth++
			continue
		}
		d.leaf(t, head/2)
		if d.failed {
			return false
		}
		if len(stack) == 0 {
			return id == n-1
		}
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		t.nodes[top.id].right = int32(id + 1)
		depth = top.depth + 1
	}
	return false
}

// leaf reads a leaf of the given head.
func (d *decoder) leaf(t *Tree, head uint64) {
	single := head%2 == 1
	n := head / 2 // rows, or the weight of one
	if n == 0 || n > math.MaxUint32 || single && d.real {
		d.failed = true
		return
	}
	if single {
		t.addLeaf(1)
	} else {
		t.addLeaf(uint32(n))
	}
	switch {
	case t.Classes == 0:
		d.value(t, single, uint32(n))
	case single:
		class := d.upTo(uint64(t.Classes) - 1)
		t.counts = append(t.counts, classCount{uint32(class), uint32(n)})
		t.from = append(t.from, uint32(len(t.counts)))
	default:
		d.counts(t)
	}
}

// value reads what a leaf of a regression says. weight is that of a single row.
func (d *decoder) value(t *Tree, single bool, weight uint32) {
	switch {
	case d.real:
		t.real = append(t.real, d.positive())
	case single:
		t.weight = append(t.weight, weight)
	default:
		t.weight = append(t.weight, d.count())
	}
	var value, impurity float64
	if k := d.upTo(uint64(len(d.values))); k > 0 {
		value = d.values[k-1]
	} else {
		value, impurity = d.float(), d.positive()
	}
	t.value = append(t.value, value)
	t.impurity = append(t.impurity, impurity)
}

// counts reads a leaf's class counts.
func (d *decoder) counts(t *Tree) {
	head := d.upTo(2*uint64(t.Classes) + 1)
	m, next := head/2, uint64(0) // next is the least class that may come
	if head%2 == 0 {
		m, next = 1, head/2
	}
	d.failed = d.failed || m == 0
	for range m {
		class := next
		if head%2 == 1 {
			class = d.upTo(uint64(t.Classes) - 1)
		}
		if d.failed || class < next || class >= uint64(t.Classes) {
			d.failed = true
			return
		}
		next = class + 1
		if d.real {
			t.addCount(uint32(class), d.positive(), true)
		} else {
			t.counts = append(t.counts, classCount{uint32(class), d.count()})
		}
	}
	t.from = append(t.from, uint32(len(t.counts)))
}

// decoder reads from the front of b. After a failure it reads zeros.
type decoder struct {
	b      []byte
	values []float64
	real   bool // weights are any numbers
	failed bool
}

// upTo reads a varint of at most limit.
func (d *decoder) upTo(limit uint64) uint64 {
	x, n := binary.Uvarint(d.b)
	if n <= 0 || x > limit {
		d.failed, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return x
}

// count reads a number of rows, at least 1.
func (d *decoder) count() uint32 {
	x := d.upTo(math.MaxUint32)
	d.failed = d.failed || x == 0
	return uint32(x)
}

func (d *decoder) uint32() uint32 {
	if len(d.b) < 4 {
		d.failed, d.b = true, nil
		return 0
	}
	x := binary.LittleEndian.Uint32(d.b)
	d.b = d.b[4:]
	return x
}

// positive reads a finite float64 above 0.
func (d *decoder) positive() float64 {
	x := d.float()
	d.failed = d.failed || !(x > 0)
	return x
}

// float reads a finite float64.
func (d *decoder) float() float64 {
	if len(d.b) < 8 {
		d.failed, d.b = true, nil
		return 0
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(d.b))
	d.b = d.b[8:]
	d.failed = d.failed || math.IsNaN(x) || math.IsInf(x, 0)
	return x
}
