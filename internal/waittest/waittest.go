// Package waittest waits in tests, and bounds work. A machine may be as busy as
// it likes: what is waited for has as long as the test binary itself has, its
// -timeout, less a moment in which to tell what did not come, and work is
// bounded by how it grows.
package waittest

import (
	"context"
	"testing"
	"time"
)

const (
	// margin is left before the test binary's end, to tell what was waited for.
	margin = 10 * time.Second
	// pause is between two looks.
	pause = 50 * time.Millisecond
)

// Context returns a context that ends with the test, or shortly before the
// test binary does.
func Context(t *testing.T) context.Context {
	t.Helper()
	end, limited := t.Deadline()
	if !limited {
		return t.Context()
	}
	ctx, cancel := context.WithDeadline(t.Context(), end.Add(-margin))
	t.Cleanup(cancel)
	return ctx
}

// Until looks again and again until done reports true. It is for what tells no
// one of its change, such as another process; what names the change in the
// message of a test that never saw it.
func Until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx := Context(t)
	for !done() {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
