package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// mixed is a table whose last column is numbers with a single exception, and
// whose second may be days or months first.
func mixed() string {
	var b strings.Builder
	b.WriteString("name,day,score\n")
	for i := range 40 {
		score := fmt.Sprint(i * 3)
		if i == 7 {
			score = "unknown"
		}
		fmt.Fprintf(&b, "n%d,%02d/%02d/2024,%s\n", i%4, i%12+1, i%9+1, score)
	}
	return b.String()
}

// sendForm posts the form of the page that holds the selection, with the values
// it shows, changed.
func (s *site) sendForm(t *testing.T, client *http.Client, form *goquery.Selection, change ...string) response {
	t.Helper()
	if form.Length() != 1 {
		t.Fatalf("there are %d such forms", form.Length())
	}
	values := url.Values{}
	form.Find("input[name]").Each(func(_ int, in *goquery.Selection) {
		values.Set(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	form.Find("select[name]").Each(func(_ int, in *goquery.Selection) {
		chosen := in.Find("option[selected]")
		if chosen.Length() != 1 {
			t.Errorf("%d options of %s are selected", chosen.Length(), in.AttrOr("name", ""))
		}
		values.Set(in.AttrOr("name", ""), chosen.AttrOr("value", ""))
	})
	for i := 0; i < len(change); i += 2 {
		values.Set(change[i], change[i+1])
	}
	return s.post(t, client, form.AttrOr("action", ""), values.Encode())
}

// panel is the form in which all is chosen.
func panel(page *goquery.Document) *goquery.Selection {
	return page.Find(`form[action="/reread"]`).Has("select[name=delimiter]")
}

// kindForm is the form that changes the kind of a column.
func kindForm(page *goquery.Document, column string) *goquery.Selection {
	return rowOf(page, column).Find("form").Has("select[name=kind]")
}

// rowOf is a column's row in the table of kinds.
func rowOf(page *goquery.Document, column string) *goquery.Selection {
	return page.Find("tr[id^=column-]").FilterFunction(func(_ int, row *goquery.Selection) bool {
		return row.Find("th").Text() == column
	})
}

// shownKind is the kind that a column's row shows, and why.
func shownKind(page *goquery.Document, column string) (kind, why string) {
	row := rowOf(page, column)
	return row.Find("option[selected]").Text(), strings.Join(strings.Fields(row.Find("td").Eq(1).Text()), " ")
}

// front is a page of the browser's.
func (s *site) front(t *testing.T, client *http.Client, path string) *goquery.Document {
	t.Helper()
	return s.ask(t, client, "GET", path, "").want(t, 200).html(t)
}

// TestPanelStatesAndKeepsAssumptions sends the panel as it stands, which
// changes nothing, and then with one thing changed, which leaves all else to
// the reader.
func TestPanelStatesAndKeepsAssumptions(t *testing.T) {
	s := smallSite(t)
	client := s.load(t, "report\nof May\na;b;c\n1,5;2;x\n3,5;4;y\n5,5;6;z\n")
	page := s.front(t, client, "/")
	for name, want := range map[string]string{
		"delimiter": "semicolon (found)", "quote": `double, " (found)`, "encoding": "UTF-8 (found)",
		"decimal": "comma (found)", "header": "has the names (found)", "units": "is data",
		"date_order": "as each column tells", "one_table": "is left out",
	} {
		if got := panel(page).Find("[name=" + name + "] option[selected]"); got.Text() != want || got.AttrOr("value", "?") != "" {
			t.Errorf("%s states %q, want %q", name, got.Text(), want)
		}
	}
	if got := panel(page).Find("[name=skip]").AttrOr("placeholder", ""); got != "2 (found)" {
		t.Errorf("skipped lines are stated as %q", got)
	}
	if page.Find(`[name=as_found]`).Length() != 0 {
		t.Error("a page without choices offers to undo them")
	}
	same := s.sendForm(t, client, panel(page)).want(t, 200).html(t)
	if same.Find(`[name=as_found]`).Length() != 0 || panel(same).Find(".hint").Length() != 0 {
		t.Error("sending the panel as it stands chose something")
	}

	page = s.sendForm(t, client, panel(page), "header", "no").want(t, 200).html(t)
	form := panel(page)
	if got := form.Find("[name=header] option[selected]").AttrOr("value", ""); got != "no" {
		t.Errorf("the header is shown as %q after no was chosen", got)
	}
	if got := form.Find(".hint").Length(); got != 1 || form.Find("#f-header-help").Text() != "Chosen by you." {
		t.Errorf("%d inputs are told to be chosen, want the header alone", got)
	}
	if kind, _ := shownKind(page, "column_1"); kind == "" {
		t.Errorf("the first row still names the columns: %s", page.Find("tr[id] th").Text())
	}
	page = s.post(t, client, "/reread", "as_found=all").want(t, 200).html(t)
	if kind, _ := shownKind(page, "a"); kind != "Number" || page.Find(`[name=as_found]`).Length() != 0 {
		t.Errorf("after undoing all, a is %q", kind)
	}
}

// TestEachAssumptionCanBeChanged changes one thing at a time and looks at what
// becomes of the table.
func TestEachAssumptionCanBeChanged(t *testing.T) {
	tests := []struct{ name, data, field, value, want, without string }{
		{"separator", "a;b,c\n1;2,3\n4;5,6\n", "delimiter", "59", "b,c", ""},
		{"quote", "a,b\n'x,1',2\n'y,3',4\n", "quote", "34", "column_1", ""},
		{"encoding", "a,b\nM\xe9tro,1\nM\xe9tro,2\n", "encoding", "windows-1251", "Mйtro", "Métro"},
		{"decimal", "a;b\n1,500;x\n2,500;y\n3,500;z\n", "decimal", ".", "1500", "1.5"},
		{"header", "a,b\n1,2\n3,4\n", "header", "no", "column_1", ""},
		{"lines before", "a,b\n1,2\n3,4\n5,6\n", "skip", "1", "line 2", ""},
		{"lines at the end", "a,b\n1,2\n3,4\ntotal,6\n", "skip_last", "1", "1 skipped", "total"},
		{"units", "a,b\nkg,cm\n3,4\n5,6\n7,8\n", "units", "yes", "1 skipped", "kg"},
		{"dates", mixed(), "date_order", "day_first", "2024-01-01", ""},
		{"tables", "town,n\nBonn,1\nKiel,2\nUlm,3\n\nhue,code,size\nred,7,1\nblue,8,2\n", "one_table", "yes", "3 set aside", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := smallSite(t)
			client := s.load(t, tt.data)
			before := s.front(t, client, "/")
			if strings.Contains(before.Find("main").Text(), tt.want) {
				t.Fatalf("the page says %q before", tt.want)
			}
			page := s.sendForm(t, client, panel(before), tt.field, tt.value).want(t, 200).html(t)
			main := page.Find("main").Text()
			if !strings.Contains(main, tt.want) || tt.without != "" && strings.Contains(page.Find(".scroll").First().Text(), tt.without) {
				t.Errorf("the page does not say %q, or still %q: %s", tt.want, tt.without, strings.Join(strings.Fields(main), " "))
			}
			if got := page.Find("#f-" + tt.field + "-help").Text(); got != "Chosen by you." {
				t.Errorf("%s is told as %q", tt.field, got)
			}
			if got := page.Find("#flashes").Text(); !strings.Contains(got, "read again") {
				t.Errorf("the page confirms %q", got)
			}
		})
	}
}

// TestRefusedReading keeps the table, what was chosen, and says why beside it.
func TestRefusedReading(t *testing.T) {
	s := smallSite(t)
	client := s.load(t, people())
	tests := []struct{ name, field, value, sentence string }{
		{"no such value", "quote", "96", "There is no such quote."},
		{"no number", "skip", "two", "The lines before the first row cannot be that many."},
		{"less than none", "skip_last", "-1", "The lines at the end cannot be that many."},
		{"too many", "skip", "1000001", "The lines before the first row cannot be that many."},
		{"past the end", "skip", "500", "so 500 cannot be left out before the first row."},
		{"past the start", "skip_last", "500", "so 500 cannot be left out at the end."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := s.sendForm(t, client, panel(s.front(t, client, "/")), tt.field, tt.value, "decimal", "")
			r.told(t, 422, tt.sentence)
			page := r.html(t)
			input := panel(page).Find("[name=" + tt.field + "]")
			if got := input.AttrOr("aria-invalid", ""); got != "true" {
				t.Errorf("the input's aria-invalid is %q", got)
			}
			if goquery.NodeName(input) == "input" && input.AttrOr("value", "") != tt.value {
				t.Errorf("the input shows %q, want %q", input.AttrOr("value", ""), tt.value)
			}
			id := input.AttrOr("id", "")
			if got := page.Find("#" + id + "-refusal").Text(); !strings.Contains(got, tt.sentence) {
				t.Errorf("beside the input stands %q", got)
			}
			if got := page.Find(".problem a").AttrOr("href", ""); got != "#"+id {
				t.Errorf("the summary leads to %q", got)
			}
			now := s.front(t, client, "/")
			if kind, _ := shownKind(now, "income"); kind != "Number" || panel(now).Find(".hint").Length() != 0 {
				t.Errorf("after the refusal income is %q", kind)
			}
		})
	}
}

// TestChangeKind changes a column's kind by its row, keeps it through another
// reading, and takes it back.
func TestChangeKind(t *testing.T) {
	s := smallSite(t)
	client := s.load(t, mixed())
	page := s.front(t, client, "/")
	if kind, _ := shownKind(page, "score"); kind != "Number" {
		t.Fatalf("score is read as %q", kind)
	}
	page = s.sendForm(t, client, kindForm(page, "name"), "kind", "numeric").want(t, 200).html(t)
	if kind, why := shownKind(page, "name"); kind != "Number" || !strings.HasPrefix(why, "chosen by you") {
		t.Errorf("name is %q, %q", kind, why)
	}
	if got := page.Find(".alerts").Text(); !strings.Contains(got, "40 cells of name are not numbers and count as missing") {
		t.Errorf("the cells that are lost are not told: %s", got)
	}
	page = s.sendForm(t, client, kindForm(page, "score"), "kind", "category").want(t, 200).html(t)
	page = s.sendForm(t, client, panel(page), "date_order", "month_first").want(t, 200).html(t)
	for column, want := range map[string]string{"name": "Number", "score": "Category", "day": "Date"} {
		if kind, _ := shownKind(page, column); kind != want {
			t.Errorf("after another reading %s is %q, want %q", column, kind, want)
		}
	}
	undo := kindForm(page, "name")
	if undo.Find("[name=as_found]").Length() != 1 || kindForm(page, "day").Find("[name=as_found]").Length() != 0 {
		t.Error("the kinds that were chosen, and only they, can be undone")
	}
	page = s.sendForm(t, client, undo, "as_found", "kind").want(t, 200).html(t)
	for column, want := range map[string]string{"name": "Category", "score": "Category", "day": "Date"} {
		if kind, _ := shownKind(page, column); kind != want {
			t.Errorf("after undoing %s is %q, want %q", column, kind, want)
		}
	}
	r := s.sendForm(t, client, kindForm(page, "score"), "kind", "klingon")
	r.told(t, 422, "There is no such kind.")
	if got := rowOf(r.html(t), "score").Find(".refusal").Text(); !strings.Contains(got, "There is no such kind.") {
		t.Errorf("beside the column stands %q", got)
	}
	s.post(t, client, "/reread", "column=99&kind=text").told(t, 422, "There is no such column.")
	s.post(t, client, "/reread", "column=x&kind=text").told(t, 422, "There is no such column.")
}

// TestNoticesHaveButtons presses what stands beside each notice.
func TestNoticesHaveButtons(t *testing.T) {
	units := "a,b\nkg,cm\n3,4\n5,6\n7,8\n"
	total := "town,n\nBonn,1\nKiel,2\nUlm,3\nTotal,6\n"
	tests := []struct{ name, data, label, gone, want string }{
		{"units", units, "Leave it out", "does not look like data", "1 skipped"},
		{"total", total, "Leave it out", "looks like a total", "1 skipped"},
		{"second table", "town,n\nBonn,1\nKiel,2\nUlm,3\n\nhue,code,size\nred,7,1\nblue,8,2\n", "Load it too", "A second table starts", "0 skipped"},
		{"preamble", "report\na,b,c\n1,2,3\n4,5,6\n7,8,9\n", "Keep them", "left out before the header", "0 skipped"},
		{"decimal comma", "a;b\n1,500;x\n2,500;y\n3,250;z\n", "Read them with a point", "with a decimal comma", "between thousands"},
		{"no header", "1,2\n3,4\n5,6\n", "It names the columns", "The first row looks like data", "2 loaded"},
		{"day first", mixed(), "The day comes first", "looks like dates", "2024-01-01"},
		{"month first", mixed(), "The month comes first", "looks like dates", "2024-01-01"},
		{"unreadable", mixed(), "Read as texts", "is not a number", "chosen by you"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := smallSite(t)
			client := s.load(t, tt.data)
			page := s.front(t, client, "/")
			if got := page.Find(".alerts").Text(); !strings.Contains(got, tt.gone) {
				t.Fatalf("the notice is not there: %s", got)
			}
			form := page.Find(".alerts form").FilterFunction(func(_ int, f *goquery.Selection) bool { return f.Find("button").Text() == tt.label })
			page = s.sendForm(t, client, form).want(t, 200).html(t)
			if got := page.Find(".alerts").Text(); strings.Contains(got, tt.gone) {
				t.Errorf("the notice is still there: %s", got)
			}
			if got := page.Find("main").Text(); !strings.Contains(got, tt.want) {
				t.Errorf("the page does not say %q", tt.want)
			}
		})
	}
}

