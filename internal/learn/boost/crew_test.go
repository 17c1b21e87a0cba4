package boost

import (
	"sync/atomic"
	"testing"
	"time"
)

// TestCrew counts how often each task of many phases runs, where waiters find
// what they look out for, where they do not and sleep, and once they look again.
func TestCrew(t *testing.T) {
	c := newCrew(3)
	defer c.close()
	for phase := range 300 {
		ran := make([]atomic.Int32, phase%7)
		c.do(len(ran), func(worker, task int) {
			if worker < 0 || worker >= c.size {
				t.Errorf("phase %d: task %d ran by worker %d of %d", phase, task, worker, c.size)
			}
			if phase%100 < 20 && task == phase%3 {
				time.Sleep(time.Millisecond)
			}
			ran[task].Add(1)
		})
		for task := range ran {
			if n := ran[task].Load(); n != 1 {
				t.Errorf("phase %d: task %d ran %d times, want once", phase, task, n)
			}
		}
	}
}

// TestAwait follows a waiter that looks out in vain, sleeps twice as long each
// time up to a limit, and after a look that was not in vain half as long.
func TestAwait(t *testing.T) {
	var w waiter
	late, early := make(chan int), make(chan int, 1)
	go func() {
		for i := range 400 {
			time.Sleep(time.Millisecond)
			late <- i
		}
		close(late)
	}()
	most, n := 0, 0
	for x, ok := await(&w, late); ok; x, ok = await(&w, late) {
		if x != n {
			t.Fatalf("received %d, want %d", x, n)
		}
		n++
		most = max(most, w.sleeps)
	}
	if n != 400 || most > mostSleeps {
		t.Errorf("received %d of 400, with up to %d sleeps in a row; want at most %d", n, most, mostSleeps)
	}
	w = waiter{sleeps: mostSleeps}
	early <- 1
	if _, ok := await(&w, early); !ok || w.sleeps != mostSleeps/2 || w.left != 0 {
		t.Errorf("after a look that was not in vain %+v, want half of %d sleeps", w, mostSleeps)
	}
}
