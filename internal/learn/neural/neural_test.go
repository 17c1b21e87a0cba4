package neural

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/problem"
)

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func TestConformance(t *testing.T) { learntest.Run(t, Learner) }

func TestWarnsWhenItDoesNotSettle(t *testing.T) {
	d := learntest.Blobs(1, 100, 3, 2)
	for params, want := range map[*map[string]any]string{
		{"max_iter": 3}:                    "Stopped after 3 rounds before settling",
		{"max_iter": 1, "solver": "lbfgs"}: "Stopped after 1 step before settling",
		{"tol": 10}:                        "",
		{"solver": "lbfgs", "alpha": 1.0, "max_iter": 5000}: "",
	} {
		got := strings.Join(learntest.Fit(t, Learner, d, *params).(learn.Warner).Warnings(), "|")
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%v: Warnings = %q, want %q", *params, got, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	d := learntest.Blobs(1, 60, 3, 2)
	huge := d
	huge.X = frame.Dense(60, append(d.X.Columns()[:2], append([]float64{1e200}, d.X.Blocks[2].Dense[1:]...))...)
	for name, tt := range map[string]struct {
		d      learn.Data
		params map[string]any
		field  string
	}{
		"huge":         {huge, nil, ""},
		"many layers":  {d, map[string]any{"hidden_layer_sizes": strings.Repeat("2,", 21)}, "hidden_layer_sizes"},
		"more layers":  {d, map[string]any{"hidden_layer_sizes": strings.Repeat("4000,", 100_000)}, "hidden_layer_sizes"},
		"many weights": {d, map[string]any{"hidden_layer_sizes": strings.Repeat("4000,", 20)}, "hidden_layer_sizes"},
		"long steps":   {d, map[string]any{"solver": "sgd", "learning_rate_init": 1e6, "alpha": 1e4, "n_iter_no_change": 100}, "learning_rate_init"},
		"huge steps":   {d, map[string]any{"learning_rate_init": 1e300}, "learning_rate_init"},
		"small share":  {d, map[string]any{"early_stopping": true, "validation_fraction": 0.01}, "validation_fraction"},
	} {
		_, err := learntest.Configure(t, Learner, learn.Classification, tt.params).Fit(t.Context(), tt.d)
		if p, ok := problem.As(err); !ok || p.Field != tt.field {
			t.Errorf("%s: Fit gives %v, want a problem of %q", name, err, tt.field)
		}
	}
}

// TestPaceOfDescent checks how the steps of each learning_rate go on.
func TestPaceOfDescent(t *testing.T) {
	for schedule, want := range map[string]struct {
		ended, slower float64
		slows         bool
	}{
		steady:     {0.5, 0.5, false},
		invscaling: {0.05, 0.05, false}, // 0.5 / √(99 + 1)
		adaptive:   {0.5, 0.1, true},
	} {
		s := sgdState{settings: &settings{schedule: schedule, rate: 0.5, powerT: 0.5}, pace: 0.5}
		s.roundEnds(99)
		ended := s.pace
		if slows := s.slower(); slows != want.slows || ended != want.ended || s.pace != want.slower {
			t.Errorf("%s: steps of %v, then %v, slower %t; want %+v", schedule, ended, s.pace, slows, want)
		}
	}
	s := sgdState{settings: &settings{schedule: adaptive}, pace: 1e-6}
	if s.slower() {
		t.Error("steps of 1e-6 become shorter")
	}
}

// TestRefusesBeforeItTakesMemory keeps a network that is too large from being
// made first: its 300 million weights would take 2.4 GB.
func TestRefusesBeforeItTakesMemory(t *testing.T) {
	d := learntest.Blobs(1, 60, 3, 2)
	est := learntest.Configure(t, Learner, learn.Classification, map[string]any{"hidden_layer_sizes": strings.Repeat("4000,", 20)})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := est.Fit(t.Context(), d); err == nil {
		t.Fatal("Fit takes it")
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
		t.Errorf("the refusal took %d bytes", took)
	}
}

// TestSolversAgreeWithAnyWorkers checks what the conformance suite does with
// defaults alone: one seed, one model, with chunks enough for all workers.
func TestSolversAgreeWithAnyWorkers(t *testing.T) {
	d := learntest.Mixed(2, 3000, 6, []int{9}, 3)
	for _, params := range []map[string]any{
		{"solver": "lbfgs", "max_iter": 4, "hidden_layer_sizes": "90,60"},
		{"solver": "sgd", "learning_rate": "adaptive", "batch_size": 1500, "max_iter": 3, "hidden_layer_sizes": "90,60"},
		{"batch_size": 1500, "max_iter": 3, "hidden_layer_sizes": "90,60", "early_stopping": true},
	} {
		var want string
		for _, workers := range []int{1, 3, 8} {
			d.Workers = workers
			data, err := learntest.Fit(t, Learner, d, params).MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = string(data)
			}
			if string(data) != want {
				t.Errorf("%v: %d workers give another model", params, workers)
			}
		}
	}
}

func BenchmarkFit(b *testing.B) {
	for _, hidden := range []string{"100", "100,100"} {
		for name, d := range map[string]learn.Data{
			"cols=20":       learntest.Mixed(1, 80_000, 20, nil, 2),
			"cols=92 mixed": learntest.Mixed(1, 80_000, 16, []int{3, 8, 25, 40}, 2),
		} {
			d.Workers = 2
			b.Run(fmt.Sprintf("rows=80000/%s/hidden=%s", name, hidden), func(b *testing.B) {
				for b.Loop() {
					learntest.Fit(b, Learner, d, map[string]any{"max_iter": 5, "hidden_layer_sizes": hidden})
				}
				b.ReportMetric(b.Elapsed().Seconds()/float64(5*b.N), "s/round")
			})
		}
	}
}

func BenchmarkPredict(b *testing.B) {
	d := learntest.Mixed(1, 20_000, 16, []int{3, 8, 25, 40}, 2)
	m := learntest.Fit(b, Learner, d, map[string]any{"max_iter": 1})
	for _, n := range []int{1, 20_000} {
		rows := make([]int, n)
		for i := range rows {
			rows[i] = i
		}
		X, dst := d.X.Take(rows), make([]float64, n)
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			for b.Loop() {
				m.Predict(X, dst)
			}
		})
	}
}
