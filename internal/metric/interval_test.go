package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// answersOf draws answers to rows of which counts says how many are of each
// class: a model that knows how the classes lie, and scales its log-odds.
func answersOf(rng *rand.Rand, counts []int, apart, scale float64) Answers {
	k := len(counts)
	a := Answers{Classes: k, Positive: 1}
	for c, n := range counts {
		for range n {
			odds, total := make([]float64, k), 0.0
			for j := range odds {
				odds[j] = rng.NormFloat64()
				if j == c {
					odds[j] += apart
				}
				odds[j] = float64(counts[j]) * math.Exp(scale*apart*odds[j])
				total += odds[j]
			}
			said := 0
			for j := range odds {
				odds[j] /= total
				if odds[j] > odds[said] {
					said = j
				}
			}
			a.Truth, a.Predicted, a.Proba = append(a.Truth, c), append(a.Predicted, said), append(a.Proba, odds...)
		}
	}
	return a
}

// TestClassCoverage draws test rows again and again, and counts how often the
// interval of a score holds what the score is over very many rows. A 95 %
// interval of 200 draws misses 10 of them on average; more than 22 would be a
// chance of one in 4000.
func TestClassCoverage(t *testing.T) {
	for _, tt := range []struct {
		name   string
		counts []int
		scale  float64
		of     func(a Answers, seed uint64) Intervals
	}{
		{"even", []int{100, 100}, 1, Answers.Intervals},
		{"uneven", []int{170, 30}, 1, Answers.Intervals},
		{"too sure", []int{140, 60}, 2, Answers.Intervals},
		{"three classes", []int{80, 60, 40}, 1, Answers.Intervals},
		{"many rows", []int{3000, 2500}, 1, unranked},
		{"very many rows", []int{15_000, 5500}, 1, Answers.Intervals},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, 8))
			large := make([]int, len(tt.counts))
			for i, n := range tt.counts {
				large[i] = max(n, 200_000*n/sumOf(tt.counts))
			}
			truth := answersOf(rng, large, 1.2, tt.scale).Report().Scores
			missed, drawn := map[string]int{}, 200
			for i := range drawn {
				in := tt.of(answersOf(rng, tt.counts, 1.2, tt.scale), uint64(i))
				for name, x := range in {
					v, ok := truth.Named(name)
					if !ok || !(x.Low < x.High) {
						t.Fatalf("%s: %+v", name, x)
					}
					if !x.Has(v.Score) {
						missed[name]++
					}
				}
				for _, name := range []string{"balanced_accuracy", "f1_score", "f1_macro", F1OfInterest, "log_loss"} {
					if _, ok := in[name]; !ok {
						t.Fatalf("no interval of %s", name)
					}
				}
			}
			for name, n := range missed {
				if n > 22 {
					t.Errorf("%s misses the truth %d times in %d", name, n, drawn)
				}
			}
		})
	}
}

// unranked are the intervals that do not hang on the order of the rows.
func unranked(a Answers, seed uint64) Intervals {
	t, out := newTable(a.Truth, a.Predicted, nil, a.Classes), Intervals{}
	a.cells(t, seed, out)
	a.losses(t, seed, out)
	return out
}

func sumOf(counts []int) (n int) {
	for _, x := range counts {
		n += x
	}
	return n
}

func drawnLine(rng *rand.Rand, n int) (truth, predicted []float64) {
	truth, predicted = make([]float64, n), make([]float64, n)
	for i := range n {
		predicted[i] = 1e6 + rng.NormFloat64()
		truth[i] = predicted[i] + rng.NormFloat64()
	}
	return truth, predicted
}

// TestRegressCoverage does the same for numbers: errors and the target's spread
// about its mean are normal, so that R² is 1/2, the RMSE 1 and the MAE √(2/π).
func TestRegressCoverage(t *testing.T) {
	want := map[string]float64{R2: 0.5, "rmse": 1, "mse": 1, "mae": math.Sqrt(2 / math.Pi)}
	for _, n := range []int{40, 200, bootstrapRows + 1} {
		rng := rand.New(rand.NewPCG(7, 8))
		missed := map[string]int{}
		for i := range 200 {
			truth, predicted := drawnLine(rng, n)
			in := RegressIntervals(truth, predicted, uint64(i))
			for name, x := range want {
				got, ok := in[name]
				if !ok || !(got.Low < got.High) {
					t.Fatalf("%d rows: %s = %+v, %v", n, name, got, ok)
				}
				if !got.Has(x) {
					missed[name]++
				}
			}
		}
		for name, m := range missed {
			if m > 22 {
				t.Errorf("%d rows: %s misses the truth %d times in 200", n, name, m)
			}
		}
	}
}

