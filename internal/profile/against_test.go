package profile_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
)

func against(t testing.TB, f *frame.Frame, target string, task learn.Task) *profile.TargetReport {
	t.Helper()
	r, err := profile.Against(t.Context(), f, target, task)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sameStat takes undefined numbers for equal, and others within tol.
func sameStat(tol float64) cmp.Option {
	return cmp.Comparer(func(a, b profile.Stat) bool {
		return !a.Defined() && !b.Defined() || math.Abs(float64(a-b)) <= tol
	})
}

func ranked(r *profile.TargetReport) []string {
	var out []string
	for _, i := range r.Ranking {
		out = append(out, r.Relations[i].Column)
	}
	return out
}

// TestAgainstTitanic holds numbers that anyone can count in the file.
func TestAgainstTitanic(t *testing.T) {
	r := against(t, load(t, "titanic.csv"), "survived", 0)
	if r.Task != learn.Classification || r.Rows != 891 || r.Missing != 0 {
		t.Fatalf("task, rows, missing = %v, %d, %d", r.Task, r.Rows, r.Missing)
	}
	if d := cmp.Diff([]profile.Level{{Value: "0", Count: 549}, {Value: "1", Count: 342}}, r.Classes); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"1"}, r.Series); d != "" {
		t.Errorf("the positive class is the second: %s", d)
	}
	if got := ranked(r); got[0] != "alive" || len(got) != 14 {
		t.Errorf("ranking = %v, want alive first of 14", got)
	}
	sex := r.Relations[1]
	want := []profile.Group{
		{Label: "male", Count: 577, Values: []profile.Estimate{{Value: 0.1889081456, Low: 0.1590660143, High: 0.2228651572}}},
		{Label: "female", Count: 314, Values: []profile.Estimate{{Value: 0.7420382166, Low: 0.6909253148, High: 0.7873005295}}},
	}
	for i := range want {
		want[i].Low, want[i].High = profile.Stat(math.NaN()), profile.Stat(math.NaN())
	}
	if d := cmp.Diff(want, sex.Groups, sameStat(1e-9)); d != "" {
		t.Errorf("sex (-want +got):\n%s", d)
	}
	if age := r.Relations[2].Groups; !age[len(age)-1].Missing || age[len(age)-1].Count != 177 || math.Abs(float64(age[len(age)-1].Values[0].Value)-52./177) > 1e-12 {
		t.Errorf("the last group of age is %+v, want the 177 missing, 52 of whom survived", age[len(age)-1])
	}
	if got := codes(r.Alerts)[0]; got != "leak alive" || r.Alerts[0].Severity != profile.Critical || r.Alerts[0].Fix.Action != profile.DropColumn {
		t.Errorf("the first alert is %+v, want alive to be named as a leak", r.Alerts[0])
	}
}

func TestAgainstIsQuietOnCleanData(t *testing.T) {
	for _, x := range []struct{ file, target, best string }{
		{"iris.csv", "species", "petal_width"},
		{"penguins.csv", "species", "flipper_length_mm"},
		{"housing.csv", "median_house_value", "median_income"},
	} {
		r := against(t, load(t, x.file), x.target, 0)
		if len(r.Alerts) != 0 {
			t.Errorf("%s: alerts %v, want none", x.file, r.Alerts)
		}
		if got := ranked(r)[0]; got != x.best {
			t.Errorf("%s: %s ranks first, want %s", x.file, got, x.best)
		}
	}
}

// planted returns a table of n rows and the target of a task in it, with
// columns whose relation to it is known.
func planted(n, classes int) *frame.Frame {
	r := rand.New(rand.NewPCG(3, 4))
	y, noise, line, strong, some := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	label, alias, key := make([]string, n), make([]string, n), make([]string, n)
	for i := range n {
		y[i] = math.Exp(r.NormFloat64())
		c := r.IntN(classes)
		label[i], alias[i] = fmt.Sprintf("class %d", c), fmt.Sprintf("code %d", (c+1)%classes)
		noise[i] = r.NormFloat64()
		line[i] = 3 - y[i]*2e6
		strong[i] = float64(c) + 0.1*r.NormFloat64()
		some[i] = float64(c) + float64(classes)*r.NormFloat64()
		key[i] = strconv.Itoa(r.IntN(1 << 40))
	}
	id := texts("key", key)
	id.Kind = frame.ID
	return frame.New(numbers("noise", noise...), numbers("line", line...), numbers("strong", strong...), numbers("some", some...),
		texts("alias", alias), id, texts("label", label), numbers("y", y...))
}

