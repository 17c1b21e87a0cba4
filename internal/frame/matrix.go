package frame

import (
	"fmt"
	"math"
)

// Matrix is an n×p design matrix, kept by blocks of columns: a number column is
// stored as it is, and a one-hot group of columns as one code for each row, so
// that nothing dense is built that need not be. Its numbers are finite, unless
// it is made for a learner that takes missing ones, which are NaN.
type Matrix struct {
	Rows   int
	Cols   int // p: the sum of the blocks' widths
	Blocks []Block
}

// Block is one or more adjacent columns of a Matrix: one column of Rows numbers
// where Dense is set; else, where Levels is 0, a one-hot group of Width columns
// in which column Codes[i] of row i is 1 and the others are 0, and a code of -1
// is a row of zeros; else one column of categories, made only for a learner
// that takes them: codes below Levels, -1 for one that is missing or unseen.
type Block struct {
	Dense  []float64
	Codes  []int32
	Width  int // number of columns; 1 unless the block is a one-hot group
	Levels int // number of categories, where the column holds their codes
}

// category returns a code as a number, NaN where there is none.
func category(code int32) float64 {
	if code < 0 {
		return math.NaN()
	}
	return float64(code)
}

// NewMatrix returns the matrix of the given blocks, all of n rows. It panics
// if a length differs.
func NewMatrix(n int, blocks ...Block) *Matrix {
	m := &Matrix{Rows: n, Blocks: blocks}
	for i := range blocks {
		b := &m.Blocks[i]
		if b.Dense != nil || b.Levels > 0 {
			b.Width = 1
		}
		if len(b.Dense)+len(b.Codes) != n {
			panic(fmt.Sprintf("frame: block %d has %d rows, not %d", i, len(b.Dense)+len(b.Codes), n))
		}
		m.Cols += b.Width
	}
	return m
}

// Dense returns the n×p matrix of dense columns, which it keeps.
func Dense(n int, columns ...[]float64) *Matrix {
	blocks := make([]Block, len(columns))
	for i, c := range columns {
		blocks[i] = Block{Dense: c, Width: 1}
	}
	return NewMatrix(n, blocks...)
}

// Row writes row i into dst, of length Cols. A category is its code.
func (m *Matrix) Row(dst []float64, i int) {
	j := 0
	for _, b := range m.Blocks {
		if b.Dense != nil {
			dst[j] = b.Dense[i]
			j++
			continue
		}
		if b.Levels > 0 {
			dst[j] = category(b.Codes[i])
			j++
			continue
		}
		clear(dst[j : j+b.Width])
		if c := b.Codes[i]; c >= 0 {
			dst[j+int(c)] = 1
		}
		j += b.Width
	}
}

// Columns returns the p columns as dense numbers. Dense blocks are shared, not
// copied; the columns of one-hot blocks and of categories are built.
func (m *Matrix) Columns() [][]float64 {
	cols := make([][]float64, 0, m.Cols)
	for _, b := range m.Blocks {
		if b.Dense != nil {
			cols = append(cols, b.Dense)
			continue
		}
		if b.Levels > 0 {
			col := make([]float64, m.Rows)
			for i, c := range b.Codes {
				col[i] = category(c)
			}
			cols = append(cols, col)
			continue
		}
		first := len(cols)
		for range b.Width {
			cols = append(cols, make([]float64, m.Rows))
		}
		for i, c := range b.Codes {
			if c >= 0 {
				cols[first+int(c)][i] = 1
			}
		}
	}
	return cols
}

// Gather writes the rows lo to hi one after the other: the numbers of the dense
// blocks into numbers, and the codes of the others into codes. Their lengths
// are the rows times the count of such blocks.
func (m *Matrix) Gather(numbers []float64, codes []int32, lo, hi int) {
	if hi == lo {
		return
	}
	q, g := len(numbers)/(hi-lo), len(codes)/(hi-lo)
	i, j := 0, 0
	for _, b := range m.Blocks {
		if b.Dense != nil {
			for r, v := range b.Dense[lo:hi] {
				numbers[r*q+i] = v
			}
			i++
			continue
		}
		for r, c := range b.Codes[lo:hi] {
			codes[r*g+j] = c
		}
		j++
	}
}

// Take returns the given rows, in the order given.
func (m *Matrix) Take(rows []int) *Matrix {
	blocks := make([]Block, len(m.Blocks))
	for k, b := range m.Blocks {
		blocks[k].Width, blocks[k].Levels = b.Width, b.Levels
		if b.Dense != nil {
			blocks[k].Dense = make([]float64, len(rows))
			for i, r := range rows {
				blocks[k].Dense[i] = b.Dense[r]
			}
			continue
		}
		blocks[k].Codes = make([]int32, len(rows))
		for i, r := range rows {
			blocks[k].Codes[i] = b.Codes[r]
		}
	}
	return NewMatrix(len(rows), blocks...)
}
