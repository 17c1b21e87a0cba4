package train_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// visited is a table of visits: who came, when, and what was measured.
func visited(things, each int) *frame.Frame {
	r := rand.New(rand.NewPCG(3, 9))
	n := things * each
	who := &frame.Column{Name: "who", Kind: frame.Numeric, Whole: true, Num: make([]float64, n)}
	when := &frame.Column{Name: "when", Kind: frame.Time, Num: make([]float64, n)}
	x := &frame.Column{Name: "x", Kind: frame.Numeric, Num: make([]float64, n)}
	y := &frame.Column{Name: "y", Kind: frame.Category, Levels: []string{"no", "yes"}, Codes: make([]int32, n)}
	for i := range n {
		who.Num[i], when.Num[i], x.Num[i], y.Codes[i] = float64(i%things), float64(i)*86400, r.NormFloat64(), int32(r.IntN(2))
	}
	return frame.New(who, when, x, y)
}

// visitSpec learns y from x, and sets a fifth of the rows aside.
func visitSpec(f *frame.Frame) train.Spec {
	s := train.Spec{Target: "y", Task: learn.Classification, Features: []string{"x"}, Learner: "decision_tree", TestSize: 0.2, Seed: 3, Workers: 2}
	s.Recipe, _ = recipe.Recipe{}.Complete(f, s.Features, catalog.All().Steps, recipe.Want{})
	return s
}

// doubtOf returns what the run says of a concern; nil where it says nothing.
func doubtOf(t *testing.T, f *frame.Frame, s train.Spec, code string) *train.Doubt {
	t.Helper()
	_, res := mustRun(t, f, s)
	for i := range res.Doubts {
		if res.Doubts[i].Code == code {
			return &res.Doubts[i]
		}
	}
	return nil
}

// TestDoubtsAreMeasured checks that what was found in the table is told of a run
// as it is there, and not where it is not.
func TestDoubtsAreMeasured(t *testing.T) {
	f := visited(60, 5)
	s := visitSpec(f)
	who := train.Concern{Code: "repeated_id", Column: "who", Found: "who names things."}
	s.Concerns = []train.Concern{
		who, {Code: "time_order", Column: "when", Found: "The rows are in order of time."},
		{Code: "leak", Column: "x", Found: "x alone predicts y very well (score 0.9 of 1)."}, {Code: "leak", Column: "when", Found: "so does when."},
	}
	target, err := train.CheckTarget(f, "y", s.Task)
	if err != nil {
		t.Fatal(err)
	}
	learned, tested, _, err := s.Split(f, target)
	if err != nil {
		t.Fatal(err)
	}
	met, last := 0, 0
	for _, i := range learned {
		last = max(last, i)
	}
	lies := 0
	for _, i := range tested {
		for _, j := range learned {
			if i%60 == j%60 {
				met++
				break
			}
		}
		if i <= last {
			lies++
		}
	}
	_, res := mustRun(t, f, s)
	if len(res.Doubts) != 3 {
		t.Fatalf("doubts = %+v, want those of who, when and x alone: when is not learned from", res.Doubts)
	}
	d := doubtOf(t, f, s, "repeated_id")
	if d == nil || d.Rows != met || d.Of != 60 || !strings.HasPrefix(d.Message, fmt.Sprintf("%d of 60 test rows", met)) {
		t.Errorf("who: %+v, want %d of 60", d, met)
	}
	d = doubtOf(t, f, s, "time_order")
	if d == nil || d.Rows != lies || !strings.Contains(d.Message, "not later than the training rows") {
		t.Errorf("when: %+v, want %d rows", d, lies)
	}
	d = doubtOf(t, f, s, "leak")
	if d == nil || d.Column != "x" || d.Message != "x alone predicts y very well (score 0.9 of 1), and the model learned from it." {
		t.Errorf("x: %+v", d)
	}
	s.Concerns[2].Chosen = true
	if d := doubtOf(t, f, s, "leak"); d == nil || !strings.HasSuffix(d.Message, "as was chosen.") {
		t.Errorf("x, chosen: %+v", d)
	}
	s.Group = "who"
	if d := doubtOf(t, f, s, "repeated_id"); d != nil {
		t.Errorf("kept together by who: %+v", d)
	}
}

// TestDoubtsMarks holds from which share of the test rows on they are told.
func TestDoubtsMarks(t *testing.T) {
	// Of 400 rows each once, so many more are about the things of others.
	share := func(again int) (*frame.Frame, train.Spec) {
		f := visited(400, 1)
		who := f.Column("who")
		s := visitSpec(f)
		s.Concerns = []train.Concern{{Code: "repeated_id", Column: "who", Found: "who names things."}}
		target, err := train.CheckTarget(f, "y", s.Task)
		if err != nil {
			t.Fatal(err)
		}
		learned, tested, _, err := s.Split(f, target)
		if err != nil || len(tested) != 80 {
			t.Fatal(len(tested), err)
		}
		for k := range again {
			who.Num[tested[k]] = who.Num[learned[k]]
		}
		return f, s
	}
	for _, tt := range []struct {
		again int
		told  bool
	}{{0, false}, {3, false}, {4, true}} { // 5 % of 80
		f, s := share(tt.again)
		if d := doubtOf(t, f, s, "repeated_id"); (d != nil) != tt.told {
			t.Errorf("%d of 80 test rows are met again: %+v", tt.again, d)
		}
	}
	// Rows that no test row lies among: the last are set aside.
	f := visited(400, 1)
	s := visitSpec(f)
	s.Concerns = []train.Concern{{Code: "time_order", Column: "when", Found: "In order."}}
	target, err := train.CheckTarget(f, "y", s.Task)
	if err != nil {
		t.Fatal(err)
	}
	_, tested, _, err := s.Split(f, target)
	if err != nil {
		t.Fatal(err)
	}
	when := f.Column("when").Num
	for k, i := range tested {
		if when[i] = 0; k < 40 {
			when[i] = 1000 * 86400
		}
	}
	if d := doubtOf(t, f, s, "time_order"); d != nil {
		t.Errorf("half of the test rows are later, yet %+v", d)
	}
	when[tested[0]] = 0
	if d := doubtOf(t, f, s, "time_order"); d == nil {
		t.Error("fewer than half of the test rows are later, which is not told")
	}
}

// TestCopiesMark holds from which share of the test rows on copies are told.
func TestCopiesMark(t *testing.T) {
	for _, tt := range []struct {
		copies int
		told   bool
	}{{3, false}, {4, true}} { // 5 % of 80
		f := visited(400, 1)
		s := visitSpec(f)
		target, err := train.CheckTarget(f, "y", s.Task)
		if err != nil {
			t.Fatal(err)
		}
		learned, tested, _, err := s.Split(f, target)
		if err != nil {
			t.Fatal(err)
		}
		x, y := f.Column("x").Num, f.Column("y").Codes
		n := 0
		for _, i := range tested {
			for _, j := range learned {
				if n < tt.copies && y[i] == y[j] && x[i] != x[j] {
					x[i] = x[j]
					n++
					break
				}
			}
		}
		if d := doubtOf(t, f, s, "duplicates"); (d != nil) != tt.told {
			t.Errorf("%d copies among 80 test rows: %+v", tt.copies, d)
		}
	}
}
