package tree

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// TestCut checks, for columns of all kinds, that bins are few, ascend with the
// values, keep equal values together and hold what their edges say; and that a
// column of few values has one bin for each.
func TestCut(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	makers := map[string]func(i int) float64{
		"normal":     func(int) float64 { return random.NormFloat64() },
		"few":        func(int) float64 { return float64(random.IntN(9)) - 4 },
		"mostly one": func(i int) float64 { return max(0, random.NormFloat64()-1.5) },
		"signed 0":   func(i int) float64 { return math.Copysign(float64(i%3/2), float64(i%2)-0.5) },
		"wide":       func(int) float64 { return math.Copysign(math.Exp(150*(random.Float64()-0.5)), random.Float64()-0.5) },
		"constant":   func(int) float64 { return 7 },
		"rows":       func(i int) float64 { return float64(i) },
	}
	for name, value := range makers {
		for _, n := range []int{1, 2, 300, 5000} {
			for _, bins := range []int{2, 16, 256, MaxBins} {
				x := make([]float64, n)
				for i := range x {
					x[i] = value(i)
				}
				c, err := Cut(t.Context(), frame.Dense(n, x), bins, 1)
				if err != nil {
					t.Fatal(err)
				}
				checkColumn(t, name, &c.cols[0], x, bins)
			}
		}
	}
}

func checkColumn(t *testing.T, name string, c *column, x []float64, limit int) {
	t.Helper()
	rows := make([]int32, len(x))
	distinct := map[float32]bool{}
	for i := range rows {
		rows[i] = int32(i)
		distinct[float32(x[i])+0] = true
	}
	bins := make([]uint16, len(x))
	c.load(bins, rows)
	held := make([]int, len(c.lo))
	for i, b := range bins {
		held[b]++
		if v := float32(x[i]); !(c.lo[b] <= v && v <= c.hi[b]) {
			t.Fatalf("%s: %v is in bin %d of %v to %v", name, v, b, c.lo[b], c.hi[b])
		}
	}
	for b := range c.lo {
		if held[b] == 0 || b > 0 && c.hi[b-1] >= c.lo[b] {
			t.Fatalf("%s: bin %d of %d rows from %v follows one to %v", name, b, held[b], c.lo[b], c.hi[max(0, b-1)])
		}
	}
	if want := min(limit, len(distinct)); len(c.lo) > limit || len(distinct) <= limit && len(c.lo) != want {
		t.Fatalf("%s: %d bins for %d values, at most %d", name, len(c.lo), len(distinct), limit)
	}
	if name == "rows" && len(x) > limit && slices.Max(held) > len(x)/limit+1 {
		t.Errorf("%s: the largest of %d bins holds %d of %d rows", name, len(c.lo), slices.Max(held), len(x))
	}
	if name == "mostly one" && len(distinct) > limit && len(c.lo) < limit {
		t.Errorf("%s: only %d of %d bins are used", name, len(c.lo), limit)
	}
}

// TestCutOneHot checks that a one-hot block is never built.
func TestCutOneHot(t *testing.T) {
	codes := []int32{2, -1, 0, 2}
	c, err := Cut(t.Context(), frame.NewMatrix(4, frame.Block{Dense: []float64{1, 2, 3, 4}}, frame.Block{Codes: codes, Width: 3}), 256, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]uint16{{0, 1, 2, 3}, {0, 0, 1, 0}, {0, 0, 0, 0}, {1, 0, 0, 1}}
	for j, w := range want {
		got := make([]uint16, 4)
		c.cols[j].load(got, []int32{0, 1, 2, 3})
		if !slices.Equal(got, w) {
			t.Errorf("column %d is in bins %v, want %v", j, got, w)
		}
		if j > 0 && (c.cols[j].bins != nil || &c.cols[j].codes[0] != &codes[0]) {
			t.Errorf("column %d copies the codes", j)
		}
	}
	if got := c.cols[3].threshold(0, 1); got != 0.5 {
		t.Errorf("threshold between 0 and 1 is %v", got)
	}
}

