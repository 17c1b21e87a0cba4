package web

import (
	"fmt"
	"io"
	"math"

	"clicktrain/internal/chart"
	"clicktrain/internal/train"
	"clicktrain/views"
)

// residuals draws the errors against the predictions.
func (s *Server) residuals(n *train.NumberScores) views.Chart {
	caption := lean(n.Errors)
	xy := chart.XY{X: n.Residuals.X, Y: n.Residuals.Y, Counts: n.Residuals.Counts, XLabel: "Predicted", YLabel: "Too high by"}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Scatter(w, xy, chart.Text{Title: "Errors against predictions", Desc: caption}, size)
	}, 380)
	return views.Chart{Name: "residuals", SVG: wide, Narrow: narrow, Caption: caption, Table: residualTable(n.Errors.ByPredicted),
		Explain: "Residuals: the predicted value less the true one, for each test row. They should scatter evenly around 0, whatever was predicted: a shape in the points is something the model has not learned."}
}

// lean says whether errors go to one side.
func lean(e train.Errors) string {
	switch {
	case e.Size == 0:
		return "Every prediction is exact."
	case math.Abs(e.Mean) <= 0.1*e.Size:
		return "Errors lean to neither side."
	case e.Mean > 0:
		return fmt.Sprintf("Predictions run high by %s on average.", views.Num(e.Mean))
	}
	return fmt.Sprintf("Predictions run low by %s on average.", views.Num(-e.Mean))
}

// residualTable holds the errors by tenths of the predictions.
func residualTable(parts []train.ErrorPart) *views.Table {
	t := &views.Table{Caption: "Errors by size of the prediction", Heads: []views.Head{
		{Name: "Predicted from"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}, {Name: "Too high, on average", Number: true}, {Name: "Half of the errors within", Number: true},
	}}
	for _, p := range parts {
		t.Rows = append(t.Rows, views.Texts(views.Num(p.From), views.Num(p.To), views.Count(p.Rows), views.Num(p.Mean), views.Num(p.Half)))
	}
	return t
}

// residualSpread draws how the errors are spread.
func (s *Server) residualSpread(n *train.NumberScores) views.Chart {
	e := n.Errors
	caption := fmt.Sprintf("Half of the errors are no larger than %s, and 90 of 100 no larger than %s.", views.Num(e.Half), views.Num(e.Most))
	bins := chart.Bins{Edges: e.Edges, Counts: e.Counts, XLabel: "Too high by", YLabel: "Test rows"}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Histogram(w, bins, chart.Text{Title: "Errors", Desc: caption}, size)
	}, 320)
	t := &views.Table{Caption: "Errors by size", Heads: []views.Head{{Name: "Too high from"}, {Name: "To", Number: true}, {Name: "Test rows", Number: true}}}
	for i, c := range bins.Counts {
		t.Rows = append(t.Rows, views.Texts(views.Num(bins.Edges[i]), views.Num(bins.Edges[i+1]), views.Count(c)))
	}
	return views.Chart{Name: "errors", SVG: wide, Narrow: narrow, Caption: caption, Table: t,
		Explain: "How often errors of each size occur. Errors that pile up around 0 and fall off on both sides alike are what one hopes for."}
}
