package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
)

// TestBeforeTraining asks for what a model is needed for.
func TestBeforeTraining(t *testing.T) {
	s := newStepSite(t)
	id, client := s.open(t, people()), s.load(t, people())
	s.get(t, "/api/export/"+id).told(t, 404, "Train a model first.")
	s.get(t, "/api/export/"+id+"?run_id=nothing").told(t, 404, "There is no such run.")
	for _, path := range []string{"/results", "/download"} {
		r := s.ask(t, client, "GET", path, "").want(t, 404)
		if main := r.html(t).Find("main"); !strings.Contains(main.Text(), "Train a model first.") || main.Find(`a[href="/train"]`).Length() == 0 {
			t.Errorf("%s says %s", path, main.Text())
		}
	}
	s.ask(t, client, "GET", "/download/model.pkl", "").told(t, 404, "Train a model first.")
	for _, path := range []string{"/results?run=1", "/predict?run=1", "/results/charts/roc?run=1", "/runs/1/delete", "/download?run=x", "/download/model.pkl?run=-1", "/runs/1", "/runs/x"} {
		s.ask(t, client, "GET", path, "").want(t, 404)
	}
}

// TestDownload checks the file's headers, its checksum and its formats, by the
// page and by the API.
func TestDownload(t *testing.T) {
	s := newStepSite(t)
	client, id := s.load(t, people()), s.trained(t)
	s.trainOn(t, client, classAt, "logistic_regression")
	page := s.ask(t, client, "GET", "/download", "").want(t, 200).html(t)
	link := page.Find("a[download]")
	file := s.ask(t, client, "GET", link.AttrOr("href", ""), "").want(t, 200)
	sum := sha256.Sum256([]byte(file.body))
	if got := hex.EncodeToString(sum[:]); got != page.Find("code.hash").Text() || file.Header.Get("ETag") != `"`+got+`"` {
		t.Errorf("the file has the checksum %s, the page shows %s, the ETag is %s", got, page.Find("code.hash").Text(), file.Header.Get("ETag"))
	}
	for i, r := range []response{file, s.get(t, "/api/export/"+id), s.get(t, "/api/export/"+id+"?format=pkl", "Accept-Encoding: gzip")} {
		h, name := r.want(t, 200).Header, "trained_model.pkl" // which old clients of the API know
		if i == 0 {
			name = "trained_model_run_1.pkl"
		}
		if h.Get("Content-Disposition") != `attachment; filename="`+name+`"` || h.Get("Content-Type") != "application/octet-stream" ||
			h.Get("Content-Encoding") != "" || r.ContentLength != int64(len(r.body)) || !strings.HasPrefix(r.body, "\x80") {
			t.Errorf("%s came as %v", r.Request.URL.Path, h)
		}
	}
	s.get(t, "/api/export/"+id+"?format=exe").told(t, 422, `There is no format "exe".`)
	s.get(t, "/api/export/"+id+"?run_id=1x").told(t, 404, "There is no such run.")
	head := s.ask(t, client, http.MethodHead, link.AttrOr("href", ""), "").want(t, 200)
	if head.body != "" || head.ContentLength != int64(len(file.body)) {
		t.Errorf("HEAD brings %d bytes and announces %d", len(head.body), head.ContentLength)
	}
}

// TestSnippetHoldsText checks that names and values stay inside the literals
// and comments of the snippet, on lines of their own.
func TestSnippetHoldsText(t *testing.T) {
	s := newStepSite(t)
	var b strings.Builder
	b.WriteString("\"a\"\"]}) #\nimport os\",\"tab\there\",y\n")
	for i := range 60 {
		b.WriteString([]string{`"x"")` + "\nprint(1)\"", "plain"}[i%2] + "," + []string{"1", "2", "3"}[i%3] + ",\"" + []string{"no\nimport os", "yes"}[i*i%7%2] + "\"\n")
	}
	client := s.load(t, b.String())
	s.trainOn(t, client, 2, "random_forest", "random_forest.n_estimators=5")
	snippet := s.ask(t, client, "GET", "/download", "").want(t, 200).html(t).Find("#snippet").Text()
	for line := range strings.SplitSeq(snippet, "\n") {
		if line == "import os" || line == "print(1)" || strings.HasPrefix(line, "import os") {
			t.Errorf("a value became a line of code: %q in\n%s", line, snippet)
		}
	}
	if !strings.Contains(snippet, `"a\"]}) #\nimport os"`) || !strings.Contains(snippet, `  # no\nimport os`) {
		t.Errorf("the snippet lacks the column or the answer:\n%s", snippet)
	}
}
