package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// sampled returns a browser with one of the samples.
func (s *site) sampled(t *testing.T, name string) *http.Client {
	t.Helper()
	client := follower(t)
	s.post(t, client, "/sample", "name="+name).want(t, http.StatusOK)
	return client
}

func (s *site) page(t *testing.T, client *http.Client, path string) *goquery.Document {
	t.Helper()
	return s.ask(t, client, http.MethodGet, path, "").want(t, http.StatusOK).html(t)
}

// alertOn returns the alert whose text has the words.
func alertOn(page *goquery.Document, words string) *goquery.Selection {
	return page.Find(".alert").FilterFunction(func(_ int, a *goquery.Selection) bool { return strings.Contains(spaced(a), words) })
}

// spaced is the text of a selection with single spaces.
func spaced(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// TestExploreTitanic checks that the page against the target says what is
// known of the Titanic.
func TestExploreTitanic(t *testing.T) {
	s := newStepSite(t)
	client := s.sampled(t, "titanic")
	page := s.page(t, client, "/explore?target=0")
	cards := page.Find(".cards > li")
	if a, b := spaced(cards.Eq(0).Find("h3")), spaced(cards.Eq(1).Find("h3")); a != "survived" || b != "alive" {
		t.Errorf("the first cards are %q and %q, want the target and the column that goes with it most", a, b)
	}
	if got := spaced(page.Find(".findings")); !strings.Contains(got, "survived is 1 in 76% of the rows where who is woman, and in 16% where who is man.") || strings.Contains(got, "alive") {
		t.Errorf("findings: %q", got)
	}
	if n := page.Find(".findings li").Length(); n != 3 {
		t.Errorf("%d findings, want 3", n)
	}
	for _, card := range cards.EachIter() {
		if name := spaced(card.Find("h3")); name == "sex" {
			if text := spaced(card); !strings.Contains(text, "0.53, strong") || !strings.Contains(text, "Share with survived = 1") || card.Find(".against svg").Length() != 1 {
				t.Errorf("the card of sex: %q", text)
			}
		}
	}
	leak := alertOn(page, "alive alone predicts survived almost perfectly")
	if !leak.HasClass("is-bad") || leak.Index() != 0 || !strings.Contains(spaced(leak), "left out of training already") {
		t.Errorf("the first alert is %q", spaced(page.Find(".alert").First()))
	}
	if alertOn(page, "alive says the same as survived").Length() != 0 {
		t.Error("the leak is told of twice")
	}

	column := s.page(t, client, "/explore/columns/3")
	text := spaced(column.Find("main"))
	for _, want := range []string{"Where age is missing, survived is 1 in 29% of the rows, and in 41% where it is known (177 rows lack it, 714 have it;",
		"survived is 1 in 59% of the rows where age is 0.42 to 13", "all rows89138%35% to 42%", "missing17729%23% to 36%"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page of age lacks %q:\n%s", want, text)
		}
	}
	if n := column.Find("section[aria-labelledby=against-title] figure").Length(); n != 2 {
		t.Errorf("%d figures against the target, want the rates and the boxes", n)
	}
}

// TestExploreOtherTargets checks a target of several classes and a numeric one.
func TestExploreOtherTargets(t *testing.T) {
	s := newStepSite(t)
	penguins := s.sampled(t, "penguins")
	page := s.page(t, penguins, "/explore?target=0")
	if got := spaced(page.Find(".findings")); !strings.Contains(got, "species is ") {
		t.Errorf("findings on penguins: %q", got)
	}
	if got := spaced(page.Find(".cards .against").First()); !strings.Contains(got, "Shares of species") {
		t.Errorf("the first card of penguins draws %q", got)
	}
	housing := s.sampled(t, "housing")
	page = s.page(t, housing, "/explore?target=8")
	if got := spaced(page.Find(".findings li").First()); !strings.Contains(got, "The mean of median_house_value is ") || !strings.Contains(got, "where median_income is ") {
		t.Errorf("findings on housing: %q", got)
	}
	boxes := s.page(t, housing, "/explore/columns/9")
	if got := spaced(boxes.Find("main")); !strings.Contains(got, "The middle value of median_house_value is ") {
		t.Errorf("the page of a category lacks boxes of the target: %q", got)
	}
}

