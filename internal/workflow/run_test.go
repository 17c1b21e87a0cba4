package workflow

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"clicktrain/internal/job"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
)

// TestTwins checks that asking twice for what goes on starts nothing, and that
// asking again for what is over does.
func TestTwins(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(60))
	first := begin(t, w, slow)
	if second := begin(t, w, slow); second != first || len(w.Runs()) != 1 {
		t.Errorf("the same training runs twice: %d runs", len(w.Runs()))
	}
	seed := int64(7)
	reseeded := slow
	reseeded.Seed = &seed
	if third := begin(t, w, reseeded); third == first {
		t.Error("another seed is taken for the same training")
	} else {
		third.Cancel()
	}
	first.Cancel()
	end(t, first, job.Cancelled)
	done := trained(t, w, quick)
	if anew := begin(t, w, quick); anew == done {
		t.Error("a training that is over is not done again")
	}
}

// TestRunNames checks that a run is found by its id and by its number, and by
// nothing else.
func TestRunNames(t *testing.T) {
	s := newService(t)
	w, stranger := s.New(), s.New()
	upload(t, w, people(60))
	upload(t, stranger, people(60))
	a, b := trained(t, w, quick), trained(t, w, other)
	if a.Number != 1 || b.Number != 2 || a.ID == b.ID || len(a.ID) < 22 {
		t.Errorf("runs %d %s and %d %s", a.Number, a.ID, b.Number, b.ID)
	}
	for id, want := range map[string]*Run{a.ID: a, b.ID: b, "1": a, "2": b} {
		if got, err := w.Run(id); err != nil || got != want {
			t.Errorf("Run(%q) = %v, %v", id, got, err)
		}
	}
	if got, err := w.Trained(""); err != nil || got.Run != b {
		t.Errorf("the newest is not the second: %v", err)
	}
	for _, id := range []string{"", "0", "3", "-1", "01", "+1", a.ID + "x"} {
		_, err := w.Run(id)
		wantKind(t, "Run "+strconv.Quote(id), err, problem.NotFound)
	}
	for _, id := range []string{a.ID, "1"} {
		_, err := stranger.Trained(id)
		wantKind(t, "a stranger's Trained", err, problem.NotFound)
		_, err = stranger.Export(id, "")
		wantKind(t, "a stranger's Export", err, problem.NotFound)
	}
}

// TestEviction checks that the oldest runs that are over go when there are too
// many, with their memory.
func TestEviction(t *testing.T) {
	s := newService(t, func(l *Limits) { l.Runs = 2 })
	w := s.New()
	upload(t, w, people(60))
	empty := s.Held()
	var runs []*Run
	for _, n := range []string{"1", "2", "3", "4"} {
		req := slow
		req.Params = map[string]any{"n_estimators": n}
		runs = append(runs, trained(t, w, req))
	}
	if got := w.Runs(); len(got) != 2 || got[0] != runs[2] || got[1] != runs[3] {
		t.Fatalf("%d runs are kept, not the last two", len(got))
	}
	for i, r := range runs {
		if _, err := s.Run(r.ID); (err == nil) != (i >= 2) {
			t.Errorf("run %d: %v", i+1, err)
		}
	}
	if want := empty + runs[2].made.size + runs[3].made.size; s.Held() != want || runs[3].made.size <= runs[2].made.size {
		t.Errorf("%d bytes are held, want %d", s.Held(), want)
	}
}

// TestCancelledRunsAreForgotten checks that runs which made nothing do not pile
// up either.
func TestCancelledRunsAreForgotten(t *testing.T) {
	s := newService(t, func(l *Limits) { l.Runs = 3 })
	w := s.New()
	upload(t, w, people(60))
	for range 8 {
		r := begin(t, w, slow)
		r.Cancel()
		end(t, r, job.Cancelled)
	}
	if n := len(w.Runs()); n > 3 {
		t.Errorf("%d runs are kept, want 3 at most", n)
	}
}

// TestMemory checks that what is held is what was reserved, and that nothing
// is left when workspaces are cleared: idle ones, those with models and those
// that are training.
func TestMemory(t *testing.T) {
	s := newService(t)
	var all []*Workspace
	for i := range 3 {
		w := s.New()
		upload(t, w, people(60+i))
		all = append(all, w)
	}
	tables := s.Held()
	trained(t, all[1], quick)
	if s.Held() <= tables {
		t.Error("a model takes no memory")
	}
	trained(t, all[1], other)
	upload(t, all[1], people(61)) // the models go
	if s.Held() != tables {
		t.Errorf("%d bytes are held, want %d", s.Held(), tables)
	}
	going := begin(t, all[2], slow)
	var freed int64
	for _, w := range all {
		freed += w.Clear()
	}
	end(t, going, job.Cancelled)
	if s.Held() != 0 || freed != tables {
		t.Errorf("%d bytes are held after %d of %d were freed", s.Held(), freed, tables)
	}
	for _, w := range all {
		if again := w.Clear(); again != 0 {
			t.Errorf("clearing again frees %d bytes", again)
		}
		_, err := w.Data()
		wantKind(t, "Data after Clear", err, problem.Conflict)
		_, err = w.load(&Data{Table: mustRead(t)}, nil)
		wantKind(t, "an upload that ends after Clear", err, problem.NotFound)
	}
	if s.Held() != 0 {
		t.Errorf("%d bytes are held in the end", s.Held())
	}
}

