package waittest

import "testing"

func TestUntil(t *testing.T) {
	looks := 0
	Until(t, "it was looked at three times", func() bool { looks++; return looks == 3 })
	if looks != 3 {
		t.Errorf("looked %d times, want 3", looks)
	}
}

func TestContextEndsBeforeTheBinary(t *testing.T) {
	ctx := Context(t)
	end, limited := t.Deadline()
	if got, has := ctx.Deadline(); has != limited || limited && !got.Equal(end.Add(-margin)) {
		t.Errorf("the context ends at %v (%t), the test binary at %v (%t)", got, has, end, limited)
	}
	if ctx.Err() != nil {
		t.Error("it ended at once")
	}
}

// TestLinearTellsSquares holds that a square is told from what is in proportion.
func TestLinearTellsSquares(t *testing.T) {
	sum := 0
	spend := func(steps int) {
		for i := range steps {
			sum += i ^ sum
		}
	}
	Linear(t, 1_000_000, spend)
	small := used(t, func() { spend(1000 * 1000) })
	large := used(t, func() { spend(growthFactor * 1000 * growthFactor * 1000) })
	if growth := float64(large) / float64(small); growth < mostGrowth {
		t.Errorf("a square grew %.0f times, want more than %d", growth, mostGrowth)
	}
	_ = sum
}
