package profile_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
)

// load reads a table of testdata: a column is numeric if all its cells are
// numbers or empty, and else of texts.
func load(t testing.TB, name string) *frame.Frame {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var columns []*frame.Column
	for j, name := range records[0] {
		cells := make([]string, len(records)-1)
		for i, r := range records[1:] {
			cells[i] = r[j]
		}
		columns = append(columns, column(name, cells))
	}
	return frame.New(columns...)
}

func column(name string, cells []string) *frame.Column {
	c := &frame.Column{Name: name, Kind: frame.Numeric, Whole: true, Num: make([]float64, len(cells))}
	values := 0
	for i, cell := range cells {
		if cell == "" {
			c.Num[i] = math.NaN()
			continue
		}
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return texts(name, cells)
		}
		values++
		c.Num[i] = x
		c.Whole = c.Whole && !strings.ContainsAny(cell, ".e")
	}
	c.Whole = c.Whole && values > 0
	return c
}

func texts(name string, cells []string) *frame.Column {
	c := &frame.Column{Name: name, Kind: frame.Category}
	for _, cell := range cells {
		if cell != "" {
			c.Levels = append(c.Levels, cell)
		}
	}
	slices.Sort(c.Levels)
	c.Levels = slices.Compact(c.Levels)
	if slices.Equal(c.Levels, []string{"False", "True"}) {
		c.Kind = frame.Bool
	}
	for _, cell := range cells {
		k, ok := slices.BinarySearch(c.Levels, cell)
		if !ok {
			k = -1
		}
		c.Codes = append(c.Codes, int32(k))
	}
	return c
}

func numbers(name string, v ...float64) *frame.Column {
	return &frame.Column{Name: name, Kind: frame.Numeric, Num: v}
}

