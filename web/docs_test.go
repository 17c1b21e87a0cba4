package web

import (
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestDocsPageUsesOwnFilesOnly(t *testing.T) {
	s := newSite(t)
	doc := s.get(t, "/docs").want(t, 200).html(t)
	if got, _ := doc.Find("[data-spec]").Attr("data-spec"); got != "/openapi.json" {
		t.Errorf("the description is at %q", got)
	}
	files := 0
	doc.Find("script, link[rel=stylesheet]").Each(func(_ int, e *goquery.Selection) {
		address := e.AttrOr("src", e.AttrOr("href", ""))
		if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.TrimSpace(e.Text()) != "" {
			t.Errorf("%s is not a file of ours", goquery.NodeName(e)+" "+address)
			return
		}
		r := s.get(t, address).want(t, 200)
		if cc := r.Header.Get("Cache-Control"); !strings.Contains(cc, "max-age") || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: Cache-Control %q, Vary %q", address, cc, r.Header.Get("Vary"))
		}
		files++
	})
	if files < 4 {
		t.Errorf("%d files, want Swagger UI's two and ours", files)
	}
}

func TestSwaggerAssetsPackedAndPlain(t *testing.T) {
	s := newSite(t)
	for _, a := range docsAssets {
		plainBody := s.get(t, "/docs/assets/"+a.name, "Accept-Encoding: identity").want(t, 200)
		packed := s.get(t, "/docs/assets/"+a.name, "Accept-Encoding: gzip").want(t, 200)
		if packed.Header.Get("Content-Encoding") != "gzip" || plainBody.Header.Get("Content-Encoding") != "" || packed.Header.Get("Content-Type") != a.contentType {
			t.Errorf("%s: headers %v", a.name, packed.Header)
		}
		z, err := gzip.NewReader(strings.NewReader(packed.body))
		if err != nil {
			t.Fatal(err)
		}
		if unpacked, err := io.ReadAll(z); err != nil || string(unpacked) != plainBody.body || len(unpacked) < 100_000 {
			t.Errorf("%s: %d bytes unpacked, %d plain, %v", a.name, len(unpacked), len(plainBody.body), err)
		}
	}
}
