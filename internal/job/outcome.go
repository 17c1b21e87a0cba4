package job

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"clicktrain/internal/problem"
)

// Why a job's context ended.
var (
	errCancelled = errors.New("job: cancelled")
	errShutdown  = errors.New("job: server shut down")
	errTime      = errors.New("job: time limit reached")
	errMemory    = errors.New("job: memory limit reached")
)

// outcome is how a job ended.
type outcome struct {
	state   State
	reason  Reason
	problem *problem.Error
	err     error  // for the log
	stderr  string // the beginning and the end of what the child wrote there, for the log
}

// stopped is the outcome of a job whose context ended with cause.
func stopped(cause error, opts Options) outcome {
	switch cause {
	case errCancelled:
		return outcome{state: Cancelled, problem: problem.New(problem.Conflict, "The run was cancelled.")}
	case errShutdown:
		return outcome{state: Failed, reason: Shutdown, problem: stopping()}
	case errTime:
		return outcome{state: Failed, reason: TimeLimit,
			problem: problem.New(problem.Invalid, "The run took longer than the %s it may take.", duration(opts.TimeLimit)).
				WithHint("Use fewer rows or columns, or a simpler model.")}
	case errMemory:
		return outcome{state: Failed, reason: MemoryLimit,
			problem: problem.New(problem.Invalid, "The run ran out of its %s of memory.", size(opts.MemoryLimit)).
				WithHint("Use fewer rows or columns, or a smaller model.")}
	}
	return crashed(cause, "")
}

// crashed is the outcome of a job that ended by a fault of ours.
func crashed(err error, stderr string) outcome {
	return outcome{state: Failed, reason: Crash, err: err, stderr: stderr, problem: &problem.Error{
		Message: "The run stopped unexpectedly; nothing else was affected.",
		Hint:    "Try again, or choose a simpler model.",
		Err:     err,
	}}
}

// outOfMemory reports whether a child's stderr is that of a Go program to which
// the system gave no memory.
func outOfMemory(stderr string) bool {
	return strings.Contains(stderr, "fatal error: out of memory") ||
		strings.Contains(stderr, "runtime: out of memory") ||
		strings.Contains(stderr, "cannot allocate memory")
}

func stopping() *problem.Error {
	return problem.New(problem.Busy, "The server is shutting down.").WithHint("Try again in a minute.")
}

// panicked describes a recovered panic, with its stack.
func panicked(p any) error { return fmt.Errorf("panic: %v\n%s", p, debug.Stack()) }

// duration writes d for a person: 10 minutes, 90 seconds.
func duration(d time.Duration) string {
	n, unit := int64(d/time.Second), "second"
	if d >= time.Minute && d%time.Minute == 0 {
		n, unit = int64(d/time.Minute), "minute"
	}
	switch n {
	case 0:
		return d.String()
	case 1:
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// size writes a number of bytes for a person: 4 GB, 512 MB.
func size(n int64) string {
	if n >= 1<<30 && n%(1<<30) == 0 {
		return fmt.Sprintf("%d GB", n>>30)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
