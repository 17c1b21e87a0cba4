package catalog

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// ticking returns a clock that is over when it has been asked so many times.
func ticking(times int) *learn.Clock {
	start, asked := time.Unix(0, 0), 0
	return learn.NewClock(func() time.Time {
		asked++
		return start.Add(time.Duration(asked) * time.Second)
	}, start.Add(time.Duration(times)*time.Second))
}

// TestFitsEndWithTheClock checks that a fit whose time is over keeps what it has:
// the same model as if no more had been asked for.
func TestFitsEndWithTheClock(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const n = 200
	x, z := make([]float64, n), make([]float64, n)
	for i := range n {
		x[i] = random.NormFloat64()
		z[i] = 3*x[i] + random.NormFloat64()
	}
	d := learn.Data{X: frame.Dense(n, x), Y: z, Seed: 5, Workers: 1}
	fit := func(learner, parameter string, most int, c *learn.Clock) learn.Model {
		t.Helper()
		l, _ := All().Learner(learner)
		e := l.New(learn.Regression)
		var set param.Set
		e.Params(&set)
		if err := set.Decode(learner, map[string]any{parameter: most}); err != nil {
			t.Fatal(err)
		}
		with := d
		with.Clock = c
		m, err := e.Fit(t.Context(), with)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for learner, parameter := range map[string]string{"random_forest": "n_estimators", "extra_trees": "n_estimators",
		"hist_gradient_boosting": "max_iter", "multi_layer_perceptron": "max_iter"} {
		for _, ticks := range []int{1, 7} {
			c := ticking(ticks)
			cut, want := fit(learner, parameter, 30, c), fit(learner, parameter, ticks, nil)
			a, b := make([]float64, n), make([]float64, n)
			cut.Predict(d.X, a)
			want.Predict(d.X, b)
			for i := range a {
				if a[i] != b[i] {
					t.Fatalf("%s: cut off after %d of 30, it predicts %v; one of %d predicts %v", learner, ticks, a[i], ticks, b[i])
				}
			}
			if kept := c.Kept(); len(kept) != 1 || !strings.HasPrefix(kept[0], map[int]string{1: "1 of ", 7: "7 of "}[ticks]) {
				t.Errorf("%s: kept %q", learner, kept)
			}
		}
		c := ticking(1000)
		done, want := fit(learner, parameter, 12, c), fit(learner, parameter, 12, nil)
		a, _ := done.MarshalBinary()
		b, _ := want.MarshalBinary()
		if !bytes.Equal(a, b) || c.Kept() != nil {
			t.Errorf("%s: time that is not over changes the model, or is told: %q", learner, c.Kept())
		}
	}
	c := ticking(40)
	fit("voting", "random_forest__n_estimators", 500, c)
	if kept := c.Kept(); len(kept) == 0 || !strings.HasPrefix(kept[0], "Random forest: ") {
		t.Errorf("of a vote %q was kept", kept)
	}
}

// TestClockParts checks that members share the time that is left.
func TestClockParts(t *testing.T) {
	now := time.Unix(100, 0)
	c := learn.NewClock(func() time.Time { return now }, time.Unix(190, 0))
	for n := 3; n > 0; n-- {
		part := c.Part(1 / float64(n))
		if left, ok := part.Left(); !ok || left != 30*time.Second {
			t.Errorf("of %d members the next has %v", n, left)
		}
		now = now.Add(30 * time.Second)
		if !part.Over() {
			t.Error("a member's time is not over")
		}
	}
	if left, _ := c.Left(); !c.Over() || left != 0 {
		t.Errorf("%v is left in the end", left)
	}
	var none *learn.Clock
	if _, ok := none.Left(); ok || none.Over() || none.Part(0.5) != nil || none.Of("x") != nil || none.Kept() != nil {
		t.Error("a clock that is nil ends")
	}
}
