package train_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
)

// thrice is a table of 60 different rows, each three times, some of whose
// cells are missing; id tells all rows apart.
func thrice() *frame.Frame {
	x, id := &frame.Column{Name: "x", Kind: frame.Numeric}, &frame.Column{Name: "id", Kind: frame.Numeric}
	town := &frame.Column{Name: "town", Kind: frame.Category, Levels: []string{"a", "b"}}
	class := &frame.Column{Name: "class", Kind: frame.Category, Levels: []string{"no", "yes"}}
	flat := &frame.Column{Name: "flat", Kind: frame.Numeric, Num: make([]float64, 180)}
	for i := range 180 {
		k := i % 60
		v := float64(k / 2)
		if k < 2 {
			v = math.NaN()
		}
		x.Num, id.Num = append(x.Num, v), append(id.Num, float64(i))
		town.Codes, class.Codes = append(town.Codes, int32(k%2)), append(class.Codes, int32(k/2%2))
	}
	return frame.New(x, town, class, id, flat)
}

// TestCopiesAreTold checks the warning of copies on both sides of the split,
// and that none is left, nor in a fold, once they are kept together.
func TestCopiesAreTold(t *testing.T) {
	f := thrice()
	s := specOf(f, "decision_tree", "class")
	told := func(res *train.Result) bool {
		return slices.ContainsFunc(res.Doubts, func(d train.Doubt) bool {
			return d.Code == "duplicates" && strings.Contains(d.Message, "exact copies of training rows")
		})
	}
	if _, res := mustRun(t, f, s); !told(res) {
		t.Errorf("copies on both sides are not told: %+v", res.Doubts)
	}
	s.Copies, s.Folds = true, 3
	_, res := mustRun(t, f, s)
	if told(res) {
		t.Errorf("copies are kept together, but told: %+v", res.Doubts)
	}
	if g := res.Groups; g == nil || g.Column != "" || g.Train+g.Test != 60 || g.Test == 0 || !res.CV.Grouped {
		t.Errorf("groups %+v, want 60 kinds of row on two sides", g)
	}
	target, err := train.CheckTarget(f, "class", learn.Classification)
	if err != nil {
		t.Fatal(err)
	}
	learned, tested, _, err := s.Split(f, target)
	if err != nil || len(learned)+len(tested) != 180 {
		t.Fatal(learned, tested, err)
	}
	for _, i := range tested {
		if slices.ContainsFunc(learned, func(j int) bool { return i%60 == j%60 }) {
			t.Errorf("row %d is tested, and a copy of it learned from", i)
		}
	}
	first := make([]int, 60)
	for i := range first {
		first[i] = i
	}
	other := f.Take(first)
	plain := specOf(other, "decision_tree", "class")
	if _, res := mustRun(t, other, plain); told(res) {
		t.Errorf("a table without copies warns %+v", res.Doubts)
	}
}

// TestCopiesRefuse names what cannot be done.
func TestCopiesRefuse(t *testing.T) {
	f := thrice()
	for _, tt := range []struct {
		name    string
		change  func(*train.Spec)
		message string
	}{
		{"with a group", func(s *train.Spec) { s.Group = "id" }, "either by id or where they are copies"},
		{"all the same", func(s *train.Spec) { s.Features = []string{"flat"} }, "All rows are equal"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := specOf(f, "decision_tree", "class")
			s.Copies = true
			tt.change(&s)
			target, err := train.CheckTarget(f, "class", learn.Classification)
			if err != nil {
				t.Fatal(err)
			}
			_, _, _, err = s.Split(f, target)
			if p, ok := problem.As(err); !ok || p.Field != "keep_copies_together" || !strings.Contains(p.Message, tt.message) || p.Hint == "" {
				t.Errorf("refused by %v, want %q", err, tt.message)
			}
		})
	}
}