func score(t *testing.T, r *profile.TargetReport, column string) float64 {
	t.Helper()
	for _, x := range r.Relations {
		if x.Column == column {
			return float64(x.Score)
		}
	}
	t.Fatalf("no column %s", column)
	return 0
}

func TestScoresTellSignalFromNoise(t *testing.T) {
	for _, classes := range []int{2, 3, 7, 40} {
		r := against(t, planted(4000, classes), "label", learn.Classification)
		if s := score(t, r, "noise"); s > 0.05 {
			t.Errorf("%d classes: noise scores %v", classes, s)
		}
		if s := score(t, r, "key"); s > 0.05 {
			t.Errorf("%d classes: random names of the rows score %v", classes, s)
		}
		if s := score(t, r, "alias"); s < 0.85 {
			t.Errorf("%d classes: other names of the classes score %v", classes, s)
		}
		if s := score(t, r, "some"); classes < 20 && !(s > 0.001 && s < 0.8) {
			t.Errorf("%d classes: a noisy measure scores %v", classes, s)
		}
		if a := r.Alerts[0]; a.Code != "leak" || a.Severity != profile.Critical || a.Column != "alias" && a.Column != "strong" {
			t.Errorf("%d classes: first alert %+v, want the leak", classes, a)
		}
	}
	r := against(t, planted(4000, 3), "y", learn.Regression)
	if s := score(t, r, "line"); !(s > 0.999999) {
		t.Errorf("a line scores %v", s)
	}
	if s := score(t, r, "noise"); s > 0.02 {
		t.Errorf("noise scores %v for a number", s)
	}
	if got := codes(r.Alerts); len(got) != 1 || got[0] != "leak line" {
		t.Errorf("alerts = %v, want the line to be a leak", got)
	}
}

func TestAgainstIsTheSameEveryTime(t *testing.T) {
	f := planted(2000, 4)
	a, b := against(t, f, "label", 0), against(t, f, "label", 0)
	if d := cmp.Diff(a, b, sameStat(0)); d != "" {
		t.Error(d)
	}
}

func TestOrderOfNamesLeaks(t *testing.T) {
	n := 90
	key, label := make([]string, n), make([]string, n)
	for i := range n {
		key[i], label[i] = strconv.Itoa(i+1), "abc"[i/30:i/30+1]
	}
	id := texts("Id", key)
	id.Kind = frame.ID
	r := against(t, frame.New(id, texts("label", label)), "label", 0)
	if s := score(t, r, "Id"); s < 0.85 || r.Alerts[0].Column != "Id" {
		t.Errorf("names 1 … 90 of rows sorted by class score %v", s)
	}
	if g := r.Relations[0].Groups[0]; g.Label != "1 … 9" {
		t.Errorf("the first group is %q, want names by their value", g.Label)
	}
}

