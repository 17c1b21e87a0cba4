package job

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestQueuePositions compares the positions told with the order in which the
// jobs then come out, for many queues.
func TestQueuePositions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	everyone := func(string) bool { return true }
	for range 300 {
		q := newQueue()
		var jobs []*Job
		for range rng.IntN(15) {
			j := &Job{task: Task{Owner: fmt.Sprint(rng.IntN(4))}}
			jobs = append(jobs, j)
			q.push(j)
			if rng.IntN(4) == 0 {
				q.pop(everyone)
			}
			if rng.IntN(6) == 0 {
				q.remove(jobs[rng.IntN(len(jobs))])
			}
		}
		told := map[*Job]int{}
		for _, j := range jobs {
			told[j] = q.position(j)
		}
		if len(q.all()) != q.len {
			t.Fatalf("all has %d jobs and len is %d", len(q.all()), q.len)
		}
		for place := 1; q.len > 0; place++ {
			j := q.pop(everyone)
			if told[j] != place {
				t.Fatalf("a job told position %d came out at %d", told[j], place)
			}
			delete(told, j)
		}
		for _, p := range told {
			if p != 0 {
				t.Fatalf("a job that does not wait was told position %d", p)
			}
		}
		if len(q.turns) != 0 || len(q.waiting) != 0 {
			t.Fatalf("an empty queue holds %v, %v", q.turns, q.waiting)
		}
	}
}

func TestQueueSkipsHeldOwners(t *testing.T) {
	q := newQueue()
	for _, owner := range []string{"a", "b"} {
		q.push(&Job{task: Task{Owner: owner}})
	}
	if j := q.pop(func(owner string) bool { return owner != "a" }); j == nil || j.task.Owner != "b" {
		t.Errorf("popped %v, want b's job", j)
	}
	if j := q.pop(func(string) bool { return false }); j != nil || q.len != 1 {
		t.Errorf("popped %v, left %d", j, q.len)
	}
}
