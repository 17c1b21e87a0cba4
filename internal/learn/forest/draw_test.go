package forest

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestUrn checks that rows are drawn as often as they weigh, and those of
// weight 0 never.
func TestUrn(t *testing.T) {
	const draws = 400_000
	for _, weights := range [][]float64{nil, {1, 1, 1, 1}, {0, 3, 1, 0, 0.5}, {1e-300, 2e-300}, {1e300, 1e300, 0}, {0, 7}} {
		n := max(4, len(weights))
		if weights != nil {
			n = len(weights)
		}
		u := newUrn(n, weights)
		counts := make([]uint32, n)
		u.draw(counts, draws, rand.NewPCG(1, 2))
		var sum float64
		for _, w := range weights {
			sum += w / weights[1]
		}
		for i, c := range counts {
			want := draws / float64(n)
			if weights != nil {
				want = draws * (weights[i] / weights[1]) / sum
			}
			if math.Abs(float64(c)-want) > 5*math.Sqrt(want) {
				t.Errorf("weights %v: row %d is drawn %d times, want about %.0f", weights, i, c, want)
			}
		}
	}
}

func TestBalance(t *testing.T) {
	out := make([]float64, 5)
	balance(out, []uint32{2, 1, 0, 1, 0}, []float64{0, 0, 1, 1, 2}, make([]float64, 3))
	// 4 rows drawn of 2 classes: class 0 has 3 of them, class 1 has 1.
	want := []float64{2 * 4.0 / 6, 4.0 / 6, 0, 2, 0}
	for i, w := range want {
		if math.Abs(out[i]-w) > 1e-15 {
			t.Errorf("row %d weighs %v, want %v", i, out[i], w)
		}
	}
}

func TestWhole(t *testing.T) {
	if w, ok := whole([]float64{0, 2, 5}); !ok || w[2] != 5 || w[0] != 0 {
		t.Errorf("whole numbers are %v, %t", w, ok)
	}
	for _, bad := range [][]float64{{0.5, 1}, {1 << 31, 1}} {
		if _, ok := whole(bad); ok {
			t.Errorf("%v is taken for whole", bad)
		}
	}
}
