package static

import (
	"bytes"
	"net/http"
	"path"
	"time"
)

// Handler serves the files under Prefix: by the address that Path returns,
// which may be cached forever, and by their plain name, which is checked for
// changes each time. Only these exact paths exist; there are no listings.
func Handler() http.Handler { return serve(files) }

func serve(files []asset) http.Handler {
	byPath := make(map[string]asset, 2*len(files))
	for _, a := range files {
		byPath[a.address] = a
		byPath[Prefix+a.name] = a
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := byPath[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		h := w.Header()
		h.Set("Content-Type", contentType(a.name))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("ETag", a.etag)
		if r.URL.Path == a.address {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			h.Set("Cache-Control", "no-cache")
		}
		http.ServeContent(w, r, a.name, time.Time{}, bytes.NewReader(a.body))
	})
}

// contentType does not ask the system, whose answers differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
