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
