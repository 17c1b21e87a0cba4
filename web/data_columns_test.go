package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestManyColumns pages the table of kinds by plain links and keeps pages small.
func TestManyColumns(t *testing.T) {
	const columns = 3050
	var head, row, odd strings.Builder
	for i := range columns {
		fmt.Fprintf(&head, ",c%d", i)
		fmt.Fprintf(&row, ",%d.5", i)
		odd.WriteString(",word")
	}
	var data strings.Builder
	fmt.Fprintf(&data, "%s\n", head.String()[1:])
	for range 25 {
		fmt.Fprintf(&data, "%s\n", row.String()[1:])
	}
	fmt.Fprintf(&data, "%s\n", odd.String()[1:])
	s := smallSite(t)
	client := s.load(t, data.String())
	seen, path := 0, "/"
	for path != "" {
		r := s.ask(t, client, "GET", strings.Split(path, "#")[0], "").want(t, 200)
		if len(r.body) > 500<<10 {
			t.Fatalf("%s has %d bytes", path, len(r.body))
		}
		page := r.html(t)
		rows := page.Find("tr[id^=column-]")
		if seen += rows.Length(); rows.Length() > pageKinds {
			t.Fatalf("%s lists %d columns", path, rows.Length())
		}
		if n := page.Find(".alerts > li").Length(); n < rows.Length() || !strings.Contains(page.Find("#notices-title").Parent().Text(), "columns on the other pages") {
			t.Fatalf("%s shows %d notices of %d columns", path, n, rows.Length())
		}
		if n := page.Find(".alerts > li").Length() - page.Find("details .alerts > li").Length(); n != 6 {
			t.Fatalf("%s shows %d notices before the table without being asked, want 6", path, n)
		}
		path = page.Find("nav.between a.is-next").AttrOr("href", "")
	}
	if seen != columns {
		t.Errorf("the pages list %d columns, want %d", seen, columns)
	}
	page := s.front(t, client, "/?page=31")
	if kind, _ := shownKind(page, "c3049"); kind != "Number" || page.Find("nav.between a").Length() != 1 {
		t.Errorf("on the last page the last column is %q", kind)
	}
	client.CheckRedirect = plain.CheckRedirect
	r := s.sendForm(t, client, kindForm(page, "c3020"), "kind", "text").want(t, http.StatusSeeOther)
	if got := r.Header.Get("Location"); got != "/?page=31#column-3020" {
		t.Errorf("a changed kind leads to %q", got)
	}
	for _, odd := range []string{"0", "32", "-1", "x", "99999999999999999999"} {
		if kind, _ := shownKind(s.front(t, client, "/?page="+odd), "c0"); kind == "" {
			t.Errorf("page %q is not the first", odd)
		}
	}
}

// TestHostileNamesInKinds changes the kind of columns whose names are markup,
// have line ends or look like fields.
func TestHostileNamesInKinds(t *testing.T) {
	s := smallSite(t)
	for _, name := range []string{`<b>x</b>`, `"><script>`, "kind", "0", "a\nb", "'; drop", "%00%3c"} {
		s.clock.add(time.Minute)
		client := s.load(t, `"`+strings.ReplaceAll(name, `"`, `""`)+"\",n\n1,x\n2,y\n3,z\n")
		page := s.front(t, client, "/")
		if n := page.Find("main b, main script").Length(); n > 0 {
			t.Errorf("%q put %d elements into the page", name, n)
		}
		s.post(t, client, "/reread", "column=0&kind=category").want(t, 200)
		if got := s.front(t, client, "/").Find("#column-0 td").Eq(1).Text(); !strings.Contains(got, "chosen by you") {
			t.Errorf("%q is not changed: %q", name, got)
		}
	}
}
