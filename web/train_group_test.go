package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestGroupOnTheTrainPage chooses the column that rows are kept together by,
// trains, and reads what the results say.
func TestGroupOnTheTrainPage(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	page := s.page(t, client, "/train?target=3")
	choice := page.Find("select[name=group]")
	if got := choice.Find("option[selected]").Text(); got != "no column: each row by itself" {
		t.Errorf("rows are kept together by %q", got)
	}
	if got := spaced(choice); strings.Contains(got, "ill") || !strings.Contains(got, "patient_id") || !strings.Contains(got, "ward") {
		t.Errorf("the list has %q", got)
	}
	// The page offers the group itself, and keeps what was typed.
	offer := page.Find("#train .alerts button[value='group:0']")
	if got := offer.Text(); got != "Keep its rows together" || !strings.Contains(spaced(page.Find("#train .alerts")), "names 60 things") {
		t.Errorf("the page offers %q", got)
	}
	page = s.post(t, client, offer.AttrOr("formaction", ""), "target=3&seed=7&group=&answer=group:0").want(t, 200).html(t)
	if got := page.Find("[name=seed]").AttrOr("value", ""); got != "7" {
		t.Errorf("the seed that was typed is %q", got)
	}
	if got := page.Find("select[name=group] option[selected]").Text(); got != "patient_id" {
		t.Errorf("after choosing patient_id the list shows %q", got)
	}
	if got := spaced(page.Find("#f-group-help")); got != "No patient_id is in both parts: 48 in training, 12 in test." {
		t.Errorf("the help says %q", got)
	}
	if n := page.Find("#train .alerts button[value^=group]").Length(); n != 0 {
		t.Error("the page still offers it")
	}
	left := page.Find(".is-left > div").FilterFunction(func(_ int, d *goquery.Selection) bool { return d.Find("dt").Text() == "patient_id" })
	if got := spaced(left); !strings.Contains(got, "Its rows are kept together") || left.Find("[name=keep]").Length() != 0 {
		t.Errorf("the column is left out as %q", got)
	}
	// Explore knows of it, and the choice stays.
	if got := alertOn(s.page(t, client, "/explore"), "names 60 things").Find(".state").Length(); got != 1 {
		t.Error("Explore does not know of the group")
	}
	if got := s.page(t, client, "/train").Find("select[name=group] option[selected]").Text(); got != "patient_id" {
		t.Errorf("later the list shows %q", got)
	}
	results := s.trainOn(t, client, 3, "logistic_regression", "group=0").html(t)
	if got := spaced(results.Find(".verdict")); !strings.Contains(got, "No patient_id is in both parts: 48 in training, 12 in test.") {
		t.Errorf("the results say %q", got)
	}
	// Taken as the target, it is no group any more.
	if got := s.page(t, client, "/train?target=2&group=2").Find("select[name=group] option[selected]").Text(); got != "no column: each row by itself" {
		t.Errorf("the target keeps rows together: %q", got)
	}
	if got := s.page(t, client, "/train?target=3&group=").Find("select[name=group] option[selected]").Text(); got != "no column: each row by itself" {
		t.Errorf("after choosing none the list shows %q", got)
	}
}

// TestFewGroups warns before training and after.
func TestFewGroups(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, visits())
	const warning = "hang on these few"
	if got := spaced(s.page(t, client, "/train?target=3&group=2").Find("#train .alerts")); !strings.Contains(got, "only 1 value of ward") || !strings.Contains(got, warning) {
		t.Errorf("before training the page says %q", got)
	}
	if got := spaced(s.trainOn(t, client, 3, "logistic_regression", "group=2").html(t).Find("main")); !strings.Contains(got, warning) {
		t.Error("the results do not warn")
	}
}

func TestGroupByTheAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, visits())
	var out struct {
		Groups *groupSplit
		Rows   trainedRows
	}
	body := s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "ill", "group_column": "patient_id"}`).want(t, 200).body
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatal(err)
	}
	if g := out.Groups; g == nil || *g != (groupSplit{"patient_id", 48, 12, 0}) || out.Rows.Test != 48 {
		t.Errorf("groups = %+v of %+v", out.Groups, out.Rows)
	}
	for _, tt := range []struct{ group, sentence string }{
		{`"height"`, `There is no column "height" to keep rows together by.`}, {`"ill"`, "ill is the target"},
		{`"dose", "features": ["dose"]`, "cannot be learned from"},
	} {
		r := s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "ill", "group_column": `+tt.group+`}`)
		r.told(t, 422, tt.sentence)
		if d := r.details(t); d.Field != "group_column" {
			t.Errorf("%s: field = %q", tt.group, d.Field)
		}
	}
	plain := s.call(t, "/api/training/"+id, `{"algorithm": "logistic_regression", "target_column": "ill"}`).want(t, 200).body
	if strings.Contains(plain, `"groups"`) {
		t.Error("a training without a group tells of groups")
	}
}

