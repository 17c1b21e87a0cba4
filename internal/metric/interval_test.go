package metric

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestWilsonGolden(t *testing.T) {
	cases := readGolden(t).Wilson
	if len(cases) < 5 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, tt := range cases {
		got := Wilson(tt.K, tt.N)
		if !near(got.Low, tt.Low) || !near(got.High, tt.High) {
			t.Errorf("Wilson(%d, %d) = %+v, want %v to %v", tt.K, tt.N, got, tt.Low, tt.High)
		}
	}
	if got := Wilson(0, 0); got != (Interval{0, 1}) {
		t.Errorf("Wilson(0, 0) = %+v, want 0 to 1", got)
	}
}

func TestClassInterval(t *testing.T) {
	r := Classify([]int{0, 1, 1, 0}, []int{0, 1, 0, 0}, nil, 2)
	if got, ok := r.Interval(); !ok || got != Wilson(3, 4) {
		t.Errorf("Interval = %+v, %v, want that of 3 in 4", got, ok)
	}
	if _, ok := Classify(nil, nil, nil, 2).Interval(); ok {
		t.Error("no rows have an interval")
	}
}

func drawnLine(rng *rand.Rand, n int) (truth, predicted []float64) {
	truth, predicted = make([]float64, n), make([]float64, n)
	for i := range n {
		predicted[i] = 1e6 + rng.NormFloat64()
		truth[i] = predicted[i] + rng.NormFloat64()
	}
	return truth, predicted
}

// TestR2Coverage draws samples whose true R² is 1/2, and counts how often the
// interval holds it. A 95 % interval of 200 draws misses 10 of them on average;
// more than 25 would be a chance of one in 100,000.
func TestR2Coverage(t *testing.T) {
	for _, tt := range []struct {
		name  string
		n     int
		draws int
		of    func(truth, predicted []float64) (Interval, bool)
	}{
		{"bootstrap", 200, 200, func(a, b []float64) (Interval, bool) { return R2Interval(a, b, 1) }},
		{"delta", 2000, 200, func(a, b []float64) (Interval, bool) { return deltaR2(a, b, Regress(a, b, 0).Headline().Score) }},
	} {
		rng := rand.New(rand.NewPCG(7, 8))
		missed := 0
		for range tt.draws {
			got, ok := tt.of(drawnLine(rng, tt.n))
			if !ok || !(got.Low < got.High) || got.High-got.Low > 0.5 {
				t.Fatalf("%s = %+v, %v", tt.name, got, ok)
			}
			if !got.Has(0.5) {
				missed++
			}
		}
		if missed > 25 {
			t.Errorf("%s missed the truth %d times in %d", tt.name, missed, tt.draws)
		}
	}
}

func TestR2IntervalMethodsAgree(t *testing.T) {
	truth, predicted := drawnLine(rand.New(rand.NewPCG(9, 10)), bootstrapRows)
	a, _ := bootstrapR2(truth, predicted, 1)
	b, _ := deltaR2(truth, predicted, Regress(truth, predicted, 0).Headline().Score)
	// The ends of a bootstrap of 500 scatter by a tenth of the width.
	if slack := 0.2 * (b.High - b.Low); math.Abs(a.Low-b.Low) > slack || math.Abs(a.High-b.High) > slack {
		t.Errorf("bootstrap %+v, delta %+v", a, b)
	}
	more, _ := R2Interval(append(truth, truth...), append(predicted, predicted...), 1)
	if ratio := (b.High - b.Low) / (more.High - more.Low); math.Abs(ratio-math.Sqrt2) > 0.01 {
		t.Errorf("twice the rows narrow the interval %v times, want √2", ratio)
	}
}

func TestR2IntervalIsSeeded(t *testing.T) {
	truth, predicted := drawnLine(rand.New(rand.NewPCG(11, 12)), 100)
	a, _ := R2Interval(truth, predicted, 1)
	b, _ := R2Interval(truth, predicted, 1)
	c, _ := R2Interval(truth, predicted, 2)
	if a != b || a == c {
		t.Errorf("seeds 1, 1, 2 give %v, %v, %v", a, b, c)
	}
}

func TestR2IntervalUndefined(t *testing.T) {
	ones, few := make([]float64, 20), []float64{1, 2, 3}
	huge := make([]float64, 20)
	for i := range huge {
		huge[i] = float64(i) * 1e200
	}
	for name, y := range map[string][]float64{"constant": ones, "few": few, "none": nil, "overflow": huge} {
		if got, ok := R2Interval(y, y, 1); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
