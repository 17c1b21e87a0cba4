package train

import (
	"context"
	"strings"
	"time"

	"clicktrain/internal/learn"
)

// timeShare is the part of a run's time after which its fit ends with what
// there is, and its folds are not gone on with; the rest is for scoring and for
// handing the model over.
const timeShare = 0.7

// clock returns the clock of a run that has begun at start, or nil where its
// time is not known.
func (s *Spec) clock(now func() time.Time, start time.Time) *learn.Clock {
	if s.Seconds <= 0 {
		return nil
	}
	return learn.NewClock(now, start.Add(time.Duration(timeShare*s.Seconds*float64(time.Second))))
}

// limited returns a context that ends with the clock.
func limited(ctx context.Context, c *learn.Clock) (context.Context, context.CancelFunc) {
	left, ok := c.Left()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, left)
}

// cutShort says what was kept of fits that ended before they were done.
func cutShort(c *learn.Clock) []string {
	kept := c.Kept()
	if len(kept) == 0 {
		return nil
	}
	return []string{"The time that a run may take was over, so the model is what there was by then: " + strings.Join(kept, "; ") +
		". Choose fewer rows or columns, or a simpler model, for one that is done."}
}
