package workflow

import (
	"context"
	"fmt"
	"io"
	"sync"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
)

// Workspace is one person's data, recipe and runs. Its methods may be called
// from many goroutines at once.
type Workspace struct {
	service *Service
	owner   string // tells the job runner whose runs these are

	rereading sync.Mutex // held while the file is read again, before mu
	editing   sync.Mutex // held while the recipe is changed, before mu

	mu     sync.Mutex // of all below; what is checked and what is then done go by one value, read or written under it once
	closed bool
	bytes  int64 // reserved from the service
	state
	runs []*Run
	made int // runs ever made, for their numbers
}

// Seen says which of the optional steps the person has taken on this data.
type Seen struct{ Explored, Downloaded bool }

// Progress is how far the workspace has come.
type Progress struct {
	Seen
	FileName string // empty where nothing is loaded
	Prepared bool   // the recipe was set by the person
	Trained  bool   // a run has succeeded
}

// Progress returns how far the workspace has come.
func (w *Workspace) Progress() Progress {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := Progress{Seen: w.seen, Prepared: len(w.edits.current().Steps) > 0, Trained: len(w.allTrained()) > 0}
	if w.data != nil {
		p.FileName = w.data.Name
	}
	return p
}

// Mark remembers what the person has seen, beside what they had seen before.
func (w *Workspace) Mark(s Seen) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen.Explored = w.seen.Explored || s.Explored
	w.seen.Downloaded = w.seen.Downloaded || s.Downloaded
}

// Data is an uploaded table and how it was read. It is never changed.
type Data struct {
	Name   string // the file's name, as text to show
	Table  *ingest.Result
	Chosen ingest.Options // what the person chose of how it is read; the rest was found out

	// Dropped tells what the person had chosen on the table before that this
	// reading of the same file has no column for.
	Dropped []ingest.Notice

	profiling  sync.Mutex
	report     *profile.Report
	relating   sync.Mutex
	related    related
	associated associations
}

// Frame returns the table.
func (d *Data) Frame() *frame.Frame { return d.Table.Frame }

// Goal is what the person wants to predict.
type Goal struct {
	Target string
	Task   learn.Task
	Reason string // why this task
	Chosen bool   // by the person; otherwise a suggestion
}

// errNoData is what every verb but Upload says before one.
func errNoData() error {
	return problem.New(problem.Conflict, "There is no data yet.").WithHint("Upload a CSV file first.")
}

// Upload reads a file and makes it the workspace's data. The recipe and the
// runs on older data are dropped with it. A file that is refused changes
// nothing. size is the number of bytes to expect, 0 where it is not known.
func (w *Workspace) Upload(ctx context.Context, r io.Reader, name string, size int64) (*Data, error) {
	res, err := ingest.Read(ctx, r, name, ingest.Options{Limits: w.service.Limits.Ingest, Size: size})
	if err != nil {
		return nil, err
	}
	return w.load(&Data{Name: displayName(name), Table: res}, nil)
}

// Reread reads the uploaded file again, as chosen, and makes the table the
// workspace's data. The recipe and the runs are dropped, as by Upload; the
// target, the columns left out, the findings kept, the group and the weights stay
// where the table still has their columns. A reading that is refused changes
// nothing, and one that another file overtakes is.
//
// Readings of one workspace wait for each other, so that many at once take no
// more memory than one.
func (w *Workspace) Reread(ctx context.Context, chosen ingest.Options) (*Data, error) {
	return w.RereadIf(ctx, chosen, func(*frame.Frame) error { return nil })
}

// RereadIf is Reread where accept may refuse the new table with an error.
func (w *Workspace) RereadIf(ctx context.Context, chosen ingest.Options, accept func(*frame.Frame) error) (*Data, error) {
	w.rereading.Lock()
	defer w.rereading.Unlock()
	d, err := w.Data()
	if err != nil {
		return nil, err
	}
	opt := chosen
	opt.Limits = w.service.Limits.Ingest
	res, err := ingest.Reread(ctx, d.Table.Raw, d.Table.Name, opt)
	if err != nil {
		return nil, err
	}
	if err := accept(res.Frame); err != nil {
		return nil, err
	}
	return w.load(&Data{Name: d.Name, Table: res, Chosen: chosen}, d)
}

