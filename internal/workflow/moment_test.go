package workflow

import (
	"context"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// Tables that replace people's: one with other columns, and one whose columns
// have the same names and hold other things.
var replacements = map[string]string{
	"other columns": strings.NewReplacer("age", "years", "town", "place", "income", "pay", "class", "kind").Replace(people(80)),
	"equal names":   strings.NewReplacer("Bonn", "17", "Kiel", "18", ",,", ",19,", "age", "income", "income", "age").Replace(people(80)),
}

// replacedWithin returns a workspace with people's table in which the table is
// replaced once when replace is called, from whatever verb is at work then.
func replacedWithin(t *testing.T, table string) (w *Workspace, replace func()) {
	t.Helper()
	w = newService(t).New()
	upload(t, w, people(60))
	var done bool
	return w, func() {
		if !done {
			done = true
			upload(t, w, table)
		}
	}
}

// learners returns the service's learners, of which the named one calls hook
// when it is set up.
func (s *Service) hookLearner(name string, hook func()) {
	s.Catalog.Learners = slices.Clone(s.Catalog.Learners)
	i := slices.IndexFunc(s.Catalog.Learners, func(l learn.Learner) bool { return l.Name == name })
	l := &s.Catalog.Learners[i]
	made := l.New
	l.New = func(t learn.Task) learn.Estimator { hook(); return made(t) }
}

// hookStep has a kind of step call hook whenever it is set up.
func (s *Service) hookStep(name string, hook func()) {
	s.Catalog.Steps = slices.Clone(s.Catalog.Steps)
	i := slices.IndexFunc(s.Catalog.Steps, func(d recipe.Definition) bool { return d.Name == name })
	d := &s.Catalog.Steps[i]
	made := d.New
	d.New = func() recipe.Action { hook(); return made() }
}

// TestTrainOfReplacedData checks that a training that was planned on a table
// does not run on another that comes between, and starts nothing.
func TestTrainOfReplacedData(t *testing.T) {
	for name, table := range replacements {
		w, replace := replacedWithin(t, table)
		w.service.hookLearner(quick.Algorithm, replace)
		r, err := w.Train(quick)
		wantKind(t, name+": Train", err, problem.Conflict)
		if r != nil || len(w.Runs()) != 0 {
			t.Errorf("%s: a run was started on a table that it was not planned on", name)
		}
	}
}

// TestSubmitGoesByItsPlan checks that a plan runs on what it was made from, with
// the recipe and the choices of then.
func TestSubmitGoesByItsPlan(t *testing.T) {
	w := newService(t).New()
	d := upload(t, w, people(60))
	p, err := w.Plan(quick)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.LeaveOut("income"); err != nil {
		t.Fatal(err)
	}
	r, err := w.Submit(p)
	if err != nil || r.Data() != d || !slices.Contains(r.Plan.Spec.Features, "income") {
		t.Fatalf("Submit = %v, %v", r, err)
	}
	r.Cancel()
	upload(t, w, people(60))
	if _, err := w.Submit(p); err == nil {
		t.Error("a plan of a table that is gone is run")
	} else {
		wantKind(t, "Submit", err, problem.Conflict)
	}
	w.Clear()
	_, err = w.Submit(p)
	wantKind(t, "Submit to a workspace that has ended", err, problem.Conflict)
}

// TestRecipeOfReplacedData checks that what is fitted or stored while the table
// is replaced is all of the one table.
func TestRecipeOfReplacedData(t *testing.T) {
	steps := recipe.Recipe{Steps: []recipe.Step{{Name: "scale", Columns: []string{"age", "income"}}}}
	// Each verb gets a workspace whose table is replaced while it is at work, and
	// tells which columns it saw.
	verbs := map[string]func(w *Workspace) ([]string, error){
		"Preview": func(w *Workspace) ([]string, error) {
			p, err := w.Preview(t.Context())
			if err != nil {
				return nil, err
			}
			return p.Names, nil
		},
		"Effect": func(w *Workspace) ([]string, error) {
			e, err := w.Effect(t.Context(), steps, 0)
			if err != nil {
				return nil, err
			}
			if e.Rows != 60 || e.Before != 48 || e.After != 48 {
				t.Errorf("Effect compares %d rows, %d before and %d after", e.Rows, e.Before, e.After)
			}
			return []string{e.Is[0].Name}, nil
		},
		"PreparedTable": func(w *Workspace) ([]string, error) {
			p, err := w.PreparedTable(t.Context())
			if err != nil {
				return nil, err
			}
			return append(p.fitted.Names(), p.target.Name), nil
		},
	}
	for verb, run := range verbs {
		for name, table := range replacements {
			w, replace := replacedWithin(t, table)
			if _, err := w.PrepareFor(t.Context(), "class", steps, "Added"); err != nil {
				t.Fatal(err)
			}
			w.service.hookStep("scale", replace)
			saw, err := run(w)
			if err != nil || !slices.Contains(saw, "age") {
				t.Errorf("%s, %s: %v, %v; want the table that it began with", verb, name, saw, err)
			}
		}
	}
	for name, table := range replacements {
		w, replace := replacedWithin(t, table)
		w.service.hookStep("scale", replace)
		_, err := w.PrepareFor(t.Context(), "income", recipe.Recipe{Steps: []recipe.Step{{Name: "scale", Columns: []string{"age"}}}}, "Added")
		wantKind(t, name+": PrepareFor", err, problem.Conflict)
		if r, set, err := w.Recipe(); err != nil || set || len(r.Steps) != 0 || w.goal.Chosen {
			t.Errorf("%s: the new table got the recipe %v and the goal %+v of the old one", name, r, w.goal)
		}
	}
}

// TestEditOfReplacedData checks that an edit of one table's recipe is not stored
// as another's.
func TestEditOfReplacedData(t *testing.T) {
	for name, table := range replacements {
		w, replace := replacedWithin(t, table)
		err := w.Edit(t.Context(), func(_ *Data, steps []recipe.Step) ([]recipe.Step, string, error) {
			replace()
			return append(steps, recipe.Step{Name: "drop_duplicates"}), "Added", nil
		})
		wantKind(t, name+": Edit", err, problem.Conflict)
		if _, set, _ := w.Recipe(); set {
			t.Errorf("%s: the new table has the old one's recipe", name)
		}
	}
}

// TestRereadOfReplacedData checks that reading a file again does not bring it
// back where another was uploaded meanwhile.
func TestRereadOfReplacedData(t *testing.T) {
	for name, table := range replacements {
		w, replace := replacedWithin(t, table)
		if _, err := w.Aim("income", 0); err != nil {
			t.Fatal(err)
		}
		_, err := w.RereadIf(t.Context(), ingest.Options{SkipLast: 1}, func(*frame.Frame) error { replace(); return nil })
		wantKind(t, name+": Reread", err, problem.Conflict)
		if d, err := w.Data(); err != nil || d.Frame().Rows != 80 || w.goal.Chosen {
			t.Errorf("%s: the file that was read again took the new one's place", name)
		}
	}
}

// TestTargetIsPutBack checks that a recipe that is refused leaves the target and
// all that hangs on it.
func TestTargetIsPutBack(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(60))
	if err := w.SetWeights("age"); err != nil {
		t.Fatal(err)
	}
	before := w.goal
	_, err := w.PrepareFor(t.Context(), "age", recipe.Recipe{Steps: []recipe.Step{{Name: "impute", Columns: []string{"nothing"}}}}, "Added")
	if err == nil || w.goal != before || w.choices.weights != "age" {
		t.Errorf("%v; the goal is %+v, the weights %q", err, w.goal, w.choices.weights)
	}
}

