package chart

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

var gallery = flag.String("gallery", "", "write gallery-light.html and gallery-dark.html to this folder")

// example is one example of a chart.
type example struct {
	name string
	draw func(w io.Writer) error
}

// examples are examples of every chart, at the sizes pages use.
func examples() []example {
	r := rand.New(rand.NewPCG(1, 2))
	fares := skewed(r, 24)
	say := func(title string) Text { return Text{Title: title, Desc: "What " + title + " shows, in one sentence."} }
	bars := []Bar{
		{Label: "Random forest", Value: 0.843, Spread: 0.021}, {Label: "Logistic regression", Value: 0.812, Spread: 0.03},
		{Label: "Nearest neighbors with a name that is far too long for its place in a chart", Value: 0.781, Spread: 0.034},
		{Label: "Always the most frequent class", Value: 0.616, Ref: true},
	}
	coefs := []Bar{{Label: "sex = female", Value: 2.61}, {Label: "fare", Value: 0.41}, {Label: "embarked = S", Value: -0.38}, {Label: "age", Value: -0.52}, {Label: "pclass", Value: -1.13}}
	confusion := Grid{Rows: []string{"died", "survived"}, Cols: []string{"died", "survived"}, Values: [][]float64{{0.9, 0.1}, {0.26, 0.74}},
		Shown: [][]string{{"99 (90 %)", "11 (10 %)"}, {"18 (26 %)", "51 (74 %)"}}, Min: 0, Max: 1, RowLabel: "Actual", ColLabel: "Predicted"}
	return []example{
		{"histogram", func(w io.Writer) error { return Histogram(w, fares, say("Fares"), Full) }},
		{"histogram-narrow", func(w io.Writer) error { return Histogram(w, fares, say("Fares"), Narrow) }},
		{"histogram-large-counts", func(w io.Writer) error {
			return Histogram(w, Bins{Edges: []float64{-3e6, -1e6, 0, 1e6, 2e6}, Counts: []int{120000, 4560000, 2345678, 12}, XLabel: "Balance, in euros"}, say("Balance"), Full)
		}},
		{"bars-scores", func(w io.Writer) error { return Bars(w, bars, say("Scores"), Size{W: 640}) }},
		{"bars-coefficients", func(w io.Writer) error { return Bars(w, coefs, say("Coefficients"), Size{W: 640}) }},
		{"bars-narrow", func(w io.Writer) error { return Bars(w, append(bars, coefs...), say("Mixed"), Size{W: 344}) }},
		{"bars-intervals", func(w io.Writer) error {
			return Bars(w, []Bar{{Label: "female", Value: 0.74, Low: 0.69, High: 0.79, Shown: "74% of 314"}, {Label: "male", Value: 0.19, Low: 0.16, High: 0.22, Shown: "19% of 577"},
				{Label: "All rows", Value: 0.38, Ref: true, Shown: "38%"}}, say("Rates"), Size{W: 520})
		}},
		{"rates-card", func(w io.Writer) error {
			return SparkRates(w, []float64{0.2, 0.31, math.NaN(), 0.55, 0.71}, 0.4, "0", "512.3", say("Rates"), Card)
		}},
		{"rates-negative", func(w io.Writer) error {
			return SparkRates(w, []float64{-3, 2, 1}, -0.2, "a name that is far too long for its half", "b", say("Means"), Card)
		}},
		{"stacks", func(w io.Writer) error { return Stacks(w, stackSeries, stackGroups(), say("Species"), Size{W: 520}) }},
		{"stacks-narrow", func(w io.Writer) error { return Stacks(w, stackSeries, stackGroups(), say("Species"), Size{W: 286}) }},
		{"stacks-card", func(w io.Writer) error { return Stacks(w, stackSeries, stackGroups(), say("Species"), Card) }},
		{"stacks-columns", func(w io.Writer) error {
			return SparkStacks(w, [][]float64{{0.9, 0.1, 0}, {0.5, 0.2, 0.3}, {math.NaN(), 0, 1}, {0, 0, 0}}, "172", "231 and a name that is far too long", say("Species"), Card)
		}},
		{"heat-correlation", func(w io.Writer) error { return Heatmap(w, correlated(r, 7), say("Correlation"), Size{W: 640}) }},
		{"heat-correlation-12", func(w io.Writer) error { return Heatmap(w, correlated(r, 12), say("Correlation"), Size{W: 960}) }},
		{"heat-correlation-20", func(w io.Writer) error { return Heatmap(w, correlated(r, 20), say("Correlation"), Size{W: 640}) }},
		{"heat-correlation-50", func(w io.Writer) error { return Heatmap(w, correlated(r, 50), say("Correlation"), Size{W: 640}) }},
		{"heat-narrow", func(w io.Writer) error { return Heatmap(w, correlated(r, 9), say("Correlation"), Size{W: 344}) }},
		{"confusion", func(w io.Writer) error { return Heatmap(w, confusion, say("Confusion"), Size{W: 420}) }},
		{"confusion-5", func(w io.Writer) error { return Heatmap(w, counts(r, 5), say("Confusion"), Size{W: 480}) }},
		{"scatter", func(w io.Writer) error { return Scatter(w, cloud(r, 180), say("Predicted"), Size{}) }},
		{"scatter-1000", func(w io.Writer) error { return Scatter(w, cloud(r, 1000), say("Predicted"), Size{}) }},
		{"scatter-binned", func(w io.Writer) error { return Scatter(w, cloud(r, 40000), say("Predicted"), Size{}) }},
		{"roc", func(w io.Writer) error {
			return Lines(w, Plot{Curves: rocs(r, 1), Unit: true, Diagonal: true, DiagonalName: "chance", XLabel: "False alarms, as a share of no", YLabel: "Found, as a share of yes"}, say("ROC"), Size{480, 400})
		}},
		{"roc-4", func(w io.Writer) error {
			return Lines(w, Plot{Curves: rocs(r, 4), Unit: true, Diagonal: true, DiagonalName: "chance", XLabel: "False alarms, as a share of no", YLabel: "Found, as a share of yes"}, say("ROC"), Size{480, 400})
		}},
		{"lines", func(w io.Writer) error {
			return Lines(w, Plot{Curves: learning(), XLabel: "Training rows", YLabel: "Accuracy", Marks: true}, say("Learning"), Full)
		}},
		{"lines-8", func(w io.Writer) error {
			return Lines(w, Plot{Curves: waves(8), XLabel: "Time, in seconds", YLabel: "Height, in meters"}, say("Waves"), Full)
		}},
		{"boxes", func(w io.Writer) error {
			return Boxes(w, []Box{{"First", 0, 30.9, 60.3, 93.5, 187, 216}, {"Second", 0, 13, 14.25, 26, 41, 184}, {"Third", 0, 7.75, 8.05, 15.5, 26.5, 491}, {Label: "unknown", Low: math.NaN()}}, "Fare, in pounds", say("Fares by class"), Size{W: 640})
		}},
		{"spark", func(w io.Writer) error { return SparkHistogram(w, fares, say("Fares"), Card) }},
		{"spark-bars", func(w io.Writer) error {
			return SparkBars(w, []Bar{{Label: "Southampton", Value: 644}, {Label: "Cherbourg", Value: 168}, {Label: "Queenstown", Value: 77}, {Label: "missing", Value: 2}}, say("Ports"), Card)
		}},
		{"spark-whisker", func(w io.Writer) error {
			return SparkWhisker(w, Whisker{Low: 0.81, High: 0.92, Value: 0.87, Base: 0.5, From: 0.5, To: 0.95}, say("Run 1"), Size{W: 160, H: 24})
		}},
		{"nothing", func(w io.Writer) error { return Histogram(w, Bins{}, say("Nothing"), Card) }},
	}
}