// TestServerIsFull checks that the shared memory is never promised twice.
func TestServerIsFull(t *testing.T) {
	s := newService(t)
	one := s.New()
	upload(t, one, people(60))
	s.Limits.TotalBytes = s.Held() + s.Held()/2
	two := s.New()
	_, err := two.load(&Data{Table: mustRead(t)}, nil)
	wantKind(t, "an upload to a full server", err, problem.Busy)
	upload(t, one, people(60)) // in place of its own
	one.Clear()
	upload(t, two, people(60))
	two.Clear()
	if s.Held() != 0 {
		t.Errorf("%d bytes are held", s.Held())
	}
}

// TestRunCrossesThePipe checks that what a worker is sent and what it sends
// back are what was meant: the pipeline predicts in this process.
func TestRunCrossesThePipe(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(90))
	run := trained(t, w, quick)
	got := run.Trained()
	if got == nil || got.Result.Rows.Train+got.Result.Rows.Test != 90 || got.Pipeline.Target != "class" || got.Pipeline.Labels.Len() != 2 {
		t.Fatalf("trained = %+v", got)
	}
	a, err := w.Predict("", []map[string]any{{"age": json.Number("30"), "town": "Kiel", "income": json.Number("5.5")}})
	if err != nil || len(a.Predictions) != 1 || len(a.Proba) != 1 || a.RunID != run.ID {
		t.Errorf("Predict = %+v, %v", a, err)
	}
	file, err := w.Export(run.ID, "pkl")
	if err != nil || file.Size == 0 || len(file.SHA256) != 64 {
		t.Errorf("Export = %+v, %v", file, err)
	}
	if again, err := w.Export("", ""); err != nil || again != file {
		t.Errorf("the file is measured twice: %v", err)
	}
}

// TestHeldBytesOfTrees checks that a forest counts as what it takes in memory,
// which is more than its bytes when written.
func TestHeldBytesOfTrees(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(400))
	before := w.service.Held()
	run := trained(t, w, TrainRequest{Algorithm: "random_forest", Target: "class", Params: map[string]any{"n_estimators": 20}})
	p := run.Trained().Pipeline
	b, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if held, want := w.service.Held()-before, p.Model.(learn.Sized).Bytes(); held != want || want <= int64(len(b)) {
		t.Errorf("the run holds %d bytes, want the %d of its trees, more than the %d when written", held, want, len(b))
	}
}

// TestTimingsAddUp checks that the parts of a run's time add up to all of it.
func TestTimingsAddUp(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	at := func(seconds float64) time.Time { return start.Add(time.Duration(seconds * float64(time.Second))) }
	got := timed(train.Timings{Prepare: 1, Fit: 8, Evaluate: 2, Check: 4}, job.Snapshot{Started: start, Finished: at(20), Begun: []job.Begun{
		{Step: job.Starting, At: start}, {Step: stepReading, At: at(0.5)}, {Step: train.FirstStep, At: at(2)}, {Step: train.LastStep, At: at(17)},
	}})
	if want := (train.Timings{Start: 2, Prepare: 1, Fit: 8, Evaluate: 2, Check: 4, HandOver: 3, Total: 20}); got != want {
		t.Errorf("timed = %+v, want %+v", got, want)
	}
	w := newService(t).New()
	upload(t, w, people(60))
	r := trained(t, w, quick).Trained().Result.Timings
	for name, seconds := range map[string]float64{"start": r.Start, "fit": r.Fit, "hand-over": r.HandOver, "all": r.Total} {
		if !(seconds > 0) {
			t.Errorf("the %s of a run takes %v s", name, seconds)
		}
	}
}

// TestCancelDuringHandOver checks that a run which is cancelled while its model
// is read leaves no model behind, and no memory that is counted.
func TestCancelDuringHandOver(t *testing.T) {
	s := newService(t)
	w := s.New()
	upload(t, w, people(60))
	held := s.Held()
	r := begin(t, w, quick)
	// The model is read under the job's eyes; its state is told afterwards, when
	// finish takes the lock that is held here.
	w.mu.Lock()
	for {
		changed := r.Changed()
		if _, begun := r.State().StepBegan(train.LastStep); begun {
			break
		}
		<-changed
	}
	r.Cancel()
	w.mu.Unlock()
	if _, err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	switch at := r.State(); {
	case at.State == job.Cancelled && (r.Trained() != nil || s.Held() != held || r.made.pipeline != nil):
		t.Error("a cancelled run has a model")
	case at.State == job.Succeeded && r.Trained() == nil:
		t.Error("a run that succeeded has no model")
	}
	w.finish(r, outcome{result: new(train.Result), size: 100}, job.Snapshot{State: job.Cancelled})
	if at := r.State(); at.State == job.Cancelled && (r.Trained() != nil || s.Held() != held) {
		t.Error("what a cancelled run had made is kept")
	}
}
