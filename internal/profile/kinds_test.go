package profile_test

import (
	"context"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
)

func TestOrders(t *testing.T) {
	nan := math.NaN()
	for _, x := range []struct {
		want profile.Order
		v    []float64
	}{
		{profile.Increasing, []float64{1, nan, 2, 5}}, {profile.Rising, []float64{1, 1, nan, 5}},
		{profile.Decreasing, []float64{nan, 3, 2}}, {profile.Falling, []float64{3, 3, 2}},
		{profile.Unordered, []float64{1, 2, 1}}, {profile.Unordered, []float64{4, 4, 4}}, {profile.Unordered, []float64{nan, nan}},
	} {
		if got := describe(t, frame.New(numbers("x", x.v...))).Columns[0].Number.Order; got != x.want {
			t.Errorf("order of %v = %q, want %q", x.v, got, x.want)
		}
	}
}

func TestNamesAreOrderedAsNumbers(t *testing.T) {
	var names []string
	for i := range 25 {
		names = append(names, strconv.Itoa(i+1))
	}
	id := texts("id", names)
	id.Kind = frame.ID
	if l := describe(t, frame.New(id)).Columns[0].Levels; l.Order != profile.Increasing || l.Repeats != 0 {
		t.Errorf("order, repeats of 1 … 25 = %q, %d", l.Order, l.Repeats)
	}
	id = texts("id", []string{"b", "a", "b", "c", "c", "c"})
	id.Kind = frame.ID
	l := describe(t, frame.New(id)).Columns[0].Levels
	if l.Order != profile.Unordered || l.Repeats != 5 || l.Top[0] != (profile.Level{Value: "c", Count: 3}) {
		t.Errorf("order, repeats, top of names that repeat = %q, %d, %v", l.Order, l.Repeats, l.Top)
	}
}

func TestDatesByHand(t *testing.T) {
	at := func(s string) float64 {
		d, err := time.Parse("2006-01-02 15:04:05", s)
		if err != nil {
			t.Fatal(err)
		}
		return float64(d.Unix())
	}
	when := func(v ...float64) *profile.Time {
		c := numbers("when", v...)
		c.Kind = frame.Time
		return describe(t, frame.New(c)).Columns[0].Time
	}
	// A Monday in March, a Tuesday in April, and a Sunday before 1970.
	d := when(at("2024-03-04 13:30:00"), math.NaN(), at("2024-04-02 00:00:00"), at("1969-12-28 23:00:00"))
	if d.Weekdays != [7]int{1, 1, 0, 0, 0, 0, 1} {
		t.Errorf("weekdays = %v", d.Weekdays)
	}
	if d.Months != [12]int{2: 1, 3: 1, 11: 1} || d.Hours != [24]int{13: 1, 0: 1, 23: 1} {
		t.Errorf("months, hours = %v, %v", d.Months, d.Hours)
	}
	if float64(d.GapFrom) != at("1969-12-28 23:00:00") || float64(d.GapTo) != at("2024-03-04 13:30:00") || d.Order != profile.Unordered {
		t.Errorf("gap, order = %v … %v, %q", d.GapFrom, d.GapTo, d.Order)
	}
	for want, v := range map[string][]float64{
		"year": {at("2020-01-01 00:00:00"), at("2021-01-01 00:00:00")}, "month": {at("2020-01-01 00:00:00"), at("2020-05-01 00:00:00")},
		"day": {at("2020-05-02 00:00:00")}, "hour": {at("2020-05-02 07:00:00")}, "minute": {at("2020-05-02 07:01:00")},
		"second": {at("2020-05-02 07:01:09"), at("2020-05-02 07:00:00")}, "fraction": {0.5, 86400},
	} {
		if got := when(v...).Unit; got != want {
			t.Errorf("unit of %v = %s, want %s", v, got, want)
		}
	}
	when(1e300, -1e300, 1e18, math.MaxFloat64) // beyond the calendar: no panic
}

