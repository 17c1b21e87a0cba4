package views_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clicktrain/static"
	"clicktrain/views"
)

var gallery = flag.String("gallery", "", "write every page, light and dark, to this folder")

// TestGallery draws every page, in light and dark, and with -gallery=DIR
// leaves them there to be looked at in a browser.
func TestGallery(t *testing.T) {
	dir := *gallery
	if dir == "" {
		dir = t.TempDir()
	}
	for _, p := range pages(t) {
		for _, theme := range []string{"light", "dark"} {
			p.shell.Theme = theme
			var b bytes.Buffer
			if err := views.Layout(p.shell, p.body).Render(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			html := strings.ReplaceAll(b.String(), `"/static/`, `"static/`)
			write(t, filepath.Join(dir, p.name+"-"+theme+".html"), []byte(html))
		}
	}
	err := fs.WalkDir(static.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || static.Path(name) == "" {
			return err
		}
		body, err := static.FS.ReadFile(name)
		write(t, filepath.Join(dir, static.Path(name)), body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, body, 0o644); err != nil {
		t.Fatal(err)
	}
}
