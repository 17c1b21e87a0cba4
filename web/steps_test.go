package web

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/catalog"
	"clicktrain/internal/ingest"
	"clicktrain/internal/job"
	"clicktrain/internal/workflow"
)

// TestMain lets the test's own binary be the worker of a training.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "worker" {
		if err := workflow.Work(os.Stdin, os.Stdout, catalog.All()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// newStepSite starts a server whose steps work.
func newStepSite(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	return newSite(t, append([]func(*Options){func(o *Options) {
		jobs := job.New(job.Defaults())
		t.Cleanup(func() {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			_ = jobs.Close(ctx) // says only that runs were cut off
		})
		o.Workflow = &workflow.Service{
			Catalog: catalog.All(), Jobs: jobs, Workers: 2, Now: time.Now,
			Limits: workflow.Limits{Ingest: ingest.DefaultLimits(), SessionBytes: 64 << 20, TotalBytes: 256 << 20, Runs: 5},
		}
	}}, change...)...)
}

// follower returns a browser that follows redirects.
func follower(t *testing.T) *http.Client {
	t.Helper()
	c := browser(t)
	c.CheckRedirect = nil
	return c
}

// form is a multipart form of one file; an empty part sends none.
func form(t *testing.T, part, name string, data []byte) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if part != "" {
		p, err := w.CreateFormFile(part, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), "Content-Type: " + w.FormDataContentType()
}

// send uploads a file to /upload or /api/upload.
func (s *site) send(t *testing.T, client *http.Client, path, name, data string) response {
	t.Helper()
	body, kind := form(t, "file", name, []byte(data))
	return s.ask(t, client, http.MethodPost, path, body, kind)
}

// post sends the fields of a form.
func (s *site) post(t *testing.T, client *http.Client, path, fields string, headers ...string) response {
	t.Helper()
	return s.ask(t, client, http.MethodPost, path, fields, append(headers, "Content-Type: application/x-www-form-urlencoded")...)
}

// call sends JSON to the API.
func (s *site) call(t *testing.T, path, body string, headers ...string) response {
	t.Helper()
	return s.ask(t, plain, http.MethodPost, path, body, append(headers, "Content-Type: application/json")...)
}

// open uploads a table by the API and returns the session's id.
func (s *site) open(t *testing.T, data string) string {
	t.Helper()
	r := s.send(t, plain, "/api/upload", "people.csv", data).want(t, http.StatusCreated)
	return strings.TrimPrefix(r.Header.Get("Location"), "/api/sessions/")
}

// load uploads a table as a browser and returns the browser.
func (s *site) load(t *testing.T, data string) *http.Client {
	t.Helper()
	client := follower(t)
	s.send(t, client, "/upload", "people.csv", data).want(t, http.StatusOK)
	return client
}

// people is a small table: a number, a category, a yes or no, a class and a
// number to predict, each column with a gap but the first.
func people() string {
	var b strings.Builder
	b.WriteString("age,town,member,class,income\n")
	for i := range 80 {
		fmt.Fprintf(&b, "%d,%s,%s,%s,%d.5\n", 20+i*7%50,
			[]string{"Bonn", "Kiel", "Ulm", ""}[i%4], []string{"yes", "no", "yes", "no", ""}[i%5],
			[]string{"a", "b", "c"}[i%3], 1000+i*37%400)
	}
	return b.String()
}

// told checks that a response of either kind says a sentence: in the details of
// an error of the API, or on the page, in its list of problems.
func (r response) told(t *testing.T, status int, sentence string) {
	t.Helper()
	r.want(t, status)
	if strings.HasPrefix(r.Header.Get("Content-Type"), problemJSON) {
		if d := r.details(t); !strings.Contains(d.Detail, sentence) {
			t.Errorf("detail = %q, want %q in it", d.Detail, sentence)
		}
		return
	}
	page := r.html(t)
	if got := problemText(page); !strings.Contains(got, sentence) {
		t.Errorf("the page says %q, want %q in it", got, sentence)
	}
}

// problemText is what a page says went wrong.
func problemText(page *goquery.Document) string {
	text := page.Find("main .problem, main .fault, main [role=alert]").Text()
	return strings.Join(strings.Fields(text), " ")
}
