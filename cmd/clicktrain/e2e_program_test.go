package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/sample"
)

// program is the running program, as a client sees it.
type program struct {
	url     string
	log     *lines
	mayFail bool // the log may hold errors: the test breaks something
}

// launch runs the program until the test ends.
func launch(t *testing.T, args ...string) *program {
	t.Helper()
	url, stop, log := start(t, args...)
	p := &program{url: url, log: log}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("stopping: %v", err)
		}
		if strings.Contains(log.String(), "level=ERROR") && !p.mayFail {
			t.Errorf("the log has errors:\n%s", log)
		}
	})
	return p
}

// client is one visitor: a browser without scripts, or a caller of the API.
type client struct {
	*program
	http *http.Client
}

// visitor returns a client with cookies of its own, which follows redirects.
func (p *program) visitor(t *testing.T) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := new(http.Transport)
	t.Cleanup(transport.CloseIdleConnections)
	return &client{p, &http.Client{Jar: jar, Transport: transport}}
}

// answer is a response read to its end.
type answer struct {
	*http.Response
	body []byte
}

// ask sends a request; header lines are such as "Prefer: respond-async".
func (c *client) ask(t *testing.T, method, path string, body io.Reader, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, c.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{resp, b}
}

// get asks for a path.
func (c *client) get(t *testing.T, path string) answer {
	t.Helper()
	return c.ask(t, http.MethodGet, path, nil)
}

// send posts JSON.
func (c *client) send(t *testing.T, path, body string, headers ...string) answer {
	t.Helper()
	return c.ask(t, http.MethodPost, path, strings.NewReader(body), append(headers, "Content-Type: application/json")...)
}

// fill posts a form of name=value pairs.
func (c *client) fill(t *testing.T, path string, pairs ...string) answer {
	t.Helper()
	return c.ask(t, http.MethodPost, path, strings.NewReader(strings.Join(pairs, "&")), "Content-Type: application/x-www-form-urlencoded")
}

// upload posts a file to /upload or /api/upload.
func (c *client) upload(t *testing.T, path, name string, data []byte) answer {
	t.Helper()
	return c.sendFile(t, path, "file", name, data)
}

// sendFile posts a form with a file in a field.
func (c *client) sendFile(t *testing.T, path, field, name string, data []byte) answer {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return c.ask(t, http.MethodPost, path, &b, "Content-Type: "+form.FormDataContentType())
}

// want checks the status.
func (a answer) want(t *testing.T, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s = %d, want %d:\n%.1000s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.body)
	}
	return a
}

// json decodes the body, numbers as they are written.
func (a answer) json(t *testing.T, into any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(a.body))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s %s: %v in\n%.1000s", a.Request.Method, a.Request.URL.Path, err, a.body)
	}
}

// html parses the body.
func (a answer) html(t *testing.T) *goquery.Document {
	t.Helper()
	if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Fatalf("%s is %q, want a page:\n%.1000s", a.Request.URL.Path, got, a.body)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// sampleCSV returns a built-in table.
func sampleCSV(t *testing.T, name string) []byte {
	t.Helper()
	b, err := sample.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