func TestCutRefusesBeyondFloat32(t *testing.T) {
	for _, v := range []float64{1e39, -1e300, 3.4028236e38} {
		_, err := Cut(t.Context(), frame.Dense(2, []float64{1, 2}, []float64{1, v}), 256, 2)
		p, ok := problem.As(err)
		if !ok || p.Kind != problem.Invalid {
			t.Errorf("a column with %g: error %v, want a problem", v, err)
		}
	}
	if _, err := Cut(t.Context(), frame.Dense(2, []float64{-math.MaxFloat32, math.MaxFloat32}), 256, 1); err != nil {
		t.Errorf("the greatest float32 is refused: %v", err)
	}
}

// TestThreshold checks that a threshold is at least the left and below the
// right value, and the midpoint where float32 has it.
func TestThreshold(t *testing.T) {
	next := func(x float32) float32 { return math.Nextafter32(x, math.MaxFloat32) }
	for _, tt := range []struct{ lo, hi, want float32 }{
		{1, 2, 1.5},
		{-3, 4, 0.5},
		{1, next(1), 1},
		{-1, next(-1), -1},
		{0, math.SmallestNonzeroFloat32, 0},
		{-math.SmallestNonzeroFloat32, 0, -math.SmallestNonzeroFloat32},
		{-math.MaxFloat32, math.MaxFloat32, 0},
		{1e38, math.MaxFloat32, 2.2014116e38},
		{16777216, 16777218, 16777216}, // 16777217 is no float32
	} {
		c := column{lo: []float32{tt.lo, tt.hi}, hi: []float32{tt.lo, tt.hi}}
		got := c.threshold(0, 1)
		if got != tt.want || !(tt.lo <= got && got < tt.hi) {
			t.Errorf("threshold between %v and %v is %v, want %v", tt.lo, tt.hi, got, tt.want)
		}
	}
}

func TestSort(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	var s sorter
	for _, n := range []int{1, 50, 5000} {
		x := make([]float64, n)
		for i := range x {
			x[i] = math.Round(random.NormFloat64()*100) / 7
		}
		keys, err := s.sort(x)
		if err != nil {
			t.Fatal(*err)
		}
		for i, k := range keys {
			if got, want := keyValue(k), float32(x[uint32(k)])+0; got != want {
				t.Fatalf("key %d has value %v, its row %v", i, got, want)
			}
			if i > 0 && (keyValue(keys[i-1]) > keyValue(k) || keyValue(keys[i-1]) == keyValue(k) && uint32(keys[i-1]) >= uint32(k)) {
				t.Fatalf("keys %d and %d are out of order", i-1, i)
			}
		}
	}
}

// TestKey checks that keys are in the order of the numbers, rounded.
func TestKey(t *testing.T) {
	x := []float64{
		math.Inf(-1), -math.MaxFloat32, -2, -1, -1e-40, -math.SmallestNonzeroFloat32, 0,
		math.SmallestNonzeroFloat32, 1e-40, 0.1, 1, 16777216, 16777218, math.MaxFloat32, math.Inf(1),
	}
	for i, v := range x {
		if i > 0 && !(Key(x[i-1]) < Key(v)) {
			t.Errorf("the key of %g is not below that of %g", x[i-1], v)
		}
		if got := keyFloat(Key(v)); got != float32(v) {
			t.Errorf("keyFloat(Key(%g)) = %g", v, got)
		}
	}
	if Key(math.Copysign(0, -1)) != Key(0) || Key(16777217) != Key(16777216) || Key(1e300) != Key(math.Inf(1)) {
		t.Error("numbers of one float32 have several keys")
	}
	if Key(math.Inf(-1)) == math.MinInt32 {
		t.Error("the key of a leaf is a number's")
	}
}
