package main

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/waittest"
)

// TestPages takes each built-in table from a file to a model by links and plain
// forms, and runs the snippet that the last page shows.
func TestPages(t *testing.T) {
	p := launch(t)
	for _, j := range journeys {
		t.Run(j.sample, func(t *testing.T) {
			t.Parallel()
			c, file := p.visitor(t), sampleCSV(t, j.sample)
			landing := c.get(t, "/").want(t, 200).html(t)
			if landing.Find(`form[action="/upload"][enctype="multipart/form-data"] input[type=file][name=file]`).Length() != 1 {
				t.Fatal("the first page takes no file")
			}
			read := c.upload(t, "/upload", j.sample+".csv", file).want(t, 200)
			wantPath(t, read, "/")
			explored := c.follow(t, read.html(t), "Explore the columns").want(t, 200).html(t)
			checkCharts(t, explored)
			explored = c.submit(t, explored, "/explore", "", "target="+optionValue(t, explored, "select[name=target]", j.target)).want(t, 200).html(t)
			if got := explored.Find("select[name=target] option[selected]").Text(); got != j.target {
				t.Errorf("the target is %q", got)
			}
			c.get(t, "/explore/columns/0").want(t, 200)

			prepared := c.get(t, "/prepare").want(t, 200).html(t)
			if prepared.Find(`form[action="/prepare/suggest"]`).Length() > 0 {
				prepared = c.submit(t, prepared, "/prepare/suggest", "Use all").want(t, 200).html(t)
			}
			choosing := c.follow(t, prepared, "Choose what to train").want(t, 200).html(t)
			running := c.submit(t, choosing, "/train", "Train", "learner="+j.algorithm, "seed=7").want(t, 200)
			results := c.awaitResults(t, running)
			if text := results.Find(".verdict").Text(); strings.Contains(text, "no better, within the noise") || text == "" {
				t.Errorf("the verdict is %q", text)
			}
			checkCharts(t, results)
			c.checkDownload(t, c.follow(t, results, "Download the model").want(t, 200).html(t), j, file)
		})
	}
}

// wantPath checks where redirects led.
func wantPath(t *testing.T, a answer, path string) {
	t.Helper()
	if got := a.Request.URL.Path; got != path {
		t.Fatalf("the page is %s, want %s:\n%.600s", got, path, a.body)
	}
}

// follow opens the page's link of that text.
func (c *client) follow(t *testing.T, page *goquery.Document, text string) answer {
	t.Helper()
	link := page.Find("main a").FilterFunction(func(_ int, a *goquery.Selection) bool { return strings.Contains(a.Text(), text) })
	href, ok := link.Attr("href")
	if !ok {
		t.Fatalf("the page has no link %q:\n%.600s", text, page.Find("main").Text())
	}
	return c.get(t, href)
}

// awaitResults reloads a run's page, as the page itself asks for, until it
// leads to the results.
func (c *client) awaitResults(t *testing.T, a answer) *goquery.Document {
	t.Helper()
	if !strings.HasPrefix(a.Request.URL.Path, "/runs/") && a.Request.URL.Path != "/results" {
		t.Fatalf("training led to %s:\n%.800s", a.Request.URL.Path, a.body)
	}
	waittest.Until(t, "the run ends", func() bool {
		if a.Request.URL.Path == "/results" {
			return true
		}
		page := a.html(t)
		if page.Find("main progress").Length() == 0 {
			t.Fatalf("the run's page shows no progress:\n%s", page.Find("main").Text())
		}
		if noscript := page.Find("noscript").Text(); !strings.Contains(noscript, `http-equiv="refresh"`) {
			t.Fatalf("the run's page does not load itself again: %s", noscript)
		}
		a = c.get(t, a.Request.URL.Path).want(t, 200)
		return a.Request.URL.Path == "/results"
	})
	return a.html(t)
}

// checkCharts checks that each drawing has a title and a description.
func checkCharts(t *testing.T, page *goquery.Document) {
	t.Helper()
	drawings := page.Find("main svg[role=img]")
	if drawings.Length() == 0 {
		t.Error("the page has no chart")
	}
	drawings.Each(func(_ int, svg *goquery.Selection) {
		if strings.TrimSpace(svg.Find("title").First().Text()) == "" && svg.AttrOr("aria-label", "") == "" {
			html, _ := goquery.OuterHtml(svg)
			t.Errorf("a chart has no name: %.300s", html)
		}
	})
}

// checkDownload fetches the model that the page offers, compares its checksum
// with the one shown, and runs the snippet.
func (c *client) checkDownload(t *testing.T, page *goquery.Document, j journey, file []byte) {
	t.Helper()
	link, ok := page.Find(`a[download="trained_model_run_1.pkl"]`).Attr("href")
	if !ok {
		t.Fatal("the page has no link to the model")
	}
	model := c.get(t, link).want(t, http.StatusOK)
	checkAttachment(t, model, "trained_model_run_1.pkl")
	sum := sha256.Sum256(model.body)
	if shown := page.Find("code.hash").First().Text(); shown != hex.EncodeToString(sum[:]) {
		t.Errorf("the page shows the checksum %s, the file has %x", shown, sum)
	}
	steps := c.get(t, "/download").html(t).Find("nav.steps li")
	if steps.Length() != 6 || steps.Filter(".is-later").Length() > 0 {
		t.Errorf("%d steps, %d of them to come", steps.Length(), steps.Filter(".is-later").Length())
	}
	snippet := page.Find("#snippet").Text()
	t.Run("snippet", func(t *testing.T) { runSnippet(t, snippet, j.sample+".csv", file, model.body) })
}
