package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestEveryChartCanBeEnlarged follows the link of every figure of Explore to a
// page that shows it alone.
func TestEveryChartCanBeEnlarged(t *testing.T) {
	s := newStepSite(t)
	titanic, dates := s.sampled(t, "titanic"), s.load(t, oddKinds())
	s.page(t, titanic, "/explore?target=0")
	seen := map[string]bool{}
	for _, tt := range []struct {
		path   string
		client *http.Client
		charts int
	}{
		{"/explore", titanic, 6}, {"/explore/relations", titanic, 2}, {"/explore/rows", titanic, 2},
		{"/explore/columns/3", titanic, 3}, {"/explore/columns/0", dates, 4}, {"/explore/columns/1", dates, 1},
	} {
		path := tt.path
		figures := s.page(t, tt.client, path).Find("figure")
		if figures.Length() < tt.charts {
			t.Errorf("%s has %d figures, want %d at least", path, figures.Length(), tt.charts)
		}
		figures.Each(func(_ int, f *goquery.Selection) {
			caption := f.Find("figcaption").Text()
			link := f.Find(".enlarge a")
			if got := link.Text(); got != "Enlarge: "+caption {
				t.Errorf("%s: the link of %q is named %q", path, caption, got)
				return
			}
			to := link.AttrOr("href", "")
			if seen[path+to] {
				t.Errorf("%s: two charts lead to %s", path, to)
			}
			seen[path+to] = true
			large := s.page(t, tt.client, to)
			if large.Find("figure figcaption").Text() != caption || large.Find("figure svg").Length() != 1 {
				t.Errorf("%s has %d drawings of %q, want one of %q", to, large.Find("figure svg").Length(), large.Find("figure figcaption").Text(), caption)
			}
			if f.Find("table").Length() == 1 && large.Find("table").Length() != 1 {
				t.Errorf("%s lacks the numbers", to)
			}
			if back := large.Find(".back a").AttrOr("href", "-"); !strings.HasPrefix(path, "/explore/columns") && back != "/explore" || strings.HasPrefix(path, "/explore/columns") && back != path {
				t.Errorf("%s leads back to %s", to, back)
			}
		})
	}
	for _, path := range []string{"/explore/charts/nothing", "/explore/columns/3/charts/nothing", "/explore/columns/99/charts/values", "/explore/columns/x/charts/values", "/explore/columns/3/charts/ranking"} {
		s.ask(t, titanic, "GET", path, "").want(t, 404)
	}
	// A file that stands alone has nowhere to lead to.
	if got := s.page(t, titanic, "/explore/report.html").Find(".enlarge").Length(); got != 0 {
		t.Errorf("the report has %d links to enlarge", got)
	}
}
