package web

import (
	"fmt"
	"io"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/internal/train"
	"clicktrain/views"
)

func (s *Server) numberResults(page *views.ResultsPage, res *train.Result) {
	n := res.Numbers
	mae, baseMAE := named(n.Model.Scores, "mae"), named(n.Baseline.Scores, "mae")
	page.Good = res.Verdict().Better
	page.Verdict = fmt.Sprintf("Off by %s on average for unseen rows; always guessing %s would be off by %s. %s",
		views.Num(mae.Score), views.Num(n.BaselineValue), views.Num(baseMAE.Score), noiseVerdict(res))
	page.Scores = scoreTiles(res, []string{"r2_score", "rmse", "mae", "median_ae", "mape"})
	page.Plots = append(page.Plots, s.predictedActual(n), s.residuals(n), s.residualSpread(n))
}

func named(s metric.Scores, name string) metric.Value {
	v, _ := s.Named(name)
	return v
}

// predictedActual draws each test row's prediction against the truth.
func (s *Server) predictedActual(n *train.NumberScores) views.Chart {
	caption := fmt.Sprintf("%s of the predictions lie within a tenth of the true value.", share(n.Errors.Near, n.Errors.Rows))
	xy := chart.XY{X: n.Predictions.X, Y: n.Predictions.Y, Counts: n.Predictions.Counts, XLabel: "Actual", YLabel: "Predicted", Identity: true}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Scatter(w, xy, chart.Text{Title: "Predicted against actual", Desc: caption}, size)
	}, 420)
	return views.Chart{
		Name: "actual", SVG: wide, Narrow: narrow,
		Caption: caption, Table: errorTable(n.Errors.ByActual),
		Explain: "A perfect model would put every point on the line. Points above it were predicted too high, points below too low.",
	}
}

// errorTable holds the errors by tenths of the true values.
func errorTable(parts []train.ErrorPart) *views.Table {
	t := &views.Table{Caption: "Errors by size of the true value", Heads: []views.Head{
		{Name: "True value from"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}, {Name: "Off by, on average", Number: true}, {Name: "Leaning", Number: true},
	}}
	for _, p := range parts {
		t.Rows = append(t.Rows, views.Texts(views.Num(p.From), views.Num(p.To), views.Count(p.Rows), views.Num(p.Size), views.Num(p.Mean)))
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
