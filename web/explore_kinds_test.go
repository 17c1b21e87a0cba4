package web

import (
	"fmt"
	"strings"
	"testing"
)

// oddKinds is a table with dates, free text and a column of numbers with a few
// words among them.
func oddKinds() string {
	var b strings.Builder
	b.WriteString("day,note,reading,label\n")
	words := strings.Fields("red green blue small large round square heavy light fast slow new old warm cold")
	for i := range 120 {
		reading := fmt.Sprint(i * 37 % 91)
		if i%20 == 7 {
			reading = "broken"
		}
		fmt.Fprintf(&b, "2024-%02d-%02d,%s %s %s number %d,%s,%s\n", 1+i%6, 1+i*5%28, words[i/2%15], words[i/2*7%13], words[i/2*3%11], i/2, reading, []string{"a", "b"}[i*37%91/46])
	}
	return b.String()
}

// TestColumnKinds checks that dates, texts and mixed columns are told of by
// their kind.
func TestColumnKinds(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, oddKinds())
	day := spaced(s.page(t, client, "/explore/columns/0").Find("main"))
	for _, want := range []string{"by day of the week", "by month", "January", "Monday", "Longest gap", "Told to the"} {
		if !strings.Contains(day, want) {
			t.Errorf("the page of dates lacks %q", want)
		}
	}
	s.post(t, client, "/reread", "kind=text&column=1").want(t, 200)
	note := spaced(s.page(t, client, "/explore/columns/1").Find("main"))
	for _, want := range []string{"Most frequent words", "number (120)", "Latin", "the middle length is"} {
		if !strings.Contains(note, want) {
			t.Errorf("the page of texts lacks %q: %.900s", want, note)
		}
	}
	reading := alertOn(s.page(t, client, "/explore/columns/2"), "has numbers in")
	if got := spaced(reading.Find("form[action='/reread'] button")); got != "Mark as missing" {
		t.Fatalf("the alert on the mixed column offers %q", got)
	}
	s.post(t, client, "/reread", "missing=broken&column=2").want(t, 200)
	if got := spaced(s.page(t, client, "/explore/columns/2").Find("main")); !strings.Contains(got, "Standard deviation") || !strings.Contains(got, "Coefficient of variation") {
		t.Errorf("read again, the column is told of as %.300s", got)
	}
}

// TestExploreParts checks what is told of the whole table: on the page of all
// columns for a small table, and on pages that it leads to for a wide one.
func TestExploreParts(t *testing.T) {
	s := newStepSite(t)
	client := s.sampled(t, "titanic")
	page := s.page(t, client, "/explore?target=0")
	wide := s.page(t, s.load(t, wideTable(inlineColumns+1, 40)), "/explore")
	for _, id := range []string{"relations", "rows"} {
		if page.Find("#"+id+" table").Length() == 0 || page.Find("#"+id+" svg[role=img]").Length() == 0 {
			t.Errorf("%s is not on the page of a small table", id)
		}
		lazy := wide.Find(fmt.Sprintf("[hx-get='/explore/%s']", id))
		if lazy.AttrOr("hx-select", "") != "#"+id || lazy.Find("a").AttrOr("href", "") != "/explore/"+id {
			t.Errorf("%s does not load, or has no link without scripts", id)
		}
		if s.page(t, client, "/explore/"+id).Find("#"+id).Length() != 1 {
			t.Errorf("its page lacks #%s", id)
		}
	}
	relations := spaced(s.page(t, client, "/explore/relations").Find("main"))
	for _, want := range []string{"Cramér’s V", "rank correlation", "correlation ratio", "and fare"} {
		if !strings.Contains(relations, want) {
			t.Errorf("relations lack %q", want)
		}
	}
	rows := spaced(s.page(t, client, "/explore/rows").Find("main"))
	for _, want := range []string{"182 of 891 rows have a value in every column.", "deck lacks the most values, in 77% of the rows.", "Most often deck alone is missing, in 59% of the rows; together, most often age and deck, in 18%.",
		"107 rows repeat an earlier row", "13 times", "Rows that contradict each other", "at best for 98.7% of the rows"} {
		if !strings.Contains(rows, want) {
			t.Errorf("rows lack %q", want)
		}
	}
	clean := s.load(t, "a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n")
	if got := spaced(s.page(t, clean, "/explore/rows").Find("main")); !strings.Contains(got, "No value is missing in any row.") || !strings.Contains(got, "No row repeats another.") {
		t.Errorf("of clean rows: %s", got)
	}
	lone := s.load(t, "a\n1\n2\n3\n4\n")
	if got := spaced(s.page(t, lone, "/explore/relations").Find("main")); !strings.Contains(got, "This needs two columns") {
		t.Errorf("of one column: %s", got)
	}
}
