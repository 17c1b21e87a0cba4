package profile_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/profile"
)

// odd are numbers that go wrong easily.
var odd = []float64{math.NaN(), 0, math.Copysign(0, -1), 1, -1, 0.1, 5e-324, -5e-324, math.MaxFloat64, -math.MaxFloat64, 1e17, -999, 9999, 1 << 53, 3, 4, 5, 6, 7}

// anyColumn returns a column of any kind, of odd numbers or texts, some of
// them missing.
func anyColumn(r *rand.Rand, name string, rows int) *frame.Column {
	kind := frame.Kind(r.IntN(int(frame.ID) + 1))
	c := &frame.Column{Name: name, Kind: kind}
	if c.Numbers() {
		c.Num = make([]float64, rows)
		from := r.IntN(len(odd))
		for i := range c.Num {
			switch {
			case r.IntN(3) == 0:
				c.Num[i] = odd[from]
			case r.IntN(2) == 0:
				c.Num[i] = odd[r.IntN(len(odd))]
			default:
				c.Num[i] = r.NormFloat64()
			}
		}
		return c
	}
	cells := make([]string, rows)
	choice := []string{"", "a", "A", " a", "?", "unknown", "1", "2.5", "-", "\x00", "é", "日本", "\xff", "a b c", "1e999", "<b>"}
	most := 1 + r.IntN(len(choice))
	for i := range cells {
		cells[i] = choice[r.IntN(most)]
		if kind == frame.ID {
			cells[i] = fmt.Sprint(r.IntN(rows * 2))
		}
	}
	c = texts(name, cells)
	c.Kind = kind
	return c
}

// TestAnyTable holds what is true of every table, however odd: no panic,
// groups that add up, estimates within their intervals, scores and
// associations within their bounds, and alerts in order.
func TestAnyTable(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for n := range 400 {
		rows := []int{1, 2, 5, 6, 19, 40, 700}[r.IntN(7)]
		var columns []*frame.Column
		for j := range 1 + r.IntN(5) {
			columns = append(columns, anyColumn(r, fmt.Sprint("x", j), rows))
		}
		f := frame.New(columns...)
		report := describe(t, f)
		if _, err := json.Marshal(report); err != nil {
			t.Fatalf("table %d: %v", n, err)
		}
		if p := report.Missing.Complete; p < 0 || p > rows {
			t.Fatalf("table %d: %d complete rows of %d", n, p, rows)
		}
		inOrder(t, report.Alerts)
		a, err := profile.Associate(t.Context(), f, report)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range a.Top {
			if v := math.Abs(float64(x.Value)); !(v <= 1) {
				t.Errorf("table %d: %+v", n, x)
			}
		}
		for _, task := range []learn.Task{learn.Classification, learn.Regression} {
			target, err := profile.Against(t.Context(), f, "x0", task)
			if err == nil {
				holds(t, n, target)
			}
		}
	}
}

func inOrder(t *testing.T, alerts []profile.Alert) {
	t.Helper()
	rank := map[profile.Severity]int{profile.Critical: 0, profile.Warning: 1, profile.Info: 2}
	for i, a := range alerts {
		if a.Code == "" || a.Message == "" || a.Hint == "" || i > 0 && rank[a.Severity] < rank[alerts[i-1].Severity] {
			t.Errorf("alert %d, %+v, is empty or out of order", i, a)
		}
	}
}

func holds(t *testing.T, n int, r *profile.TargetReport) {
	t.Helper()
	if _, err := json.Marshal(r); err != nil {
		t.Fatal(err)
	}
	inOrder(t, r.Alerts)
	for _, x := range r.Relations {
		if s := float64(x.Score); s < 0 || s > 1 || float64(x.MissingScore) < 0 || float64(x.MissingScore) > 1 {
			t.Errorf("table %d: %s scores %v, missing %v", n, x.Column, s, float64(x.MissingScore))
		}
		rows := 0
		for _, g := range x.Groups {
			rows += g.Count
			if len(g.Values) != len(r.Series) || g.Count == 0 || float64(g.Low) > float64(g.High) {
				t.Errorf("table %d: %s has the group %+v of %d series", n, x.Column, g, len(r.Series))
			}
			for _, v := range g.Values {
				if v.Value.Defined() && (v.Low > v.Value || v.High < v.Value) {
					t.Errorf("table %d: %s: %+v is not within its interval", n, x.Column, v)
				}
			}
		}
		if rows != r.Rows {
			t.Errorf("table %d: groups of %s have %d rows of %d", n, x.Column, rows, r.Rows)
		}
	}
	if len(r.Ranking) != len(r.Relations) {
		t.Errorf("table %d: %d of %d columns are ranked", n, len(r.Ranking), len(r.Relations))
	}
}
