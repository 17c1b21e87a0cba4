package numeric

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestExpTo compares it with math.Exp, which is right to a unit in the last
// place, and bit by bit with the plain way, at any length, over all magnitudes
// and with numbers that need math.Exp in any place.
func TestExpTo(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	special := []float64{0, math.Copysign(0, -1), 1, -1, 700, -700, 700.0001, -700.0001, 709.7, 710, -745, -750, 1e300, -1e300,
		5e-324, math.Inf(1), math.Inf(-1), math.NaN(), math.Ln2 / 2, -math.Ln2 / 2, 37, -37}
	for n := range 200 {
		x, got := make([]float64, n), make([]float64, n)
		for i := range x {
			switch random.IntN(12) {
			case 0:
				x[i] = special[random.IntN(len(special))]
			case 1:
				x[i] = random.NormFloat64() * math.Exp(20*random.NormFloat64())
			default:
				x[i] = 1400*random.Float64() - 700
			}
		}
		if n%2 == 1 {
			for i := range x {
				x[i] = 80*random.Float64() - 40
			}
		}
		ExpTo(got, x)
		for i, v := range x {
			if want := expPlain(v); math.Float64bits(got[i]) != math.Float64bits(want) {
				t.Fatalf("%d numbers: exp(%v) is %v, and %v the plain way", n, v, got[i], want)
			}
			want := math.Exp(v)
			if math.IsNaN(v) && math.IsNaN(got[i]) || got[i] == want {
				continue
			}
			if !(math.Abs(got[i]-want) <= 2*0x1p-52*want) {
				t.Fatalf("%d numbers: exp(%v) is %v, want %v", n, v, got[i], want)
			}
		}
		ExpTo(x, x)
		for i := range x {
			if math.Float64bits(x[i]) != math.Float64bits(got[i]) {
				t.Fatalf("%d numbers: in place, number %d is %v, want %v", n, i, x[i], got[i])
			}
		}
	}
	zero := []float64{0, 0, 0, 0, 0}
	ExpTo(zero, zero)
	for _, x := range zero {
		if x != 1 {
			t.Errorf("exp(0) is %v, want 1", x)
		}
	}
}

func BenchmarkExpTo(b *testing.B) {
	x, dst := make([]float64, 1024), make([]float64, 1024)
	for i := range x {
		x[i] = float64(i%40) - 20
	}
	b.Run("vector", func(b *testing.B) {
		for b.Loop() {
			ExpTo(dst, x)
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			for i, v := range x {
				dst[i] = expPlain(v)
			}
		}
	})
	b.Run("math", func(b *testing.B) {
		for b.Loop() {
			for i, v := range x {
				dst[i] = math.Exp(v)
			}
		}
	})
}
