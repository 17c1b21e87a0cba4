package web

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/metric"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) resultRoutes() { s.page(http.MethodGet, "/results", s.showResults) }

// showResults tells how good a model is: the one of ?run=, or the newest.
func (s *Server) showResults(c echo.Context, ws *workflow.Workspace) error {
	t, err := ws.Trained(c.QueryParam("run"))
	if err != nil {
		return s.noModel(c, ws, "Results", err)
	}
	page := s.resultsPage(t, ws.AllTrained())
	return s.render(c, http.StatusOK, s.stepShell(c, ws, "Results", "Results"), views.Results(page))
}

// noModel tells that a model has to be trained first.
func (s *Server) noModel(c echo.Context, ws *workflow.Workspace, step string, err error) error {
	p, told := problem.As(err)
	if !told {
		return err
	}
	page := views.NoResultsPage{Title: step, Text: p.Error(), Next: views.Link{Text: "Train a model", URL: "/train"}}
	return s.render(c, http.StatusNotFound, s.stepShell(c, ws, step, step), views.NoResults(page))
}

func (s *Server) resultsPage(t *workflow.Trained, all []*workflow.Trained) views.ResultsPage {
	res := t.Result
	page := views.ResultsPage{
		From: fmt.Sprintf("Learned from %s; %s set aside before anything was learned.",
			views.Plural(res.Rows.Train, "training row"), views.Plural(res.Rows.Test, "test row")),
		Detail: fmt.Sprintf("%s for %s, scored on %s that it never saw.", t.Plan.Learner.Title, views.Clip(res.Target, 60), views.Plural(res.Rows.Test, "test row")),
		Setup:  setupFacts(t),
		Timings: []views.Fact{
			{Label: "Preparing", Value: views.Duration(seconds(res.Timings.Prepare))},
			{Label: "Fitting", Value: views.Duration(seconds(res.Timings.Fit))},
			{Label: "Scoring", Value: views.Duration(seconds(res.Timings.Evaluate))},
		},
		Weights: s.weights(res),
	}
	if res.Groups != nil {
		page.From += " " + groupText(*res.Groups)
		page.Detail += " " + groupText(*res.Groups)
	}
	for _, w := range res.Warnings {
		page.Warnings = append(page.Warnings, views.Alert{Severity: views.Warn, Text: w})
	}
	for _, n := range t.Plan.Notes {
		page.Warnings = append(page.Warnings, views.Alert{Severity: views.Note, Text: n.Message})
	}
	for _, l := range res.Steps {
		step := views.RecipeStep{Title: l.Text, Columns: strings.Join(clipped(l.Columns), ", ")}
		for i, column := range l.Columns {
			step.Learned = append(step.Learned, views.Clip(column, 60)+": "+views.Clip(l.Values[i], 120))
		}
		page.Recipe = append(page.Recipe, step)
	}
	if res.Classes != nil {
		s.classResults(&page, res)
	} else {
		s.numberResults(&page, res)
	}
	page.Runs = s.runRows(t, all)
	return page
}

func seconds(x float64) time.Duration { return time.Duration(x * float64(time.Second)) }

func setupFacts(t *workflow.Trained) []views.Fact {
	facts := []views.Fact{{Label: "Algorithm", Value: t.Plan.Learner.Title}}
	for _, p := range t.Result.Params {
		value := p.Value
		if value == "" {
			value = "none"
		}
		facts = append(facts, views.Fact{Label: views.Phrase(p.Name), Value: value, Note: p.Name})
	}
	if group := t.Plan.Spec.Group; group != "" {
		facts = append(facts, views.Fact{Label: "Rows kept together by", Value: views.Clip(group, 60)})
	}
	return append(facts,
		views.Fact{Label: "Share of test rows", Value: views.Percent(t.Plan.Spec.TestSize)},
		views.Fact{Label: "Seed", Value: strconv.FormatUint(t.Plan.Spec.Seed, 10)},
		views.Fact{Label: "Columns", Value: strings.Join(clipped(t.Result.Features), ", ")},
	)
}

// scoreTiles puts the named scores beside the baseline's.
func scoreTiles(res *train.Result, names []string, in *metric.Interval) []views.Score {
	model, baseline := res.Scores()
	var out []views.Score
	for _, name := range names {
		v, ok := model.Named(name)
		if !ok {
			continue
		}
		about, _ := metric.About(name)
		score := views.Score{Label: about.Title, Value: shownScore(v), Rows: views.Plural(res.Rows.Test, "test row"), Explain: about.Help}
		if b, ok := baseline.Named(name); ok {
			score.Baseline = shownScore(b)
		}
		if !v.Defined() {
			score.Means = v.Reason
		} else if v.Note != "" {
			score.Means = v.Note
		}
		if len(out) == 0 && in != nil {
			score.Noise, score.Means = noiseText(*in), rangeText(*in)
		}
		out = append(out, score)
	}
	return out
}

