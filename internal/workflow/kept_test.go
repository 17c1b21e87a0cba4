package workflow

import "testing"

// TestModelsOverTheSessionsMemory trains in a session that is full: the newest
// model is kept, and the oldest ones go until there is room.
func TestModelsOverTheSessionsMemory(t *testing.T) {
	s := newService(t)
	w := s.New()
	upload(t, w, people(60))
	first := trained(t, w, quick)
	s.Limits.SessionBytes = s.Held()
	second := trained(t, w, other)
	if first.Trained() != nil || second.Trained() == nil {
		t.Errorf("of two models in a full session the first is kept: %t, the second: %t; want the second alone", first.Trained() != nil, second.Trained() != nil)
	}
	if list := w.Runs(); len(list) != 1 || list[0] != second {
		t.Errorf("%d runs are listed, want the second alone", len(list))
	}
}

// TestRunOfReplacedDataIsNotKept has a run end after its table was replaced,
// once as the workspace is left by that and once where the run is listed still.
func TestRunOfReplacedDataIsNotKept(t *testing.T) {
	s := newService(t)
	w := s.New()
	upload(t, w, people(60))
	late := trained(t, w, quick)
	made, at := late.made, late.State()
	late.kept, late.made = false, outcome{} // as of one that goes on
	upload(t, w, people(90))
	held := s.Held()
	for _, listed := range []bool{false, true} {
		if listed {
			w.runs = append(w.runs, late)
		}
		w.finish(late, made, at)
		if late.kept || s.Held() != held {
			t.Errorf("listed %t: a model of replaced data is kept, with %d bytes", listed, s.Held()-held)
		}
	}
}