func TestWordsByHand(t *testing.T) {
	c := texts("t", []string{"The cat, the DOG.", "Кот и dog", "", "The cat, the DOG.", "don't 12"})
	c.Kind = frame.Text
	l := describe(t, frame.New(c)).Columns[0].Levels
	w := l.Words
	want := []profile.Level{{Value: "the", Count: 4}, {Value: "dog", Count: 3}, {Value: "cat", Count: 2}, {Value: "12", Count: 1}, {Value: "don't", Count: 1}, {Value: "и", Count: 1}, {Value: "кот", Count: 1}}
	if d := cmp.Diff(want, w.Top); d != "" || w.Words != 13 || w.Distinct != 7 || w.Share != 1 {
		t.Errorf("words %d, distinct %d, share %v, top (-want +got):\n%s", w.Words, w.Distinct, w.Share, d)
	}
	if d := cmp.Diff([]profile.Level{{Value: "Latin", Count: 31}, {Value: "Cyrillic", Count: 4}}, w.Scripts); d != "" {
		t.Error(d)
	}
	if w.Characters != 2*17+9+8 {
		t.Errorf("characters = %d", w.Characters)
	}
	if d := cmp.Diff([]string{"The cat, the DOG.", "Кот и dog", "The cat, the DOG.", "don't 12"}, l.First); d != "" {
		t.Error(d)
	}
	long := texts("t", []string{strings.Repeat("x ", 1<<20), strings.Repeat("y ", 1<<20), "z"})
	long.Kind = frame.Text
	if s := float64(describe(t, frame.New(long)).Columns[0].Levels.Words.Share); !(s > 0 && s < 1) {
		t.Errorf("share of 4 MB read = %v", s)
	}
}

func TestSpreadByHand(t *testing.T) {
	l := describe(t, frame.New(texts("t", []string{"a", "a", "bbb", "cc", ""}))).Columns[0].Levels
	if l.Entropy != 1.5 || math.Abs(float64(l.Imbalance)-(1-1.5/math.Log2(3))) > 1e-15 || l.Once != 2 || l.Repeats != 2 || l.MedianLength != 1.5 {
		t.Errorf("entropy, imbalance, once, repeats, median length = %v, %v, %d, %d, %v", l.Entropy, l.Imbalance, l.Once, l.Repeats, l.MedianLength)
	}
	if d := cmp.Diff(profile.Histogram{Edges: []float64{0.5, 1.5, 2.5, 3.5}, Counts: []int{2, 1, 1}}, l.Lengths); d != "" {
		t.Error(d)
	}
	if one := describe(t, frame.New(texts("t", []string{"a", "a"}))).Columns[0].Levels; one.Entropy != 0 || one.Imbalance.Defined() {
		t.Errorf("entropy, imbalance of one value = %v, %v", one.Entropy, one.Imbalance)
	}
	got := describe(t, frame.New(texts("t", strings.Split("no|No|yes|NO|no|Yes |maybe", "|")))).Columns[0].Levels.Variants
	if d := cmp.Diff([][]string{{"no", "NO", "No"}, {"Yes ", "yes"}}, got); d != "" {
		t.Errorf("variants (-want +got):\n%s", d)
	}
}

func TestMissingByHand(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		numbers("a", 1, nan, nan, 4, nan, 6),
		numbers("full", 1, 2, 3, 4, 5, 6),
		texts("b", []string{"x", "", "", "y", "z", "x"}),
		numbers("c", nan, 2, 3, 4, 5, 6),
	)
	want := profile.Missing{
		Columns: []string{"a", "b", "c"}, Complete: 2,
		Patterns: []profile.Pattern{{Rows: 2}, {Columns: []string{"a", "b"}, Rows: 2}, {Columns: []string{"a"}, Rows: 1}, {Columns: []string{"c"}, Rows: 1}},
		Together: []profile.MissingPair{{A: "a", B: "b", Both: 2, Phi: profile.Stat(math.Sqrt(0.5))}},
	}
	if d := cmp.Diff(want, describe(t, f).Missing, sameStat(1e-15)); d != "" {
		t.Errorf("missing (-want +got):\n%s", d)
	}
	if m := describe(t, frame.New(numbers("x", 1, 2))).Missing; m.Complete != 2 || m.Patterns != nil {
		t.Errorf("missing of a full table = %+v", m)
	}
}

func TestMissingInManyColumns(t *testing.T) {
	var columns []*frame.Column
	for j := range 130 {
		v := make([]float64, 70)
		v[j%70] = math.NaN()
		columns = append(columns, numbers("x"+strconv.Itoa(j), v...))
	}
	m := describe(t, frame.New(columns...)).Missing
	if len(m.Columns) != 100 || m.Left != 30 || m.Complete != 0 || len(m.Patterns) != 10 || len(m.Together) != 20 {
		t.Errorf("columns, left, complete, patterns, pairs = %d, %d, %d, %d, %d", len(m.Columns), m.Left, m.Complete, len(m.Patterns), len(m.Together))
	}
}