// TestChooseAmongManyColumns types the names of columns that are too many for a
// list, on pages that stay small.
func TestChooseAmongManyColumns(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, wideTable(10_000, 30))
	for _, path := range []string{"/explore?sort=file", "/train"} {
		r := s.ask(t, client, "GET", path, "").want(t, 200)
		if n := len(r.body); n > 500<<10 {
			t.Errorf("%s has %d bytes", path, n)
		}
		input := r.html(t).Find("input[name=named]")
		if input.AttrOr("value", "") != "label" || input.AttrOr("list", "") != "f-named-list" {
			t.Errorf("%s: the target's input is %q with the list %q", path, input.AttrOr("value", ""), input.AttrOr("list", ""))
		}
		if n := r.html(t).Find("#f-named-list option").Length(); n != suggested {
			t.Errorf("%s suggests %d names, want %d", path, n, suggested)
		}
	}
	page := s.page(t, client, "/train?named=+LABEL+")
	if got := page.Find("input[name=named]").AttrOr("value", ""); got != "label" {
		t.Errorf("LABEL is taken for %q", got)
	}
	r := s.ask(t, client, "GET", "/train?named=sensor_77", "")
	if r.StatusCode != 200 || r.html(t).Find("input[name=named]").AttrOr("value", "") != "sensor_77" {
		t.Errorf("a typed target: %d", r.StatusCode)
	}
	r = s.ask(t, client, "GET", "/train?named=or_123", "")
	r.told(t, 422, `There is no column "or_123" to predict.`)
	if got := r.html(t).Find("input[name=named]").AttrOr("value", ""); got != "or_123" {
		t.Errorf("what was typed became %q", got)
	}
	if got := r.html(t).Find(".problem"); !strings.Contains(got.Text(), "sensor_123, sensor_1230") || got.Find("a").AttrOr("href", "") != "#f-named" {
		t.Errorf("the refusal says %q", got.Text())
	}
	if got := spaced(s.page(t, client, "/explore?named=or_123").Find(".problem")); !strings.Contains(got, "sensor_123, sensor_1230") {
		t.Errorf("on Explore the refusal says %q", got)
	}
	page = s.page(t, client, "/train?named=label&grouped=sensor_5")
	if got := page.Find("input[name=grouped]").AttrOr("value", ""); got != "sensor_5" {
		t.Errorf("the group is %q", got)
	}
	r = s.ask(t, client, "GET", "/train?named=label&grouped=nothing", "")
	r.told(t, 422, `There is no column "nothing" to keep rows together by.`)
	if got := r.html(t).Find("#f-grouped-refusal").Length(); got != 1 {
		t.Error("the refusal does not stand beside the input")
	}
}

// TestCopiesOnTheTrainPage keeps copies of rows together, by the page's own
// offer, and reads what the page, the results and the session say of it.
func TestCopiesOnTheTrainPage(t *testing.T) {
	s := newStepSite(t)
	var csv strings.Builder
	csv.WriteString("x,town,class\n")
	for i := range 180 {
		k := i % 60
		fmt.Fprintf(&csv, "%d.5,%s,%s\n", k/2, []string{"Ulm", "Kiel"}[k%2], []string{"no", "yes"}[k/2%2])
	}
	client := s.load(t, csv.String())
	s.page(t, client, "/explore")
	offer := s.page(t, client, "/train?target=2").Find("#train .alerts button[value='copies:']")
	if got := offer.Text(); got != "Keep copies together" {
		t.Fatalf("the page offers %q", got)
	}
	page := s.post(t, client, offer.AttrOr("formaction", ""), "target=2&group=&answer=copies:").want(t, 200).html(t)
	if got := page.Find("select[name=group] option[selected]").Text(); got != "copies of a row" {
		t.Errorf("the list shows %q", got)
	}
	help := spaced(page.Find("#f-group-help"))
	if !strings.HasPrefix(help, "No copy of a training row is in test: ") {
		t.Errorf("the help says %q", help)
	}
	if n := page.Find("#train .alerts button[value^=copies]").Length(); n != 0 {
		t.Error("the page still offers it")
	}
	results := s.trainOn(t, client, 2, "decision_tree", "group=copies").html(t)
	if got := spaced(results.Find(".verdict")); !strings.Contains(got, help) {
		t.Errorf("the results say %q", got)
	}
	// A column takes its place, and nothing does.
	if got := s.page(t, client, "/train?group=1").Find("select[name=group] option[selected]").Text(); got != "town" {
		t.Errorf("after choosing town the list shows %q", got)
	}
	if got := s.page(t, client, "/train?group=").Find("select[name=group] option[selected]").Text(); got != "no column: each row by itself" {
		t.Errorf("after choosing none the list shows %q", got)
	}
}
