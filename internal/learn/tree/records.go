package tree

import (
	"context"
	"math"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
)

// group is how many keys of a record vectors take at once; a record is padded
// to a multiple of it.
const group = 8

// mostRecord is the most columns of a record.
const mostRecord = 128

// stride returns how many keys a record of p columns has.
func stride(p int) int { return (p + group - 1) / group * group }

// together reports whether to keep X row by row for random splits of so many
// classes, 0 for numbers: where splits look at enough of the columns to read
// them all, and it takes about as much room as column by column.
func together(X *frame.Matrix, classes int, opt *Options) bool {
	p := X.Cols
	if p > mostRecord || stride(p) > 2*len(X.Blocks)+group {
		return false
	}
	switch {
	case classes == 0:
		return p <= 3*opt.MaxFeatures
	case byAny(opt):
		return false
	case classes == 2: // which is quick column by column too
		return p <= 2*opt.MaxFeatures
	}
	return p <= group*opt.MaxFeatures && classes*stride(p) <= mostSwept
}

// recordChunk is how many rows a worker turns into records at a time.
const recordChunk = 4096

// records returns the Keys of X row by row, so many a row as stride says.
func records(ctx context.Context, X *frame.Matrix, workers int) ([]int32, error) {
	width := stride(X.Cols)
	keys := make([]int32, X.Rows*width)
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, workers) {
		g.Go(func() error {
			for {
				from := int(next.Add(1)-1) * recordChunk
				if from >= X.Rows {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				to := min(from+recordChunk, X.Rows)
				if err := fillRecords(keys[from*width:to*width], X, from, to); err != nil {
					return err
				}
			}
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return keys, nil
}

// fillRecords writes the records of rows from to to.
func fillRecords(dst []int32, X *frame.Matrix, from, to int) error {
	width, j := stride(X.Cols), 0
	for _, b := range X.Blocks {
		if b.Dense == nil {
			one := Key(1) // 0 is its own key
			for i, c := range b.Codes[from:to] {
				if c >= 0 {
					dst[i*width+j+int(c)] = one
				}
			}
			j += b.Width
			continue
		}
		for i, v := range b.Dense[from:to] {
			if math.IsInf(float64(float32(v)), 0) {
				big := tooLarge(v)
				return big.at(j)
			}
			dst[i*width+j] = Key(v)
		}
		j++
	}
	return nil
}

// loadRecords writes a column's keys of the given rows into dst and returns
// the least and the greatest.
func (g *Grower) loadRecords(dst []int32, feature int32, rows []int32) (least, greatest int32) {
	least, greatest = math.MaxInt32, math.MinInt32
	for i, r := range rows {
		k := g.records[int(r)*g.stride+int(feature)]
		dst[i] = k
		least, greatest = min(least, k), max(greatest, k)
	}
	return least, greatest
}

// sidesOfRecords is sides of a column that is part of records.
func (g *Grower) sidesOfRecords(feature int32, rows []int32, key int32) {
	bins := g.bins[:len(rows)]
	for i, r := range rows {
		k := g.records[int(r)*g.stride+int(feature)]
		bins[i] = uint16(uint64(int64(key)-int64(k)) >> 63)
	}
}