func shownScore(v metric.Value) string {
	if !v.Defined() {
		return "n/a"
	}
	if math.Abs(v.Score) < 10 {
		return views.Fixed(v.Score, 3)
	}
	return views.Num(v.Score)
}

// noiseText says how far a score may be from what more rows would show.
func noiseText(in metric.Interval) string { return "± " + views.Fixed((in.High-in.Low)/2, 2) }

// rangeText says the same in words.
func rangeText(in metric.Interval) string {
	return "95 times of 100, other test rows would score between " + views.Fixed(in.Low, 2) + " and " + views.Fixed(in.High, 2)
}

func (s *Server) classResults(page *views.ResultsPage, res *train.Result) {
	m, base := res.Classes.Model, res.Classes.Baseline
	acc, baseAcc := m.Headline().Score, base.Headline().Score
	in, _ := m.Interval()
	page.Good = in.Low > baseAcc
	page.Verdict = fmt.Sprintf("Right for %s of 100 unseen rows; always guessing %s would be right for %s.",
		views.Fixed(100*acc, 0), views.Clip(res.Labels.Text(res.Classes.BaselineClass), 40), views.Fixed(100*baseAcc, 0))
	if !page.Good {
		page.Verdict += " That is no better than guessing, within the noise."
	}
	page.Scores = scoreTiles(res, []string{"accuracy", "balanced_accuracy", "precision", "recall", "f1_score", "roc_auc", "roc_auc_ovr", "log_loss", "mcc"}, &in)
	labels := res.Labels.AllTexts()
	if len(labels) <= 50 {
		page.Plots = append(page.Plots, s.confusion(m, labels))
	}
	if len(m.ROC) > 1 {
		page.Plots = append(page.Plots, s.roc(m, labels))
	}
	page.PerClass = perClassTable(m, labels)
}

// confusion draws what was predicted for the rows of each class.
func (s *Server) confusion(m metric.ClassReport, labels []string) views.Chart {
	g := chart.Grid{Rows: clipped(labels), Cols: clipped(labels), Format: chart.Count, RowLabel: "Actual", ColLabel: "Predicted"}
	table := &views.Table{Caption: "Actual classes down, predicted classes across", Heads: []views.Head{{Name: "Actual"}}}
	worst, worstAt := 0, [2]int{}
	for i, row := range m.Confusion {
		table.Heads = append(table.Heads, views.Head{Name: labels[i], Number: true, Code: true})
		values, cells := make([]float64, len(row)), []views.Cell{{Text: views.Clip(labels[i], 40), Code: true}}
		for j, n := range row {
			values[j] = float64(n)
			g.Max = max(g.Max, values[j])
			cells = append(cells, views.Cell{Text: views.Count(n)})
			if i != j && n > worst {
				worst, worstAt = n, [2]int{i, j}
			}
		}
		g.Values = append(g.Values, values)
		table.Rows = append(table.Rows, cells)
	}
	caption := "Every test row was predicted right."
	if worst > 0 {
		caption = fmt.Sprintf("The most frequent mistake: %s of %s taken for %s.", views.Plural(worst, "row"), views.Clip(labels[worstAt[0]], 40), views.Clip(labels[worstAt[1]], 40))
	}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Heatmap(w, g, chart.Text{Title: "Confusion matrix", Desc: caption}, size)
	}, 0)
	return views.Chart{
		SVG: wide, Narrow: narrow,
		Caption: caption, Table: table,
		Explain: "A confusion matrix: each row is what the test rows are, each column what the model said. The diagonal is right.",
	}
}

