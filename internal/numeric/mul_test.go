package numeric

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMulTile checks both versions against the definition, to the last bit.
func TestMulTile(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for k := range 40 {
		a, b := make([]float64, k*TileRows), make([]float64, k*TileCols+3)
		for i := range a {
			a[i] = rng.NormFloat64() * math.Pow(10, float64(rng.IntN(20)-10))
		}
		for i := range b {
			b[i] = rng.NormFloat64()
		}
		var got, plain [Tile]float64
		got[0], plain[0] = 7, 7 // is overwritten
		MulTile(&got, a, b)
		mulPlain(&plain, a, b)
		for i := range TileRows {
			for j := range TileCols {
				want := 0.0
				for l := range k {
					want += float64(a[l*TileRows+i] * b[l*TileCols+j])
				}
				at := i*TileCols + j
				if got[at] != want || plain[at] != want {
					t.Fatalf("k=%d: number %d,%d is %v, and %v without vectors, want %v", k, i, j, got[at], plain[at], want)
				}
			}
		}
	}
}

func TestMulTileChecksLengths(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a B that is too short is read beyond its end")
		}
	}()
	var dst [Tile]float64
	MulTile(&dst, make([]float64, 3*TileRows), make([]float64, 3*TileCols-1))
}

func BenchmarkMulTile(b *testing.B) {
	const k = 64
	x, y := make([]float64, k*TileRows), make([]float64, k*TileCols)
	var dst [Tile]float64
	for name, mul := range map[string]func(*[Tile]float64, []float64, []float64){"vectors": MulTile, "plain": mulPlain} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				mul(&dst, x, y)
			}
			b.ReportMetric(2*k*Tile*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
		})
	}
}
