package static_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"clicktrain/static"
)

func get(t *testing.T, method, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, r)
	return w
}

func TestPathNamesTheContent(t *testing.T) {
	if got := static.Path("app.css"); !regexp.MustCompile(`^/static/app\.[0-9a-f]{12}\.css$`).MatchString(got) {
		t.Errorf("Path(app.css) = %q", got)
	}
	for _, name := range []string{"absent.js", "", "npm", "npm/README.txt", "../go.mod"} {
		if got := static.Path(name); got != "" {
			t.Errorf("Path(%q) = %q, want none", name, got)
		}
	}
}

func TestHandler(t *testing.T) {
	for name, kind := range map[string]string{"app.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"} {
		w := get(t, http.MethodGet, static.Path(name))
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if w.Code != http.StatusOK || w.Body.String() != string(want) {
			t.Errorf("GET %s: %d, %d bytes, want the file's %d", static.Path(name), w.Code, w.Body.Len(), len(want))
		}
		if got := w.Header().Get("Content-Type"); got != kind {
			t.Errorf("%s has type %q, want %q", name, got, kind)
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q, want it kept forever", name, got)
		}
		plain := get(t, http.MethodGet, static.Prefix+name)
		if got := plain.Header().Get("Cache-Control"); plain.Code != http.StatusOK || got != "no-cache" {
			t.Errorf("plain %s: %d, Cache-Control %q", name, plain.Code, got)
		}
		if again := get(t, http.MethodGet, static.Prefix+name, "If-None-Match", plain.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("%s, unchanged: %d, want 304", name, again.Code)
		}
	}
}

func TestHandlerRefuses(t *testing.T) {
	for _, path := range []string{"/static/", "/static", "/static/npm/", "/static/npm", "/static/npm/README.txt", "/static/../go.mod", "/static/app.000000000000.css", "/static/%2e%2e/go.mod"} {
		if w := get(t, http.MethodGet, path); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d, want 404", path, w.Code)
		}
	}
	if w := get(t, http.MethodPost, static.Path("app.css")); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

// TestScriptsKeepToThePolicy: no evaluation, no markup from texts, nothing
// kept in the browser.
func TestScriptsKeepToThePolicy(t *testing.T) {
	for _, name := range []string{"app.js", "docs.js"} {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "localStorage", "sessionStorage", ".style"} {
			if strings.Contains(string(body), bad) {
				t.Errorf("%s uses %s", name, bad)
			}
		}
	}
}
