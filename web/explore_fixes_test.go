package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// visits is a table of 60 patients with 4 visits each; a dose of -999 and a
// ward unknown stand for missing.
func visits() string {
	var b strings.Builder
	b.WriteString("patient_id,dose,ward,ill\n")
	for i := range 240 {
		dose, ward := fmt.Sprint(10+i*7%83), []string{"east", "west", "north"}[i*i%7%3]
		if i%40 == 5 {
			dose = "-999"
		}
		if i%30 == 3 {
			ward = "unknown"
		}
		fmt.Fprintf(&b, "p%02d,%s,%s,%s\n", i/4%60, dose, ward, []string{"no", "yes"}[i*i%11%2])
	}
	return b.String()
}

func TestMarkAsMissingFromAnAlert(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	page := s.page(t, client, "/explore")
	alert := alertOn(page, "-999")
	button := alert.Find("form[action='/reread']")
	if got := spaced(button.Find("button")); got != "Mark as missing" {
		t.Fatalf("the alert offers %q", got)
	}
	page = s.sendForm(t, client, button).want(t, 200).html(t)
	if got := page.Find("h1").Text(); got != "Explore" {
		t.Errorf("the button leads to %q", got)
	}
	if got := spaced(page.Find("#flashes")); !strings.Contains(got, `"-999" counts as missing in dose`) {
		t.Errorf("the page confirms %q", got)
	}
	if alertOn(page, "-999").Length() != 0 {
		t.Error("the alert is still there")
	}
	page = s.sendForm(t, client, alertOn(page, "unknown").Find("form[action='/reread']")).want(t, 200).html(t)
	if alertOn(page, "unknown").Length() != 0 {
		t.Error("the second alert is still there")
	}

	// The page of the data tells of it, with a button that takes it back.
	data := s.front(t, client, "/")
	for _, want := range []string{`6 cells of dose are "-999" and count as missing, as you said.`, `8 cells of ward are "unknown" and count as missing, as you said.`} {
		if !strings.Contains(spaced(data.Find(".alerts")), want) {
			t.Errorf("the page of the data lacks %q: %s", want, spaced(data.Find(".alerts")))
		}
	}
	back := data.Find(".alerts form").FilterFunction(func(_ int, f *goquery.Selection) bool {
		return f.Find("button").Text() == `Keep "-999" as a value`
	})
	if back.Length() != 1 {
		t.Fatalf("%d buttons take -999 back", back.Length())
	}
	data = s.sendForm(t, client, back).want(t, 200).html(t)
	if got := spaced(data.Find(".alerts")); !strings.Contains(got, "-999 occurs in 6 rows") || strings.Contains(got, `"-999"`) || !strings.Contains(got, "unknown") {
		t.Errorf("after taking -999 back the page tells %s", got)
	}
	if alertOn(s.page(t, client, "/explore"), "-999").Length() != 1 {
		t.Error("the alert has not come back")
	}
	mark := data.Find(".alerts form").FilterFunction(func(_ int, f *goquery.Selection) bool { return f.Find("button").Text() == "Mark as missing" })
	data = s.sendForm(t, client, mark).want(t, 200).html(t)
	if got := spaced(data.Find(".alerts")); !strings.Contains(got, `6 cells of dose are "-999"`) {
		t.Errorf("marked on the page of the data, it tells %s", got)
	}

	// So does the page of the column, and it stays there.
	column := s.page(t, client, "/explore/columns/2")
	back = column.Find(".uses form[action='/reread']")
	if got := spaced(back.Find("button")); got != `Keep "unknown" as a value` {
		t.Fatalf("the page of the column offers %q", got)
	}
	if got := spaced(s.sendForm(t, client, back).want(t, 200).html(t).Find("h1")); got != "ward" {
		t.Errorf("the button leads to %q", got)
	}
}

func TestMarkRefusals(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	s.post(t, client, "/reread", "column=99&missing=1").told(t, 422, "There is no such column.")
	s.post(t, client, "/reread", "column=1&missing=+").told(t, 422, "counts as missing already")
}

func TestMissingByTheAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, visits())
	r := s.call(t, "/api/sessions/"+id+"/reading", `{"missing": {"dose": ["-999"], "ward": ["unknown", "east"]}}`).want(t, 200)
	if got := string(r.body); !strings.Contains(got, "marked_missing") || !strings.Contains(got, `6 cells of dose`) {
		t.Errorf("the answer does not tell of the marks: %.600s", got)
	}
	var eda struct {
		Statistics struct {
			Missing map[string]int `json:"missing_values"`
		}
	}
	if err := json.Unmarshal([]byte(s.get(t, "/api/eda/"+id).want(t, 200).body), &eda); err != nil {
		t.Fatal(err)
	}
	if m := eda.Statistics.Missing; m["dose"] != 6 || m["ward"] < 40 {
		t.Errorf("missing values = %v", m)
	}
	bad := s.call(t, "/api/sessions/"+id+"/reading", `{"missing": {"height": ["0"]}}`)
	bad.told(t, 422, `There is no column "height".`)
	if d := bad.details(t); d.Field != "missing" {
		t.Errorf("field = %q, want missing", d.Field)
	}
}

func TestKeepRowsTogetherFromAnAlert(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	page := s.page(t, client, "/explore?target=3")
	form := alertOn(page, "names 60 things").Find("form[action='/explore/group']")
	if got := spaced(form.Find("button")); got != "Keep its rows together" {
		t.Fatalf("the alert offers %q", got)
	}
	page = s.sendForm(t, client, form).want(t, 200).html(t)
	if got := spaced(page.Find("#flashes")); !strings.Contains(got, "kept on one side") {
		t.Errorf("the page confirms %q", got)
	}
	alert := alertOn(page, "names 60 things")
	if got := spaced(alert.Find(".state")); got != "Its rows are kept on one side of the split." {
		t.Errorf("the alert's state is %q", got)
	}
	if got := s.page(t, client, "/explore/columns/0").Find("form[action='/explore/ungroup']").Length(); got == 0 {
		t.Error("the page of the column does not take it back")
	}
	page = s.sendForm(t, client, alert.Find("form[action='/explore/ungroup']")).want(t, 200).html(t)
	if got := alertOn(page, "names 60 things").Find("form[action='/explore/group']").Length(); got != 1 {
		t.Error("taken back, the alert does not offer it again")
	}
	s.post(t, client, "/explore/group", "column=99").want(t, 404)
	if got := spaced(s.post(t, client, "/explore/group", "column=3").want(t, 200).html(t).Find("#flashes")); !strings.Contains(got, "ill is the target") {
		t.Errorf("for the target the page says %q", got)
	}
}

// TestKeptFindingsOutliveAReading keeps a finding as it is, reads the file
// another way, and looks for it.
func TestKeptFindingsOutliveAReading(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	page := s.page(t, client, "/explore?target=3")
	page = s.sendForm(t, client, alertOn(page, "names 60 things").Find("form[action='/explore/settle']")).want(t, 200).html(t)
	if alertOn(page, "names 60 things").Length() != 0 {
		t.Fatal("the finding is not kept as it is")
	}
	s.post(t, client, "/reread", "column=1&missing=-999").want(t, 200)
	page = s.page(t, client, "/explore")
	if alertOn(page, "names 60 things").Length() != 0 {
		t.Error("read another way, the finding is told again")
	}
	if got := page.Find("#f-target option[selected]").Text(); got != "ill" {
		t.Errorf("read another way, the target is %q", got)
	}
	if alertOn(page, "unknown").Length() != 1 {
		t.Error("another finding is gone")
	}
}

// TestLostChoicesAreTold reads the first row as data: no column has its name
// any more.
func TestLostChoicesAreTold(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	s.page(t, client, "/explore?target=2")
	s.post(t, client, "/explore/group", "column=0").want(t, 200)
	s.post(t, client, "/explore/leave", "column=1").want(t, 200)
	page := s.post(t, client, "/reread", "header=no").want(t, 200).html(t)
	for _, want := range []string{"You left dose out of training", "You chose to predict ward", "You kept rows of one patient_id together"} {
		if !strings.Contains(spaced(page.Find(".alerts")), want) {
			t.Errorf("the page lacks %q: %s", want, spaced(page.Find(".alerts")))
		}
	}
	if got := spaced(page.Find("#flashes")); !strings.Contains(got, "Not all of your choices could be kept") {
		t.Errorf("the page confirms %q", got)
	}
}
