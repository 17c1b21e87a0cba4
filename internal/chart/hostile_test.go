package chart

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// hostile are labels that have broken drawings.
var hostile = []string{
	"", " ", "\t\n\r", "\u200b\u200d", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, `' onload='alert(1)`,
	"a&b", "&lt;", "]]>", "<!--", "a\nb\r\nc\td", "\x00\x01\x1f\x7f\u0085", "\xff\xfe\xc3(", "\ufffe\uffff\U000e0041",
	"\u202egnp.exe", "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪e\u0301", "日本語の列名はとても長いことがあります", "مرحبا بالعالم", "Z" + strings.Repeat("\u0323\u0300", 500),
	strings.Repeat("x", 10_000), strings.Repeat("<&\">", 3000), strings.Repeat("👩‍👩‍👧‍👦", 900), strings.Repeat(" a", 3000), "style=\"x\"", "javascript:alert(1)",
}

// numbers are values that have broken drawings.
var numbers = [][]float64{
	nil, {0}, {5}, {-1e300}, {math.NaN()}, {math.Inf(1), math.Inf(-1)}, {3, 3, 3}, {0, 0}, {math.MaxFloat64, -math.MaxFloat64},
	{math.SmallestNonzeroFloat64, 0}, {math.SmallestNonzeroFloat64}, {1e16, 1e16 + 2}, {1, math.NaN(), 3}, {math.Inf(1), 2, 4}, {1e-320, 1e308}, {-0.0001, 0.0001},
}

// charts draw every kind of chart from a list of labels and a list of values
// of any length.
func charts(labels []string, values []float64, s Size) map[string]func(io.Writer) error {
	at := func(i int) string { return labels[i%len(labels)] }
	var bars []Bar
	var boxes []Box
	for i, v := range values {
		bars = append(bars, Bar{Label: at(i), Value: v, Spread: v / 3, Ref: i == 1})
		boxes = append(boxes, Box{Label: at(i), Low: v, Q1: v, Median: v, Q3: v, High: v, Rows: i})
	}
	text := Text{Title: at(0), Desc: at(1)}
	square := Grid{Rows: make([]string, len(values)), Cols: make([]string, len(values)), Values: make([][]float64, len(values)), RowLabel: at(2), ColLabel: at(3)}
	for i := range values {
		square.Rows[i], square.Cols[i] = at(i), at(i+1)
		for j := range values {
			square.Values[i] = append(square.Values[i], values[(i*3+j)%len(values)])
		}
	}
	diverging := square
	diverging.Diverging, diverging.Format = true, Correlation
	shown := square
	shown.Shown = make([][]string, len(values))
	for i := range values {
		for j := range values {
			shown.Shown[i] = append(shown.Shown[i], at(i+j))
		}
	}
	xy := XY{X: values, Y: values, XLabel: at(0), YLabel: at(1), Identity: true}
	plot := Plot{XLabel: at(0), YLabel: at(1), Curves: []Curve{{at(2), values, values}, {at(3), values, values}}, Diagonal: true, DiagonalName: at(4), Marks: true}
	unit := plot
	unit.Unit = true
	return map[string]func(io.Writer) error{
		"bars":      func(w io.Writer) error { return Bars(w, bars, text, s) },
		"sparkbars": func(w io.Writer) error { return SparkBars(w, bars, text, s) },
		"boxes":     func(w io.Writer) error { return Boxes(w, boxes, at(0), text, s) },
		"heat":      func(w io.Writer) error { return Heatmap(w, square, text, s) },
		"diverging": func(w io.Writer) error { return Heatmap(w, diverging, text, s) },
		"shown":     func(w io.Writer) error { return Heatmap(w, shown, text, s) },
		"scatter":   func(w io.Writer) error { return Scatter(w, xy, text, s) },
		"lines":     func(w io.Writer) error { return Lines(w, plot, text, s) },
		"unit":      func(w io.Writer) error { return Lines(w, unit, text, s) },
		"histogram": func(w io.Writer) error {
			return Histogram(w, Bins{Edges: []float64{0, 1, 2}, Counts: []int{3, len(values)}, XLabel: at(0), YLabel: at(1)}, text, s)
		},
		"spark": func(w io.Writer) error {
			return SparkHistogram(w, Bins{Edges: []float64{0, 1, 2}, Counts: []int{3, len(values)}}, text, s)
		},
	}
}