func TestConflictsByHand(t *testing.T) {
	f := frame.New(
		numbers("x", 1, 1, 1, 2, 2, 3, 3),
		texts("y", []string{"a", "a", "b", "a", "a", "b", ""}),
	)
	got := against(t, f, "y", 0).Conflicts
	want := profile.Conflicts{Groups: 1, Rows: 3, Lost: 1, Ceiling: profile.Stat(1 - 1./6), Example: [][]int{{0, 1, 2}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("conflicts (-want +got):\n%s", d)
	}
}

func TestMissingMayLeak(t *testing.T) {
	n := 200
	x, y := make([]float64, n), make([]string, n)
	for i := range n {
		x[i], y[i] = float64(i*37%101), "kept"
		if i%4 == 0 {
			x[i], y[i] = math.NaN(), "left"
		}
	}
	r := against(t, frame.New(numbers("refund", x...), texts("y", y)), "y", 0)
	if r.Relations[0].MissingScore != 1 || r.Alerts[0].Code != "leak_missing" {
		t.Errorf("missing score %v, alerts %v", r.Relations[0].MissingScore, codes(r.Alerts))
	}
}

func TestTargetAlerts(t *testing.T) {
	n := 2000
	y, x := make([]string, n), make([]float64, n)
	for i := range n {
		y[i], x[i] = "no", float64(i*i%977)
		if i%150 == 0 {
			y[i] = "yes"
		}
	}
	f := func(y []string) *frame.Frame { return frame.New(numbers("x", x[:len(y)]...), texts("y", y)) }
	if got := codes(against(t, f(y), "y", 0).Alerts); !cmp.Equal(got, []string{"imbalance y", "conflicting_labels y"}) {
		t.Errorf("alerts of 14 among 2,000 = %v", got)
	}
	y[1] = "once"
	if got := codes(against(t, f(y), "y", 0).Alerts); got[0] != "single_row_class y" {
		t.Errorf("alerts of a class of one row = %v", got)
	}
	same := against(t, f([]string{"a", "a", "", "a", "a", "a", "a"}), "y", learn.Classification)
	if got := codes(same.Alerts); got[0] != "constant_target y" || same.Relations[0].Score.Defined() {
		t.Errorf("alerts of one class = %v, score %v", got, same.Relations[0].Score)
	}
}

// TestAgainstOddTargets holds that targets without values, with one, of huge
// and of tiny numbers give finite or undefined numbers and no panic.
func TestAgainstOddTargets(t *testing.T) {
	nan := math.NaN()
	huge := math.MaxFloat64
	for name, y := range map[string][]float64{
		"none": {nan, nan, nan, nan, nan, nan, nan}, "one": {nan, nan, 1, nan, nan, nan, nan}, "same": {2, 2, 2, 2, 2, 2, 2},
		"huge": {huge, -huge, huge, -huge, huge, -huge, huge}, "tiny": {5e-324, 0, 5e-324, 0, 5e-324, 0, 1e-323},
	} {
		f := frame.New(numbers("y", y...), numbers("x", y...), numbers("z", 1, nan, 3, nan, 5, huge, -huge),
			texts("t", []string{"", "a", "", "b", "b", "b", "a"}))
		for _, task := range []learn.Task{learn.Regression, learn.Classification} {
			r := against(t, f, "y", task)
			for _, x := range r.Relations {
				if s := float64(x.Score); s < 0 || s > 1 {
					t.Errorf("%s: %s scores %v", name, x.Column, s)
				}
			}
		}
	}
}

func TestAgainstRefuses(t *testing.T) {
	many := make([]float64, 1500)
	for i := range many {
		many[i] = float64(i)
	}
	when := numbers("when", many...)
	when.Kind = frame.Time
	f := frame.New(numbers("many", many...), when, texts("t", make([]string, 1500)))
	for _, x := range []struct {
		target string
		task   learn.Task
	}{{"nothing", 0}, {"when", 0}, {"t", learn.Regression}, {"many", learn.Classification}} {
		_, err := profile.Against(t.Context(), f, x.target, x.task)
		if p, ok := errors.AsType[*problem.Error](err); !ok || p.Kind != problem.Invalid || p.Hint == "" {
			t.Errorf("Against(%s, %v) = %v, want it refused with a hint", x.target, x.task, err)
		}
	}
}

func BenchmarkAgainst(b *testing.B) {
	f := planted(100_000, 2)
	columns := append([]*frame.Column{}, f.Columns...)
	for len(columns) < 20 {
		c := *f.Columns[len(columns)%4]
		c.Name += strconv.Itoa(len(columns))
		columns = append(columns, &c)
	}
	f = frame.New(columns...)
	for _, target := range []string{"label", "y"} {
		b.Run(target, func(b *testing.B) {
			for b.Loop() {
				if _, err := profile.Against(b.Context(), f, target, 0); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(f.Rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
