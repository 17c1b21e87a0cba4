package job

import (
	"context"
	"io"
)

// Task is work for a child process. The functions are called from goroutines
// of the runner, and a panic in one fails the job and nothing else.
type Task struct {
	// Owner is who asked; limits and turns are by owner. It is never logged.
	Owner string
	// Even says that the progress told within a step grows as time goes by, so
	// that the time left can be told from it.
	Even bool
	// Payload writes what the child's handler reads. It is called once, when
	// the job starts, and must return when w fails.
	Payload func(w io.Writer) error
	// Result reads what the child's handler wrote, if it succeeded. It should
	// only decode: whether the job succeeds is known when Done is called.
	Result func(r io.Reader) error
	// Done, if not nil, is called once with the final state, before anyone
	// else sees that state and after Result.
	Done func(Snapshot)
}

// Job is a submitted task. It is safe for use by many goroutines at once.
type Job struct {
	ID string // 128 random bits in hex

	runner  *Runner
	task    Task
	snap    Snapshot      // guarded by runner.mu
	pace    pace          // of the step that goes on; guarded by runner.mu
	changed chan struct{} // guarded by runner.mu; closed by the next change
	over    chan struct{} // closed when the state is final
	ctx     context.Context
	cancel  context.CancelCauseFunc
}

// State returns the job as it is now.
func (j *Job) State() Snapshot {
	r := j.runner
	r.mu.Lock()
	defer r.mu.Unlock()
	s := j.snap
	switch s.State {
	case Queued:
		s.QueuePosition = r.queue.position(j)
	case Running:
		if j.task.Even {
			s.ETA = j.pace.left(r.opts.Now())
		}
	}
	return s
}

// Changed returns a channel that is closed when State has something new to
// tell. Take it before calling State, so that no change is missed.
func (j *Job) Changed() <-chan struct{} {
	j.runner.mu.Lock()
	defer j.runner.mu.Unlock()
	return j.changed
}

// Wait returns the final state, or the present one with ctx's error.
func (j *Job) Wait(ctx context.Context) (Snapshot, error) {
	select {
	case <-j.over:
		return j.State(), nil
	case <-ctx.Done():
		return j.State(), context.Cause(ctx)
	}
}

// Cancel kills the job's process, or takes the job out of the queue. It does
// not wait; the state turns Cancelled within moments. A job that is over stays
// as it is.
func (j *Job) Cancel() { j.runner.stop(j, errCancelled) }

// progress records what the child reports.
func (j *Job) progress(share float64, step string) {
	j.runner.mu.Lock()
	defer j.runner.mu.Unlock()
	now := j.runner.opts.Now()
	begun := step != j.snap.Step
	if begun {
		j.snap.begin(step, now)
		j.pace = pace{}
	}
	if share > j.snap.Progress && share <= 1 { // refuses NaN too
		j.snap.Progress = min(share, almostDone)
		if !begun {
			j.pace.tell(j.snap.Progress, now)
		}
	}
	j.notify()
}

// almostDone is the most progress of a job that has not succeeded yet.
const almostDone = 0.999

// notify wakes those who wait for a change. The caller holds runner.mu.
func (j *Job) notify() {
	close(j.changed)
	j.changed = make(chan struct{})
}