// load makes d the workspace's data. Where before is not nil, d is the same file
// read another way: what the person chose besides the recipe stays, and the
// workspace must still hold before.
func (w *Workspace) load(d, before *Data) (*Data, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil, problem.New(problem.NotFound, "Your session has ended.").WithHint("Upload the file again.")
	}
	if before != nil {
		if err := w.holds(before); err != nil {
			return nil, err
		}
	}
	size := d.Table.Frame.Bytes() + d.Table.Raw.Held()
	if size > w.service.Limits.SessionBytes {
		return nil, problem.New(problem.Storage, "The table needs %s of memory; a session may hold %s.", bytesText(size), bytesText(w.service.Limits.SessionBytes)).
			WithHint("Upload fewer rows or columns.")
	}
	if err := w.service.reserve(size - w.bytes); err != nil {
		return nil, err
	}
	w.cancelRuns()
	w.bytes = size
	next := state{data: d}
	if before != nil {
		next.goal, next.choices, d.Dropped = carry(before.Frame(), w.goal, w.choices, d.Frame())
	} else {
		next.goal = suggestGoal(d.Frame())
	}
	w.state = next
	return d, nil
}

// Data returns the current data.
func (w *Workspace) Data() (*Data, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return nil, errNoData()
	}
	return w.data, nil
}

// Profile describes the data. The work is done once for each upload, however
// many ask.
func (w *Workspace) Profile(ctx context.Context) (*profile.Report, error) {
	d, err := w.Data()
	if err != nil {
		return nil, err
	}
	return d.profile(ctx)
}

// Goal returns what is to be predicted.
func (w *Workspace) Goal() (Goal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return Goal{}, errNoData()
	}
	return w.goal, nil
}

// Aim sets the target, and the task unless it is 0, which means the one that
// suits the column.
func (w *Workspace) Aim(target string, task learn.Task) (Goal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.data == nil {
		return Goal{}, errNoData()
	}
	return w.aim(target, task)
}

// Clear forgets everything and ends the workspace. It returns the bytes freed.
func (w *Workspace) Clear() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancelRuns()
	freed := w.bytes
	w.service.held.Add(-freed)
	w.bytes, w.state, w.closed = 0, state{}, true
	return freed
}

// cancelRuns cancels and forgets all runs; the caller holds the lock and
// settles the bytes.
func (w *Workspace) cancelRuns() {
	for _, r := range w.runs {
		r.job.Cancel()
		w.service.runs.Delete(r.ID)
	}
	w.runs = nil
}

func suggestGoal(f *frame.Frame) Goal {
	column, task, reason := profile.SuggestTarget(f)
	if task == 0 {
		return Goal{Target: column, Reason: "No column can be predicted: none holds numbers or categories that vary."}
	}
	_, why := profile.TaskFor(f.Column(column))
	return Goal{Target: column, Task: task, Reason: fmt.Sprintf("Suggested for %s. %s, as %s.", reason, taskWord(task), why)}
}

func goalFor(f *frame.Frame, target string, task learn.Task) (Goal, error) {
	c := f.Column(target)
	if c == nil {
		e := problem.Field("target_column", "There is no column %q to predict.", target).WithHint("Choose one of the file's columns.")
		e.Column = target
		return Goal{}, e
	}
	suits, why := profile.TaskFor(c)
	switch {
	case suits == 0:
		e := problem.Field("target_column", "%s cannot be predicted: %s.", target, why).WithHint("Choose another column.")
		e.Column = target
		return Goal{}, e
	case task == 0 || task == suits:
		return Goal{Target: target, Task: suits, Reason: fmt.Sprintf("%s, as %s.", taskWord(suits), why)}, nil
	}
	return Goal{Target: target, Task: task, Reason: "You chose " + task.String() + "."}, nil
}

// taskWord is a task at the start of a sentence.
func taskWord(t learn.Task) string {
	if t == learn.Regression {
		return "Regression"
	}
	return "Classification"
}
