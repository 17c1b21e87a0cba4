package views_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/a-h/templ"

	"clicktrain/internal/chart"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/views"
)

// hostile are texts that a file may hold where a page shows a name or a value.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`javascript:alert(1)`,
	`' onmouseover='alert(1)`,
	`{{7*7}}</title></textarea><svg/onload=alert(1)>`,
	"line\nbreak\x00\u202egnp.exe",
	"a very long name with no end in sight, and then some more, and more, and more, and more, and more still",
}

// page is a page with something in it.
type page struct {
	name  string
	shell views.Shell
	body  templ.Component
}

func shell(title, step string, p views.Progress) views.Shell {
	p.Here = step
	return views.Shell{
		Title: title, Step: step, FileName: "titanic.csv", Steps: views.NewSteps(p), Path: "/" + title,
		Version: "0.1.0", Idle: 3600,
	}
}

// pages are all pages, filled and empty, refused and failed.
func pages(t testing.TB) []page {
	t.Helper()
	loaded := views.Progress{Loaded: true, Explored: true}
	trained := views.Progress{Loaded: true, Explored: true, Prepared: true, Trained: true}
	landing := shell("From CSV to model", "Data", views.Progress{})
	landing.FileName = ""
	refusedUpload := landing
	refusedUpload.Refused = true
	read := shell("What was read", "Data", loaded)
	read.Flashes = []views.Flash{{Text: "The sample Titanic is loaded."}}
	refusedTrain := shell("Train", "Train", loaded)
	refusedTrain.Refused = true
	running := shell("Training", "Train", trained)
	running.Refresh = 3
	nasty := shell(hostile[4], "Explore", loaded)
	nasty.FileName = hostile[6] + hostile[1] + ".csv"
	nasty.Flashes = []views.Flash{{Bad: true, Text: hostile[0]}}
	return []page{
		{"landing", landing, views.Landing(landingPage(nil))},
		{"landing-refused", refusedUpload, views.Landing(landingPage(&views.Problem{Items: []views.ProblemItem{{
			Text: "photo.jpg is a JPEG image, not a CSV file.", Hint: "Export your table as CSV and load that.", Href: "#f-file",
		}}}))},
		{"data", read, views.Data(dataPage())},
		{"explore", shell("Explore", "Explore", loaded), views.Explore(explorePage(t))},
		{"explore-empty", shell("Explore", "Explore", loaded), views.Explore(views.ExplorePage{})},
		{"explore-part", shell("Relations", "Explore", loaded), views.ExplorePart(partPage(t))},
		{"explore-part-empty", shell("Relations", "Explore", loaded), views.ExplorePart(views.PartPage{ID: "relations", Title: "Relations", Empty: "No numeric columns: correlation needs two."})},
		{"column", shell("Column", "Explore", loaded), views.Column(columnPage(t))},
		{"prepare", shell("Prepare", "Prepare", loaded), views.Prepare(preparePage())},
		{"prepare-empty", shell("Prepare", "Prepare", loaded), views.Prepare(views.PreparePage{})},
		{"train", shell("Train", "Train", loaded), views.Train(trainPage(nil))},
		{"train-refused", refusedTrain, views.Train(trainPage(problem.Field("max_depth", "max_depth must be a whole number at least 1, or none, got \"-3\".")))},
		{"run", running, views.Run(views.RunPage{ID: "k7f2", State: "running", Run: runHead(), Percent: 42,
			Doing: "Growing trees", Elapsed: "12 s", Left: "about 16 s left", Steps: setup()})},
		{"run-queued", running, views.Run(views.RunPage{ID: "k7f2", State: "queued", Run: runHead(), Percent: -1,
			Doing: "Waiting for another training to end", Steps: setup()})},
		{"run-failed", shell("Training", "Train", loaded), views.Run(views.RunPage{ID: "k7f2", State: "failed", Run: runHead(), DeleteURL: "/runs/2/delete?from=",
			Problem: &views.Problem{Items: []views.ProblemItem{{Text: "Training took longer than 10 min and was stopped.", Hint: "Use fewer trees, or fewer rows."}}}})},
		{"run-done", shell("Training", "Train", trained), views.Run(views.RunPage{ID: "k7f2", State: "done", Run: runHead(), Percent: 100})},
		{"results", shell("Results", "Results", trained), views.Results(resultsPage(t))},
		{"results-none", shell("Results", "Results", loaded), views.NoRun(views.NoRunPage{Title: "Results",
			Text: "Nothing is trained yet, so there is nothing to score.", Next: views.Link{Text: "Train a model", URL: "/train"}})},
		{"run-missing", shell("There is no run 9", "Download", trained), views.NoRun(views.NoRunPage{Title: "There is no run 9", Text: "It was deleted, or it went with the data it was trained on.",
			Runs: []views.Link{{Text: "Run 1: Logistic regression for survived", URL: "/download?run=1"}}, Next: views.Link{Text: "Show run 1", URL: "/download?run=1"}})},
		{"run-delete", shell("Delete run 2", "Results", trained), views.DeleteRun(views.DeleteRunPage{Run: runHead(), URL: "/runs/2/delete", Keep: views.Link{Text: "Keep it", URL: "/results?run=2"}})},
		{"hostile-results", nasty, views.Results(nastyResults(t))},
		{"hostile-run", nasty, views.NoRun(views.NoRunPage{Title: hostile[0], Text: hostile[1], Hint: hostile[2], Runs: []views.Link{{Text: hostile[1], URL: "/results?run=1"}}, Next: views.Link{Text: "Train a model", URL: "/train"}})},
		{"predict", shell("Try it on a row", "Results", trained), views.Predict(predictPage())},
		{"download", shell("Download", "Download", trained), views.Download(downloadPage())},
		{"fault-404", landing, views.Fault(views.FaultPage{Status: 404, Title: views.FaultTitle(404), Message: "There is no page at this address.", Hint: "Check the address, or start over."})},
		{"fault-413", landing, views.Fault(views.FaultPage{Status: 413, Title: views.FaultTitle(413), Message: "The file has 312 MiB, and this server takes 200 MiB.", Hint: "Load fewer rows or columns."})},
		{"fault-500", landing, views.Fault(views.FaultPage{Status: 500, Title: views.FaultTitle(500), Message: "It is not your file’s fault.", Hint: "Try again.", Reference: "k7f2-91ab"})},
		{"fault-expired", landing, views.Fault(views.Expired())},
		{"help", landing, views.Help(helpPage())},
		{"docs", landing, views.Docs(views.DocsPage{Styles: []string{"/docs/assets/swagger-ui.css"}, Scripts: []string{"/docs/assets/swagger-ui-bundle.js"}, SpecURL: "/openapi.json"})},
		{"hostile", nasty, views.Explore(nastyExplore())},
		{"hostile-column", nasty, views.Column(views.ColumnPage{Name: hostile[1], Alerts: exploreAlerts(nastyAlerts()), Target: hostile[2], Missing: hostile[4], Left: hostile[0], Kind: "Text", Reason: hostile[0], Finding: hostile[3],
			Stats: []views.Fact{{Label: hostile[0], Value: hostile[1], Note: hostile[4]}}, Up: hostile[2]})},
		{"hostile-train", nasty, views.Train(nastyTrain())},
		{"hostile-predict", nasty, views.Predict(nastyPredict())},
		{"hostile-prepare", nasty, views.Prepare(nastyPrepare())},
		{"hostile-download", nasty, views.Download(views.DownloadPage{Run: nastyRun(), Snippet: hostile[1] + "</code></pre>" + hostile[0], Inputs: nastyTable()})},
	}
}

