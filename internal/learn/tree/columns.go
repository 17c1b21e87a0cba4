package tree

import (
	"context"
	"math"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// MaxBins is the most bins that Cut makes of one column.
const MaxBins = 4096

// Columns is a training matrix of which every column is cut into bins. Bins
// ascend with the values, and rows of one bin are never separated, so a column
// with no more distinct values than bins is searched exactly.
type Columns struct {
	Rows    int
	cols    []column
	records []int32 // the Keys of all columns row by row, if that is how they are kept
}

// column is one binned column. A one-hot column has no bins of its own: row i
// is in bin 1 if codes[i] is code, else in bin 0. A column of keys or in order has no bins.
type column struct {
	keys []int32 // of each row, where thresholds are drawn

	// Where all cuts are searched: the rows by key, and their numbers, not
	// rounded.
	order  []int32
	values []float64

	lo, hi []float32 // the least and the greatest value in each bin
	bins   []uint8   // of each row, where there are at most 256
	wide   []uint16  // of each row, where there are more
	codes  []int32
	code   int32
}

// Len returns the number of columns p.
func (c *Columns) Len() int { return len(c.cols) }

// Cut rounds X to float32, as scikit-learn's trees do, and cuts each column
// into at most bins bins (2 to MaxBins) of about as many rows each. It keeps
// X's one-hot codes and copies all else. A number beyond float32 is a
// *problem.Error. Cost: one radix sort a column, done by so many workers.
func Cut(ctx context.Context, X *frame.Matrix, bins, workers int) (*Columns, error) {
	return prepare(ctx, X, workers, func(x []float64, s *sorter) (column, *tooLarge) {
		keys, err := s.sort(x)
		if err != nil {
			return column{}, err
		}
		return binned(keys, bins), nil
	})
}

// CutExact is Cut into as many bins as there are values, however many they
// are: a column of more than MaxBins is kept as the order of its rows, and its
// numbers in X with it.
func CutExact(ctx context.Context, X *frame.Matrix, workers int) (*Columns, error) {
	return prepare(ctx, X, workers, func(x []float64, s *sorter) (column, *tooLarge) { return s.exact(x) })
}

// Uncut returns X's columns for Growers that draw thresholds at random, which
// need no bins. They are kept as is quickest for targets of so many classes, 0
// for numbers, and these options. Cost: a pass over X.
func Uncut(ctx context.Context, X *frame.Matrix, classes int, opt Options, workers int) (*Columns, error) {
	if together(X, classes, &opt) {
		keys, err := records(ctx, X, workers)
		if err != nil {
			return nil, err
		}
		return &Columns{Rows: X.Rows, cols: make([]column, X.Cols), records: keys}, nil
	}
	return prepare(ctx, X, workers, func(x []float64, _ *sorter) (column, *tooLarge) {
		c := column{keys: make([]int32, len(x))}
		for i, v := range x {
			if math.IsInf(float64(float32(v)), 0) {
				big := tooLarge(v)
				return column{}, &big
			}
			c.keys[i] = Key(v)
		}
		return c, nil
	})
}

// prepare makes a column of each dense block by build and keeps one-hot codes,
// by so many workers.
func prepare(ctx context.Context, X *frame.Matrix, workers int, build func([]float64, *sorter) (column, *tooLarge)) (*Columns, error) {
	c := &Columns{Rows: X.Rows, cols: make([]column, X.Cols)}
	first := make([]int, len(X.Blocks))
	for k, j := 0, 0; k < len(X.Blocks); k++ {
		first[k] = j
		j += X.Blocks[k].Width
	}
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, workers) {
		g.Go(func() error {
			var s sorter
			for {
				k := int(next.Add(1)) - 1
				if k >= len(X.Blocks) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				b := X.Blocks[k]
				if b.Dense == nil {
					oneHot(c.cols[first[k]:first[k]+b.Width], b.Codes)
					continue
				}
				col, err := build(b.Dense, &s)
				if err != nil {
					return err.at(first[k])
				}
				c.cols[first[k]] = col
			}
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return c, nil
}

// oneHot fills cols with the columns of a one-hot group.
func oneHot(cols []column, codes []int32) {
	edges := []float32{0, 1}
	for j := range cols {
		cols[j] = column{codes: codes, code: int32(j), lo: edges, hi: edges}
	}
}

// binned makes a column of sorted keys.
func binned(keys []uint64, bins int) column {
	var c column
	ends := c.close(keys, bins)
	if len(ends) <= 256 {
		c.bins = make([]uint8, len(keys))
		number(c.bins, keys, ends)
	} else {
		c.wide = make([]uint16, len(keys))
		number(c.wide, keys, ends)
	}
	return c
}

// close decides which of the sorted keys go in one bin, sets each bin's values
// and returns where each ends. A bin is closed once it holds its share of the
// rows that are left, and before a value that alone has a share.
func (c *column) close(keys []uint64, bins int) (ends []int) {
	exact := distinct(keys, bins) <= bins
	share, held := 0, 0 // rows that the open bin should have, and has
	for i := 0; i < len(keys); {
		end := sameValue(keys, i)
		value := keyValue(keys[i])
		full := exact || held >= share || end-i >= share
		if len(ends) == 0 || full && len(ends) < bins {
			share, held = ceilDiv(len(keys)-i, bins-len(ends)), 0
			c.lo, c.hi, ends = append(c.lo, value), append(c.hi, value), append(ends, end)
		}
		b := len(ends) - 1
		c.hi[b], ends[b] = value, end
		held += end - i
		i = end
	}
	return ends
}

// number writes the number of each row's bin to its place in bins.
func number[B uint8 | uint16](bins []B, keys []uint64, ends []int) {
	i := 0
	for b, end := range ends {
		for ; i < end; i++ {
			bins[uint32(keys[i])] = B(b)
		}
	}
}

// distinct counts the values in sorted keys, up to one more than limit.
func distinct(keys []uint64, limit int) int {
	n := 0
	for i := 0; i < len(keys) && n <= limit; n++ {
		i = sameValue(keys, i)
	}
	return n
}

// sameValue returns the end of the run of keys with key i's value.
func sameValue(keys []uint64, i int) int {
	v := keys[i] >> 32
	for i++; i < len(keys) && keys[i]>>32 == v; i++ {
	}
	return i
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }

// load writes the bins of the given rows into dst.
func (c *column) load(dst []uint16, rows []int32) {
	dst = dst[:len(rows)]
	if c.codes != nil {
		codes, code := c.codes, c.code
		for i, r := range rows {
			var b uint16
			if codes[r] == code {
				b = 1
			}
			dst[i] = b
		}
		return
	}
	if c.wide != nil {
		gather(dst, c.wide, rows)
		return
	}
	gather(dst, c.bins, rows)
}

// gather writes the bins of the given rows into dst.
func gather[B uint8 | uint16](dst []uint16, bins []B, rows []int32) {
	for i, r := range rows {
		dst[i] = uint16(bins[r])
	}
}

// threshold returns the number between bins left and right.
func (c *column) threshold(left, right uint16) float32 { return between(c.hi[left], c.lo[right]) }

// between returns the greatest float32 that is at most the midpoint of lo and
// hi; a float32 is at most the one where it is at most the other.
func between(lo, hi float32) float32 {
	mid := float64(lo)/2 + float64(hi)/2
	t := float32(mid)
	if float64(t) > mid {
		t = math.Nextafter32(t, float32(math.Inf(-1)))
	}
	if t >= hi {
		t = lo
	}
	return t
}

// tooLarge is a value that float32 cannot hold.
type tooLarge float64

// at returns the error for a person, who sees columns counted from 1.
func (x *tooLarge) at(column int) error {
	return problem.New(problem.Invalid,
		"Column %d of the prepared data holds %g, and trees tell numbers apart only up to 3.4e38.", column+1, float64(*x)).
		WithHint("Divide that column by a large number, or leave it out.")
}
