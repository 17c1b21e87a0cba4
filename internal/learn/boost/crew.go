package boost

import "sync/atomic"

// crew is a few workers that share the tasks of one phase at a time. Worker
// first is the caller's own goroutine; the others wait between phases. What a
// task writes depends on the task alone, so results do not depend on size.
type crew struct {
	first, size int
	calls       []chan func()
	done        chan struct{}
	waits       waiter // of the caller, for done
}

// newCrew returns a crew of workers 0 to size-1. Its owner must call close.
func newCrew(size int) *crew {
	c := &crew{size: size, calls: make([]chan func(), size), done: make(chan struct{}, size)}
	for i := 1; i < size; i++ {
		calls := make(chan func(), 1)
		c.calls[i] = calls
		go func() {
			var w waiter
			for f, ok := await(&w, calls); ok; f, ok = await(&w, calls) {
				f()
				c.done <- struct{}{}
			}
		}()
	}
	return c
}

// solo returns a crew of the one worker.
func solo(worker int) *crew { return &crew{first: worker, size: 1} }

// close ends the workers.
func (c *crew) close() {
	for _, calls := range c.calls[1:] {
		close(calls)
	}
}

// do runs f for each task and returns when all are done.
func (c *crew) do(tasks int, f func(worker, task int)) {
	size := min(c.size, tasks)
	if size <= 1 {
		for t := range tasks {
			f(c.first, t)
		}
		return
	}
	var next atomic.Int64
	run := func(worker int) {
		for t := int(next.Add(1)) - 1; t < tasks; t = int(next.Add(1)) - 1 {
			f(worker, t)
		}
	}
	for i := 1; i < size; i++ {
		c.calls[i] <- func() { run(i) }
	}
	run(0)
	for i := 1; i < size; i++ {
		await(&c.waits, c.done)
	}
}

// chunk is how many rows a task works on.
const chunk = 1 << 13

// chunks runs f for the rows 0 to n, chunk by chunk.
func (c *crew) chunks(n int, f func(worker, task, lo, hi int)) {
	c.do((n+chunk-1)/chunk, func(worker, task int) {
		f(worker, task, task*chunk, min((task+1)*chunk, n))
	})
}
