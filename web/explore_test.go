package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// hostileNames are column names that would do something on a page that does
// not treat them as text.
var hostileNames = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, "two\nlines\ttab", `</title></svg><script>alert(2)</script>`,
	`=HYPERLINK("http://elsewhere.test";"x")`, `javascript:alert(3)`, "🚀 naïve π 日本語", `]]><svg onload=alert(4)>`, `{{7*7}}${7*7}`,
	"\u202eright to left", strings.Repeat("long ", 2000), `&lt;b&gt;&amp;`, `<style>*{display:none}</style>`,
}

// hostileTable has those names, and values of the same kind. Its last column
// is the one to predict.
func hostileTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	names := append(append([]string(nil), hostileNames...), `<b onclick="alert(5)">class</b>`)
	records := [][]string{names}
	for i := range 90 {
		row := make([]string, len(names))
		for j := range row {
			switch {
			case j%3 == 0:
				row[j] = fmt.Sprint((i*7+j*3)%23, ".", i%4)
			case (i+j)%11 == 0: // missing
			default:
				row[j] = hostileNames[(i*(j+1)+j)%5]
			}
		}
		row[len(row)-1] = []string{`<img src=x onerror=alert(6)>`, `"=cmd|' /C calc'!A0"`}[i*i%7%2]
		records = append(records, row)
	}
	if err := w.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// inert checks that nothing of a page's text became an element or an attribute
// that does something.
func inert(t *testing.T, path string, page *goquery.Document) {
	t.Helper()
	page.Find("script").Each(func(_ int, s *goquery.Selection) {
		if !strings.HasPrefix(s.AttrOr("src", ""), "/static/") || s.Text() != "" {
			t.Errorf("%s has the script %q %q", path, s.AttrOr("src", ""), s.Text())
		}
	})
	if n := page.Find("img, iframe, object, embed, style, base, foreignObject, [style], [srcdoc]").Length(); n > 0 {
		t.Errorf("%s has %d elements that no page of ours has", path, n)
	}
	for _, node := range page.Find("*").Nodes {
		for _, a := range node.Attr {
			if strings.HasPrefix(strings.ToLower(a.Key), "on") {
				t.Errorf("%s: <%s> has %s=%q", path, node.Data, a.Key, a.Val)
			}
			if (a.Key == "href" || a.Key == "src" || a.Key == "action") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("%s: <%s> leads to %q", path, node.Data, a.Val)
			}
		}
	}
}

// shows reports whether a text with its tags stands on the page.
func shows(page *goquery.Document, text string) bool {
	return strings.Contains(page.Find("main").Text(), text)
}

// TestHostileTexts walks through every page with names and values that want to
// be more than text.
func TestHostileTexts(t *testing.T) {
	s := newStepSite(t)
	client := follower(t)
	table, target := hostileTable(t), len(hostileNames)
	page := s.send(t, client, "/upload", hostileNames[0]+".csv", table).want(t, 200).html(t)
	inert(t, "/", page)
	for _, name := range []string{hostileNames[0], hostileNames[1], hostileNames[5], hostileNames[7]} {
		if !shows(page, name) {
			t.Errorf("the page does not show %q as text", name)
		}
	}
	s.post(t, client, "/prepare/suggest", "").want(t, 200)
	s.trainOn(t, client, target, "random_forest", "random_forest.n_estimators=5")
	paths := []string{"/", "/explore", "/explore?sort=name", "/prepare", "/train", "/train?target=1", "/results", "/download", "/help"}
	for i := range target + 1 {
		paths = append(paths, fmt.Sprintf("/explore/columns/%d", i))
	}
	for _, path := range paths {
		r := s.ask(t, client, "GET", path, "").want(t, 200)
		inert(t, path, r.html(t))
		inert(t, path+" in part", s.ask(t, client, "GET", path, "", "HX-Request: true").want(t, 200).html(t))
		if n := len(r.body); n > 1<<20 {
			t.Errorf("%s has %d bytes", path, n)
		}
	}
	if r := s.post(t, client, "/train", "target=0&learner=linear_regression&seed=%3Cimg+src%3Dx%3E"); r.StatusCode != 422 {
		t.Errorf("a hostile seed = %d", r.StatusCode)
	} else {
		inert(t, "/train refused", r.html(t))
	}
}

