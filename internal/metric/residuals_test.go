package metric

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"
)

func TestMedianIsTheSortedMiddle(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	kinds := map[string]func() float64{
		"normal":      rng.NormFloat64,
		"near":        func() float64 { return 1e9 + rng.Float64() },
		"two values":  func() float64 { return float64(rng.IntN(2)) },
		"zeros":       func() float64 { return math.Copysign(0, float64(rng.IntN(2))-0.5) },
		"both signs":  func() float64 { return math.Copysign(1, float64(rng.IntN(2))-0.5) },
		"magnitudes":  func() float64 { return math.Exp(300 * rng.NormFloat64()) },
		"not bounded": func() float64 { return math.Inf(rng.IntN(2) - 1) },
	}
	for name, draw := range kinds {
		for _, n := range []int{1, 2, 3, radixAbove - 1, radixAbove, radixAbove + 1, 9_999} {
			x := make([]float64, n)
			for i := range x {
				x[i] = draw()
			}
			before := slices.Clone(x)
			s := slices.Sorted(slices.Values(x))
			want := s[n/2]
			if n%2 == 0 {
				want = s[n/2-1]/2 + s[n/2]/2
			}
			if got := median(x); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s: median of %d = %v, want %v", name, n, got, want)
			}
			if !slices.EqualFunc(x, before, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
				t.Errorf("%s: median of %d reordered its argument", name, n)
			}
		}
	}
	for _, n := range []int{3, radixAbove} {
		x := make([]float64, n)
		x[n-1] = math.NaN()
		if got := median(x); !math.IsNaN(got) {
			t.Errorf("median of %d with NaN = %v", n, got)
		}
	}
}

// What the logarithms' difference is to 14 digits, where one of 1 + x would
// lose them.
func TestLogRatio(t *testing.T) {
	for _, tt := range []struct{ y, p, want float64 }{
		{0, 0, 0},
		{math.E - 1, 0, 1},
		{1, 1 + 0x1p-40, -0x1p-41 + 0x1p-83},
		{1e300, 0, 300 * math.Ln10},
		{0, 1e300, -300 * math.Ln10},
		{0x1p1000, 0x1p1000 - 0x1p980, 0x1p-20 + 0x1p-41 + 0x1p-60/3},
		{-1 + 0x1p-40, 0, -40 * math.Ln2},
		{-1 + 0x1p-40, -1 + 0x1p-41, math.Ln2},
		{-1 + 0x1p-40, -1 + 0x1.4p-40, math.Log(1 / 1.25)},
		{3e-200, 1e-200, 2e-200},
	} {
		if got := logRatio(tt.y, tt.p); math.Abs(got-tt.want) > 1e-14*math.Abs(tt.want) {
			t.Errorf("logRatio(%v, %v) = %v, want %v", tt.y, tt.p, got, tt.want)
		}
	}
}

func TestRegressDoesNotDependOnProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	rng := rand.New(rand.NewPCG(5, 6))
	truth, predicted := make([]float64, 5*chunk+17), make([]float64, 5*chunk+17)
	for i := range truth {
		truth[i] = 3 + rng.NormFloat64()
		predicted[i] = truth[i] + rng.NormFloat64()
	}
	want := Regress(truth, predicted, 4)
	for _, n := range []int{2, 7} {
		runtime.GOMAXPROCS(n)
		if got := Regress(truth, predicted, 4); !reflect.DeepEqual(got, want) {
			t.Errorf("with %d processors %v, want %v", n, got, want)
		}
	}
}

// A prediction far off in place and in scale is still a straight line of the
// truth, and rows of every chunk count.
func TestRegressOfManyChunks(t *testing.T) {
	n := 3*chunk + 1
	truth, predicted := make([]float64, n), make([]float64, n)
	for i := range truth {
		truth[i] = 1e8 + float64(i)
		predicted[i] = 1e-3 * float64(i%2)
	}
	r := Regress(truth, predicted, 1)
	near := func(name string, want float64) {
		t.Helper()
		v, _ := r.Scores.Named(name)
		if !v.Defined() || math.Abs(v.Score-want) > 1e-9*math.Abs(want) {
			t.Errorf("%s = %+v, want %v", name, v, want)
		}
	}
	near("max_error", truth[n-1])
	near("median_ae", 1e8+float64(n/2))
	// Of n = 2m+1 places about their middle, the m odd ones lie as the even
	// ones do: truth and parity do not correlate.
	if v, _ := r.Scores.Named("pearson_r"); math.Abs(v.Score) > 1e-9 {
		t.Errorf("pearson_r = %v, want 0", v.Score)
	}
	for i := range truth {
		predicted[i] = 1e-3 * float64(i)
	}
	r = Regress(truth, predicted, 1)
	near("pearson_r", 1)
	truth[n-1] = 0
	if v, _ := Regress(truth, predicted, 1).Scores.Named("mape"); v.Reason != "The true value is 0 in 1 row, and no error is a share of 0." {
		t.Errorf("mape = %+v", v)
	}
	truth[n-1] = -1
	if v, _ := Regress(truth, predicted, 1).Scores.Named("rmsle"); v.Defined() {
		t.Errorf("rmsle = %+v", v)
	}
}
