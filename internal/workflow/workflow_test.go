package workflow

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/ingest"
	"clicktrain/internal/job"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/waittest"
)

// TestMain lets the test's own binary be the worker of a training.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "worker" {
		if err := Work(os.Stdin, os.Stdout, catalog.All()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// newService returns a service with the usual limits, changed.
func newService(t *testing.T, change ...func(*Limits)) *Service {
	t.Helper()
	jobs := job.New(job.Defaults())
	t.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_ = jobs.Close(ctx) // says only that runs were cut off
	})
	limits := Limits{Ingest: ingest.DefaultLimits(), SessionBytes: 64 << 20, TotalBytes: 128 << 20, Runs: 10}
	for _, f := range change {
		f(&limits)
	}
	return &Service{Catalog: catalog.All(), Jobs: jobs, Limits: limits, Workers: 2, Now: time.Now}
}

// people is a table of n rows with a category, two numbers and a class.
func people(n int) string {
	var b strings.Builder
	b.WriteString("age,town,income,class\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%s,%d.5,%s\n", 20+i*7%50, []string{"Bonn", "Kiel", ""}[i%3], i*37%401, []string{"a", "b"}[i*i%7%2])
	}
	return b.String()
}

func upload(t *testing.T, w *Workspace, csv string) *Data {
	t.Helper()
	d, err := w.Upload(t.Context(), strings.NewReader(csv), "people.csv", 0)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// mustRead reads a table that no workspace has.
func mustRead(t *testing.T) *ingest.Result {
	t.Helper()
	res, err := ingest.Read(t.Context(), strings.NewReader(people(60)), "people.csv", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// Requests that are quick, and one that lasts for as long as a test wants.
var (
	quick = TrainRequest{Algorithm: "logistic_regression", Target: "class"}
	other = TrainRequest{Algorithm: "linear_regression", Target: "income"}
	slow  = TrainRequest{Algorithm: "random_forest", Target: "class", Params: map[string]any{"n_estimators": "10000"}}
)

func begin(t *testing.T, w *Workspace, req TrainRequest) *Run {
	t.Helper()
	r, err := w.Train(req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// end waits for a run and checks how it ended.
func end(t *testing.T, r *Run, want job.State) {
	t.Helper()
	at, err := r.Wait(waittest.Context(t))
	if err != nil || at.State != want {
		t.Fatalf("the run is %s (%v, %v), want %s", at.State, at.Problem, err, want)
	}
}

func trained(t *testing.T, w *Workspace, req TrainRequest) *Run {
	t.Helper()
	r := begin(t, w, req)
	end(t, r, job.Succeeded)
	return r
}

// wantKind checks an error's kind.
func wantKind(t *testing.T, what string, err error, kind problem.Kind) {
	t.Helper()
	if p, ok := problem.As(err); !ok || p.Kind != kind || p.Message == "" || p.Hint == "" {
		t.Errorf("%s = %v, want a problem of kind %d", what, err, kind)
	}
}

// TestOrderOfSteps checks that every verb asks for its data first, and a model's
// verbs for a training.
func TestOrderOfSteps(t *testing.T) {
	w := newService(t).New()
	ctx := t.Context()
	verbs := map[string]func() error{
		"Data":    func() error { _, err := w.Data(); return err },
		"Profile": func() error { _, err := w.Profile(ctx); return err },
		"Goal":    func() error { _, err := w.Goal(); return err },
		"Aim":     func() error { _, err := w.Aim("class", learn.Classification); return err },
		"Recipe":  func() error { _, _, err := w.Recipe(); return err },
		"Prepare": func() error { _, err := w.Prepare(ctx, recipe.Recipe{}, ""); return err },
		"Preview": func() error { _, err := w.Preview(ctx); return err },
		"Suggest": func() error { _, _, err := w.Suggest(ctx, recipe.Want{}); return err },
		"Look":    func() error { _, err := w.Look(ctx); return err },
		"Reset":   w.Reset,
		"Reread":  func() error { _, err := w.Reread(ctx, ingest.Options{}); return err },
		"Plan":    func() error { _, err := w.Plan(quick); return err },
		"Train":   func() error { _, err := w.Train(quick); return err },
	}
	for name, verb := range verbs {
		wantKind(t, name+" before an upload", verb(), problem.Conflict)
	}
	model := map[string]func() error{
		"Trained": func() error { _, err := w.Trained(""); return err },
		"Export":  func() error { _, err := w.Export("", ""); return err },
		"Predict": func() error { _, err := w.Predict("", []map[string]any{{}}); return err },
	}
	for name, verb := range model {
		wantKind(t, name+" before an upload", verb(), problem.NotFound)
	}
	upload(t, w, people(60))
	for name, verb := range model {
		wantKind(t, name+" before a training", verb(), problem.NotFound)
	}
	for name, verb := range verbs {
		if err := verb(); err != nil {
			t.Errorf("%s after an upload = %v", name, err)
		}
	}
	if p := w.Progress(); p.FileName != "people.csv" {
		t.Errorf("progress = %+v", p)
	}
}

// TestNewUploadMakesStale checks that another file takes the recipe, the goal,
// the runs and what was seen with it, and ends what is running.
func TestNewUploadMakesStale(t *testing.T) {
	s := newService(t)
	w := s.New()
	upload(t, w, people(60))
	if _, err := w.Aim("town", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Prepare(t.Context(), recipe.Recipe{Steps: []recipe.Step{{Name: "scale", Columns: []string{"age"}}}}, "Scaled age"); err != nil {
		t.Fatal(err)
	}
	w.Mark(Seen{Explored: true, Downloaded: true})
	done := trained(t, w, quick)
	going := begin(t, w, slow)
	upload(t, w, "u,v\n1,x\n2,y\n3,x\n4,y\n")
	end(t, going, job.Cancelled)
	if p := w.Progress(); p != (Progress{FileName: "people.csv"}) {
		t.Errorf("progress = %+v", p)
	}
	if r, edited, err := w.Recipe(); err != nil || edited || len(r.Steps) > 0 {
		t.Errorf("recipe = %+v, %t, %v", r, edited, err)
	}
	if g, err := w.Goal(); err != nil || g.Chosen || g.Target == "town" {
		t.Errorf("goal = %+v, %v", g, err)
	}
	for _, r := range []*Run{done, going} {
		if _, err := s.Run(r.ID); err == nil {
			t.Error("a run of the older file is still found")
		}
		if _, err := w.Run(r.ID); err == nil || r.Trained() != nil && r == going {
			t.Error("a run of the older file is still the workspace's")
		}
	}
}

// TestRefusedUploadChangesNothing checks that what was there stays, whatever
// way a file is refused.
func TestRefusedUploadChangesNothing(t *testing.T) {
	s := newService(t, func(l *Limits) { l.SessionBytes = 200 << 10 })
	w := s.New()
	d := upload(t, w, people(60))
	run := trained(t, w, quick)
	held := s.Held()
	for name, csv := range map[string]string{"empty": "", "header": "a,b\n", "PNG": "\x89PNG\r\n\x1a\n", "large": people(20_000)} {
		if _, err := w.Upload(t.Context(), strings.NewReader(csv), "x.csv", 0); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := w.Upload(t.Context(), io.MultiReader(strings.NewReader("a,b\n1,2\n"), broken{}), "x.csv", 0); err == nil {
		t.Error("a file that breaks off was taken")
	}
	if now, err := w.Data(); err != nil || now != d || run.Trained() == nil || s.Held() != held {
		t.Errorf("the table, its model or %d bytes are gone: %v", held-s.Held(), err)
	}
}

// broken is a file that ends in an error.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestProfileIsMadeOnce checks that a table is described once, and a new one
// anew.
func TestProfileIsMadeOnce(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(60))
	first, err := w.Profile(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.Profile(t.Context())
	if err != nil || again != first {
		t.Errorf("the second profile is another: %v", err)
	}
	upload(t, w, people(61))
	if newer, err := w.Profile(t.Context()); err != nil || newer == first || newer.Rows != 61 {
		t.Errorf("a new file has the older one's profile: %v", err)
	}
}
