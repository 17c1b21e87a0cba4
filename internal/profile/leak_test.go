package profile_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
)

// relation returns how a column goes with the target.
func relation(t *testing.T, r *profile.TargetReport, column string) profile.Relation {
	t.Helper()
	for _, x := range r.Relations {
		if x.Column == column {
			return x
		}
	}
	t.Fatalf("no column %s", column)
	return profile.Relation{}
}

// flipped returns a target of n rows of either class, and a column of texts
// that is another in so many rows of each.
func flipped(n, wrong int) *frame.Frame {
	y, x := make([]string, 2*n), make([]string, 2*n)
	for i := range y {
		y[i] = []string{"no", "yes"}[i%2]
		x[i] = []string{"a", "b"}[i%2]
		if i/2 < wrong {
			x[i] = []string{"b", "a"}[i%2]
		}
	}
	return frame.New(texts("x", x), texts("y", y))
}

// TestLeakMarks holds the marks from both sides: of a column of two values the
// score is 1 less the shares of both classes that it gets wrong.
func TestLeakMarks(t *testing.T) {
	for _, tt := range []struct {
		wrong int
		want  profile.Verdict
	}{{0, profile.GivesAway}, {12, profile.GivesAway}, {13, profile.Ask}, {74, profile.Ask}, {76, profile.Fine}, {400, profile.Fine}} {
		x := relation(t, against(t, flipped(1000, tt.wrong), "y", 0), "x")
		if want := max(1-2*float64(tt.wrong)/1000, 0); math.Abs(float64(x.Score)-want) > 5e-4 {
			t.Errorf("%d wrong of 1,000: score %v, want %v", tt.wrong, x.Score, want)
		}
		if x.Leak.Verdict != tt.want || x.Leak.Score != x.Score {
			t.Errorf("%d wrong of 1,000, score %v: leak %+v, want %q of that score", tt.wrong, x.Score, x.Leak, tt.want)
		}
	}
}

// rows returns a table of n rows of which some are of the rare class, and a
// column that tells them by as many values as there are, no more than most.
func rareRows(n, rare, values int) *frame.Frame {
	y, x := make([]string, n), make([]string, n)
	for i := range n {
		y[i], x[i] = "no", fmt.Sprintf("v%d", i%max(values-1, 1))
		if i < rare {
			y[i], x[i] = "yes", "rare"
		}
	}
	return frame.New(texts("x", x), texts("y", y))
}

// TestLeakNeedsRows holds how much a leak must rest on, from both sides.
func TestLeakNeedsRows(t *testing.T) {
	for _, tt := range []struct {
		about           string
		n, rare, values int
		want            profile.Verdict
	}{
		{"the target under other names, in 29 rows", 29, 8, 2, profile.Fine},
		{"the same in 30", 30, 8, 2, profile.GivesAway},
		{"two rows of the rare class", 200, 2, 2, profile.Fine},
		{"three of them", 200, 3, 2, profile.GivesAway},
		{"several values for one class, and 9 rows of the other", 200, 9, 4, profile.Fine},
		{"the same with 10", 200, 10, 4, profile.GivesAway},
		{"40 values with 10 rows each", 400, 100, 40, profile.GivesAway},
		{"41 values in as many rows", 400, 100, 41, profile.Ask},
	} {
		if x := relation(t, against(t, rareRows(tt.n, tt.rare, tt.values), "y", 0), "x"); x.Leak.Verdict != tt.want {
			t.Errorf("%s: leak %+v, score %v, want %q", tt.about, x.Leak, x.Score, tt.want)
		}
	}
}

func TestLeakOfNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	n := 1000
	y, copied, sure, likely, weak, step := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		y[i] = r.NormFloat64()
		copied[i] = 3*y[i] + 1
		sure[i] = y[i] + 0.13*r.NormFloat64()   // R² about 1/(1+0.13²) = 0.983
		likely[i] = y[i] + 0.25*r.NormFloat64() // 0.94
		weak[i] = y[i] + r.NormFloat64()        // 0.5
		step[i] = math.Round(y[i])              // what it predicts with is rounded
	}
	f := frame.New(numbers("copied", copied...), numbers("sure", sure...), numbers("likely", likely...), numbers("weak", weak...), numbers("step", step...), numbers("y", y...))
	rep := against(t, f, "y", learn.Regression)
	for column, want := range map[string]profile.Verdict{"copied": profile.GivesAway, "sure": profile.GivesAway, "likely": profile.Ask, "step": profile.Ask, "weak": profile.Fine} {
		if x := relation(t, rep, column); x.Leak.Verdict != want {
			t.Errorf("%s: leak %+v, want %q", column, x.Leak, want)
		}
	}
}

