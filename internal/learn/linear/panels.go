package linear

import "clicktrain/internal/numeric"

// panels holds the number columns of a tile in the order in which
// numeric.MulTile reads them: a as they are weighted, TileRows columns a panel,
// and b as they are, TileCols a panel. Columns that fill up the last are 0.
type panels struct {
	a, b  [][]float64
	lo, n int // the tile's, of which b is; n is 0 at first
}

func (d *design) newPanels() *panels {
	return &panels{a: cut(len(d.number), numeric.TileRows), b: cut(len(d.number), numeric.TileCols)}
}

// cut returns panels of the given width for m columns of a tile.
func cut(m, width int) [][]float64 {
	p := make([][]float64, (m+width-1)/width)
	for k := range p {
		p[k] = make([]float64, width*tileRows)
	}
	return p
}

// right sets b to the tile, unless it is already.
func (p *panels) right(d *design, t *tile) {
	if p.lo == t.lo && p.n == t.n {
		return
	}
	p.lo, p.n = t.lo, t.n
	for j, z := range t.z {
		factor, shift := d.number[j].unit()
		b := p.b[j/numeric.TileCols][j%numeric.TileCols:]
		for i, v := range z {
			b[i*numeric.TileCols] = float64(v*factor) - shift
		}
	}
}

// left sets a to b's columns times the weights w, or as they are.
func (p *panels) left(t *tile, w []float64) {
	for k, a := range p.a {
		b := p.b[k*numeric.TileRows/numeric.TileCols][k*numeric.TileRows%numeric.TileCols:]
		for i := range t.n {
			from, to := b[i*numeric.TileCols:][:numeric.TileRows], a[i*numeric.TileRows:][:numeric.TileRows]
			if w == nil {
				copy(to, from)
				continue
			}
			to[0], to[1], to[2], to[3] = from[0]*w[i], from[1]*w[i], from[2]*w[i], from[3]*w[i]
		}
	}
}

// multiply adds the products of a's and b's columns to the upper triangle of
// dst, q numbers a row.
func (p *panels) multiply(dst []float64, q int, m int) {
	var sums [numeric.Tile]float64
	for y := range p.a {
		for x := y * numeric.TileRows / numeric.TileCols; x < len(p.b); x++ {
			numeric.MulTile(&sums, p.a[y][:numeric.TileRows*p.n], p.b[x][:numeric.TileCols*p.n])
			p.add(dst, q, m, y*numeric.TileRows, x*numeric.TileCols, &sums)
		}
	}
}

// add adds the sums of rows from i and columns from j on, of m each.
func (p *panels) add(dst []float64, q, m, i, j int, sums *[numeric.Tile]float64) {
	for a := i; a < min(i+numeric.TileRows, m); a++ {
		row := dst[a*q:][:m]
		for b := max(j, a); b < min(j+numeric.TileCols, m); b++ {
			row[b] += sums[(a-i)*numeric.TileCols+b-j]
		}
	}
}
