package neural

import "clicktrain/internal/numeric"

// matrix is a view of numbers: element (i, j) is data[i*down+j*across], and
// one of down and across is 1.
type matrix struct {
	data         []float64
	rows, cols   int
	down, across int
}

func rowMajor(data []float64, rows, cols int) matrix {
	return matrix{data, rows, cols, cols, 1}
}

// transposed returns the matrix seen sideways.
func (m matrix) transposed() matrix {
	return matrix{m.data, m.cols, m.rows, m.across, m.down}
}

// multiplier multiplies matrices; its buffers hold the factors' tiles.
type multiplier struct{ a, b []float64 }

// multiply sets the row-major dst to AB, or adds it. Each number is a sum over
// A's columns from the first to the last, whichever way it is found.
func (w *multiplier) multiply(dst []float64, a, b matrix, add bool) {
	n := b.cols
	if a.rows < numeric.TileRows && a.across == 1 && b.across == 1 {
		for i := range a.rows {
			multiplyRow(dst[i*n:][:n], a.data[i*a.down:][:a.cols], b, add)
		}
		return
	}
	w.a, w.b = packA(w.a, a), packB(w.b, b)
	var tile [numeric.Tile]float64
	quad, panel := numeric.TileRows*a.cols, numeric.TileCols*a.cols
	for j := 0; j < n; j += numeric.TileCols {
		width := min(numeric.TileCols, n-j)
		right := w.b[j/numeric.TileCols*panel:][:panel]
		for i := 0; i < a.rows; i += numeric.TileRows {
			numeric.MulTile(&tile, w.a[i/numeric.TileRows*quad:][:quad], right)
			for r := range min(numeric.TileRows, a.rows-i) {
				put(dst[(i+r)*n+j:][:width], tile[r*numeric.TileCols:], add)
			}
		}
	}
}

func put(dst, src []float64, add bool) {
	if !add {
		copy(dst, src)
		return
	}
	src = src[:len(dst)]
	for i, v := range src {
		dst[i] += v
	}
}

// multiplyRow is multiply for one row.
func multiplyRow(dst, a []float64, b matrix, add bool) {
	if !add {
		clear(dst)
	}
	for l, x := range a {
		for j, w := range b.data[l*b.down:][:len(dst)] {
			dst[j] += float64(x * w)
		}
	}
}

// packA lays out A's rows four at a time, column by column, as numeric.MulTile
// reads them. Rows that fill up the last four are 0.
func packA(dst []float64, a matrix) []float64 {
	const t = numeric.TileRows
	dst = grow(dst, (a.rows+t-1)/t*t*a.cols)
	for i := 0; i < a.rows; i += t {
		quad := dst[i*a.cols:][:t*a.cols]
		if a.rows-i < t {
			clear(quad)
		}
		pack(quad, a, i, min(t, a.rows-i), t)
	}
	return dst
}

// packB lays out B's columns eight at a time, row by row.
func packB(dst []float64, b matrix) []float64 {
	const t = numeric.TileCols
	dst = grow(dst, (b.cols+t-1)/t*t*b.rows)
	b = b.transposed()
	for j := 0; j < b.rows; j += t {
		panel := dst[j*b.cols:][:t*b.cols]
		if b.rows-j < t {
			clear(panel)
		}
		pack(panel, b, j, min(t, b.rows-j), t)
	}
	return dst
}

// pack writes count rows of m from row i on, column by column, t to a column.
func pack(dst []float64, m matrix, i, count, t int) {
	if m.down == 1 {
		for l := range m.cols {
			copy(dst[l*t:][:count], m.data[l*m.across+i:])
		}
		return
	}
	for r := range count {
		for l, x := range m.data[(i+r)*m.down:][:m.cols] {
			dst[l*t+r] = x
		}
	}
}

func grow(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	return x[:n]
}
