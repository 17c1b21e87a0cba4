//go:build !amd64

package numeric

func mulTile(dst *[Tile]float64, a, b []float64) { mulPlain(dst, a, b) }