// roc draws how the finds of the second class grow with the false alarms.
func (s *Server) roc(m metric.ClassReport, labels []string) views.Chart {
	curve := chart.Curve{Name: "this model"}
	table := &views.Table{Caption: "False alarms and finds by threshold", Heads: []views.Head{{Name: "False alarms"}, {Name: "Found", Number: true}}}
	for i, p := range m.ROC {
		curve.X, curve.Y = append(curve.X, p.FPR), append(curve.Y, p.TPR)
		if i%max(1, len(m.ROC)/20) == 0 || i == len(m.ROC)-1 {
			table.Rows = append(table.Rows, views.Texts(views.Percent(p.FPR), views.Percent(p.TPR)))
		}
	}
	auc, _ := m.Scores.Named("roc_auc")
	caption := fmt.Sprintf("In %s of 100 pairs, the row that is %s is given the higher probability.", views.Fixed(100*auc.Score, 0), views.Clip(labels[1], 40))
	plot := chart.Plot{Curves: []chart.Curve{curve}, XLabel: "False alarms: rows of the other class taken for it", YLabel: "Found: rows of the class", Unit: true, Diagonal: true, DiagonalName: "guessing"}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Lines(w, plot, chart.Text{Title: "ROC curve", Desc: caption}, size)
	}, 400)
	return views.Chart{
		SVG: wide, Narrow: narrow,
		Caption: caption, Table: table,
		Explain: "The ROC curve: lowering the probability at which a row counts as the class finds more of them and raises more false alarms. The area under it is the ROC AUC.",
	}
}

func perClassTable(m metric.ClassReport, labels []string) *views.Table {
	t := &views.Table{Caption: "Scores of each class against the rest", Heads: []views.Head{
		{Name: "Class"}, {Name: "Precision", Number: true}, {Name: "Recall", Number: true}, {Name: "F1", Number: true}, {Name: "Test rows", Number: true}, {Name: "Predicted", Number: true},
	}}
	for i, c := range m.Classes[:min(len(m.Classes), pageList)] {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: views.Clip(labels[i], 40), Code: true}, {Text: shownScore(c.Precision)}, {Text: shownScore(c.Recall)}, {Text: shownScore(c.F1)},
			{Text: views.Count(c.Support)}, {Text: views.Count(c.Predicted)},
		})
	}
	return t
}

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
	page.Plots = append(page.Plots, s.predictedActual(n))
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
		SVG: wide, Narrow: narrow,
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

// weights draws how much the model uses each column.
func (s *Server) weights(res *train.Result) []views.Chart {
	const most = 20
	columns := res.Importance.Columns
	if len(columns) == 0 {
		return nil
	}
	var bars []chart.Bar
	t := &views.Table{Caption: "Share of what the model uses, by column of the file", Heads: []views.Head{{Name: "Column"}, {Name: "Share", Number: true}}}
	for _, c := range columns[:min(len(columns), most)] {
		bars = append(bars, chart.Bar{Label: views.Clip(c.Column, 40), Value: 100 * c.Share, Shown: views.Percent(c.Share)})
		t.Rows = append(t.Rows, []views.Cell{{Text: views.Clip(c.Column, 60), Code: true}, {Text: views.Percent(c.Share)}})
	}
	caption := fmt.Sprintf("%s matters most to this model: %s of what it uses.", views.Clip(columns[0].Column, 40), views.Percent(columns[0].Share))
	explain := "How much each column's splits made the trees surer, summed over all trees (impurity importance). Columns with many values are favored."
	if res.Importance.Kind == "coefficients" {
		explain = "The size of each coefficient times how much its column varies, summed by column of the file. Columns that move together share it arbitrarily."
	}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Bars(w, bars, chart.Text{Title: "Importance", Desc: caption}, size)
	}, 0)
	return []views.Chart{{
		SVG: wide, Narrow: narrow,
		Caption: caption, Table: t, Explain: explain,
	}}
}

// runRows lists the session's models: those for the same question, the best
// first, and then those for others, whose scores do not compare.
func (s *Server) runRows(current *workflow.Trained, all []*workflow.Trained) []views.RunRow {
	if len(all) < 2 {
		return nil
	}
	other := func(t *workflow.Trained) int {
		if t.Result.Target == current.Result.Target && t.Result.Task == current.Result.Task {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b *workflow.Trained) int {
		if other(a)+other(b) > 0 {
			return other(a) - other(b)
		}
		return compare(headline(b), headline(a))
	})
	var out []views.RunRow
	for _, t := range all {
		out = append(out, views.RunRow{
			Title: t.Plan.Learner.Title, URL: "/results?run=" + strconv.Itoa(t.Number), Target: views.Clip(t.Result.Target, 40),
			Score: scoreName(t) + " " + views.Fixed(headline(t), 3), Time: views.Duration(seconds(t.Result.Timings.Fit)), Current: t.Number == current.Number,
		})
	}
	return out
}

func headline(t *workflow.Trained) float64 {
	model, _ := t.Result.Scores()
	return model[0].Score
}

func scoreName(t *workflow.Trained) string {
	model, _ := t.Result.Scores()
	about, _ := metric.About(model[0].Name)
	return about.Title
}
