package linear

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"gonum.org/v1/gonum/floats"
)

// Rows are cut into at most maxChunks chunks of at least minChunkRows, fewer
// where a chunk's sums would fill more than maxSums numbers together.
const (
	maxChunks    = 16
	minChunkRows = 8 * tileRows
	maxSums      = 8 << 20
)

// chunkRows returns the rows of a chunk for sums of the given size.
func chunkRows(rows, size int) int {
	chunks := max(min(maxChunks, maxSums/max(size, 1)), 2)
	tiles := (rows + tileRows - 1) / tileRows
	return max((tiles+chunks-1)/chunks*tileRows, minChunkRows)
}

// maxTileWork bounds the additions that are done on one tile before the context
// is looked at again: some 50 ms.
const maxTileWork = 1 << 27

// A tile of more than minTileRows rows should fill tileBytes of the second-level
// cache at most.
const (
	minTileRows = 64
	tileBytes   = 512 << 10
)

// stepRows returns the rows of a tile when each takes the given additions: a
// power of two, so that tiles fill chunks.
func (d *design) stepRows(work int) int {
	rows := tileRows
	for rows > minTileRows && rows*8*len(d.number) > tileBytes {
		rows /= 2
	}
	for rows > 1 && rows*work > maxTileWork {
		rows /= 2
	}
	return rows
}

// worker adds up what it makes of a tile's rows.
type worker func(t *tile, sums []float64)

// sum hands each tile of rows to a worker and returns the sums of all, added
// chunk by chunk in order: size numbers, for which each row takes about the
// given additions. newWorker is called once for each goroutine. It returns
// ctx's error soon after its end.
func (d *design) sum(ctx context.Context, workers, size, work int, newWorker func() worker) ([]float64, error) {
	step, rows := chunkRows(d.rows, size), d.stepRows(work)
	parts := make([][]float64, (d.rows+step-1)/step)
	var next atomic.Int64
	var g errgroup.Group
	for range min(max(workers, 1), len(parts)) {
		g.Go(func() error {
			add, t := newWorker(), d.newTile()
			for k := int(next.Add(1)) - 1; k < len(parts); k = int(next.Add(1)) - 1 {
				sums := make([]float64, size)
				end := min((k+1)*step, d.rows)
				for lo := k * step; lo < end; lo += rows {
					if err := ctx.Err(); err != nil {
						return err
					}
					d.load(t, lo, min(lo+rows, end))
					add(t, sums)
				}
				parts[k] = sums
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, part := range parts[1:] {
		floats.Add(parts[0], part)
	}
	return parts[0], nil
}