// TestNoticesLead to the control that settles them, where no button can.
func TestNoticesLead(t *testing.T) {
	s := smallSite(t)
	for data, want := range map[string]string{"a,b\nM\xe9tro,1\nM\xe9tro,2\n": "#f-encoding", "a\nx\ny\nz\n": "#f-delimiter"} {
		page := s.front(t, s.load(t, data), "/")
		if n := page.Find(`.alerts a[href="` + want + `"]`).Length(); n != 1 {
			t.Errorf("%d notices lead to %s: %s", n, want, page.Find(".alerts").Text())
		}
		if page.Find(want).Length() != 1 {
			t.Errorf("there is no %s", want)
		}
	}
}

// TestRereadTellsWhatIsLost names the recipe and the runs beforehand, and drops
// them.
func TestRereadTellsWhatIsLost(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	if got := s.front(t, client, "/").Find("main").Text(); strings.Contains(got, "deletes") {
		t.Error("something is told to be lost where there is nothing")
	}
	s.post(t, client, "/prepare", "step=impute&strategy=mean").want(t, 200)
	if got := s.front(t, client, "/").Find("main").Text(); !strings.Contains(got, "Reading the file again deletes the recipe.") {
		t.Error("the recipe is not told to be lost")
	}
	s.post(t, client, "/train", "target=4&learner=linear_regression").want(t, 200)
	page := s.front(t, client, "/")
	if got := panel(page).Text(); !strings.Contains(got, "Reading the file again deletes the recipe and 1 run.") {
		t.Errorf("beside the button stands %q", got)
	}
	if got := page.Find("#kinds-title").Parent().Text(); !strings.Contains(got, "deletes the recipe and 1 run.") {
		t.Error("nothing stands beside the kinds")
	}
	s.sendForm(t, client, panel(page)).want(t, 200)
	if got := panel(s.front(t, client, "/")).Text(); !strings.Contains(got, "1 run") {
		t.Error("sending the panel as it stands deleted the run")
	}
	s.sendForm(t, client, kindForm(page, "age"), "kind", "category").want(t, 200)
	if got := s.front(t, client, "/").Find("main").Text(); strings.Contains(got, "deletes") {
		t.Error("the recipe and the run outlive the table")
	}
}
