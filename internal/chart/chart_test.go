package chart

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden drawings")

// TestGoldenDrawings compares two drawings byte for byte.
func TestGoldenDrawings(t *testing.T) {
	for name, f := range map[string]func(io.Writer) error{
		"histogram": func(w io.Writer) error {
			return Histogram(w, Bins{Edges: []float64{0, 10, 20, 30, 40}, Counts: []int{4, 9, 1, 0}, XLabel: "Age, in years"},
				Text{"Age", "Most ages are from 10 to 20."}, Size{320, 200})
		},
		"confusion": func(w io.Writer) error {
			return Heatmap(w, Grid{Rows: []string{"no", "yes"}, Cols: []string{"no", "yes"}, Values: [][]float64{{52, 8}, {3, 37}},
				Format: Count, RowLabel: "Actual", ColLabel: "Predicted"}, Text{"Confusion", "Right for 89 of 100."}, Size{W: 360})
		},
	} {
		var b bytes.Buffer
		if err := f(&b); err != nil {
			t.Fatal(err)
		}
		checkSafe(t, parse(t, b.Bytes()), b.Bytes())
		path := "testdata/" + name + ".svg"
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s differs from %s; look at it, then rewrite it with -update:\n%s", name, path, b.Bytes())
		}
	}
}

// TestExamples checks every example for safety and for marks and texts within
// its bounds.
func TestExamples(t *testing.T) {
	for _, d := range examples() {
		t.Run(d.name, func(t *testing.T) { draw(t, d.draw) })
	}
}

// TestParallel draws everything twice at the same time and compares.
func TestParallel(t *testing.T) {
	list := examples()
	drawings := make([][2]bytes.Buffer, len(list))
	var g sync.WaitGroup
	for i := range list {
		for k := range 2 {
			g.Go(func() {
				if err := examples()[i].draw(&drawings[i][k]); err != nil {
					t.Error(err)
				}
			})
		}
	}
	g.Wait()
	for i, d := range drawings {
		if !bytes.Equal(d[0].Bytes(), d[1].Bytes()) {
			t.Errorf("%s differs between two runs", list[i].name)
		}
	}
}

// TestHistogramHeights asserts that bars stand on zero and measure counts.
func TestHistogramHeights(t *testing.T) {
	root := draw(t, func(w io.Writer) error {
		return Histogram(w, Bins{Edges: []float64{0, 1, 2, 4}, Counts: []int{30, 60, 15}}, Text{}, Full)
	})
	bars := root.all("rect")
	if len(bars) != 3 {
		t.Fatalf("%d bars, want 3", len(bars))
	}
	foot := bars[0].num(t, "y") + bars[0].num(t, "height")
	unit := bars[0].num(t, "height") / 30
	for i, n := range []float64{30, 60, 15} {
		h := bars[i].num(t, "height")
		if math.Abs(h-n*unit) > 0.2 || math.Abs(bars[i].num(t, "y")+h-foot) > 0.11 {
			t.Errorf("bar %d is %v high on %v, want %v on %v", i, h, bars[i].num(t, "y")+h, n*unit, foot)
		}
	}
	if w := bars[2].num(t, "width") / bars[1].num(t, "width"); math.Abs(w-2) > 0.02 {
		t.Errorf("a bin of double width is %v times as wide", w)
	}
	if got, want := bars[1].all("title")[0].text, "1 to 2: 60"; got != want {
		t.Errorf("tooltip = %q, want %q", got, want)
	}
	if got := root.desc(); !strings.Contains(got, "105 rows in 3 bins from 0 to 4") || !strings.Contains(got, "1 to 2, holds 60") {
		t.Errorf("description = %q", got)
	}
}

// TestBarLengths asserts that bars start at zero and go both ways.
func TestBarLengths(t *testing.T) {
	long := "a long name " + strings.Repeat("👩‍👩‍👧‍👦", 30)
	root := draw(t, func(w io.Writer) error {
		return Bars(w, []Bar{{Label: long, Value: 4}, {Label: "b", Value: -2, Shown: "minus two"}, {Label: "c", Value: 1, Ref: true}, {Label: "d", Value: math.NaN()}}, Text{}, Size{W: 500})
	})
	var widths []float64
	var classes []string
	for _, r := range root.all("rect") {
		widths, classes = append(widths, r.num(t, "width")), append(classes, r.attrs["class"])
	}
	if fmt.Sprint(classes) != "[c-bar c-neg c-ref]" {
		t.Errorf("classes = %v", classes)
	}
	if math.Abs(widths[0]/widths[2]-4) > 0.02 || math.Abs(widths[1]/widths[2]-2) > 0.02 {
		t.Errorf("widths = %v, want 4:2:1", widths)
	}
	rects := root.all("rect")
	zero := rects[0].num(t, "x")
	if got := rects[1].num(t, "x") + rects[1].num(t, "width"); math.Abs(got-zero) > 0.11 {
		t.Errorf("the negative bar ends at %v, want %v", got, zero)
	}
	texts := root.all("text")
	if first := texts[0]; !strings.HasSuffix(first.text, "👦…") || first.all("title")[0].text != long {
		t.Errorf("label %q with title %q, want whole families and the whole text", first.text, first.all("title")[0].text)
	}
	if got := fmt.Sprint(root.labels()[1:]); got != "[4 b minus two c 1 d –]" {
		t.Errorf("labels = %v", got)
	}
}

