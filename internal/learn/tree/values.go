package tree

import (
	"math"
	"math/bits"
)

// Values numbers distinct numbers from 0 on, in the order in which they come.
// Leaves of many trees repeat the same few targets.
type Values struct {
	All   []float64
	slots []uint32 // by hash, a power of two of them: a value's number + 1, 0 where there is none
}

// Add numbers the values of t's leaves that have equal targets.
func (v *Values) Add(t *Tree) {
	for l, x := range t.value {
		if t.equal(int32(l)) {
			v.add(x)
		}
	}
}

// add numbers x, if it is new.
func (v *Values) add(x float64) {
	if 2*len(v.All) >= len(v.slots) {
		v.widen()
	}
	if i := v.slot(x); v.slots[i] == 0 {
		v.All = append(v.All, x)
		v.slots[i] = uint32(len(v.All))
	}
}

// number returns the number of x, which was added.
func (v *Values) number(x float64) uint32 { return v.slots[v.slot(x)] - 1 }

// slot returns where x is, or where it belongs.
func (v *Values) slot(x float64) int {
	mask := len(v.slots) - 1
	for i := v.home(x); ; i = (i + 1) & mask {
		if n := v.slots[i]; n == 0 || math.Float64bits(v.All[n-1]) == math.Float64bits(x) {
			return i
		}
	}
}

// home returns where x is looked for first. That is in the top bits of a product
// with an odd number: those below hang on the low bits of x alone, which whole
// numbers do not have.
func (v *Values) home(x float64) int {
	return int(math.Float64bits(x) * 0x9e3779b97f4a7c15 >> (64 - bits.Len(uint(len(v.slots)-1))))
}

// widen makes room for twice as many values.
func (v *Values) widen() {
	v.slots = make([]uint32, max(1024, 2*len(v.slots)))
	for n, x := range v.All {
		v.slots[v.slot(x)] = uint32(n + 1)
	}
}
