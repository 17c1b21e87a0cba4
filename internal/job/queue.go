package job

import "slices"

// queue holds waiting jobs: first come, first served for each owner, and
// owners by turns, so that no one starves the others.
type queue struct {
	turns   []string          // owners with waiting jobs, next first
	waiting map[string][]*Job // by owner, in order of submission; never empty
	len     int
}

func newQueue() queue { return queue{waiting: map[string][]*Job{}} }

// push adds a job behind its owner's others.
func (q *queue) push(j *Job) {
	owner := j.task.Owner
	if len(q.waiting[owner]) == 0 {
		q.turns = append(q.turns, owner)
	}
	q.waiting[owner] = append(q.waiting[owner], j)
	q.len++
}

// pop removes and returns the next job whose owner may run one, or nil. The
// owner goes to the end of the line.
func (q *queue) pop(mayRun func(owner string) bool) *Job {
	for i, owner := range q.turns {
		if !mayRun(owner) {
			continue
		}
		j := q.waiting[owner][0]
		q.turns = append(slices.Delete(q.turns, i, i+1), owner)
		q.remove(j)
		return j
	}
	return nil
}

// remove takes a job out and reports whether it was there.
func (q *queue) remove(j *Job) bool {
	owner := j.task.Owner
	i := slices.Index(q.waiting[owner], j)
	if i < 0 {
		return false
	}
	q.len--
	if len(q.waiting[owner]) > 1 {
		q.waiting[owner] = slices.Delete(q.waiting[owner], i, i+1)
		return true
	}
	delete(q.waiting, owner)
	turn := slices.Index(q.turns, owner)
	q.turns = slices.Delete(q.turns, turn, turn+1)
	return true
}

// all returns the waiting jobs, owner by owner.
func (q *queue) all() []*Job {
	var out []*Job
	for _, owner := range q.turns {
		out = append(out, q.waiting[owner]...)
	}
	return out
}

// position returns which job from now j will be if owners take turns and none
// is held back, from 1; 0 if it does not wait.
func (q *queue) position(j *Job) int {
	owner := j.task.Owner
	before := slices.Index(q.waiting[owner], j)
	if before < 0 {
		return 0
	}
	rounds := before // full rounds that end before j's
	ahead := true    // owners whose turn comes before this owner's get one more
	for _, other := range q.turns {
		switch {
		case other == owner:
			ahead = false
		case ahead:
			before += min(len(q.waiting[other]), rounds+1)
		default:
			before += min(len(q.waiting[other]), rounds)
		}
	}
	return before + 1
}
