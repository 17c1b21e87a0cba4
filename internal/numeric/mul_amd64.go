package numeric

import "golang.org/x/sys/cpu"

//go:noescape
func mulAVX2(dst *[Tile]float64, a, b *float64, k int)

func mulTile(dst *[Tile]float64, a, b []float64) {
	if !cpu.X86.HasAVX2 || len(a) == 0 {
		mulPlain(dst, a, b)
		return
	}
	k := len(a) / TileRows
	_ = b[k*TileCols-1]
	mulAVX2(dst, &a[0], &b[0], k)
}
