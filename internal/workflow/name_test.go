package workflow

import (
	"testing"

	"clicktrain/internal/job"
	"clicktrain/internal/problem"
)

// TestRemove checks that a run goes with its bytes once it is over, and that
// what comes of it later is not kept.
func TestRemove(t *testing.T) {
	s := newService(t)
	w := s.New()
	upload(t, w, people(60))
	empty := s.Held()
	going := begin(t, w, slow)
	wantKind(t, "Remove of a run that goes on", going.Remove(), problem.Conflict)
	going.Cancel()
	end(t, going, job.Cancelled)
	a, b := trained(t, w, quick), trained(t, w, other)
	for _, r := range []*Run{going, a} {
		if err := r.Remove(); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "Remove of one that is gone", r.Remove(), problem.NotFound)
		wantKind(t, "Rename of one that is gone", r.Rename("x"), problem.NotFound)
		_, err := s.Run(r.ID)
		wantKind(t, "Run of one that is gone", err, problem.NotFound)
		if r.Trained() != nil {
			t.Errorf("run %d still has its model", r.Number)
		}
	}
	if got, err := w.Trained(""); err != nil || got.Run != b || s.Held() != empty+b.made.size {
		t.Errorf("%d bytes are held, want %d; %v", s.Held(), empty+b.made.size, err)
	}
	w.finish(a, b.made, job.Snapshot{State: job.Succeeded})
	if a.Trained() != nil || s.Held() != empty+b.made.size {
		t.Errorf("a model that comes late is kept: %d bytes are held", s.Held())
	}
	if c := trained(t, w, quick); c.Number != 4 {
		t.Errorf("the next run has the number %d", c.Number)
	}
}