// TestHostileLabels draws every chart with every label in every place.
func TestHostileLabels(t *testing.T) {
	for k, l := range hostile {
		for name, f := range charts([]string{l}, []float64{1, -2, 3.5, 4}, Size{}) {
			t.Run(fmt.Sprintf("%s/%d", name, k), func(t *testing.T) { draw(t, f) })
		}
	}
}

// TestHostileTogether draws many marks with all labels, at sizes down to the
// smallest, and asserts the limits of bytes and marks.
func TestHostileTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{3, 20, 60, 3000} {
		values := make([]float64, n)
		for i := range values {
			values[i] = r.NormFloat64()
		}
		for name, f := range charts(hostile, values, Size{}) {
			if n == 3000 && (name == "heat" || name == "diverging" || name == "shown") {
				continue // nine million cells are the caller's to refuse
			}
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) { draw(t, f) })
		}
	}
	for name, f := range charts([]string{strings.Repeat(`"<é>&'`, 40)}, make([]float64, 50), Size{W: 344}) {
		t.Run(name+"/escaped", func(t *testing.T) { draw(t, f) })
	}
}

// TestOddNumbers draws every chart from values that have no plain range.
func TestOddNumbers(t *testing.T) {
	for k, vs := range numbers {
		for _, s := range []Size{{}, Card, Narrow, {1, 1}} {
			for name, f := range charts([]string{"a", "b"}, vs, s) {
				t.Run(fmt.Sprintf("%s/%d/%dx%d", name, k, s.W, s.H), func(t *testing.T) {
					var b bytes.Buffer
					if err := f(&b); err != nil {
						t.Fatal(err)
					}
					root := parse(t, b.Bytes())
					if s.W != 1 { // the smallest size is safe, if not legible
						checkSafe(t, root, b.Bytes())
					}
				})
			}
		}
	}
}

// TestNothing asserts that charts without data say so.
func TestNothing(t *testing.T) {
	nan := []float64{math.NaN(), math.Inf(1)}
	for name, f := range charts([]string{"a", "b"}, nan, Size{}) {
		if name == "histogram" || name == "spark" || name == "shown" {
			continue // which draw their counts
		}
		root := draw(t, f)
		if got := root.labels(); len(got) != 1 || got[0] != nothingYet {
			t.Errorf("%s says %q, want %q", name, got, nothingYet)
		}
	}
	root := draw(t, func(w io.Writer) error { return Histogram(w, Bins{}, Text{Title: "Age"}, Card) })
	if got := root.desc(); got != "Nothing to draw: there are no values to count." {
		t.Errorf("description = %q", got)
	}
}

// TestContradictions asserts that input of impossible shape is an error, with
// nothing written.
func TestContradictions(t *testing.T) {
	one := []float64{1}
	for name, f := range map[string]func(io.Writer) error{
		"edges": func(w io.Writer) error { return Histogram(w, Bins{Edges: one, Counts: []int{1}}, Text{}, Full) },
		"order": func(w io.Writer) error { return Histogram(w, Bins{[]float64{2, 1}, []int{1}, "", ""}, Text{}, Full) },
		"nan edge": func(w io.Writer) error {
			return SparkHistogram(w, Bins{Edges: []float64{0, math.NaN()}, Counts: []int{1}}, Text{}, Card)
		},
		"negative": func(w io.Writer) error {
			return Histogram(w, Bins{Edges: []float64{0, 1}, Counts: []int{-1}}, Text{}, Full)
		},
		"xy":    func(w io.Writer) error { return Scatter(w, XY{X: one}, Text{}, Full) },
		"curve": func(w io.Writer) error { return Lines(w, Plot{Curves: []Curve{{X: one}}}, Text{}, Full) },
		"rows":  func(w io.Writer) error { return Heatmap(w, Grid{Rows: []string{"a"}}, Text{}, Full) },
		"cols": func(w io.Writer) error {
			return Heatmap(w, Grid{Rows: []string{"a"}, Cols: []string{"b"}, Values: [][]float64{{}}}, Text{}, Full)
		},
		"shown": func(w io.Writer) error {
			return Heatmap(w, Grid{Rows: []string{"a"}, Cols: []string{"b"}, Values: [][]float64{{1}}, Shown: [][]string{{}}}, Text{}, Full)
		},
	} {
		var b bytes.Buffer
		if err := f(&b); err == nil || b.Len() > 0 {
			t.Errorf("%s: err = %v with %d bytes, want an error and nothing written", name, err, b.Len())
		}
	}
}