// svg draws with package chart, whose output is what pages hold.
func svg(t testing.TB, draw func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func say(title string) chart.Text {
	return chart.Text{Title: title, Desc: title + ", as the caption of the figure says it in a sentence."}
}

func histogram(t testing.TB, name string, s chart.Size, counts ...int) string {
	edges := make([]float64, len(counts)+1)
	for i := range edges {
		edges[i] = float64(i * 10)
	}
	b := chart.Bins{Edges: edges, Counts: counts, XLabel: name, YLabel: "Passengers"}
	return svg(t, func(w io.Writer) error {
		if s == chart.Card {
			return chart.SparkHistogram(w, b, say(name), s)
		}
		return chart.Histogram(w, b, say(name), s)
	})
}

func setup() []views.Fact {
	return []views.Fact{
		{Label: "Rows", Value: "712 to train, 179 to test"},
		{Label: "Columns", Value: "12 columns of the file, 19 after the recipe"},
		{Label: "Algorithm", Value: "Random forest", Note: "100 trees"},
	}
}

func forestParams() []param.Field {
	var s param.Set
	var n, depth int
	var criterion string
	var bootstrap bool
	var features param.Value
	s.Int(&n, "n_estimators", 100, param.Between(1, 2000), "How many trees vote.")
	s.MaybeInt(&depth, "max_depth", param.AtLeast(1), "How many questions a tree may ask in a row.")
	s.Choice(&criterion, "criterion", "gini", []string{"gini", "entropy"}, "What a split is measured by.")
	s.Mixed(&features, "max_features", "sqrt", []string{"sqrt", "log2"}, "How many columns a split may choose from.")
	s.Bool(&bootstrap, "bootstrap", true, "Whether each tree draws its own rows.")
	return s.Fields()
}

func logisticParams() []param.Field {
	var s param.Set
	var c float64
	var iter int
	s.Float(&c, "C", 1, param.Above(0), "Inverse of the penalty: smaller is stronger.")
	s.Int(&iter, "max_iter", 1000, param.Between(1, 100000), "After how many steps the search stops.")
	return s.Fields()
}
