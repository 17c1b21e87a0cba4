package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestRunsAreRanked checks that runs on the same test rows are ranked by the
// score that suits, that ties are said, that the baseline is among them, and
// that what does not compare is not ranked.
func TestRunsAreRanked(t *testing.T) {
	var table strings.Builder
	table.WriteString("x,z,noise,ill\n")
	for i := range 400 {
		x := i * 37 % 101
		ill := "no"
		if x+i*29%97+i*13%23 > 110 {
			ill = "yes"
		}
		fmt.Fprintf(&table, "%d,%d,%d,%s\n", x, i*29%97, i*i%89, ill)
	}
	s := newStepSite(t)
	client := s.load(t, table.String())
	s.trainOn(t, client, 3, "logistic_regression")
	s.trainOn(t, client, 3, "decision_tree", "decision_tree.max_depth=1")
	s.trainOn(t, client, 3, "logistic_regression", "logistic_regression.C=1.01")
	s.trainOn(t, client, 3, "logistic_regression", "seed=7")
	page := s.ask(t, client, "GET", "/results?run=1", "").want(t, 200).html(t)
	part := page.Find("#runs-title").Parent()
	rows := map[string]string{}
	var order []string
	part.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		name := strings.Join(strings.Fields(row.Find("th .sub").Text()), " ")
		for _, badge := range []string{" shown here", " tied", " not compared"} {
			name = strings.TrimSuffix(name, badge)
		}
		order = append(order, name)
		rows[name] = strings.Join(strings.Fields(row.Text()), " ")
		if svgs := row.Find("td.barcell svg").Length(); (name == "Run 1" || name == "Run 2" || name == "Run 3") && svgs != 1 {
			t.Errorf("%s has %d bars", name, svgs)
		}
	})
	if len(order) != 5 || order[2] != "Run 2" || order[3] != "the score to beat" || order[4] != "Run 4" {
		t.Fatalf("the runs stand as %q: %q", order, rows)
	}
	for name, want := range map[string]string{"Run 1": "ROC AUC 0.9", "Run 2": "±", "Run 3": "tied", "the score to beat": "ROC AUC 0.500", "Run 4": "not compared"} {
		if !strings.Contains(rows[name], want) {
			t.Errorf("%s says %q, want %s", name, rows[name], want)
		}
	}
	if strings.Contains(rows["Run 2"], "tied") {
		t.Errorf("the stump is tied: %q", rows["Run 2"])
	}
	says := part.Find("p").First().Text()
	for _, want := range []string{"Ranked by ROC AUC on the same 80 test rows.", "The noise does not tell the first 2 apart: none of them is the best.", "do not compare"} {
		if !strings.Contains(says, want) {
			t.Errorf("the ranking says %q, want %q in it", says, want)
		}
	}
	alone := s.ask(t, client, "GET", "/results?run=4", "").want(t, 200).html(t).Find("#runs-title").Parent().Find("p").First().Text()
	if !strings.Contains(alone, "No other run answers the same question on the same test rows.") {
		t.Errorf("run 4 is ranked by %q", alone)
	}
	s.trainOn(t, client, 3, "logistic_regression", "seed=8", "cv=3")
	s.trainOn(t, client, 3, "decision_tree", "seed=8", "cv=3")
	folded := s.ask(t, client, "GET", "/results?run=6", "").want(t, 200).html(t).Find("#runs-title").Parent()
	if got := folded.Find("p").First().Text(); !strings.Contains(got, "the mean over the same 3 folds") {
		t.Errorf("runs with folds are ranked by %q", got)
	}
}
