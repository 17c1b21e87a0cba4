package web

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// priced is a table of prices: weight goes with them strongly, the seller comes
// again, and invoice is the price with a tax.
func priced() string {
	r := rand.New(rand.NewPCG(4, 5))
	var csv strings.Builder
	csv.WriteString("seller_id,weight,invoice,color,price\n")
	for i := range 300 {
		weight := r.Float64()
		price := weight + 0.1*r.NormFloat64()
		fmt.Fprintf(&csv, "%d,%g,%g,%s,%g\n", i%30*3, weight, 1.19*price, []string{"red", "blue"}[r.IntN(2)], price)
	}
	return csv.String()
}

// TestConcernsFollow answers on Train what may make scores too good, and reads
// on Results what each run did, whatever was answered after it.
func TestConcernsFollow(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, priced())
	page := s.page(t, client, "/train?target=4")
	checks := spaced(page.Find("#checks"))
	for _, want := range []string{"invoice alone predicts price almost perfectly (score 1 of 1). It is left out.", "weight alone predicts price very well (score 0.8",
		"seller_id names 30 things that have 10.0 rows each on average", "of 60 test rows are of one that training rows are of too"} {
		if !strings.Contains(checks, want) {
			t.Errorf("Train says %q, want %q in it", checks, want)
		}
	}
	first := s.trainOn(t, client, 4, "ridge", "").html(t)
	trust := spaced(first.Find("section[aria-labelledby=warnings-title]"))
	for _, want := range []string{"weight alone predicts price very well", "and the model learned from it.", "test rows (100 %) are of a seller_id that training rows are of too"} {
		if !strings.Contains(trust, want) {
			t.Errorf("Results says %q, want %q in it", trust, want)
		}
	}
	if strings.Contains(trust, "invoice alone") {
		t.Errorf("Results doubts what was left out: %q", trust)
	}

	answer := func(label string) {
		t.Helper()
		button := s.page(t, client, "/train").Find("#checks button").FilterFunction(func(_ int, b *goquery.Selection) bool { return b.Text() == label }).First()
		form := url.Values{"target": {"4"}, "seed": {"7"}, "learner": {"ridge"}, "group": {""}, "answer": {button.AttrOr("value", "")}}
		page := s.post(t, client, button.AttrOr("formaction", "/train/answer"), form.Encode()).want(t, 200).html(t)
		if got := page.Find("[name=seed]").AttrOr("value", ""); got != "7" {
			t.Errorf("after %q the seed that was typed is %q", label, got)
		}
	}
	answer("It is known before: use it")
	answer("It is known before: keep it")
	answer("Keep its rows together")
	page = s.page(t, client, "/train")
	if got := spaced(page.Find("#checks")); strings.Contains(got, "alone predicts") || strings.Contains(got, "names 30 things") {
		t.Errorf("answered, Train still says %q", got)
	}
	second := spaced(s.trainOn(t, client, 4, "ridge", "group=0").html(t).Find("section[aria-labelledby=warnings-title]"))
	if !strings.Contains(second, "Note: invoice alone predicts price almost perfectly (score 1 of 1), and the model learned from it, as was chosen.") || strings.Contains(second, "seller_id that") {
		t.Errorf("the second run says %q", second)
	}
	if got := spaced(s.page(t, client, "/results?run=1").Find("section[aria-labelledby=warnings-title]")); got != trust {
		t.Errorf("after the answers the first run says %q, and said %q", got, trust)
	}
	s.post(t, client, "/train/answer", "answer=leave:99").want(t, 404)
	s.post(t, client, "/train/answer", "answer=nothing").want(t, 404)
}

