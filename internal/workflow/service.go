package workflow

import (
	"crypto/rand"
	"sync"
	"sync/atomic"
	"time"

	"clicktrain/internal/ingest"
	"clicktrain/internal/job"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
)

// Limits on what one person and all together may hold.
type Limits struct {
	Ingest       ingest.Limits
	SessionBytes int64 // data and models of one workspace
	TotalBytes   int64 // data and models of all workspaces
	Runs         int   // runs kept in a workspace; the oldest finished go first
}

// Service is what all workspaces share.
type Service struct {
	Catalog train.Catalog
	Jobs    *job.Runner
	Limits  Limits
	Workers int              // goroutines a fit uses
	Memory  int64            // bytes that a run may take; 0 is not known
	Time    time.Duration    // that a run may take; 0 is not known
	Now     func() time.Time // the clock

	held atomic.Int64 // bytes held by all workspaces
	runs sync.Map     // of every run that is kept: *Run by ID
}

// Run returns the run with the given ID, whoever's it is: the ID is a secret
// that its owner was given.
func (s *Service) Run(id string) (*Run, error) {
	if r, ok := s.runs.Load(id); ok {
		return r.(*Run), nil
	}
	return nil, errNoRun()
}

// Held returns the bytes that all workspaces hold.
func (s *Service) Held() int64 { return s.held.Load() }

// reserve takes n bytes of the shared memory, or says that it is full.
func (s *Service) reserve(n int64) error {
	if s.held.Add(n) > s.Limits.TotalBytes && n > 0 {
		s.held.Add(-n)
		return problem.New(problem.Busy, "The server's memory is full.").
			WithHint("Try again in a few minutes.")
	}
	return nil
}

// New returns an empty workspace.
func (s *Service) New() *Workspace { return &Workspace{service: s, owner: rand.Text()} }
