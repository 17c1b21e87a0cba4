package learntest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"clicktrain/internal/learn"
)

// Looked is a context that counts how often it is asked whether it has ended,
// and ends at the last of so many times.
type Looked struct {
	context.Context
	end   context.CancelFunc
	last  int64 // 0 is never
	looks atomic.Int64
}

// LookedAt returns a context that ends when it is looked at for the nth time;
// with n = 0 it does not.
func LookedAt(t *testing.T, n int) *Looked {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	return &Looked{Context: ctx, end: end, last: int64(n)}
}

// Err counts.
func (l *Looked) Err() error {
	if l.looks.Add(1) == l.last {
		l.end()
	}
	return l.Context.Err()
}

// Looks returns how often Err was asked.
func (l *Looked) Looks() int { return int(l.looks.Load()) }

// mostLooks is how often a fit may look again after its context has ended:
// each task that was handed out once or twice, of which one may be a column.
const mostLooks = 40

// cancel checks that a fit ends at the look at its context that tells the end,
// whichever it is, and that a large fit which is told in between ends too.
func (s *suite) cancel(t *testing.T) {
	d := s.dense(2_000, 20, 3)
	d.Workers = 2
	fit := func(ctx context.Context, d learn.Data) error {
		_, err := Configure(t, s.learner, s.task, nil).Fit(ctx, d)
		return err
	}
	whole := LookedAt(t, 0)
	if err := fit(whole, d); err != nil {
		t.Fatal(err)
	}
	n := whole.Looks()
	if n == 0 {
		t.Fatal("a fit never looks whether it should end")
	}
	for _, at := range []int{1, (n + 1) / 2} {
		ctx := LookedAt(t, at)
		if err := fit(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("told to stop at look %d of %d, Fit gives %v, want %v", at, n, err, context.Canceled)
		}
		if more := ctx.Looks() - at; more > mostLooks {
			t.Errorf("told to stop at look %d of %d, Fit looks %d times more", at, n, more)
		}
	}
	large := s.dense(100_000, 20, 3)
	large.Workers = 2
	for _, wait := range []time.Duration{3 * time.Millisecond, 40 * time.Millisecond} {
		ctx, end := context.WithTimeout(t.Context(), wait)
		if err := fit(ctx, large); err != nil && !errors.Is(err, context.DeadlineExceeded) { // it may have been done before
			t.Errorf("Fit gives %v, want %v", err, context.DeadlineExceeded)
		}
		end()
	}
}
