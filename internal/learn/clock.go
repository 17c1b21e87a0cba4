package learn

import (
	"slices"
	"sync"
	"time"
)

// Clock says when a fit must come to an end, and is told what was kept of one
// that did so early. A nil Clock never ends. It is safe for use by many
// goroutines at once.
type Clock struct {
	now   func() time.Time
	until time.Time
	whose string // whose fit it is, in an ensemble
	kept  *kept  // of all that share the time
}

type kept struct {
	mu    sync.Mutex
	texts []string
}

// NewClock returns a clock that is over at until, by now.
func NewClock(now func() time.Time, until time.Time) *Clock {
	return &Clock{now: now, until: until, kept: new(kept)}
}

// Over reports whether a fit is to end with what there is.
func (c *Clock) Over() bool { return c != nil && !c.now().Before(c.until) }

// Left returns the time that is left; ok is false where it has no end.
func (c *Clock) Left() (left time.Duration, ok bool) {
	if c == nil {
		return 0, false
	}
	return max(0, c.until.Sub(c.now())), true
}

// Part returns a clock that is over when a share of the time left is, for the
// next of several fits.
func (c *Clock) Part(share float64) *Clock {
	if c == nil {
		return nil
	}
	left, _ := c.Left()
	part := *c
	part.until = c.now().Add(time.Duration(share * float64(left)))
	return &part
}

// Of returns a clock for the fit of a member, whose name stands before what was
// kept of it.
func (c *Clock) Of(member string) *Clock {
	if c == nil {
		return nil
	}
	of := *c
	of.whose += member + ": "
	return &of
}

// Keep tells what was kept of a fit that ended early: 57 of 100 trees.
func (c *Clock) Keep(what string) {
	c.kept.mu.Lock()
	defer c.kept.mu.Unlock()
	if text := c.whose + what; !slices.Contains(c.kept.texts, text) {
		c.kept.texts = append(c.kept.texts, text)
	}
}

// Kept returns what was kept of fits that ended early, in the order of their
// ends; nil where none did.
func (c *Clock) Kept() []string {
	if c == nil {
		return nil
	}
	c.kept.mu.Lock()
	defer c.kept.mu.Unlock()
	return slices.Clone(c.kept.texts)
}
