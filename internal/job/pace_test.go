package job

import (
	"testing"
	"time"
)

// clock is a time that tests set.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// TestTimeLeft checks that what is told of the time left is within a factor of
// two of what is left, whatever went before the step that lasts, and that
// nothing is told where too little is known.
func TestTimeLeft(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, fit := range []time.Duration{time.Second, 5 * time.Second, time.Minute, 10 * time.Minute} {
		for _, before := range []time.Duration{0, fit / 10, fit, 3 * fit} { // until the first tree is grown
			for _, trees := range []int{10, 100, 3000} {
				c := &clock{start}
				opts := Defaults()
				opts.Now = c.Now
				j := &Job{runner: &Runner{opts: opts, queue: newQueue()}, task: Task{Even: true}, changed: make(chan struct{})}
				j.snap = Snapshot{State: Running, Started: start}
				j.progress(0.01, "Preparing")
				c.now = c.now.Add(before)
				j.progress(0.05, "Fitting")
				told := 0
				for k := range trees {
					c.now = start.Add(before + time.Duration(k+1)*fit/time.Duration(trees))
					j.progress(0.05+0.9*float64(k+1)/float64(trees), "Fitting")
					for _, later := range []time.Duration{0, fit / time.Duration(2*trees)} { // between trees too
						at := *c
						c.now = c.now.Add(later)
						left, eta := start.Add(before+fit*95/90).Sub(c.now), j.State().ETA
						c.now = at.now
						if eta == 0 {
							continue
						}
						told++
						if eta > 2*left+time.Millisecond || 2*eta < left-fit/20 {
							t.Errorf("fit of %v in %d trees after %v: after tree %d there is %v left, told %v", fit, trees, before, k+1, left, eta)
						}
					}
				}
				if fit >= 5*time.Second && told < trees/2 {
					t.Errorf("fit of %v in %d trees: the time left is told %d times", fit, trees, told)
				}
				j.progress(0.95, "Handing over")
				c.now = c.now.Add(time.Hour)
				if eta := j.State().ETA; eta != 0 {
					t.Errorf("%v left is told of a step that tells nothing", eta)
				}
			}
		}
	}
}

// TestTimeLeftOfUnevenTasks checks that nothing is told of a task whose progress
// does not grow as time goes by.
func TestTimeLeftOfUnevenTasks(t *testing.T) {
	c := &clock{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	opts := Defaults()
	opts.Now = c.Now
	j := &Job{runner: &Runner{opts: opts, queue: newQueue()}, changed: make(chan struct{})}
	j.snap = Snapshot{State: Running, Started: c.now}
	for k := range 50 {
		j.progress(float64(k)/100, "Fitting")
		c.now = c.now.Add(time.Second)
		if eta := j.State().ETA; eta != 0 {
			t.Fatalf("after %d s %v left is told", k, eta)
		}
	}
}

// TestStepsBegun checks that a job remembers when each step was begun.
func TestStepsBegun(t *testing.T) {
	c := &clock{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	start := c.now
	opts := Defaults()
	opts.Now = c.Now
	j := &Job{runner: &Runner{opts: opts, queue: newQueue()}, changed: make(chan struct{})}
	j.snap = Snapshot{State: Running, Started: start}
	j.snap.begin(Starting, start)
	for k, step := range []string{"one", "one", "two", "one"} {
		c.now = start.Add(time.Duration(k+1) * time.Second)
		j.progress(0, step)
	}
	s := j.State()
	for step, want := range map[string]time.Duration{Starting: 0, "one": 4 * time.Second, "two": 3 * time.Second} {
		if at, ok := s.StepBegan(step); !ok || at.Sub(start) != want {
			t.Errorf("%s was begun after %v, %v; want %v", step, at.Sub(start), ok, want)
		}
	}
	if _, ok := s.StepBegan("three"); ok || s.Step != "one" {
		t.Errorf("the step is %q", s.Step)
	}
	for range 3 * mostBegun {
		j.progress(0, "even")
		j.progress(0, "odd")
	}
	if n := len(j.State().Begun); n != mostBegun {
		t.Errorf("%d steps are remembered, want %d", n, mostBegun)
	}
}
