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
	Step          string  // what is being done, as the child words it; Starting at first
	Begun         []Begun // when each step was begun, in order; Starting is the first
	QueuePosition int     // 1 is next; 0 where the job does not wait
	Created       time.Time
	Started       time.Time     // zero before
	Finished      time.Time     // zero before
	ETA           time.Duration // estimated time left of an even task; 0 is unknown
	Reason        Reason        // of a failure
	Problem       *problem.Error
}

// Starting is the step of a job whose child has told nothing yet.
const Starting = "Starting"

// Begun is when a step was begun.
type Begun struct {
	Step string
	At   time.Time
}

// mostBegun bounds the steps that are remembered.
const mostBegun = 100

// begin makes step the one that is being done.
func (s *Snapshot) begin(step string, now time.Time) {
	s.Step = step
	if len(s.Begun) < mostBegun {
		s.Begun = append(s.Begun, Begun{step, now})
	}
}

// StepBegan returns when a step was begun, the last time; ok is false where it
// was not.
func (s Snapshot) StepBegan(step string) (at time.Time, ok bool) {
	for _, b := range s.Begun {
		if b.Step == step {
			at, ok = b.At, true
		}
	}
	return at, ok
}

// duration returns how long the job ran.
func (s Snapshot) duration() time.Duration {
	if s.Started.IsZero() {
		return 0
	}
	return s.Finished.Sub(s.Started)
}
