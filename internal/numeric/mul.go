package numeric

// Products of matrices are found tile by tile (Goto and van de Geijn 2008): a
// tile is TileRows×TileCols numbers, small enough for the registers.
const (
	TileRows = 4
	TileCols = 8
	Tile     = TileRows * TileCols
)

// MulTile sets dst, row by row, to the product AB of a TileRows×k matrix and a
// k×TileCols one: a holds A column by column, b holds B row by row, and k is
// len(a)/TileRows. Each number is a sum from the first product to the last,
// each rounded, so that every processor gives the same bits. It panics if b is
// too short.
func MulTile(dst *[Tile]float64, a, b []float64) { mulTile(dst, a, b) }

// mulPlain is MulTile without vector instructions, two rows of four at a time.
func mulPlain(dst *[Tile]float64, a, b []float64) {
	k := len(a) / TileRows
	b = b[:k*TileCols]
	for i := 0; i < TileRows; i += 2 {
		for j := 0; j < TileCols; j += 4 {
			var c0, c1, c2, c3, d0, d1, d2, d3 float64
			for l := range k {
				x, y := a[l*TileRows+i], a[l*TileRows+i+1]
				row := b[l*TileCols+j:][:4]
				c0 += float64(x * row[0])
				c1 += float64(x * row[1])
				c2 += float64(x * row[2])
				c3 += float64(x * row[3])
				d0 += float64(y * row[0])
				d1 += float64(y * row[1])
				d2 += float64(y * row[2])
				d3 += float64(y * row[3])
			}
			copy(dst[i*TileCols+j:], []float64{c0, c1, c2, c3})
			copy(dst[(i+1)*TileCols+j:], []float64{d0, d1, d2, d3})
		}
	}
}