func describe(t testing.TB, f *frame.Frame) *profile.Report {
	t.Helper()
	r, err := profile.New(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSizeDoesNotMatter holds that scaling a column by a power of two, up to
// the ends of float64, scales its deviation and leaves its shape.
func TestSizeDoesNotMatter(t *testing.T) {
	v := []float64{3, -1, 4, 1, -5, 9, 2, 6}
	plain := describe(t, frame.New(numbers("x", v...))).Columns[0].Number
	for _, e := range []int{-1000, -600, 600, 1000} {
		w := make([]float64, len(v))
		for i, x := range v {
			w[i] = math.Ldexp(x, e)
		}
		got := describe(t, frame.New(numbers("x", w...))).Columns[0].Number
		if float64(got.Std) != math.Ldexp(float64(plain.Std), e) || got.Skewness != plain.Skewness || got.Kurtosis != plain.Kurtosis {
			t.Errorf("2^%d: std, skewness, kurtosis = %v, %v, %v, want %v scaled, %v, %v", e, got.Std, got.Skewness, got.Kurtosis, plain.Std, plain.Skewness, plain.Kurtosis)
		}
	}
}

// TestByHand is a case to check with a pencil: 1 2 3 4 10.
func TestByHand(t *testing.T) {
	n := describe(t, frame.New(numbers("x", 4, 1, math.NaN(), 10, 2, 3))).Columns[0].Number
	for _, x := range []struct {
		what      string
		got, want float64
	}{
		{"mean", float64(n.Mean), 4}, {"std", float64(n.Std), math.Sqrt(12.5)}, {"median", float64(n.Q50), 3},
		{"q25", float64(n.Q25), 2}, {"iqr", float64(n.IQR), 2}, {"mad", float64(n.MAD), 1}, {"sum", float64(n.Sum), 20},
	} {
		if math.Abs(x.got-x.want) > 1e-15*math.Abs(x.want) {
			t.Errorf("%s = %v, want %v", x.what, x.got, x.want)
		}
	}
	if n.Outliers != 1 || !n.Whole || n.Count != 5 {
		t.Errorf("outliers, whole, count = %d, %v, %d, want 1, true, 5", n.Outliers, n.Whole, n.Count)
	}
	wantEdges := []float64{0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5}
	if d := cmp.Diff(profile.Histogram{Edges: wantEdges, Counts: []int{1, 1, 1, 1, 0, 0, 0, 0, 0, 1}}, n.Histogram); d != "" {
		t.Errorf("histogram (-want +got):\n%s", d)
	}
}

func TestHistogramsHoldEveryValue(t *testing.T) {
	far := math.MaxFloat64
	for name, v := range map[string][]float64{
		"one":      {5},
		"constant": {1e300, 1e300},
		"extremes": {-far, far, 0},
		"largest":  {far, far},
		"integers": {1, 1000, 5, 70, 123456},
		"big":      {1 << 60, 1<<60 + 4096},
		"tiny":     {5e-324, 1e-323},
		"skewed":   {0, 0, 0, 0, 0, 0, 1e9},
		"decimals": {0.1, 0.25, 0.3, 0.9, 7.5},
	} {
		h := describe(t, frame.New(numbers("x", v...))).Columns[0].Number.Histogram
		sum := 0
		for _, c := range h.Counts {
			sum += c
		}
		if sum != len(v) || len(h.Counts) > 41 || len(h.Edges) != len(h.Counts)+1 {
			t.Errorf("%s: %d bins with %d edges hold %d of %d values", name, len(h.Counts), len(h.Edges), sum, len(v))
		}
		for i, e := range h.Edges {
			if math.IsInf(e, 0) || i > 0 && e < h.Edges[i-1] {
				t.Errorf("%s: edges %v do not ascend", name, h.Edges)
				break
			}
		}
		if h.Edges[0] > slices.Min(v) || h.Edges[len(h.Edges)-1] < slices.Max(v) {
			t.Errorf("%s: edges %v leave out values", name, h.Edges)
		}
	}
}

func TestUndefinedIsNull(t *testing.T) {
	r := describe(t, frame.New(numbers("one", 7), numbers("none", math.NaN())))
	for _, s := range []profile.Stat{r.Columns[0].Number.Std, r.Columns[0].Number.Skewness, r.Columns[1].Number.Mean, r.Columns[1].Number.Max, r.Correlation.At(0, 0)} {
		if b, err := json.Marshal(s); err != nil || string(b) != "null" {
			t.Errorf("JSON of %v is %s, %v, want null", float64(s), b, err)
		}
	}
	if b, _ := json.Marshal(r.Columns[0].Number.Mean); string(b) != "7" {
		t.Errorf("JSON of the mean of 7 is %s", b)
	}
	if c := r.Columns[1]; c.Missing != 1 || len(c.Number.Histogram.Counts) != 0 || c.DType != "float64" {
		t.Errorf("a column of nothing: missing %d, histogram %v, %s", c.Missing, c.Number.Histogram, c.DType)
	}
}

// TestRadixSortEqualsSort sorts more values than the small path takes, with
// all that order bits oddly.
func TestRadixSortEqualsSort(t *testing.T) {
	v := []float64{0, math.Copysign(0, -1), math.MaxFloat64, -math.MaxFloat64, 5e-324, -5e-324, math.NaN()}
	x := 1.0
	for range 3000 {
		x = math.Mod(x*1103515245+12345, 1<<31)
		v = append(v, x-1<<30, 1/(x+1))
	}
	n := describe(t, frame.New(numbers("x", v...))).Columns[0].Number
	s := slices.DeleteFunc(slices.Clone(v), math.IsNaN)
	slices.Sort(s)
	if float64(n.Min) != s[0] || float64(n.Max) != s[len(s)-1] || n.Zeros != 2 || float64(n.Q25) != s[1501]*0.5+s[1502]*0.5 && len(s) != 6006 {
		t.Errorf("min, max, zeros = %v, %v, %d, want %v, %v, 2", n.Min, n.Max, n.Zeros, s[0], s[len(s)-1])
	}
	at := 0.25 * float64(len(s)-1)
	i, f := int(at), at-math.Floor(at)
	if want := s[i]*(1-f) + s[i+1]*f; float64(n.Q25) != want {
		t.Errorf("Q25 = %v, want %v", n.Q25, want)
	}
}

func TestPairwiseConstantIsUndefined(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		numbers("a", 1, 2, 3, nan, nan, nan, 5),
		numbers("b", 7, 7, 7, 1, 2, 3, nan),
		numbers("c", 3, 2, 1, 0, 0, 1, 9),
	)
	r := describe(t, f).Correlation
	if r.At(0, 1).Defined() {
		t.Errorf("r(a, b) = %v, but b is 7 wherever a has a value", float64(r.At(0, 1)))
	}
	if got := float64(r.At(0, 2)); math.Abs(got-pearson([]float64{1, 2, 3, 5}, []float64{3, 2, 1, 9})) > 1e-14 {
		t.Errorf("r(a, c) = %v over the rows that a has", got)
	}
	if len(r.Top) != 2 || r.Top[0].A != "b" && r.Top[0].A != "a" {
		t.Errorf("Top = %v, want the two defined pairs", r.Top)
	}
}

func pearson(x, y []float64) float64 {
	var mx, my, xx, yy, xy float64
	for i := range x {
		mx += x[i] / float64(len(x))
		my += y[i] / float64(len(y))
	}
	for i := range x {
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
		xy += (x[i] - mx) * (y[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

func TestCorrelationIsCapped(t *testing.T) {
	var columns []*frame.Column
	for j := range 230 {
		columns = append(columns, numbers("x"+strconv.Itoa(j), float64(j), float64(j*j%7), 1, 2))
	}
	c := describe(t, frame.New(columns...)).Correlation
	if len(c.Columns) != 200 || c.Left != 30 || len(c.R) != 200*200 || len(c.Top) != 10 {
		t.Errorf("columns, left, pairs, top = %d, %d, %d, %d, want 200, 30, 40000, 10", len(c.Columns), c.Left, len(c.R), len(c.Top))
	}
}

func TestDuplicatesTellMissingAndZero(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		numbers("x", 0, math.Copysign(0, -1), nan, nan, nan, 1),
		&frame.Column{Name: "t", Kind: frame.Category, Levels: []string{"a", "b"}, Codes: []int32{0, 0, 1, 1, -1, -1}},
	)
	if got := describe(t, f).DuplicateRows; got != 2 {
		t.Errorf("DuplicateRows = %d, want 2: 0 equals -0, and missing equals missing", got)
	}
}

func TestTimeColumn(t *testing.T) {
	c := numbers("when", 86400, math.NaN(), 0, 86400*3)
	c.Kind = frame.Time
	d := describe(t, frame.New(c)).Columns[0]
	if d.DType != "datetime64[ns]" || d.Missing != 1 || d.Distinct != 3 || d.Time.Min != 0 || d.Time.Max != 86400*3 || d.Number != nil {
		t.Errorf("a column of dates is described as %+v, %+v", d, d.Time)
	}
}

func TestNewStopsWhenCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := profile.New(ctx, load(t, "titanic.csv")); err != context.Canceled {
		t.Errorf("New = %v, want context.Canceled", err)
	}
}

func BenchmarkNew(b *testing.B) {
	const rows = 100_000
	var columns []*frame.Column
	x := 1.0
	for j := range 16 {
		v := make([]float64, rows)
		for i := range v {
			x = math.Mod(x*1103515245+12345, 1<<31)
			v[i] = math.Round(x/1e3) / 1e3
		}
		columns = append(columns, numbers("x"+strconv.Itoa(j), v...))
	}
	f := frame.New(columns...)
	for b.Loop() {
		if _, err := profile.New(b.Context(), f); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
