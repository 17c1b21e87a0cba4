package web

import (
	"fmt"
	"io"
	"math"
	"slices"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

func (s *Server) numberResults(page *views.ResultsPage, res *train.Result) {
	n := res.Numbers
	r2, mae := n.Model.Headline(), named(n.Model.Scores, "mae")
	baseMAE := named(n.Baseline.Scores, "mae")
	page.Good = r2.Defined() && r2.Score > 0
	if n.Interval != nil {
		page.Good = n.Interval.Low > 0
	}
	page.Verdict = fmt.Sprintf("Off by %s on average for unseen rows; always guessing %s would be off by %s.", views.Num(mae.Score), views.Num(n.BaselineValue), views.Num(baseMAE.Score))
	if !page.Good {
		page.Verdict += " That is no better than guessing, within the noise."
	}
	page.Scores = scoreTiles(res, []string{"r2_score", "mae", "rmse", "median_ae", "mape", "mse"}, n.Interval)
	page.Plots = append(page.Plots, s.predictedActual(n), s.residuals(n), s.residualSpread(n))
}

func named(s metric.Scores, name string) metric.Value {
	v, _ := s.Named(name)
	return v
}

// predictedActual draws each test row's prediction against the truth.
func (s *Server) predictedActual(n *train.NumberScores) views.Chart {
	near := 0
	for i, a := range n.Actual {
		if math.Abs(n.Predicted[i]-a) <= 0.1*math.Abs(a) {
			near++
		}
	}
	caption := fmt.Sprintf("%s of the predictions lie within a tenth of the true value.", share(near, len(n.Actual)))
	xy := chart.XY{X: n.Actual, Y: n.Predicted, XLabel: "Actual", YLabel: "Predicted", Identity: true}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Scatter(w, xy, chart.Text{Title: "Predicted against actual", Desc: caption}, size)
	}, 420)
	return views.Chart{
		Name: "actual", SVG: wide, Narrow: narrow,
		Caption: caption, Table: errorTable(n),
		Explain: "A perfect model would put every point on the line. Points above it were predicted too high, points below too low.",
	}
}

// errorTable holds the errors by tenths of the true values.
func errorTable(n *train.NumberScores) *views.Table {
	order := make([]int, len(n.Actual))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return compare(n.Actual[i], n.Actual[j]) })
	t := &views.Table{Caption: "Errors by size of the true value", Heads: []views.Head{
		{Name: "True value from"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}, {Name: "Off by, on average", Number: true}, {Name: "Leaning", Number: true},
	}}
	groups := min(10, len(order))
	for g := range groups {
		part := order[g*len(order)/groups : (g+1)*len(order)/groups]
		size, lean := 0.0, 0.0
		for _, i := range part {
			size += math.Abs(n.Predicted[i]-n.Actual[i]) / float64(len(part))
			lean += (n.Predicted[i] - n.Actual[i]) / float64(len(part))
		}
		t.Rows = append(t.Rows, views.Texts(views.Num(n.Actual[part[0]]), views.Num(n.Actual[part[len(part)-1]]), views.Count(len(part)), views.Num(size), views.Num(lean)))
	}
	return t
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