// TestIntervalMethodsAgree checks that drawing and the formula that stands in
// for it above some rows tell the same. The ends of 1000 draws scatter by a
// fourteenth of the width.
func TestIntervalMethodsAgree(t *testing.T) {
	agree := func(name string, a, b Interval) {
		t.Helper()
		if slack := 0.15 * (b.High - b.Low); math.Abs(a.Low-b.Low) > slack || math.Abs(a.High-b.High) > slack || slack == 0 {
			t.Errorf("%s: drawn %+v, by formula %+v", name, a, b)
		}
	}
	truth, predicted := drawnLine(rand.New(rand.NewPCG(9, 10)), bootstrapRows)
	drawn := RegressIntervals(truth, predicted, 1)
	formula := RegressIntervals(append(slices.Clone(truth), truth...), append(slices.Clone(predicted), predicted...), 1)
	for _, name := range []string{R2, "mse", "mae"} {
		f := formula[name] // of twice the rows, so narrower by √2
		middle, half := (f.Low+f.High)/2, (f.High-f.Low)/math.Sqrt2
		agree(name, drawn[name], Interval{middle - half, middle + half})
	}
	a := answersOf(rand.New(rand.NewPCG(11, 12)), []int{14_000, 6000}, 1.2, 1)
	r := newRanking(a.Truth, a.Proba, 1, 2)
	auc, ap := r.intervals(1)
	low, high := logitInterval(r.auc().Score, math.Sqrt(r.delong()))
	agree("roc_auc", *auc, Interval{low, high})
	p := r.averagePrecision().Score
	low, high = logitInterval(p, math.Sqrt(p*(1-p)/6000))
	if ratio := (ap.High - ap.Low) / (high - low); ratio < 0.5 || ratio > 1.05 {
		t.Errorf("average precision: drawn %+v, by formula %v to %v, which is to be no narrower", *ap, low, high)
	}
	one := Answers{Truth: a.Truth, Predicted: a.Predicted, Proba: a.Proba, Classes: 2, Positive: -1}
	in, _ := one.oneVsRest(a.Proba, newTable(a.Truth, a.Predicted, nil, 2))
	agree("roc_auc_ovr", *auc, in)
}

func TestIntervalsAreSeeded(t *testing.T) {
	a := answersOf(rand.New(rand.NewPCG(1, 2)), []int{60, 40}, 1, 1)
	if d := cmp.Diff(a.Intervals(1), a.Intervals(1)); d != "" {
		t.Errorf("the same seed gives others: %s", d)
	}
	if a.Intervals(1)["log_loss"] == a.Intervals(2)["log_loss"] || a.Intervals(1)["f1_macro"] == a.Intervals(2)["f1_macro"] {
		t.Error("another seed gives the same draws")
	}
}

