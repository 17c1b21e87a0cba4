package workflow

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"sync"

	"clicktrain/internal/job"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
)

// Run is one training of a workspace.
type Run struct {
	ID     string // unguessable: whoever has it may see the run
	Number int    // counts the workspace's runs from 1; for its owner's pages
	Plan   *Plan

	job       *job.Job
	workspace *Workspace

	name string // what the person calls it, under the workspace's lock

	// Set when the run has succeeded, under the workspace's lock.
	kept bool
	made outcome

	measuring sync.Mutex
	files     map[string]*File // by format, guarded by measuring
}

// State returns where the run stands.
func (r *Run) State() job.Snapshot { return r.job.State() }

// Changed returns a channel that is closed when State has news.
func (r *Run) Changed() <-chan struct{} { return r.job.Changed() }

// Wait waits for the run to end, or for ctx. The run does not end with ctx.
func (r *Run) Wait(ctx context.Context) (job.Snapshot, error) { return r.job.Wait(ctx) }

// Cancel stops the run. One that is over stays as it is.
func (r *Run) Cancel() { r.job.Cancel() }

// Trained returns the run with what it made, or nil where it has not succeeded.
func (r *Run) Trained() *Trained { return r.workspace.trained(r) }

// Data returns the data that the run learns from.
func (r *Run) Data() *Data { return r.Plan.Data }

// Trained is a run that succeeded, with what it made.
type Trained struct {
	*Run
	Pipeline *train.Pipeline
	Result   *train.Result
}

// Train plans a request on what the workspace holds now, and submits the plan.
func (w *Workspace) Train(req TrainRequest) (*Run, error) {
	m, err := w.Now()
	if err != nil {
		return nil, err
	}
	plan, err := m.Plan(req)
	if err != nil {
		return nil, err
	}
	return w.Submit(plan)
}

// Submit starts a run of a plan in a worker process. A plan equal to one that
// waits or runs gets that run. The error is a Conflict where the workspace holds
// other data than the plan was made from.
func (w *Workspace) Submit(plan *Plan) (*Run, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.holds(plan.Data); err != nil {
		return nil, err
	}
	if twin := w.twin(plan); twin != nil {
		return twin, nil
	}
	needed := plan.Data.Frame().Select(plan.Spec.Columns())
	run := &Run{Plan: plan, workspace: w, Number: w.made + 1}
	var made outcome
	var err error
	run.job, err = w.service.Jobs.Submit(job.Task{
		Owner:   w.owner,
		Even:    plan.Even,
		Payload: func(out io.Writer) error { return writeRun(out, plan.Spec, needed) },
		Result: func(in io.Reader) (err error) {
			made, err = readOutcome(in, w.service.Catalog)
			return err
		},
		Done: func(at job.Snapshot) { w.finish(run, made, at) },
	})
	if err != nil {
		return nil, err
	}
	run.ID = run.job.ID
	w.made++
	w.runs = append(w.runs, run)
	w.service.runs.Store(run.ID, run)
	w.prune()
	return run, nil
}

// twin returns a run that is not over and does the same.
func (w *Workspace) twin(p *Plan) *Run {
	want, err := json.Marshal(p.Spec)
	if err != nil {
		return nil
	}
	for _, r := range w.runs {
		if got, err := json.Marshal(r.Plan.Spec); err == nil && string(got) == string(want) && r.Plan.Data == p.Data && !r.State().State.Over() {
			return r
		}
	}
	return nil
}

// finish keeps what a run made, if it succeeded and the data is still the same.
func (w *Workspace) finish(r *Run, made outcome, at job.Snapshot) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if at.State != job.Succeeded || w.closed || w.data != r.Plan.Data || !slices.Contains(w.runs, r) {
		return
	}
	made.result.Timings = timed(made.result.Timings, at)
	r.kept, r.made = true, made
	w.bytes += made.size
	w.service.held.Add(made.size)
	w.evict(r)
}

// timed adds to the times that a run has measured of itself those of the process
// around it.
func timed(t train.Timings, at job.Snapshot) train.Timings {
	t.Total = at.Finished.Sub(at.Started).Seconds()
	if first, ok := at.StepBegan(train.FirstStep); ok {
		t.Start = first.Sub(at.Started).Seconds()
	}
	if last, ok := at.StepBegan(train.LastStep); ok {
		t.HandOver = at.Finished.Sub(last).Seconds()
	}
	return t
}

// evict forgets the oldest finished runs while the workspace holds too many or
// too much, but never the given one.
func (w *Workspace) evict(keep *Run) {
	for i := 0; i < len(w.runs); {
		r := w.runs[i]
		if len(w.runs) <= w.service.Limits.Runs && w.bytes <= w.service.Limits.SessionBytes {
			return
		}
		if r == keep || !r.State().State.Over() {
			i++
			continue
		}
		w.drop(i)
	}
}

// prune forgets the oldest runs that ended without a model while the workspace
// holds too many runs.
func (w *Workspace) prune() {
	for i := 0; i < len(w.runs) && len(w.runs) > w.service.Limits.Runs; {
		if r := w.runs[i]; !r.kept && r.State().State.Over() {
			w.drop(i)
			continue
		}
		i++
	}
}

// drop forgets run i and frees what it made.
func (w *Workspace) drop(i int) {
	r := w.runs[i]
	w.bytes -= r.made.size
	w.service.held.Add(-r.made.size)
	w.service.runs.Delete(r.ID)
	w.runs = append(w.runs[:i:i], w.runs[i+1:]...)
	r.kept, r.made = false, outcome{} // whoever still holds the run does not hold its model
}

// Runs returns the runs on the current data, the oldest first.
func (w *Workspace) Runs() []*Run {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]*Run(nil), w.runs...)
}

// Run returns the run with the given ID or number.
func (w *Workspace) Run(id string) (*Run, error) {
	n, _ := strconv.Atoi(id)
	for _, r := range w.Runs() {
		if r.ID == id || n > 0 && r.Number == n && id == strconv.Itoa(n) {
			return r, nil
		}
	}
	return nil, errNoRun()
}

func errNoRun() error {
	return problem.New(problem.NotFound, "There is no such run.").
		WithHint("Runs go with the data they were trained on and when they are deleted; train again.")
}

// Trained returns the run with the given ID or number, or the newest that
// succeeded where id is empty.
func (w *Workspace) Trained(id string) (*Trained, error) {
	if id != "" {
		r, err := w.Run(id)
		if err != nil {
			return nil, err
		}
		if t := w.trained(r); t != nil {
			return t, nil
		}
		return nil, problem.New(problem.NotFound, "The run has no model: it is %s.", r.State().State).
			WithHint("Wait for it to finish, or train again.")
	}
	if all := w.AllTrained(); len(all) > 0 {
		return all[len(all)-1], nil
	}
	return nil, problem.New(problem.NotFound, "There is no trained model yet.").WithHint("Train a model first.")
}

// AllTrained returns every run that succeeded, the oldest first.
func (w *Workspace) AllTrained() []*Trained {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.allTrained()
}

// allTrained is AllTrained; the caller holds w.mu.
func (w *Workspace) allTrained() []*Trained {
	var out []*Trained
	for _, r := range w.runs {
		if t := r.trained(); t != nil {
			out = append(out, t)
		}
	}
	return out
}

func (w *Workspace) trained(r *Run) *Trained {
	w.mu.Lock()
	defer w.mu.Unlock()
	return r.trained()
}

// trained returns what the run made, or nil; the caller holds the workspace's
// lock.
func (r *Run) trained() *Trained {
	if !r.kept {
		return nil
	}
	return &Trained{r, r.made.pipeline, r.made.result}
}