// TestBarsLimit asserts that the description tells of bars left out.
func TestBarsLimit(t *testing.T) {
	bars := make([]Bar, 250)
	for i := range bars {
		bars[i] = Bar{Label: fmt.Sprint(i), Value: 1}
	}
	root := draw(t, func(w io.Writer) error { return Bars(w, bars, Text{Desc: "Equal."}, Size{}) })
	if got, want := root.desc(), "Equal. Only the first 100 of 250 bars are drawn."; got != want {
		t.Errorf("description = %q, want %q", got, want)
	}
	if n := len(root.all("rect")); n != 100 {
		t.Errorf("%d bars, want 100", n)
	}
}

// TestHeatmapCells asserts classes, numbers, triangles and gaps.
func TestHeatmapCells(t *testing.T) {
	g := Grid{Rows: []string{"a", "b"}, Cols: []string{"a", "b"}, Values: [][]float64{{1, -0.5}, {math.NaN(), 0}}, Min: -1, Max: 1, Diverging: true, Format: Correlation}
	root := draw(t, func(w io.Writer) error { return Heatmap(w, g, Text{}, Full) })
	var got []string
	for _, k := range root.all("g") {
		got = append(got, k.attrs["class"])
	}
	if fmt.Sprint(got) != "[c-h2 c-h5 c-h10]" {
		t.Errorf("cells = %v", got)
	}
	if l := fmt.Sprint(root.labels()); l != "[+1.00 −0.50 – 0.00 a b a b +1.00 −1.00]" {
		t.Errorf("labels = %v", l)
	}
	if d := root.desc(); !strings.Contains(d, "highest is a, a: +1.00, the lowest a, b: −0.50") {
		t.Errorf("description = %q", d)
	}
}

// TestHeatmapLarge asserts that 50 columns stay legible and that more than
// 2,000 cells are cut.
func TestHeatmapLarge(t *testing.T) {
	for _, tt := range []struct {
		n, cells int
		square   bool
		note     string
	}{
		{12, 144, true, ""}, {13, 13 * 14 / 2, true, "Each pair is drawn once."}, {50, 50 * 51 / 2, true, "Each pair is drawn once."},
		{80, 62 * 63 / 2, true, "Only the first 62 of 80 rows are drawn. Only the first 62 of 80 columns are drawn."},
		{50, 44 * 44, false, "are drawn."},
	} {
		g := Grid{Values: make([][]float64, tt.n), Format: Correlation, Diverging: true, Min: -1, Max: 1}
		for i := range tt.n {
			g.Rows = append(g.Rows, fmt.Sprintf("column %d", i))
			g.Values[i] = make([]float64, tt.n)
			for j := range tt.n {
				g.Values[i][j] = math.Sin(float64(i * j))
				if !tt.square {
					g.Values[i][j] = math.Sin(float64(i*3 + j*5))
				}
			}
		}
		g.Cols = g.Rows
		root := draw(t, func(w io.Writer) error { return Heatmap(w, g, Text{}, Full) })
		cells := 0
		for _, k := range root.all("g") {
			cells += len(k.all("rect"))
		}
		if cells != tt.cells || !strings.Contains(root.desc(), tt.note) {
			t.Errorf("n=%d: %d cells and %q, want %d and %q", tt.n, cells, root.desc(), tt.cells, tt.note)
		}
		if w := root.all("g")[0].all("rect")[0].num(t, "height"); w < minCell-1.1 {
			t.Errorf("n=%d: cells are %v high, want at least %v", tt.n, w, minCell-1)
		}
	}
}

// TestScatterBins asserts that many points become squares which hold all of
// them, and that the description says so.
func TestScatterBins(t *testing.T) {
	for _, n := range []int{1900, 1901, 100_000} {
		p := XY{}
		for i := range n {
			p.X, p.Y = append(p.X, math.Sin(float64(i))), append(p.Y, math.Cos(float64(i)*1.7))
		}
		p.X, p.Y = append(p.X, math.NaN()), append(p.Y, 1)
		root := draw(t, func(w io.Writer) error { return Scatter(w, p, Text{}, Size{960, 540}) })
		dots, squares := len(root.all("circle")), root.all("rect")
		if n <= maxPoints {
			if dots != n || len(squares) > 0 {
				t.Errorf("n=%d: %d dots and %d squares", n, dots, len(squares))
			}
		} else {
			sum := 0
			for _, s := range squares {
				var k int
				if _, err := fmt.Sscan(strings.ReplaceAll(s.all("title")[0].text, "\u2009", ""), &k); err != nil {
					t.Fatal(err)
				}
				sum += k
			}
			if sum != n || dots != 0 || !strings.Contains(root.desc(), "are counted in squares") {
				t.Errorf("n=%d: squares hold %d, %d dots, %q", n, sum, dots, root.desc())
			}
		}
		if !strings.Contains(root.desc(), "1 point without two finite values left out.") {
			t.Errorf("description = %q", root.desc())
		}
	}
}