// TestIntervalsWhereNothingVaries checks what there is to say of a model
// without a mistake, of one that says the same of all rows, and of few rows.
func TestIntervalsWhereNothingVaries(t *testing.T) {
	perfect := Answers{Classes: 2, Positive: 1}
	for i := range 40 {
		c := i % 2
		perfect.Truth, perfect.Predicted = append(perfect.Truth, c), append(perfect.Predicted, c)
		perfect.Proba = append(perfect.Proba, float64(1-c), float64(c))
	}
	in := perfect.Intervals(1)
	for _, name := range []string{Accuracy, "balanced_accuracy", "f1_score", "f1_macro", F1OfInterest, "roc_auc"} {
		if x := in[name]; x.High != 1 || !(x.Low > 0.6 && x.Low < 0.98) {
			t.Errorf("without a mistake in 40 rows %s is %+v", name, x)
		}
	}
	same := perfect
	same.Predicted, same.Proba = make([]int, 40), slices.Repeat([]float64{0.5}, 80)
	in = same.Intervals(1)
	for _, name := range []string{"balanced_accuracy", "roc_auc", "log_loss", F1OfInterest} {
		if x, ok := in[name]; ok {
			t.Errorf("no draw moves %s, but it has %+v", name, x)
		}
	}
	three := Answers{Classes: 3, Positive: -1, Truth: []int{0, 1, 2}}
	three.Truth = slices.Repeat(three.Truth, 12)
	three.Predicted = three.Truth
	for _, c := range three.Truth {
		row := []float64{0.3, 0.3, 0.3}
		row[c] = 0.4
		three.Proba = append(three.Proba, row...)
	}
	if x := three.Intervals(1)["roc_auc_ovr"]; x.High != 1 || !(x.Low > 0.6 && x.Low < 0.98) {
		t.Errorf("three classes in order have ROC AUC %+v", x)
	}
	few := Answers{Truth: perfect.Truth[:9], Predicted: perfect.Predicted[:9], Proba: perfect.Proba[:18], Classes: 2, Positive: 1}
	if in := few.Intervals(1); len(in) != 0 {
		t.Errorf("9 rows have intervals %v", in)
	}
	ranked := Answers{Truth: perfect.Truth, Predicted: perfect.Predicted, Decision: perfect.Proba, Classes: 2, Positive: 1}
	if in := ranked.Intervals(1); in["roc_auc"].High != 1 {
		t.Errorf("decision values have ROC AUC %v", in["roc_auc"])
	} else if _, ok := in["log_loss"]; ok {
		t.Error("decision values have a log loss")
	}
	huge, constant := make([]float64, 20), make([]float64, 20)
	for i := range huge {
		huge[i] = float64(i) * 1e200
	}
	for name, got := range map[string]Intervals{"few": RegressIntervals([]float64{1, 2}, []float64{1, 3}, 1), "overflow": RegressIntervals(huge, constant, 1), "no error": RegressIntervals(huge, huge, 1)} {
		if len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if _, ok := RegressIntervals(constant, drawnAbout(20), 1)[R2]; ok {
		t.Error("a constant truth has R²")
	}
}

// BenchmarkIntervals measures what may take 200 ms.
func BenchmarkIntervals(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, counts := range map[string][]int{"rows=20000": {15_000, 5000}, "rows=5000": {4000, 1000}, "rows=200000": {150_000, 50_000}, "rows=20000/classes=10": slices.Repeat([]int{2000}, 10)} {
		a := answersOf(rng, counts, 1.2, 1)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				a.Intervals(1)
			}
		})
	}
	truth, predicted := drawnLine(rng, bootstrapRows)
	b.Run("numbers=5000", func(b *testing.B) {
		for b.Loop() {
			RegressIntervals(truth, predicted, 1)
		}
	})
}

func drawnAbout(n int) []float64 {
	_, predicted := drawnLine(rand.New(rand.NewPCG(3, 4)), n)
	return predicted
}

// TestMSEDifference checks that the interval of a difference holds it as often
// as it says, and is narrower than the errors' own where these go together.
func TestMSEDifference(t *testing.T) {
	for _, n := range []int{100, bootstrapRows + 1} {
		rng := rand.New(rand.NewPCG(5, 6))
		missed := 0
		for i := range 200 {
			truth, near := drawnLine(rng, n)
			far := make([]float64, n)
			for j := range far {
				far[j] = near[j] + 0.3*rng.NormFloat64() // its MSE is higher by 0.09
			}
			in, ok := MSEDifference(truth, far, near, uint64(i))
			if own := RegressIntervals(truth, far, 1)["mse"]; !ok || !(in.Low < in.High) || in.High-in.Low > own.High-own.Low {
				t.Fatalf("%d rows: %+v of %+v", n, in, own)
			}
			if !in.Has(0.09) {
				missed++
			}
		}
		if missed > 22 {
			t.Errorf("%d rows: missed %d times in 200", n, missed)
		}
	}
	one := make([]float64, 20)
	if in, ok := MSEDifference(one, one, one, 1); ok {
		t.Errorf("nothing differs by %+v", in)
	}
}