// patients returns 60 patients of five rows each, of which every one is sick
// or not in all of them, and columns that are the same in all rows of one.
func patients(id string) *frame.Frame {
	r := rand.New(rand.NewPCG(7, 8))
	const things, each = 60, 5
	var name, room, sick []string
	var age, measure []float64
	at := r.Perm(things)
	for range each {
		for p := range things {
			name = append(name, fmt.Sprintf("P%03d", p))
			room = append(room, fmt.Sprintf("room %d", (p*37)%things))
			age = append(age, float64(20+at[p]))
			sick = append(sick, []string{"no", "yes"}[p*7%3%2])
			measure = append(measure, 120+10*r.NormFloat64())
		}
	}
	return frame.New(texts(id, name), texts("room", room), numbers("age", age...), numbers("bp", measure...), texts("sick", sick))
}

// TestThingsDoNotLeak checks that what recognizes a patient is not taken for
// what tells who is sick: no other patient's rows are predicted by it.
func TestThingsDoNotLeak(t *testing.T) {
	f := patients("patient_id")
	r := against(t, f, "sick", 0)
	if r.Group != "patient_id" {
		t.Errorf("rows are kept together by %q, want patient_id", r.Group)
	}
	for _, x := range r.Relations {
		if x.Score > 0.5 || x.Leak.Verdict != profile.Fine {
			t.Errorf("%s: score %v, leak %+v, want none", x.Column, x.Score, x.Leak)
		}
	}
	for _, a := range r.Alerts {
		if strings.HasPrefix(a.Code, "leak") {
			t.Errorf("alert %+v", a)
		}
	}

	// Without the column that names them, five rows of each are no proof.
	unnamed := frame.New(f.Columns[1:]...)
	x := relation(t, against(t, unnamed, "sick", 0), "room")
	if x.Leak.Verdict != profile.Ask {
		t.Errorf("room with no patient named: leak %+v, want a question", x.Leak)
	}
	by, err := profile.AgainstBy(t.Context(), unnamed, "sick", 0, "age")
	if err != nil {
		t.Fatal(err)
	}
	if x := relation(t, by, "room"); by.Group != "age" || x.Leak.Verdict != profile.Fine {
		t.Errorf("kept together by age: group %q, leak of room %+v, want none", by.Group, x.Leak)
	}
}

// TestNoiseIsNoLeak checks that among many columns of noise in few rows none is
// asked about.
func TestNoiseIsNoLeak(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for _, n := range []int{20, 30, 60, 200} {
		for _, task := range []learn.Task{learn.Classification, learn.Regression} {
			y := make([]float64, n)
			for i := range y {
				if y[i] = r.NormFloat64(); task == learn.Classification {
					y[i] = float64(i % 2)
				}
			}
			columns := []*frame.Column{numbers("y", y...)}
			for k := range 1000 {
				x, c := make([]float64, n), make([]string, n)
				for i := range n {
					x[i], c[i] = r.NormFloat64(), fmt.Sprint("v", r.IntN(4))
				}
				columns = append(columns, numbers(fmt.Sprint("x", k), x...), texts(fmt.Sprint("c", k), c))
			}
			for _, x := range against(t, frame.New(columns...), "y", task).Leaks() {
				t.Errorf("%d rows, %v: %s is a leak of score %v", n, task, x.Column, x.Score)
			}
		}
	}
}

// TestLeakSentences checks that the score that is told is the one that the
// verdict rests on, and is not rounded up to a mark.
func TestLeakSentences(t *testing.T) {
	for _, tt := range []struct {
		leak profile.Leak
		want string
	}{
		{profile.Leak{Verdict: profile.GivesAway, Score: 1}, "alone predicts y almost perfectly (score 1 of 1)"},
		{profile.Leak{Verdict: profile.Ask, Score: 0.97499}, "alone predicts y very well (score 0.974 of 1)"},
		{profile.Leak{Verdict: profile.GivesAway, Score: 0.9999, By: profile.ByMissing}, "alone predicts y almost perfectly by where it is missing (score 0.999 of 1)"},
		{profile.Leak{Verdict: profile.Ask, Score: 0.9, By: profile.ByOrder}, "names the rows, and their order alone predicts y very well (score 0.9 of 1)"},
		{profile.Leak{Verdict: profile.GivesAway, Score: 0.96, By: profile.ByAlias}, "alone predicts y almost perfectly: each of its values goes with one class (score 0.96 of 1)"},
	} {
		if got := tt.leak.Says("y"); got != tt.want {
			t.Errorf("%+v says %q, want %q", tt.leak, got, tt.want)
		}
	}
}

