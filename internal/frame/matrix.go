package frame

import "fmt"

// Matrix is an n×p design matrix of finite numbers, kept by blocks of columns:
// a number column is stored as it is, and a one-hot group of columns as one
// code for each row, so that nothing dense is built that need not be.
type Matrix struct {
	Rows   int
	Cols   int // p: the sum of the blocks' widths
	Blocks []Block
}

// Block is one or more adjacent columns of a Matrix. Either Dense is set, one
// column of Rows numbers, or Codes is, a one-hot group of Width columns in
// which column Codes[i] of row i is 1 and the others are 0. A code of -1 is a
// row of zeros.
type Block struct {
	Dense []float64
	Codes []int32
	Width int // number of columns; 1 where Dense is set
}

// NewMatrix returns the matrix of the given blocks, all of n rows. It panics
// if a length differs.
func NewMatrix(n int, blocks ...Block) *Matrix {
	m := &Matrix{Rows: n, Blocks: blocks}
	for i := range blocks {
		b := &m.Blocks[i]
		if b.Dense != nil {
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

// Row writes row i into dst, of length Cols.
func (m *Matrix) Row(dst []float64, i int) {
	j := 0
	for _, b := range m.Blocks {
		if b.Dense != nil {
			dst[j] = b.Dense[i]
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
// copied; the columns of one-hot blocks are built.
func (m *Matrix) Columns() [][]float64 {
	cols := make([][]float64, 0, m.Cols)
	for _, b := range m.Blocks {
		if b.Dense != nil {
			cols = append(cols, b.Dense)
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

// Take returns the given rows, in the order given.
func (m *Matrix) Take(rows []int) *Matrix {
	blocks := make([]Block, len(m.Blocks))
	for k, b := range m.Blocks {
		blocks[k].Width = b.Width
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
