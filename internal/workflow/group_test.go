package workflow

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/job"
	"clicktrain/internal/problem"
)

// visits is a table of 60 patients with 4 rows each.
func visits() string {
	var b strings.Builder
	b.WriteString("patient_id,dose,age,ill\n")
	for i := range 240 {
		fmt.Fprintf(&b, "p%02d,%d,%d,%s\n", i/4%60, i*7%13, 20+i*11%60, []string{"no", "yes"}[i*i%7%2])
	}
	return b.String()
}

func TestTrainKeepsGroupsTogether(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	req := TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "patient_id"}
	run := trained(t, w, req)
	p, res := run.Plan, run.Trained().Result
	if p.Groups == nil || *p.Groups != *res.Groups {
		t.Fatalf("groups planned %+v, found %+v, want the same", p.Groups, res.Groups)
	}
	if g := *res.Groups; g.Column != "patient_id" || g.Test != 12 || g.Train != 48 {
		t.Errorf("groups = %+v, want 12 of 60 patients in test", g)
	}
	if res.Rows.Test != 48 || p.Test != 48 {
		t.Errorf("test rows = %d, planned %d, want 48", res.Rows.Test, p.Test)
	}
	if slices.Contains(res.Features, "patient_id") {
		t.Error("the group column is a feature")
	}
}

func TestGroupRefusals(t *testing.T) {
	w := newService(t).New()
	wantKind(t, "group without data", w.SetGroup("patient_id"), problem.Conflict)
	upload(t, w, visits())
	if _, err := w.Aim("ill", 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		req  TrainRequest
	}{
		{"unknown", TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "name"}},
		{"the target", TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "ill"}},
		{"a feature", TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "age", Features: []string{"age", "dose"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := w.Plan(tt.req)
			if p, ok := problem.As(err); !ok || p.Field != "group_column" {
				t.Errorf("err = %v, want a problem of group_column", err)
			}
		})
	}
	for _, column := range []string{"ill", "name"} {
		if err := w.SetGroup(column); err == nil || w.choices.group != "" {
			t.Errorf("SetGroup(%s): %v and group %q, want a problem and none", column, err, w.choices.group)
		}
	}
}

// The target cannot be what keeps rows together: the later choice counts.
func TestAimClearsTheGroup(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	if err := w.SetGroup("age"); err != nil || w.choices.group != "age" {
		t.Fatal(err, w.choices.group)
	}
	if _, err := w.Aim("ill", 0); err != nil || w.choices.group != "age" {
		t.Fatal(err, w.choices.group)
	}
	if _, err := w.Aim("age", 0); err != nil || w.choices.group != "" {
		t.Errorf("group = %q (%v), want none", w.choices.group, err)
	}
}

func TestPreviewSplitsByGroup(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	if _, err := w.Aim("ill", 0); err != nil {
		t.Fatal(err)
	}
	if err := w.SetGroup("patient_id"); err != nil {
		t.Fatal(err)
	}
	p, err := w.Preview(t.Context())
	if err != nil || p.Test != 48 || p.Train != 192 {
		t.Errorf("preview of %+v (%v), want 192 and 48 rows", p, err)
	}
	if slices.Contains(p.Names, "patient_id") {
		t.Error("the group column is prepared")
	}
}

func TestRereadKeepsChoices(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	if _, err := w.Aim("dose", 0); err != nil {
		t.Fatal(err)
	}
	if err := w.SetGroup("patient_id"); err != nil {
		t.Fatal(err)
	}
	if err := w.LeaveOut("age"); err != nil {
		t.Fatal(err)
	}
	if err := w.Settle("finding"); err != nil {
		t.Fatal(err)
	}
	again := func(opt ingest.Options) (*Data, *Look) {
		t.Helper()
		d, err := w.Reread(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		l, err := w.Look(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return d, l
	}
	d, l := again(ingest.Options{Kinds: map[string]frame.Kind{"age": frame.Category}})
	if l.Goal.Target != "dose" || !l.Goal.Chosen || l.Group != "patient_id" || !slices.Equal(l.LeftOut, []string{"age"}) ||
		!slices.Equal(l.Settled, []string{"finding"}) || len(d.Dropped) != 0 {
		t.Errorf("after another kind: %+v, %q, left out %q, settled %q, dropped %+v", l.Goal, l.Group, l.LeftOut, l.Settled, d.Dropped)
	}
	if d, l = again(ingest.Options{Kinds: map[string]frame.Kind{"dose": frame.Category}}); l.Goal.Target != "dose" || l.Goal.Task.String() != "classification" || len(d.Dropped) != 0 {
		t.Errorf("after the target became a category: %+v, dropped %+v", l.Goal, d.Dropped)
	}
	// Without a header no column has its name any more.
	d, l = again(ingest.Options{Header: ingest.HeaderNo})
	if l.Goal.Chosen || l.Group != "" || len(l.LeftOut) != 0 {
		t.Errorf("after a reading without names: %+v, group %q, left out %q", l.Goal, l.Group, l.LeftOut)
	}
	if len(d.Dropped) != 3 {
		t.Errorf("dropped = %+v, want the target, the group and the column left out", d.Dropped)
	}
	for i, want := range []string{"You left age out", "predict dose", "one patient_id together"} {
		if i < len(d.Dropped) && !strings.Contains(d.Dropped[i].Message, want) {
			t.Errorf("dropped[%d] = %q, want %q in it", i, d.Dropped[i].Message, want)
		}
	}
	// A new file starts anew.
	if d = upload(t, w, visits()); len(d.Dropped) != 0 {
		t.Errorf("dropped by an upload: %+v", d.Dropped)
	}
}

// Runs go with the old reading.
func TestRereadDropsRuns(t *testing.T) {
	w := newService(t).New()
	upload(t, w, visits())
	end(t, begin(t, w, TrainRequest{Algorithm: "logistic_regression", Target: "ill", Group: "patient_id"}), job.Succeeded)
	if _, err := w.Reread(t.Context(), ingest.Options{DateOrder: ingest.DayFirst}); err != nil {
		t.Fatal(err)
	}
	if n := len(w.Runs()); n != 0 {
		t.Errorf("%d runs are left, want none", n)
	}
}
