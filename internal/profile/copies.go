package profile

import (
	"context"
	"hash/maphash"
	"slices"

	"clicktrain/internal/frame"
)

// duplicateColumn is a column that says the same as an earlier one.
type duplicateColumn struct{ earlier, later int }

// fewValues is how many distinct values a column may have to be compared by
// which rows are alike; columns of more are compared cell by cell.
const fewValues = 50

// findCopies returns the columns in which the same rows are alike as in an
// earlier one: a copy, or the same under other names. Constants do not count.
func findCopies(ctx context.Context, f *frame.Frame, r *Report) ([]duplicateColumn, error) {
	seed := maphash.MakeSeed()
	var found []duplicateColumn
	seen := map[uint64][]int{}
	for j, c := range f.Columns {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if d := r.Columns[j].Distinct; d < 2 || d > fewValues && !c.Numbers() {
			continue
		}
		shape := pattern(c, r.Columns[j].Distinct)
		h := maphash.Comparable(seed, len(shape))
		for _, k := range shape {
			h = mix(h, k)
		}
		for _, i := range seen[h] {
			if slices.Equal(shape, pattern(f.Columns[i], r.Columns[i].Distinct)) {
				found = append(found, duplicateColumn{i, j})
				break
			}
		}
		seen[h] = append(seen[h], j)
	}
	return found, nil
}

// pattern numbers the values of a column in the order of their coming, or for
// numbers with many values returns the values themselves. Missing is 1.
func pattern(c *frame.Column, distinct int) []uint64 {
	out := make([]uint64, c.Len())
	if distinct > fewValues {
		for i, x := range c.Num {
			out[i] = key(x)
		}
		return out
	}
	if c.Numbers() {
		codes := make(map[uint64]uint64, distinct)
		for i, x := range c.Num {
			if x != x {
				out[i] = 1
				continue
			}
			k := key(x)
			if codes[k] == 0 {
				codes[k] = uint64(len(codes)) + 2
			}
			out[i] = codes[k]
		}
		return out
	}
	codes, next := make([]uint64, len(c.Levels)), uint64(2)
	for i, k := range c.Codes {
		if k < 0 {
			out[i] = 1
			continue
		}
		if codes[k] == 0 {
			codes[k] = next
			next++
		}
		out[i] = codes[k]
	}
	return out
}