// TestScatterIdentity asserts that the line y = x runs through equal values.
func TestScatterIdentity(t *testing.T) {
	p := XY{X: []float64{0, 10, 20, 5}, Y: []float64{0, 10, 20, 40}, Identity: true} // the last is off the line
	root := draw(t, func(w io.Writer) error { return Scatter(w, p, Text{}, Size{}) })
	var x0, y0, x1, y1 float64
	for _, l := range root.all("path") {
		if l.attrs["class"] == clsRef {
			if _, err := fmt.Sscanf(l.attrs["d"], "M%f %fL%f %f", &x0, &y0, &x1, &y1); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range root.all("circle")[:3] {
		x, y := c.num(t, "cx"), c.num(t, "cy")
		if on := y0 + (x-x0)*(y1-y0)/(x1-x0); math.Abs(on-y) > 0.3 {
			t.Errorf("the line is at %v where the point is at %v", on, y)
		}
	}
	points := root.all("circle")
	low, mid, high := points[0].num(t, "cy"), points[2].num(t, "cy"), points[3].num(t, "cy")
	if math.Abs((low-high)-2*(low-mid)) > 0.3 {
		t.Errorf("heights of 0, 20 and 40 are %v, %v and %v, want equal steps", low, mid, high)
	}
	if l := root.labels(); l[len(l)-1] != identityName {
		t.Errorf("labels = %v, want the line's name last", l)
	}
}

// TestLinesNames asserts that no two names overlap and that breaks break.
func TestLinesNames(t *testing.T) {
	var us []Curve
	for i := range 10 {
		us = append(us, Curve{Name: fmt.Sprintf("curve %d", i), X: []float64{0, 1, 2, 3}, Y: []float64{1, math.NaN(), 5, 5 + float64(i)/1000}})
	}
	root := draw(t, func(w io.Writer) error { return Lines(w, Plot{Curves: us}, Text{}, Full) })
	var at []float64
	for _, l := range root.all("text") {
		if strings.HasPrefix(l.text, "curve") {
			at = append(at, l.num(t, "y"))
		}
	}
	if len(at) != maxCurves || !strings.Contains(root.desc(), "first 8 of 10 curves") {
		t.Fatalf("%d names, %q", len(at), root.desc())
	}
	for i := range at[1:] {
		if at[i+1]-at[i] < 15 {
			t.Errorf("names at %v and %v overlap", at[i], at[i+1])
		}
	}
	for _, p := range root.all("path") {
		if p.attrs["class"] == "c-line c-s1" {
			if n := strings.Count(p.attrs["d"], "M"); n != 2 {
				t.Errorf("a curve with a gap has %d parts, want 2", n)
			}
			return
		}
	}
	t.Error("no curve")
}

// TestThin asserts that a long curve keeps its peak and few corners.
func TestThin(t *testing.T) {
	u := Curve{X: make([]float64, 200_000), Y: make([]float64, 200_000)}
	for i := range u.X {
		u.X[i] = float64(i)
		u.Y[i] = math.Sin(float64(i))
	}
	u.Y[123_457] = 40
	a := area{left: 0, right: 600, top: 0, bottom: 300, x: newScale(0, 2e5), y: newScale(-1, 40)}
	a.x.length, a.y.length = 600, 300
	xs, ys := thin(a, u)
	if len(xs) > maxVertices || len(xs) < 100 {
		t.Errorf("%d corners, want at most %d", len(xs), maxVertices)
	}
	peak := math.Inf(1)
	for _, y := range ys {
		peak = math.Min(peak, y)
	}
	if peak != 0 {
		t.Errorf("the peak is drawn at %v, want 0", peak)
	}
	for i := range u.Y {
		if i%2 == 0 {
			u.Y[i] = math.NaN()
		}
	}
	if xs, _ := thin(a, u); len(xs) > maxVertices {
		t.Errorf("%d corners with gaps, want at most %d", len(xs), maxVertices)
	}
}

// Points that stand for several are counted as such.
func TestScatterOfCounts(t *testing.T) {
	var b strings.Builder
	p := XY{X: []float64{0, 1, math.NaN()}, Y: []float64{0, 1, 1}, Counts: []int{29_999, 1, 5}}
	if err := Scatter(&b, p, Text{Title: "Errors"}, Full); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Scatter plot of 30\u2009000 points", "counted in squares", "5 points without two finite values", "<title>29\u2009999</title>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the drawing lacks %q", want)
		}
	}
	p.Counts = p.Counts[:2]
	if err := Scatter(&b, p, Text{}, Full); err == nil {
		t.Error("3 points with 2 counts are drawn")
	}
}
