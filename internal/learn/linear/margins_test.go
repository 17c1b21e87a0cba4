package linear

import (
	"context"
	"errors"
	"testing"
)

// TestMarginsCancel ends the context before the first step: no room is made
// for the rows, and nothing is started.
func TestMarginsCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sides := tube(make([]float64, 100), 0.1)
	if _, err := newMargins(ctx, &objective{design: &design{cols: 2}}, sides, 10, 1e-4, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want %v", err, context.Canceled)
	}
	if sides[0].s != nil || sides[1].s != nil {
		t.Error("room was made for the rows")
	}
}
