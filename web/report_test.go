package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/sample"
)

// titanic uploads the sample by the API and returns the session's id.
func (s *site) titanic(t *testing.T) string {
	t.Helper()
	data, err := sample.Open("titanic")
	if err != nil {
		t.Fatal(err)
	}
	return s.open(t, string(data))
}

type toldTarget struct {
	Column  string
	Rows    int
	Classes []valueCount
	Series  []string
	Overall []struct{ Value, Low, High float64 }
	Ranking []struct {
		Column, Kind, Finding string
		Score                 *float64
		Bins                  []struct {
			Label  string
			Count  int
			From   *float64
			Values []struct{ Value, Low, High float64 }
		}
	}
	Conflicts *struct{ Rows int }
}

// TestDescribeTarget checks the ranking, the bins and the alerts that the API
// tells of a target.
func TestDescribeTarget(t *testing.T) {
	s := newStepSite(t)
	id := s.titanic(t)
	var out struct {
		Target *toldTarget
		Alerts []struct {
			Code, Column string
			Columns      []string
			Fix          *struct {
				Action  string
				Columns []string
			}
		}
	}
	decode := func(path string) {
		t.Helper()
		out.Target, out.Alerts = nil, nil
		if err := json.Unmarshal([]byte(s.get(t, path).want(t, 200).body), &out); err != nil {
			t.Fatal(err)
		}
	}
	decode("/api/eda/" + id)
	if out.Target != nil {
		t.Error("a target is told of that was not asked for")
	}
	for _, a := range out.Alerts {
		if a.Code == "leak" {
			t.Error("a leak is told of without a target")
		}
	}
	decode("/api/eda/" + id + "?target=survived")
	target := out.Target
	if target == nil || target.Rows != 891 || len(target.Classes) != 2 || len(target.Series) != 1 || target.Conflicts == nil || target.Conflicts.Rows == 0 {
		t.Fatalf("target = %+v", target)
	}
	if len(target.Ranking) != 14 || target.Ranking[0].Column != "alive" || target.Ranking[0].Score == nil || *target.Ranking[0].Score < 0.99 {
		t.Fatalf("ranking = %+v", target.Ranking)
	}
	for i := 1; i < len(target.Ranking); i++ {
		if *target.Ranking[i].Score > *target.Ranking[i-1].Score {
			t.Errorf("%s is ranked after %s", target.Ranking[i].Column, target.Ranking[i-1].Column)
		}
	}
	for _, r := range target.Ranking {
		rows := 0
		for _, b := range r.Bins {
			rows += b.Count
			if v := b.Values[0]; !(v.Low <= v.Value && v.Value <= v.High) {
				t.Errorf("%s %s: %+v", r.Column, b.Label, v)
			}
		}
		if rows != 891 {
			t.Errorf("the bins of %s hold %d rows, want 891", r.Column, rows)
		}
		if r.Column == "sex" && (r.Bins[1].Label != "female" || r.Bins[1].Count != 314 || r.Bins[1].From != nil || r.Finding == "") {
			t.Errorf("sex = %+v", r)
		}
	}
	if a := out.Alerts[0]; a.Code != "leak" || a.Column != "alive" || len(a.Columns) != 1 || a.Fix == nil || a.Fix.Action != "drop_column" {
		t.Errorf("the first alert is %+v", a)
	}
}

// TestReport checks that the report is one file that stands alone, and that
// its twins say the same.
func TestReport(t *testing.T) {
	s := newStepSite(t)
	client := s.sampled(t, "titanic")
	s.page(t, client, "/explore?target=0")
	kept := s.ask(t, client, http.MethodGet, "/explore/report.html", "").want(t, 200)
	if got := kept.Header.Get("Content-Security-Policy"); !strings.Contains(got, "sandbox") || !strings.Contains(got, "default-src 'none'") {
		t.Errorf("policy %q", got)
	}
	if got := kept.Header.Get("Content-Disposition"); got != `attachment; filename="clicktrain-report.html"` {
		t.Errorf("disposition %q", got)
	}
	doc := kept.html(t)
	standsAlone(t, doc)
	if got := spaced(doc.Find("main")); !strings.Contains(got, "survived is 1 in 76% of the rows where who is woman") || !strings.Contains(got, "alive alone predicts survived") {
		t.Errorf("the report says %.600q", got)
	}
	if n := doc.Find("article h3").Length(); n != 15 {
		t.Errorf("%d columns in the report, want 15", n)
	}

	var told struct {
		File   string
		Target toldTarget
		Alerts []alert
	}
	body := s.ask(t, client, http.MethodGet, "/explore/report.json", "").want(t, 200)
	if err := json.Unmarshal([]byte(body.body), &told); err != nil {
		t.Fatal(err)
	}
	if told.File != "titanic.csv" || told.Target.Column != "survived" || len(told.Target.Ranking) != 14 || len(told.Alerts) == 0 || strings.Contains(body.body, "/api/") {
		t.Errorf("report.json of %q for %q", told.File, told.Target.Column)
	}

	id := s.titanic(t)
	twin := s.get(t, "/api/eda/"+id+"/report.html").want(t, 200)
	standsAlone(t, twin.html(t))
	if strings.Contains(twin.body, id) || strings.Contains(s.get(t, "/api/eda/"+id+"/report.json").want(t, 200).body, id) {
		t.Error("a report holds the session's id")
	}
	s.get(t, "/api/eda/nobody/report.html").told(t, 404, "There is no such session.")
}

// standsAlone checks that a document loads, links and runs nothing.
func standsAlone(t *testing.T, doc *goquery.Document) {
	t.Helper()
	for _, bad := range []string{"script", "link", "img", "iframe", "form", "button", "a[href]", "[src]", "[onclick]", "[hx-get]"} {
		if n := doc.Find(bad).Length(); n > 0 {
			t.Errorf("the report has %d × %s", n, bad)
		}
	}
	if doc.Find("style").Length() != 1 || doc.Find("svg").Length() == 0 || doc.Find("h1").Length() != 1 {
		t.Error("the report lacks its style, its charts or its heading")
	}
}

// TestHostileReport checks that names and values stay text in a report.
func TestHostileReport(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, hostileTable(t))
	standsAlone(t, s.ask(t, client, http.MethodGet, "/explore/report.html", "").want(t, 200).html(t))
	for _, path := range []string{"/explore/relations", "/explore/rows", "/explore?target=0", "/explore/columns/2"} {
		inert(t, path, s.page(t, client, path))
	}
}