func skewed(r *rand.Rand, n int) Bins {
	b := Bins{Counts: make([]int, n), XLabel: "Fare, in pounds", YLabel: "Passengers"}
	for i := range n + 1 {
		b.Edges = append(b.Edges, 512.3292*float64(i)/float64(n))
	}
	for range 891 {
		b.Counts[min(int(r.ExpFloat64()*1.6), n-1)]++
	}
	b.Counts[n-1] = 3
	return b
}

func correlated(r *rand.Rand, n int) Grid {
	words := []string{"age", "fare", "pclass", "sibsp", "parch", "survived", "body_mass_g", "median income", "a rather long column name, in km", "x"}
	g := Grid{Diverging: true, Min: -1, Max: 1, Format: Correlation, Values: make([][]float64, n)}
	for i := range n {
		name := words[i%len(words)]
		if i >= len(words) {
			name = fmt.Sprintf("%s %d", name, i/len(words))
		}
		g.Rows = append(g.Rows, name)
		g.Values[i] = make([]float64, n)
		for j := range i {
			v := math.Tanh(r.NormFloat64() * 0.7)
			g.Values[i][j], g.Values[j][i] = v, v
		}
		g.Values[i][i] = 1
	}
	if n > 3 {
		g.Values[3][1], g.Values[1][3] = math.NaN(), math.NaN()
	}
	g.Cols = g.Rows
	return g
}

