package frame

import (
	"cmp"
	"context"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Repeat is a row that equals an earlier one, the first of its kind.
type Repeat struct{ First, Row int32 }

// Repeats finds the rows that equal an earlier one in all columns, missing
// values being equal to each other, in order of row. Rows are hashed with a
// random seed and compared where hashes agree. The time grows with the cells.
func Repeats(ctx context.Context, columns []*Column, rows, workers int) ([]Repeat, error) {
	if rows < 2 || len(columns) == 0 {
		return nil, nil
	}
	h, err := hashRows(ctx, columns, rows, workers)
	if err != nil {
		return nil, err
	}
	// Each part of the hashes has a table and a goroutine of its own.
	const parts = 4
	found := make([][]Repeat, parts)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for p := range parts {
		g.Go(func() (err error) {
			found[p], err = match(ctx, columns, h, p, parts)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := slices.Concat(found...)
	slices.SortFunc(out, func(a, b Repeat) int { return cmp.Compare(a.Row, b.Row) })
	return out, nil
}

// hashRows hashes each row, in blocks that stay in the cache.
func hashRows(ctx context.Context, columns []*Column, rows, workers int) ([]uint64, error) {
	const segments, block = 16, 4096
	seed := maphash.Comparable(maphash.MakeSeed(), 0)
	h := make([]uint64, rows)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for k := range segments {
		from, to := k*rows/segments, (k+1)*rows/segments
		g.Go(func() error {
			for ; from < to; from += block {
				if err := ctx.Err(); err != nil {
					return err
				}
				hashBlock(h[from:min(from+block, to)], columns, from, seed)
			}
			return nil
		})
	}
	return h, g.Wait()
}

func hashBlock(h []uint64, columns []*Column, from int, seed uint64) {
	for i := range h {
		h[i] = seed
	}
	for _, c := range columns {
		if c.Numbers() {
			for i, x := range c.Num[from : from+len(h)] {
				h[i] = Mix(h[i], Bits(x))
			}
			continue
		}
		for i, k := range c.Codes[from : from+len(h)] {
			h[i] = Mix(h[i], uint64(k+1))
		}
	}
}

// Bits returns bits that are equal for equal numbers.
func Bits(x float64) uint64 {
	switch {
	case x != x:
		return 1
	case x == 0:
		return 0
	}
	return math.Float64bits(x)
}

// Mix folds k into the hash h by a product of 128 bits.
func Mix(h, k uint64) uint64 {
	hi, lo := bits.Mul64(h^k^0x9e3779b97f4a7c15, h|0xd6e8feb86659fd93)
	return bits.RotateLeft64(hi^lo, 23) + k*0xff51afd7ed558ccd
}

// match finds the repeats among the rows whose hash is of one part, in an open
// table of row numbers, each with some bits of its hash.
func match(ctx context.Context, columns []*Column, h []uint64, part, parts int) ([]Repeat, error) {
	n := 0
	for _, x := range h {
		if int(x>>32)%parts == part {
			n++
		}
	}
	type slot struct {
		row  int32 // plus 1
		hash uint32
	}
	slots := make([]slot, 1<<bits.Len(uint(n+n/2)))
	mask := uint64(len(slots) - 1)
	var out []Repeat
	for i, x := range h {
		if i&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if int(x>>32)%parts != part {
			continue
		}
		tag := uint32(x >> 32)
		for p := x & mask; ; p = (p + 1) & mask {
			s := &slots[p]
			if s.row == 0 {
				*s = slot{int32(i) + 1, tag}
				break
			}
			if j := int(s.row) - 1; s.hash == tag && h[j] == x && sameRow(columns, i, j) {
				out = append(out, Repeat{int32(j), int32(i)})
				break
			}
		}
	}
	return out, nil
}

func sameRow(columns []*Column, i, j int) bool {
	for _, c := range columns {
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
