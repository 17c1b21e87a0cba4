package web

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/problem"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) resultRoutes() {
	s.page(http.MethodGet, "/results", s.ofRun("Results", s.showResults))
	s.page(http.MethodGet, "/results/charts/:chart", s.ofRun("Results", s.showResultChart))
}

// showResults tells how good a run's model is.
func (s *Server) showResults(c echo.Context, ws *workflow.Workspace, t *workflow.Trained) error {
	return s.drawResults(c, ws, t, http.StatusOK, nil)
}

// drawResults draws the results of a run; refused is why a name was not taken.
func (s *Server) drawResults(c echo.Context, ws *workflow.Workspace, t *workflow.Trained, status int, refused *problem.Error) error {
	page := s.resultsPage(t, ws.AllTrained())
	page.Run, page.Others = runHead(ws, t, "/results"), otherRuns(ws, t)
	page.Naming, page.DeleteURL = nameField(t.Run, c.FormValue("name"), refused), deleteURL(t.Run, "")
	shell := s.runShell(c, ws, "Results of", "Results", t)
	if refused != nil {
		page.Problem = &views.Problem{Items: []views.ProblemItem{{Text: refused.Message, Hint: refused.Hint, Href: "#" + page.Naming.ID()}}}
		shell.Refused = true
	}
	return s.render(c, status, shell, views.Results(page))
}

func (s *Server) resultsPage(t *workflow.Trained, all []*workflow.Trained) views.ResultsPage {
	res := t.Result
	page := views.ResultsPage{
		From: fmt.Sprintf("Learned from %s; %s set aside before anything was learned.",
			views.Plural(res.Rows.Train, "training row"), views.Plural(res.Rows.Test, "test row")),
		Detail:  fmt.Sprintf("%s for %s, scored on %s that it never saw.", t.Plan.Learner.Title, views.Clip(res.Target, 60), views.Plural(res.Rows.Test, "test row")),
		Setup:   setupFacts(t),
		Timings: timingFacts(res.Timings),
		Weights: s.weights(res),
	}
	if res.Groups != nil {
		page.From += " " + groupText(*res.Groups)
		page.Detail += " " + groupText(*res.Groups)
	}
	if text := worseText(res); text != "" {
		page.Warnings = append(page.Warnings, views.Alert{Severity: views.Warn, Text: text, Hint: worseHint(res)})
	}
	page.Warnings = append(page.Warnings, doubtAlerts(t)...)
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
	page.TryURL, page.SaveURL, page.MoreURL = predictURL(t), views.RunURL("/download", number(t.Run)), trainURL(t.Run)
	page.Interest = interestForm(t)
	page.All = allScores(res)
	page.Check = checkPart(res)
	if len(all) > 1 {
		r := newRanking(t, all)
		page.Runs, page.Ranking = s.runRows(r), r.says()
	}
	enlargeResults(&page, t.Number)
	return page
}

// timingFacts tells where the time of a run went.
func timingFacts(t train.Timings) []views.Fact {
	facts := []views.Fact{
		{Label: "Starting", Value: views.Duration(seconds(t.Start))},
		{Label: "Preparing", Value: views.Duration(seconds(t.Prepare))},
		{Label: "Fitting", Value: views.Duration(seconds(t.Fit))},
		{Label: "Scoring", Value: views.Duration(seconds(t.Evaluate))},
	}
	if t.Check > 0 {
		facts = append(facts, views.Fact{Label: "Cross-validating", Value: views.Duration(seconds(t.Check))})
	}
	return append(facts,
		views.Fact{Label: "Handing the model over", Value: views.Duration(seconds(t.HandOver))},
		views.Fact{Label: "In all", Value: views.Duration(seconds(t.Total))})
}

// doubtAlerts tell why the scores may be too good. Several columns that tell too
// much are one alert.
func doubtAlerts(t *workflow.Trained) []views.Alert {
	var out []views.Alert
	var asked, chosen []train.Doubt
	for _, d := range t.Doubts() {
		switch {
		case d.Chosen:
			chosen = append(chosen, d)
		case d.Code == "leak":
			asked = append(asked, d)
		default:
			out = append(out, views.Alert{Severity: views.Warn, Text: d.Message, Hint: d.Hint})
		}
	}
	if len(asked) > 0 {
		a := views.Alert{Severity: views.Warn, Text: asked[0].Message, Hint: asked[0].Hint}
		if len(asked) > 1 {
			a.Text = fmt.Sprintf("The model learned from %s, each of which alone predicts %s very well or almost perfectly: %s.",
				views.Plural(len(asked), "column"), views.Clip(t.Result.Target, 40), strings.Join(doubted(asked), ", "))
			a.Hint = "Would you know them before the outcome? Leave out those that you would not, and train again."
		}
		out = append([]views.Alert{a}, out...)
	}
	for _, d := range chosen {
		out = append(out, views.Alert{Severity: views.Note, Text: d.Message})
	}
	return out
}

// doubted names the first columns of some doubts.
func doubted(list []train.Doubt) []string {
	const most = 8
	var out []string
	for _, d := range list[:min(len(list), most)] {
		out = append(out, views.Clip(d.Column, 40))
	}
	if n := len(list) - most; n > 0 {
		out = append(out, "and "+views.Count(n)+" more")
	}
	return out
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
	if t.Plan.Spec.Copies {
		facts = append(facts, views.Fact{Label: "Copies of rows", Value: "kept together"})
	}
	if weights := t.Plan.Spec.Weights; weights != "" {
		facts = append(facts, views.Fact{Label: "Rows counted by", Value: views.Clip(weights, 60), Note: "while learning; scores by weight stand beside the others"})
	}
	return append(facts,
		views.Fact{Label: "Share of test rows", Value: views.Percent(t.Plan.Spec.TestSize)},
		views.Fact{Label: "Seed", Value: strconv.FormatUint(t.Plan.Spec.Seed, 10)},
		views.Fact{Label: "Columns", Value: strings.Join(clipped(t.Result.Features), ", ")},
	)
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
	caption := importanceFinding(columns)
	explain := "How much each column's splits made the trees surer, summed over all trees (impurity importance). Columns with many values are favored."
	if res.Importance.Kind == "coefficients" {
		explain = "The size of each coefficient times how much its column varies, summed by column of the file. Columns that move together share it arbitrarily."
	}
	wide, narrow := s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Bars(w, bars, chart.Text{Title: "Importance", Desc: caption}, size)
	}, 0)
	return []views.Chart{{
		Name: "importance", SVG: wide, Narrow: narrow,
		Caption: caption, Table: t, Explain: explain,
	}}
}

// importanceFinding names the columns that matter most, by falling share.
func importanceFinding(columns []train.ColumnShare) string {
	if columns[0].Share == 0 {
		return "This model uses no column: it gives the same answer whatever they hold."
	}
	shown := func(c train.ColumnShare) string { return views.Percent(c.Share) }
	n := alikeFirst(columns, shown)
	names := make([]string, n)
	for i, c := range columns[:n] {
		names[i] = views.Clip(c.Column, 40)
	}
	switch {
	case len(columns) == 1:
		return names[0] + " is the only column that this model uses."
	case n == 1:
		return fmt.Sprintf("%s matters most to this model: %s of what it uses.", names[0], shown(columns[0]))
	}
	return fmt.Sprintf("%s matter most to this model: %s each of what it uses.", enumerate(names), shown(columns[0]))
}

func headline(t *workflow.Trained) float64 { return t.Result.Headline().Score }

func scoreName(t *workflow.Trained) string { return title(t.Result.Headline().Name, t.Result) }