// TestColumnsByTheAPI leaves out, takes back, keeps together and settles, as the
// pages do.
func TestColumnsByTheAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, priced())
	path := "/api/sessions/" + id + "/columns"
	s.get(t, "/api/eda/"+id+"?target=price").want(t, 200)
	use := func(body string) columnUse {
		t.Helper()
		var out columnUse
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	of := func(u columnUse, column string) columnVerdict {
		t.Helper()
		for _, v := range u.Columns {
			if v.Column == column {
				return v
			}
		}
		t.Fatalf("no column %s", column)
		return columnVerdict{}
	}
	concerns := func(u columnUse) (out []string) {
		for _, a := range u.Concerns {
			out = append(out, a.Code+" "+a.Column)
		}
		slices.Sort(out)
		return out
	}
	u := use(s.get(t, path).want(t, 200).body)
	if v := of(u, "invoice"); v.Used || v.Verdict != "gives_away" || !strings.Contains(v.Reason, "almost perfectly") || v.Score < 0.975 {
		t.Errorf("invoice: %+v", v)
	}
	if v := of(u, "weight"); !v.Used || v.Verdict != "ask" {
		t.Errorf("weight: %+v", v)
	}
	if v := of(u, "color"); !v.Used || v.Verdict != "fine" || v.Reason != "" {
		t.Errorf("color: %+v", v)
	}
	if got := concerns(u); !slices.Equal(got, []string{"leak invoice", "leak weight", "repeated_id seller_id"}) {
		t.Errorf("concerns %q", got)
	}
	key := ""
	for _, a := range u.Concerns {
		if a.Column == "weight" {
			key = a.Key
		}
	}
	u = use(s.call(t, path, fmt.Sprintf(`{"take_back": ["invoice"], "leave_out": ["color"], "group_column": "seller_id", "settle": [%q]}`, key)).want(t, 200).body)
	if v := of(u, "invoice"); !v.Used || !v.TakenBack {
		t.Errorf("taken back, invoice: %+v", v)
	}
	if v := of(u, "color"); v.Used || !v.LeftOut {
		t.Errorf("left out, color: %+v", v)
	}
	if u.Group != "seller_id" || len(u.Concerns) != 0 || !slices.Equal(u.Settled, []string{key}) {
		t.Errorf("answered: %+v", u)
	}
	u = use(s.call(t, path, `{"group_column": "", "unsettle": true, "take_back": ["color"]}`).want(t, 200).body)
	if got := concerns(u); u.Group != "" || !slices.Equal(got, []string{"leak weight", "repeated_id seller_id"}) {
		t.Errorf("asked again: %q, group %q", got, u.Group)
	}
	if u = use(s.call(t, path, `{"keep_copies_together": true}`).want(t, 200).body); !u.Copies {
		t.Error("copies are not kept together")
	}
	for _, tt := range []struct{ body, says, field string }{
		{`{"leave_out": ["nothing"]}`, `There is no column "nothing".`, "columns"},
		{`{"take_back": ["nothing"]}`, `There is no column "nothing".`, "columns"},
		{`{"group_column": "seller_id", "leave_out": ["nothing"]}`, "nothing", "columns"},
		{`{"group_column": "nothing"}`, "nothing", "group_column"},
		{`{"group_column": "price"}`, "price is the target", "group_column"},
		{`{"settle": ["leak 00"]}`, `There is no finding "leak 00".`, "settle"},
		{`{"group_column": "seller_id", "keep_copies_together": true}`, "not both", "group_column"},
	} {
		r := s.call(t, path, tt.body)
		r.told(t, 422, tt.says)
		if d := r.details(t); d.Field != tt.field {
			t.Errorf("%s blames %q, want %q", tt.body, d.Field, tt.field)
		}
	}
	if u = use(s.get(t, path).want(t, 200).body); u.Group != "" || !u.Copies {
		t.Errorf("a request that was refused changed the group to %q", u.Group)
	}
	// What a request names is used, and doubted in the answer.
	s.call(t, path, `{"keep_copies_together": false}`).want(t, 200)
	var out struct {
		Doubts   []doubt  `json:"doubts"`
		Warnings []string `json:"warnings"`
	}
	body := s.call(t, "/api/training/"+id, `{"algorithm": "ridge", "target_column": "price", "features": ["weight", "color"]}`).want(t, 200).body
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Doubts) != 2 || out.Doubts[0].Column != "weight" && out.Doubts[1].Column != "weight" || !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "weight alone predicts price very well") }) {
		t.Errorf("doubts %+v, warnings %q", out.Doubts, out.Warnings)
	}
}