func counts(r *rand.Rand, n int) Grid {
	g := Grid{Format: Count, Values: make([][]float64, n), RowLabel: "Actual", ColLabel: "Predicted"}
	for i := range n {
		g.Rows = append(g.Rows, fmt.Sprintf("class %c", 'A'+i))
		g.Values[i] = make([]float64, n)
		for j := range n {
			g.Values[i][j] = float64(r.IntN(9))
		}
		g.Values[i][i] = float64(40 + r.IntN(60))
	}
	g.Cols = g.Rows
	return g
}

func cloud(r *rand.Rand, n int) XY {
	p := XY{XLabel: "Actual price, in 1 000 dollars", YLabel: "Predicted price, in 1 000 dollars", Identity: true}
	for range n {
		x := 40 + 20*math.Abs(r.NormFloat64())*4
		p.X, p.Y = append(p.X, x), append(p.Y, x*0.9+12+r.NormFloat64()*14)
	}
	return p
}

func rocs(r *rand.Rand, n int) []Curve {
	names := []string{"setosa (area 0.99)", "versicolor (area 0.91)", "virginica (area 0.93)", "all classes (area 0.94)"}
	var us []Curve
	for k := range n {
		u := Curve{Name: names[k], X: []float64{0}, Y: []float64{0}}
		for x, y := 0.0, 0.0; x < 1 || y < 1; {
			if y < 1 && r.Float64() < math.Pow(1-y, 0.25+0.12*float64(k))*1.1 {
				y = math.Min(y+0.02, 1)
			} else {
				x = math.Min(x+0.02, 1)
			}
			u.X, u.Y = append(u.X, x), append(u.Y, y)
		}
		us = append(us, u)
	}
	return us
}

func learning() []Curve {
	x := []float64{80, 160, 320, 480, 640, 712}
	return []Curve{
		{"training rows", x, []float64{0.99, 0.97, 0.95, 0.94, 0.93, 0.925}},
		{"unseen rows", x, []float64{0.72, 0.76, 0.79, 0.805, 0.815, 0.816}},
		{"always the same", x, []float64{0.61, 0.62, 0.615, 0.618, 0.616, 0.616}},
	}
}

func waves(n int) []Curve {
	us := make([]Curve, n)
	for k := range us {
		us[k].Name = fmt.Sprintf("wave %d", k+1)
		for i := range 5000 {
			x := float64(i) / 1000
			us[k].X, us[k].Y = append(us[k].X, x), append(us[k].Y, math.Sin(x*2+float64(k)*0.35)*(1+float64(k)*0.2))
		}
	}
	return us
}

// TestGallery draws every example and, with -gallery, writes them to pages to
// look at.
func TestGallery(t *testing.T) {
	css, err := os.ReadFile("testdata/theme.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []string{"light", "dark"} {
		var page bytes.Buffer
		ground := map[string]string{"light": "#ffffff", "dark": "#181d23"}[theme]
		fmt.Fprintf(&page, "<!doctype html><meta charset=utf-8><html data-theme=%s><style>%s body{background:%s;margin:16px;display:flex;flex-wrap:wrap;gap:24px;align-items:flex-start} svg{outline:1px dotted #8888}</style>", theme, css, ground)
		for _, d := range examples() {
			var b bytes.Buffer
			if err := d.draw(&b); err != nil {
				t.Errorf("%s: %v", d.name, err)
			}
			if b.Len() > 200_000 {
				t.Errorf("%s has %d bytes, want at most 200,000", d.name, b.Len())
			}
			page.Write(b.Bytes())
		}
		if *gallery != "" {
			if err := os.WriteFile(filepath.Join(*gallery, "gallery-"+theme+".html"), page.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var stackSeries = []string{"Adelie", "Chinstrap", "Gentoo, of the western islands"}

func stackGroups() []Stack {
	return []Stack{
		{"Biscoe", []float64{0.26, 0, 0.74}, "168"}, {"Dream", []float64{0.45, 0.55, 0}, "124"}, {"Torgersen", []float64{1, 0, 0}, "52"},
		{"missing", []float64{0.2, 0.3, 0.1}, "5"}, {"other", []float64{math.NaN(), 0, 0}, "0"},
	}
}
