package job

import (
	"time"

	"clicktrain/internal/problem"
)

// State is where a job stands.
type State string

// The states. A job goes from Queued to Running to one of the other three, or
// from Queued to one of them at once.
const (
	Queued    State = "queued"
	Running   State = "running"
	Succeeded State = "succeeded"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Over reports whether the state is final.
func (s State) Over() bool { return s == Succeeded || s == Failed || s == Cancelled }

// Reason is why a job failed.
type Reason string

// The reasons.
const (
	Refused     Reason = "problem"      // the work cannot be done; the problem says why
	TimeLimit   Reason = "time_limit"   // it took too long
	MemoryLimit Reason = "memory_limit" // it took too much memory
	Crash       Reason = "crash"        // it stopped by itself, which is our fault
	Shutdown    Reason = "shutdown"     // the server stopped
)

// Snapshot is a job at one moment.
type Snapshot struct {
	ID            string
	State         State
	Progress      float64 // 0 to 1, never falling; 1 only when Succeeded
	Step          string  // what is being done, as the child words it
	QueuePosition int     // 1 is next; 0 where the job does not wait
	Created       time.Time
	Started       time.Time     // zero before
	Finished      time.Time     // zero before
	ETA           time.Duration // estimated time left; 0 is unknown
	Reason        Reason        // of a failure
	Problem       *problem.Error
}

// The share and time a job must have run before its pace says anything.
const (
	etaShare = 0.02
	etaAfter = time.Second
)

// eta extends the pace so far; 0 is unknown.
func eta(progress float64, run time.Duration) time.Duration {
	if progress < etaShare || progress >= 1 || run < etaAfter {
		return 0
	}
	return time.Duration(float64(run) * (1 - progress) / progress)
}