// TestHostileDrawings reads every drawing of the API as strict XML.
func TestHostileDrawings(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, hostileTable(t))
	var eda struct {
		Plots struct {
			Histograms map[string]string
			Heatmap    string `json:"correlation_heatmap"`
		}
	}
	if err := json.Unmarshal([]byte(s.get(t, "/api/eda/"+id).want(t, 200).body), &eda); err != nil {
		t.Fatal(err)
	}
	if len(eda.Plots.Histograms) < 3 || eda.Plots.Heatmap == "" {
		t.Fatalf("plots = %+v", eda.Plots)
	}
	urls := []string{eda.Plots.Heatmap}
	for _, u := range eda.Plots.Histograms {
		urls = append(urls, u)
	}
	for _, u := range urls {
		r := s.get(t, u).want(t, 200)
		for dec := xml.NewDecoder(strings.NewReader(r.body)); ; {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", u, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if name := strings.ToLower(e.Name.Local); name == "script" || name == "foreignobject" || name == "image" || name == "a" {
				t.Errorf("%s has <%s>", u, name)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" {
					t.Errorf("%s: <%s> has %s=%q", u, e.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
		if strings.Contains(u, "<") || strings.Contains(u, "script") {
			t.Errorf("a name stands in the address %s", u)
		}
	}
	for _, bad := range []string{"x", "-1", "99", "0.svg", "%00"} {
		s.get(t, "/api/eda/"+id+"/plots/"+bad).want(t, 404)
	}
	s.get(t, "/api/eda/"+id+"?target=height").told(t, 422, "height")
	s.get(t, "/api/eda/"+strings.Repeat("A", 43)).told(t, 404, "There is no such session.")
}

// TestExplorePage checks the order of the cards, the choice of a target and
// the pages of single columns.
func TestExplorePage(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	cards := func(query string) string {
		var names []string
		page := s.ask(t, client, "GET", "/explore"+query, "").want(t, 200).html(t)
		for _, a := range page.Find(`.cards h3 a[href^="/explore/columns/"]`).EachIter() {
			name := strings.TrimSpace(a.Text())
			if len(names) == 0 || names[len(names)-1] != name {
				names = append(names, name)
			}
		}
		return strings.Join(names, " ")
	}
	if got := cards(""); !strings.HasPrefix(got, "class ") {
		t.Errorf("by association, the target first: %s", got)
	}
	if got := cards("?sort=file"); got != "age town member class income" {
		t.Errorf("as in the file: %s", got)
	}
	if got := cards("?sort=name"); !strings.Contains(got, "age class income member town") {
		t.Errorf("by name: %s", got)
	}
	if got := cards("?sort=missing"); !strings.Contains(got, "town member age") {
		t.Errorf("most missing first: %s", got)
	}
	s.ask(t, client, "GET", "/explore?target=3", "").want(t, 200)
	page := s.ask(t, client, "GET", "/train", "").want(t, 200).html(t)
	if got := page.Find("select[name=target] option[selected]").Text(); got != "class" {
		t.Errorf("the target chosen on Explore is %q on Train", got)
	}
	for _, bad := range []string{"5", "-1", "x", "1e0"} {
		s.ask(t, client, "GET", "/explore/columns/"+bad, "").told(t, 404, "There is no such column.")
	}
	column := s.ask(t, client, "GET", "/explore/columns/1", "").want(t, 200).html(t)
	if column.Find("h1").Text() != "town" || !strings.Contains(column.Find("main").Text(), "Kiel") || column.Find(`a[href="/explore/columns/2"]`).Length() == 0 {
		t.Errorf("the page of town says %s", column.Find("main").Text())
	}
}

// TestStepFixes presses the buttons of alerts that add a step to the recipe:
// the step is there, and the alert then says so and offers it no more.
func TestStepFixes(t *testing.T) {
	s := newStepSite(t)
	var b strings.Builder
	b.WriteString("age,street,income,class\n")
	for i := range 400 {
		fmt.Fprintf(&b, "%d,street %d,%d,%s\n", 20+i%37, i%150, []int{1000 + i, 900000}[max(0, 1-i%50)], []string{"a", "b"}[min(1, i%40)])
	}
	b.WriteString("20,street 0,1000,a\n20,street 0,1000,a\n")
	client := s.load(t, b.String())
	s.ask(t, client, "GET", "/explore?target=3", "").want(t, 200)
	pressed := 0
	for _, label := range []string{"Train on each row once", "Make them less skewed", "Encode by the target", "Weigh classes alike"} {
		page := s.ask(t, client, "GET", "/explore", "").want(t, 200).html(t)
		form := page.Find("form").FilterFunction(func(_ int, f *goquery.Selection) bool { return strings.HasPrefix(f.Find("button").Text(), label) })
		if form.Length() == 0 {
			t.Errorf("no alert offers %q", label)
			continue
		}
		pressed++
		fields := url.Values{}
		form.First().Find("input").Each(func(_ int, in *goquery.Selection) {
			fields.Add(in.AttrOr("name", ""), in.AttrOr("value", ""))
		})
		recipe := s.post(t, client, form.AttrOr("action", ""), fields.Encode()).want(t, 200).html(t)
		if n := recipe.Find(".split ol.recipe > li").Length(); n != pressed {
			t.Errorf("after %q the recipe has %d steps, want %d", label, n, pressed)
		}
		page = s.ask(t, client, "GET", "/explore", "").want(t, 200).html(t)
		if text := page.Find("main").Text(); !strings.Contains(text, "A step of your recipe sees to it.") || strings.Contains(text, label) {
			t.Errorf("after %q the alert does not say that it is done", label)
		}
	}
}