// TestLeaveOut checks that a column is left out of trainings, and used again.
func TestLeaveOut(t *testing.T) {
	s := newStepSite(t)
	client := s.sampled(t, "titanic")
	page := s.page(t, client, "/explore?target=0")
	class := alertOn(page, "class says the same as pclass")
	if got := spaced(class.Find("form[action='/explore/leave'] button")); got != "Leave it out" {
		t.Fatalf("the alert on class offers %q", got)
	}
	column, _ := class.Find("input[name=column]").Attr("value")
	if before := spaced(s.page(t, client, "/train").Find("main")); strings.Contains(before, "You left it out ") {
		t.Fatal("a column is left out before anyone asked")
	}
	answer := s.post(t, client, "/explore/leave", "column="+column).want(t, 200).html(t)
	if got := spaced(answer.Find("#flashes")); !strings.Contains(got, "class is left out of training.") {
		t.Errorf("the page says %q", got)
	}
	if got := alertOn(answer, "class says the same as pclass"); !strings.Contains(spaced(got), "You left it out of training.") || got.Find("form[action='/explore/take']").Length() != 1 {
		t.Errorf("the alert on class says %q", spaced(got))
	}
	if got := spaced(s.page(t, client, "/train").Find("main")); !strings.Contains(got, "You left it out ") {
		t.Errorf("the training page says %q", got)
	}
	if got := spaced(s.page(t, client, "/prepare").Find("main")); !strings.Contains(got, "sex, embarked, who, adult_male") {
		t.Errorf("the page of preparations proposes the column still: %.800q", got)
	}
	s.post(t, client, "/explore/take", "column="+column).want(t, 200)
	if got := spaced(s.page(t, client, "/train").Find("main")); strings.Contains(got, "You left it out ") {
		t.Error("the column is still left out")
	}
	for _, bad := range []string{"", "column=99", "column=x", "column=-1"} {
		s.post(t, client, "/explore/leave", bad).told(t, 404, "There is no such column.")
	}
	if got := s.post(t, client, "/explore/leave", "column=3&from=3").want(t, 200); got.Request.URL.Path != "/explore/columns/3" || !strings.Contains(spaced(got.html(t).Find("main")), "Use it in training") {
		t.Errorf("sent to %s", got.Request.URL)
	}
	s.sampledAgain(t, client)
	if got := spaced(s.page(t, client, "/train").Find("main")); strings.Contains(got, "You left it out ") {
		t.Error("a choice on one file holds for the next")
	}
}

func (s *site) sampledAgain(t *testing.T, client *http.Client) {
	t.Helper()
	s.post(t, client, "/sample", "name=titanic").want(t, 200)
}

// TestSettle checks that a finding kept as it is goes, and comes back.
func TestSettle(t *testing.T) {
	s := newStepSite(t)
	client := s.sampled(t, "titanic")
	page := s.page(t, client, "/explore?target=0")
	finding, _ := alertOn(page, "repeat an earlier row").Find("input[name=finding]").Attr("value")
	after := s.post(t, client, "/explore/settle", "finding="+strings.ReplaceAll(finding, " ", "+")).want(t, 200).html(t)
	if alertOn(after, "repeat an earlier row").Length() != 0 || !strings.Contains(spaced(after.Find("#first")), "Show again 1 finding kept as it is") {
		t.Errorf("after it was kept: %q", spaced(after.Find("#first")))
	}
	if again := s.post(t, client, "/explore/settle", "again=yes").want(t, 200).html(t); alertOn(again, "repeat an earlier row").Length() != 1 {
		t.Error("it does not come back")
	}
}

// wideTable is a table of that many columns and rows; the last column is a
// class that the first goes with.
func wideTable(columns, rows int) string {
	var b strings.Builder
	for j := range columns - 1 {
		fmt.Fprintf(&b, "sensor_%d,", j)
	}
	b.WriteString("label\n")
	for i := range rows {
		for j := range columns - 1 {
			fmt.Fprintf(&b, "%d.%d,", (i*(j+3))%17, (i*7+j)%10)
		}
		fmt.Fprintf(&b, "%s\n", []string{"low", "high"}[(i*3)%17/9])
	}
	return b.String()
}

// TestExplorePaging checks the pages of cards and the search by name.
func TestExplorePaging(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, wideTable(120, 40))
	for _, tt := range []struct {
		query string
		cards int
		shown string
	}{
		{"", 50, "1 to 50 of 120 columns"},
		{"?page=3", 20, "101 to 120 of 120 columns"},
		{"?page=99", 20, "101 to 120 of 120 columns"},
		{"?page=-1", 50, "1 to 50 of 120 columns"},
		{"?q=SENSOR_11", 10, "10 columns"},
		{"?q=%3Cnone%3E", 0, ""},
	} {
		page := s.page(t, client, "/explore"+tt.query)
		if n := page.Find(".cards > li").Length(); n != tt.cards {
			t.Errorf("%s: %d cards, want %d", tt.query, n, tt.cards)
		}
		if got := spaced(page.Find(".find .muted")); got != tt.shown {
			t.Errorf("%s: %q, want %q", tt.query, got, tt.shown)
		}
	}
	next, _ := s.page(t, client, "/explore?sort=name&q=sensor").Find(".pages a").Eq(1).Attr("href")
	if next != "/explore?page=2&q=sensor&sort=name#columns" {
		t.Errorf("the second page is at %q", next)
	}
	if got := spaced(s.page(t, client, "/explore?q=%3Cnone%3E").Find("#columns .empty")); !strings.Contains(got, "No column has that in its name.") {
		t.Errorf("without a match: %q", got)
	}
}

// TestWideTable checks that no page of a table of 10,000 columns is larger
// than 500 KB.
func TestWideTable(t *testing.T) {
	s := newStepSite(t, func(o *Options) { o.MaxUpload = 64 << 20 })
	client := s.load(t, wideTable(10_000, 30))
	for _, path := range []string{"/explore", "/explore?sort=name&page=200", "/explore/columns/9998", "/explore/relations", "/explore/rows", "/prepare", "/train"} {
		if n := len(s.ask(t, client, http.MethodGet, path, "").want(t, 200).body); n > 500_000 {
			t.Errorf("%s has %d bytes", path, n)
		}
	}
	page := s.page(t, client, "/explore?named=sensor_77")
	if got, _ := page.Find("input[name=named]").Attr("value"); got != "sensor_77" {
		t.Errorf("the target typed is %q", got)
	}
	if got := problemText(s.page(t, client, "/explore?named=nobody")); !strings.Contains(got, `There is no column "nobody"`) {
		t.Errorf("an unknown target is told as %q", got)
	}
}
