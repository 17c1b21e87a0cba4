package export_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/export"
	"clicktrain/internal/ingest"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// table has enough rows of each class for folds of them.
var table = "n,c,y\n" + strings.Repeat("1,a,yes\n2,b,no\n,a,yes\n4,,no\n5,b,no\n6,a,yes\n7,b,no\n8,a,yes\n9,b,no\n10,a,yes\n11,b,no\n12,a,yes\n", 2)

// pipelines trains every learner on a small table, for each of its tasks.
func pipelines(t *testing.T) map[string]*train.Pipeline {
	t.Helper()
	data, err := ingest.Read(t.Context(), strings.NewReader(table), "t.csv", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := catalog.All()
	out := map[string]*train.Pipeline{}
	for _, l := range all.Learners {
		for _, task := range l.Tasks {
			target, features := "y", []string{"n", "c"}
			if task == learn.Regression {
				target, features = "n", []string{"c", "y"}
			}
			full, _ := recipe.Recipe{}.Complete(data.Frame, features, all.Steps, recipe.Want{Scale: true})
			spec := train.Spec{Target: target, Task: task, Features: features, Recipe: full, Learner: l.Name, TestSize: 0.25, Seed: 1, Workers: 1}
			p, _, err := train.Run(t.Context(), data.Frame, spec, all, func() time.Time { return time.Time{} }, func(float64, string) {})
			if err != nil {
				t.Fatalf("%s for %s: %v", l.Name, task, err)
			}
			out[l.Name+" "+task.String()] = p
		}
	}
	return out
}

// TestWriteIsSteady checks that every learner's pipeline can be written, always
// as the same bytes, and names the estimator it is.
func TestWriteIsSteady(t *testing.T) {
	format, err := export.Find("")
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range pipelines(t) {
		var a, b bytes.Buffer
		if err := errors.Join(format.Write(&a, p), format.Write(&b, p)); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s is written in two ways", name)
		}
		for _, part := range []string{"sklearn.pipeline", "Pipeline", "ColumnTransformer", "prepare", "model", "_export_info", export.NewestSklearn} {
			if !bytes.Contains(a.Bytes(), []byte(part)) {
				t.Errorf("%s lacks %q", name, part)
			}
		}
	}
}

// TestStoredPipelineIsWrittenAlike checks that a pipeline that was stored and
// read back leaves as the same file.
func TestStoredPipelineIsWrittenAlike(t *testing.T) {
	format, err := export.Find("pkl")
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range pipelines(t) {
		stored, err := p.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		read, err := catalog.All().Unmarshal(stored)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var a, b bytes.Buffer
		if err := errors.Join(format.Write(&a, p), format.Write(&b, read)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s is another file after storing", name)
		}
	}
}

// TestWriteTellsOfFaults checks that a file that cannot be written whole is an
// error.
func TestWriteTellsOfFaults(t *testing.T) {
	for name, p := range pipelines(t) {
		for _, room := range []int{0, 1, 700} {
			if err := export.Formats()[0].Write(&full{room}, p); !errors.Is(err, errFull) {
				t.Errorf("%s into %d bytes = %v", name, room, err)
			}
		}
	}
}

var errFull = errors.New("full")

// full takes so many bytes and no more.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if len(b) > f.room {
		n := f.room
		f.room = 0
		return n, errFull
	}
	f.room -= len(b)
	return len(b), nil
}

// opaque is a model that cannot leave as a pickle.
type opaque struct{ learn.Model }

func TestFind(t *testing.T) {
	for _, name := range []string{"exe", "PKL", "../pkl", "pkl "} {
		_, err := export.Find(name)
		if p, ok := problem.As(err); !ok || p.Field != "format" || p.Hint == "" {
			t.Errorf("Find(%q) = %v", name, err)
		}
	}
	for _, f := range export.Formats() {
		got, err := export.Find(string(f.Name))
		if err != nil || got.Name != f.Name || f.Title == "" || f.Summary == "" || f.File == "" || f.MediaType == "" || f.Tested == "" {
			t.Errorf("%s: %+v, %v", f.Name, got, err)
		}
	}
	p := &train.Pipeline{Learner: "opaque", Model: opaque{}}
	err := export.Formats()[0].Write(new(bytes.Buffer), p)
	if told, ok := problem.As(err); !ok || !strings.Contains(told.Message, "opaque") {
		t.Errorf("a model without a pickle = %v", err)
	}
}