func TestDuplicateGroups(t *testing.T) {
	x := []float64{5, 1, 7, 1, 5, 1, 9, 1, 1, 1, 5}
	r := describe(t, frame.New(numbers("x", x...)))
	want := []profile.DuplicateGroup{{Count: 6, Rows: []int{1, 3, 5, 7, 8}}, {Count: 3, Rows: []int{0, 4, 10}}}
	if d := cmp.Diff(want, r.Duplicates); d != "" || r.DuplicateRows != 7 {
		t.Errorf("%d duplicates, groups (-want +got):\n%s", r.DuplicateRows, d)
	}
	v := make([]float64, 60_000)
	for i := range v {
		v[i] = float64(i % 20_000)
	}
	r = describe(t, frame.New(numbers("x", v...)))
	if r.DuplicateRows != 40_000 || len(r.Duplicates) != 10 || r.Duplicates[0].Count != 3 || !cmp.Equal(r.Duplicates[9].Rows, []int{9, 20_009, 40_009}) {
		t.Errorf("%d duplicates, groups %v", r.DuplicateRows, r.Duplicates)
	}
}

func TestAssociateByHand(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		numbers("x", 1, 2, 3, 4, nan),
		numbers("cube", 1, 8, 27, 64, 125),
		numbers("same", 7, 7, 7, 7, 7),
		texts("g", []string{"a", "a", "b", "b", ""}),
	)
	a, err := profile.Associate(t.Context(), f, describe(t, f))
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(float64(a.Spearman.At(0, 1))-1) > 1e-15 || a.Spearman.At(0, 2).Defined() || a.Spearman.At(2, 2).Defined() || a.Spearman.At(0, 0) != 1 {
		t.Errorf("rank correlations = %v", a.Spearman.R)
	}
	// Means 1.5 and 3.5 of 1 … 4: between 4, in all 5.
	if got := float64(a.Ratio.At(0, 0)); math.Abs(got-math.Sqrt(0.8)) > 1e-15 {
		t.Errorf("correlation ratio = %v, want √0.8", got)
	}
	want := profile.Association{A: "x", B: "cube", Measure: "spearman", Value: 1}
	if d := cmp.Diff(want, a.Top[0], sameStat(1e-15)); d != "" {
		t.Errorf("top (-want +got):\n%s", d)
	}
}

func TestAssociateStopsWhenCanceled(t *testing.T) {
	f := load(t, "titanic.csv")
	r := describe(t, f)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := profile.Associate(ctx, f, r); err != context.Canceled {
		t.Errorf("Associate = %v, want context.Canceled", err)
	}
	if _, err := profile.Against(ctx, f, "survived", 0); err != context.Canceled {
		t.Errorf("Against = %v, want context.Canceled", err)
	}
	if _, err := profile.Associate(t.Context(), frame.New(), &profile.Report{}); err != nil {
		t.Errorf("Associate of no columns = %v", err)
	}
}

// TestRanksOfManyRows holds the rank correlation of a table long enough for
// the radix sort to that of ranks counted one by one.
func TestRanksOfManyRows(t *testing.T) {
	const n = 1500
	x, y := make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], y[i] = float64(i*i%377)-100, math.Exp(float64(i*7%211)/20)
		if i%11 == 0 {
			y[i] = math.NaN()
		}
	}
	rank := func(v, other []float64) (out []float64) {
		for i, a := range v {
			if math.IsNaN(a) || math.IsNaN(other[i]) {
				continue
			}
			less, same := 0, 0
			for j, b := range v {
				if !math.IsNaN(other[j]) && b < a {
					less++
				} else if !math.IsNaN(other[j]) && b == a {
					same++
				}
			}
			out = append(out, float64(less)+float64(same+1)/2)
		}
		return out
	}
	f := frame.New(numbers("x", x...), numbers("y", y...), numbers("z", x...))
	a, err := profile.Associate(t.Context(), f, describe(t, f))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := float64(a.Spearman.At(0, 1)), pearson(rank(x, y), rank(y, x)); math.Abs(got-want) > 1e-12 {
		t.Errorf("rank correlation = %v, want %v", got, want)
	}
	if got := float64(a.Spearman.At(0, 2)); math.Abs(got-1) > 1e-12 {
		t.Errorf("rank correlation with itself = %v", got)
	}
}
