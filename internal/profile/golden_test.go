package profile_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"clicktrain/internal/profile"
)

type goldenNumbers struct {
	Count, Zeros, Negatives  int
	Mean, Std, Sum, Min, Max *float64
	Q05, Q25, Q50, Q75, Q95  *float64
	Skewness, Kurtosis, MAD  *float64
	Range, CV                *float64
	Top, Smallest, Largest   [][2]float64
}

type goldenTable struct {
	File       string
	Rows       int
	Duplicates int
	Columns    []struct {
		Name, DType       string
		Missing, Distinct int
		Numbers           *goldenNumbers
		Top               [][2]any
		Rest              int
		MeanLength        *float64 `json:"mean_length"`
		MedianLength      *float64 `json:"median_length"`
		Entropy           *float64
	}
	CorrColumns []string `json:"corr_columns"`
	Corr        [][]*float64

	Complete      int
	Spearman      [][]*float64
	CramerColumns []string `json:"cramer_columns"`
	Cramer, Eta   [][]*float64
	Rates         []struct {
		Column, Value   string
		Count           int
		Rate, Low, High *float64
	}
}

func golden(t *testing.T) []goldenTable {
	t.Helper()
	b, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var g struct{ Tables []goldenTable }
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	return g.Tables
}

// near compares to 1e-9 relative; want nil is undefined. A value next to 0
// compares to scale, which it is the difference of.
func near(t *testing.T, what string, got profile.Stat, want *float64, scale float64) {
	t.Helper()
	if want == nil {
		if got.Defined() {
			t.Errorf("%s = %v, want it undefined", what, float64(got))
		}
		return
	}
	if d := math.Abs(float64(got) - *want); !(d <= 1e-9*max(math.Abs(*want), scale)) {
		t.Errorf("%s = %v, want %v", what, float64(got), *want)
	}
}

// TestNewEqualsPandas compares every statistic with pandas'. testdata/golden.py
// wrote the numbers, and names its version.
func TestNewEqualsPandas(t *testing.T) {
	for _, g := range golden(t) {
		t.Run(g.File, func(t *testing.T) {
			r := describe(t, load(t, g.File))
			if r.Rows != g.Rows || r.Missing.Complete != g.Complete || r.DuplicateRows != g.Duplicates {
				t.Errorf("rows, complete, duplicates = %d, %d, %d, want %d, %d, %d", r.Rows, r.Missing.Complete, r.DuplicateRows, g.Rows, g.Complete, g.Duplicates)
			}
			for j, want := range g.Columns {
				got := r.Columns[j]
				if got.Name != want.Name || got.Missing != want.Missing || got.Distinct != want.Distinct || got.DType != want.DType {
					t.Errorf("%s: missing %d, distinct %d, %s; want %d, %d, %s", want.Name, got.Missing, got.Distinct, got.DType, want.Missing, want.Distinct, want.DType)
				}
				if want.Numbers != nil {
					compareNumbers(t, want.Name, got.Number, want.Numbers)
					continue
				}
				var top [][2]any
				for _, l := range got.Levels.Top {
					top = append(top, [2]any{l.Value, float64(l.Count)})
				}
				if d := cmp.Diff(want.Top, top); d != "" || got.Levels.Rest != want.Rest {
					t.Errorf("%s: top values (-want +got):\n%srest %d, want %d", want.Name, d, got.Levels.Rest, want.Rest)
				}
				near(t, want.Name+" mean length", got.Levels.MeanLength, want.MeanLength, 0)
				near(t, want.Name+" median length", got.Levels.MedianLength, want.MedianLength, 0)
				near(t, want.Name+" entropy", got.Levels.Entropy, want.Entropy, 0)
			}
			if d := cmp.Diff(g.CorrColumns, r.Correlation.Columns); d != "" {
				t.Fatalf("correlated columns: %s", d)
			}
			for i, row := range g.Corr {
				for j, want := range row {
					near(t, g.CorrColumns[i]+" with "+g.CorrColumns[j], r.Correlation.At(i, j), want, 1e-3)
				}
			}
		})
	}
}

