package profile

import (
	"context"
	"hash/maphash"
	"slices"

	"clicktrain/internal/frame"
)

// duplicateColumn is a column that says the same as an earlier one.
type duplicateColumn struct{ earlier, later int }

const (
	// fewValues is how many distinct values a column may have to be compared
	// by which rows are alike; columns of more are compared cell by cell.
	fewValues = 50
	// prefixRows is how many rows are looked at to rule most columns out.
	prefixRows = 256
)

// findCopies returns the columns in which the same rows are alike as in an
// earlier one: a copy, or the same under other names. Constants do not count.
// Only columns that agree on the first rows are looked at in full.
func findCopies(ctx context.Context, f *frame.Frame, r *Report) ([]duplicateColumn, error) {
	seed := maphash.Comparable(maphash.MakeSeed(), 0)
	starts := make([]uint64, len(f.Columns))
	alike := map[uint64]int{}
	for j, c := range f.Columns {
		d := &r.Columns[j]
		if d.Distinct < 2 || d.Distinct > fewValues && !c.Numbers() {
			continue
		}
		h := frame.Mix(frame.Mix(seed, uint64(d.Distinct)), uint64(d.Missing))
		starts[j] = fold(h, pattern(c, d.Distinct, min(f.Rows, prefixRows)))
		alike[starts[j]]++
	}
	var found []duplicateColumn
	seen := map[uint64]int{}
	for j, c := range f.Columns {
		if alike[starts[j]] < 2 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		shape := pattern(c, r.Columns[j].Distinct, f.Rows)
		h := fold(starts[j], shape)
		i, ok := seen[h]
		if !ok {
			seen[h] = j
		} else if slices.Equal(shape, pattern(f.Columns[i], r.Columns[i].Distinct, f.Rows)) {
			found = append(found, duplicateColumn{i, j})
		}
	}
	return found, nil
}

func fold(h uint64, shape []uint64) uint64 {
	for _, k := range shape {
		h = frame.Mix(h, k)
	}
	return h
}

// pattern numbers the values of a column in the order of their coming, or for
// numbers with many values returns the values themselves, of the first rows.
// Missing is 1.
func pattern(c *frame.Column, distinct, rows int) []uint64 {
	out := make([]uint64, rows)
	if distinct > fewValues {
		for i, x := range c.Num[:rows] {
			out[i] = frame.Bits(x)
		}
		return out
	}
	if c.Numbers() {
		codes := make(map[uint64]uint64, distinct)
		for i, x := range c.Num[:rows] {
			if x != x {
				out[i] = 1
				continue
			}
			k := frame.Bits(x)
			if codes[k] == 0 {
				codes[k] = uint64(len(codes)) + 2
			}
			out[i] = codes[k]
		}
		return out
	}
	codes, next := make([]uint64, len(c.Levels)), uint64(2)
	for i, k := range c.Codes[:rows] {
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