// TestMomentsAreWhole takes moments while tables are uploaded, each of which
// must be of one table.
func TestMomentsAreWhole(t *testing.T) {
	w := newService(t).New()
	upload(t, w, people(60))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	over := make(chan struct{})
	go func() {
		defer close(over)
		for ctx.Err() == nil {
			for _, table := range []string{replacements["other columns"], people(60)} {
				if _, err := w.Upload(context.Background(), strings.NewReader(table), "people.csv", 0); err != nil {
					t.Error(err)
				}
			}
		}
	}()
	for range 200 {
		m, err := w.Now()
		if err != nil {
			t.Fatal(err)
		}
		if m.Data().Frame().Column(m.Goal().Target) == nil {
			t.Fatalf("a table without its target %s", m.Goal().Target)
		}
		p, err := m.Plan(TrainRequest{Algorithm: "logistic_regression"})
		if err != nil || p.Data != m.Data() || slices.ContainsFunc(p.Spec.Columns(), func(c string) bool { return p.Data.Frame().Index(c) < 0 }) {
			t.Fatalf("Plan of one moment = %v", err)
		}
		if _, _, err := m.Suggest(t.Context(), recipe.Want{}); err != nil {
			t.Fatalf("Suggest of one moment: %v", err)
		}
	}
	stop()
	<-over
}