func compareNumbers(t *testing.T, name string, got *profile.Number, want *goldenNumbers) {
	t.Helper()
	if got.Count != want.Count || got.Zeros != want.Zeros || got.Negatives != want.Negatives {
		t.Errorf("%s: count, zeros, negatives = %d, %d, %d, want %d, %d, %d", name, got.Count, got.Zeros, got.Negatives, want.Count, want.Zeros, want.Negatives)
	}
	spread := 0.0 // sums of both signs cancel: they are exact to the size of the terms
	if want.Max != nil {
		spread = max(math.Abs(*want.Max), math.Abs(*want.Min)) * 1e-3
	}
	for _, x := range []struct {
		what  string
		got   profile.Stat
		want  *float64
		scale float64
	}{
		{"mean", got.Mean, want.Mean, spread}, {"sum", got.Sum, want.Sum, spread * float64(want.Count)},
		{"min", got.Min, want.Min, 0}, {"max", got.Max, want.Max, 0},
		{"q05", got.Q05, want.Q05, 0}, {"q25", got.Q25, want.Q25, 0}, {"q50", got.Q50, want.Q50, 0},
		{"q75", got.Q75, want.Q75, 0}, {"q95", got.Q95, want.Q95, 0}, {"mad", got.MAD, want.MAD, 0},
	} {
		near(t, name+" "+x.what, x.got, x.want, x.scale)
	}
	near(t, name+" range", got.Range, want.Range, 0)
	near(t, name+" cv", got.CV, want.CV, 0)
	for _, x := range []struct {
		what string
		got  []profile.Value
		want [][2]float64
	}{{"top", got.Top, want.Top}, {"smallest", got.Smallest, want.Smallest}, {"largest", got.Largest, want.Largest}} {
		var values [][2]float64
		for _, v := range x.got {
			values = append(values, [2]float64{float64(v.Value), float64(v.Count)})
		}
		if d := cmp.Diff(x.want, values, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s %s (-want +got):\n%s", name, x.what, d)
		}
	}
	near(t, name+" std", got.Std, want.Std, 0)
	near(t, name+" skewness", got.Skewness, want.Skewness, 1e-3)
	near(t, name+" kurtosis", got.Kurtosis, want.Kurtosis, 1e-3)
}

// TestAssociateEqualsPandas compares rank correlations with pandas', and
// Cramér's V and correlation ratios with those that scipy and pandas give.
func TestAssociateEqualsPandas(t *testing.T) {
	for _, g := range golden(t) {
		t.Run(g.File, func(t *testing.T) {
			f := load(t, g.File)
			a, err := profile.Associate(t.Context(), f, describe(t, f))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(g.CorrColumns, a.Spearman.Columns); d != "" {
				t.Fatalf("ranked columns: %s", d)
			}
			if d := cmp.Diff(g.CramerColumns, a.Cramer.Columns, cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("columns of categories: %s", d)
			}
			for i, x := range g.CorrColumns {
				for j, want := range g.Spearman[i] {
					near(t, "rank correlation of "+x+" with "+g.CorrColumns[j], a.Spearman.At(i, j), want, 1e-3)
				}
				for j, want := range g.Eta[i] {
					near(t, "correlation ratio of "+x+" by "+g.CramerColumns[j], a.Ratio.At(i, j), want, 1e-3)
				}
			}
			for i, x := range g.CramerColumns {
				for j, want := range g.Cramer[i] {
					near(t, "Cramér's V of "+x+" and "+g.CramerColumns[j], a.Cramer.At(i, j), want, 1e-3)
				}
			}
		})
	}
}

// TestAgainstEqualsScipy compares shares and intervals by category with scipy's.
func TestAgainstEqualsScipy(t *testing.T) {
	for _, g := range golden(t) {
		if len(g.Rates) == 0 {
			continue
		}
		r := against(t, load(t, g.File), "survived", 0)
		found := map[string]profile.Group{}
		for _, x := range r.Relations {
			for _, y := range x.Groups {
				found[x.Column+"="+y.Label] = y
			}
		}
		for _, want := range g.Rates {
			what := want.Column + "=" + want.Value
			got, ok := found[what]
			if !ok || got.Count != want.Count {
				t.Errorf("%s: %d rows, want %d", what, got.Count, want.Count)
				continue
			}
			near(t, what+" share", got.Values[0].Value, want.Rate, 0)
			near(t, what+" low", got.Values[0].Low, want.Low, 1e-3)
			near(t, what+" high", got.Values[0].High, want.High, 0)
		}
	}
}
