package main

import (
	"context"
	"io"
	"log/slog"
	"runtime"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/config"
	"clicktrain/internal/ingest"
	"clicktrain/internal/job"
	"clicktrain/internal/workflow"
	"clicktrain/web"
)

// runsKept is how many training runs a session keeps.
const runsKept = 20

// parts are what the server is made of.
type parts struct {
	web  *web.Server
	jobs *job.Runner
}

// assemble builds the parts from the settings. Nothing is started yet.
func assemble(c config.Config, log *slog.Logger) (*parts, error) {
	jobs := job.Defaults()
	jobs.Running, jobs.TimeLimit, jobs.MemoryLimit = c.Jobs, c.JobTime, int64(c.JobMemory)
	jobs.Log = log
	runner := job.New(jobs)

	reading := ingest.DefaultLimits()
	reading.Bytes = int64(c.MaxUploadBytes)
	service := &workflow.Service{
		Catalog: catalog.All(),
		Jobs:    runner,
		Limits: workflow.Limits{
			Ingest: reading, SessionBytes: int64(c.SessionMemory), TotalBytes: int64(c.TotalMemory), Runs: runsKept,
		},
		Workers: runtime.NumCPU(),
		Memory:  int64(c.JobMemory),
		Time:    c.JobTime,
		Now:     time.Now,
	}
	server, err := web.New(web.Options{
		Version: version, Log: log, Now: time.Now, Workflow: service,
		MaxUpload: int64(c.MaxUploadBytes), SessionIdle: c.SessionIdle, SessionMaxAge: c.SessionMaxAge, MaxSessions: c.MaxSessions,
		CookieSecure: c.CookieSecure, SessionKey: c.SessionKey,
		Loopback: c.Loopback(), AllowedHosts: c.AllowedHosts, TrustedProxies: c.TrustedProxies,
	})
	if err != nil {
		return nil, err
	}
	return &parts{web: server, jobs: runner}, nil
}

// close ends the training runs: when the server is down, nobody can fetch what
// they make.
func (p *parts) close() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_ = p.jobs.Close(ctx) // says only that runs were cut off
}

// work is the worker command: one training run, for the server that started
// this process, whose pages come first.
func work(stdin io.Reader, stdout io.Writer) error {
	job.LowerPriority()
	return workflow.Work(stdin, stdout, catalog.All())
}
