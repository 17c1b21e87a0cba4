package profile

import (
	"context"
	"hash/maphash"
	"math"
	"math/bits"

	"clicktrain/internal/frame"
)

// duplicates counts the rows that equal an earlier one, missing values being
// equal to each other. Rows are hashed column by column with a random seed and
// compared where hashes agree.
func duplicates(ctx context.Context, f *frame.Frame) (int, error) {
	if f.Rows < 2 || len(f.Columns) == 0 {
		return 0, nil
	}
	h := make([]uint64, f.Rows)
	seed := maphash.Comparable(maphash.MakeSeed(), 0)
	for i := range h {
		h[i] = seed
	}
	for _, c := range f.Columns {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if c.Numbers() {
			for i, x := range c.Num {
				h[i] = mix(h[i], key(x))
			}
		} else {
			for i, k := range c.Codes {
				h[i] = mix(h[i], uint64(k+1))
			}
		}
	}
	return countRepeats(ctx, f, h)
}

// key returns bits that are equal for equal numbers.
func key(x float64) uint64 {
	switch {
	case x != x:
		return 1
	case x == 0:
		return 0
	}
	return math.Float64bits(x)
}

// mix folds k into the hash h by a product of 128 bits.
func mix(h, k uint64) uint64 {
	hi, lo := bits.Mul64(h^k^0x9e3779b97f4a7c15, h|0xd6e8feb86659fd93)
	return bits.RotateLeft64(hi^lo, 23) + k*0xff51afd7ed558ccd
}

// countRepeats counts the rows whose hash and cells occurred before, in an
// open table of row numbers.
func countRepeats(ctx context.Context, f *frame.Frame, h []uint64) (int, error) {
	size := 1 << bits.Len(uint(len(h)+len(h)/2))
	slots := make([]int32, size)
	mask := uint64(size - 1)
	repeats := 0
	for i := range h {
		if i&0xffff == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		for p := (h[i] ^ h[i]>>32) & mask; ; p = (p + 1) & mask {
			j := int(slots[p]) - 1
			if j < 0 {
				slots[p] = int32(i) + 1
				break
			}
			if h[j] == h[i] && sameRow(f, i, j) {
				repeats++
				break
			}
		}
	}
	return repeats, nil
}

func sameRow(f *frame.Frame, i, j int) bool {
	for _, c := range f.Columns {
		if c.Numbers() {
			if a, b := c.Num[i], c.Num[j]; a != b && (a == a || b == b) {
				return false
			}
		} else if c.Codes[i] != c.Codes[j] {
			return false
		}
	}
	return true
}
