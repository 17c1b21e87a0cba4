package job

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"os/exec"
	"sync"
	"time"

	"clicktrain/internal/problem"
)

// Options set a runner's limits. Start from Defaults.
type Options struct {
	// Command makes the child process, with exec.CommandContext(ctx, …). Its
	// pipes are set by the runner. Without an Env of its own the child gets
	// none of the server's, so that it knows no secrets.
	Command func(ctx context.Context) *exec.Cmd

	Running      int           // jobs that run at once
	Queued       int           // jobs that wait
	OwnerRunning int           // jobs of one owner that run at once
	OwnerQueued  int           // jobs of one owner that wait
	TimeLimit    time.Duration // from a job's start to its end
	MemoryLimit  int64         // bytes of a child's resident memory

	Log *slog.Logger
	Now func() time.Time
}

// Defaults returns the limits of a small machine. The child is this program
// with the argument "worker".
func Defaults() Options {
	return Options{
		Command:      Self("worker"),
		Running:      2,
		Queued:       20,
		OwnerRunning: 1,
		OwnerQueued:  3,
		TimeLimit:    10 * time.Minute,
		MemoryLimit:  4 << 30,
		Log:          slog.New(slog.DiscardHandler),
		Now:          time.Now,
	}
}

// Runner runs jobs. It is safe for use by many goroutines at once.
type Runner struct {
	opts Options
	wg   sync.WaitGroup // one for each job that runs or ends

	mu      sync.Mutex
	queue   queue
	running map[*Job]struct{}
	byOwner map[string]int // running jobs of each owner; never 0
	closed  bool
}

// New returns a runner. It panics if a limit that allows nothing is given.
func New(opts Options) *Runner {
	if opts.Running < 1 || opts.OwnerRunning < 1 || opts.TimeLimit <= 0 || opts.MemoryLimit <= 0 {
		panic("job: a limit allows no job to run")
	}
	return &Runner{opts: opts, queue: newQueue(), running: map[*Job]struct{}{}, byOwner: map[string]int{}}
}

// Submit starts the task, or queues it. The error is a *problem.Error of kind
// Quota where the owner has too many jobs, and Busy where the server has, or
// is stopping.
func (r *Runner) Submit(t Task) (*Job, error) {
	ctx, cancel := context.WithCancelCause(context.Background())
	j := &Job{
		ID: newID(), runner: r, task: t,
		changed: make(chan struct{}), over: make(chan struct{}),
		ctx: ctx, cancel: cancel,
	}
	j.snap = Snapshot{ID: j.ID, State: Queued, Created: r.opts.Now()}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.admit(t.Owner); err != nil {
		cancel(nil)
		return nil, err
	}
	r.queue.push(j)
	r.dispatch()
	return j, nil
}

// admit says whether one more job of the owner may come in. The caller holds
// r.mu.
func (r *Runner) admit(owner string) error {
	if r.closed {
		return stopping()
	}
	if len(r.running) < r.opts.Running && r.mayRun(owner) {
		return nil
	}
	if n := len(r.queue.waiting[owner]); n >= r.opts.OwnerQueued {
		return problem.New(problem.Quota, "You already have %d runs that are running or waiting.", n+r.byOwner[owner]).
			WithHint("Wait for one of them to finish, or cancel one.")
	}
	if r.queue.len >= r.opts.Queued {
		return problem.New(problem.Busy, "The server is busy: %d runs are waiting already.", r.queue.len).
			WithHint("Try again in a minute.")
	}
	return nil
}

func (r *Runner) mayRun(owner string) bool { return r.byOwner[owner] < r.opts.OwnerRunning }

// dispatch starts waiting jobs while there is room. The caller holds r.mu.
func (r *Runner) dispatch() {
	for !r.closed && len(r.running) < r.opts.Running {
		j := r.queue.pop(r.mayRun)
		if j == nil {
			return
		}
		r.running[j] = struct{}{}
		r.byOwner[j.task.Owner]++
		j.snap.State, j.snap.Started = Running, r.opts.Now()
		j.snap.begin(Starting, j.snap.Started)
		j.notify()
		for _, w := range r.queue.all() {
			w.notify() // its position changed
		}
		r.wg.Go(func() { r.finish(j, r.execute(j)) })
	}
}

// finish makes the outcome known and starts the next job.
func (r *Runner) finish(j *Job, o outcome) {
	final := r.finalSnapshot(j, o)
	r.logEnd(final, o)
	if j.task.Done != nil {
		if err := guard(func() error { j.task.Done(final); return nil }); err != nil {
			r.opts.Log.Error("job callback failed", "job_id", j.ID, "err", err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ran := r.running[j]; ran {
		delete(r.running, j)
		if r.byOwner[j.task.Owner]--; r.byOwner[j.task.Owner] == 0 {
			delete(r.byOwner, j.task.Owner)
		}
	}
	j.snap = final
	j.cancel(nil)
	j.notify()
	close(j.over)
	r.dispatch()
}

func (r *Runner) finalSnapshot(j *Job, o outcome) Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := j.snap
	s.State, s.Reason, s.Problem, s.Finished = o.state, o.reason, o.problem, r.opts.Now()
	if s.State == Succeeded {
		s.Progress = 1
	}
	return s
}

func (r *Runner) logEnd(s Snapshot, o outcome) {
	attrs := []any{"job_id", s.ID, "state", string(s.State), "dur_ms", s.duration().Milliseconds()}
	if s.State != Failed {
		r.opts.Log.Info("job finished", attrs...)
		return
	}
	attrs = append(attrs, "reason", string(s.Reason))
	if s.Reason == Crash {
		r.opts.Log.Error("job finished", append(attrs, "err", o.err, "stderr", o.stderr)...)
		return
	}
	r.opts.Log.Warn("job finished", attrs...)
}

// stop ends a job for the given cause, wherever it stands.
func (r *Runner) stop(j *Job, cause error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	j.cancel(cause)
	if r.queue.remove(j) {
		for _, w := range r.queue.all() {
			w.notify()
		}
		r.wg.Go(func() { r.finish(j, stopped(cause, r.opts)) })
	}
}

// Close takes no more jobs, ends those that wait, and lets those that run go
// on until ctx ends; then it kills them and returns ctx's error. Every process
// is gone and every Done has returned when Close returns.
func (r *Runner) Close(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	waiting := r.queue.all()
	r.mu.Unlock()
	for _, j := range waiting {
		r.stop(j, errShutdown)
	}
	idle := make(chan struct{})
	go func() { r.wg.Wait(); close(idle) }()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
	}
	r.mu.Lock()
	for j := range r.running {
		j.cancel(errShutdown)
	}
	r.mu.Unlock()
	<-idle
	return context.Cause(ctx)
}

// newID returns 128 random bits in hex.
func newID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// guard turns a panic of f into an error that tells its stack.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	return f()
}

var errNoTask = errors.New("job: no payload or result function")