// TestEntities checks which columns are taken to name things.
func TestEntities(t *testing.T) {
	repeated := func(name, format string, things, each int) *frame.Column {
		var out []string
		for range each {
			for k := range things {
				out = append(out, fmt.Sprintf(format, k))
			}
		}
		return texts(name, out)
	}
	number := func(name string, things, each int, by float64) *frame.Column {
		var out []float64
		for range each {
			for k := range things {
				out = append(out, float64(k)*by)
			}
		}
		c := numbers(name, out...)
		c.Whole = by == 1
		return c
	}
	for _, tt := range []struct {
		column *frame.Column
		want   bool
	}{
		{repeated("patient_id", "%d-x", 10, 2), true},
		{repeated("patient_id", "%d-x", 9, 2), false},
		{repeated("patient_id", "%d-x", 60, 1), false},
		{number("Subject", 18, 10, 1), true},
		{number("customer_no", 50, 3, 1), true},
		{number("subject", 18, 10, 0.5), false}, // no names
		{number("customers", 50, 3, 1), false},
		{number("patient_age", 50, 3, 1), false},
		{number("age", 50, 3, 1), false},
		{repeated("who", "P%03d", 20, 2), true},
		{repeated("who", "P%03d", 19, 2), false},
		{repeated("who", "%03dP", 20, 2), false},
		{repeated("town", "town of %d people", 30, 2), false},
	} {
		f := frame.New(tt.column)
		got := len(profile.Entities(f)) == 1
		r, err := profile.New(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		alerted := false
		for _, a := range r.Alerts {
			alerted = alerted || a.Code == "repeated_id"
		}
		if got != tt.want || alerted != tt.want {
			t.Errorf("%s of %d values: an entity %v, alert %v, want %v", tt.column.Name, len(tt.column.Levels), got, alerted, tt.want)
		}
	}
}

// TestConcerns checks which alerts stay on the way to the scores, and that dates
// are among them only where there is a reason.
func TestConcerns(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	const n = 300
	inOrder, random, born, year, y, x := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		inOrder[i], random[i], born[i], year[i] = float64(i)*86400, float64(r.IntN(n))*86400, float64(i)*86400, float64(1990+i/10)
		y[i], x[i] = r.NormFloat64(), r.NormFloat64()
	}
	column := func(name string, kind frame.Kind, v []float64) *frame.Column {
		return &frame.Column{Name: name, Kind: kind, Num: v, Whole: true}
	}
	drifting := make([]float64, n)
	for i := range n {
		drifting[i] = random[i]/86400/100 + 0.8*r.NormFloat64() // R² of the date about 0.5
	}
	concerns := func(target string, f *frame.Frame) []string {
		return codes(profile.Concerns(f, target, against(t, f, target, learn.Regression)))
	}
	for _, tt := range []struct {
		about string
		f     *frame.Frame
		want  []string
	}{
		{"rows in order of a date", frame.New(column("when", frame.Time, inOrder), numbers("x", x...), numbers("y", y...)), []string{"time_order when"}},
		{"a date in no order", frame.New(column("when", frame.Time, random), numbers("x", x...), numbers("y", y...)), nil},
		{"a date of birth in order", frame.New(column("date_of_birth", frame.Time, born), numbers("y", y...)), nil},
		{"years in order", frame.New(column("year", frame.Numeric, year), numbers("y", y...)), []string{"time_order year"}},
		{"a number in order", frame.New(column("number", frame.Numeric, year), numbers("y", y...)), nil},
		{"a target that changes with a date", frame.New(column("when", frame.Time, random), numbers("y", drifting...)), []string{"time_drift when"}},
		{"one that is the date", frame.New(column("when", frame.Time, random), numbers("y", random...)), []string{"leak when"}},
	} {
		if got := concerns("y", tt.f); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: concerns %q, want %q", tt.about, got, tt.want)
		}
	}
	for code, want := range map[string]bool{"leak": true, "leak_missing": true, "repeated_id": true, "duplicates": true, "time_order": true, "time_drift": true,
		"leak_name": false, "constant": false, "imbalance": false} {
		if got := (profile.Alert{Code: code}).Concern(); got != want {
			t.Errorf("%s is a concern: %v, want %v", code, got, want)
		}
	}
}
