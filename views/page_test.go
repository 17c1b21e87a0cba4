package views_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"clicktrain/views"
)

func parse(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// each runs a test on every page, as a whole document.
func each(t *testing.T, check func(t *testing.T, p page, doc *goquery.Document)) {
	for _, p := range pages(t) {
		t.Run(p.name, func(t *testing.T) { check(t, p, parse(t, views.Layout(p.shell, p.body))) })
	}
}

func TestEveryPageHasOneHeadingAndALandmark(t *testing.T) {
	each(t, func(t *testing.T, _ page, doc *goquery.Document) {
		for sel, want := range map[string]int{"h1": 1, "main": 1, "main h1": 1, "head title": 1, "html[lang]": 1, "a.skip[href='#main']": 1} {
			if got := doc.Find(sel).Length(); got != want {
				t.Errorf("%d of %s, want %d", got, sel, want)
			}
		}
	})
}

func TestEveryInputHasALabel(t *testing.T) {
	each(t, func(t *testing.T, _ page, doc *goquery.Document) {
		doc.Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
			if s.AttrOr("type", "") == "hidden" {
				return
			}
			id := s.AttrOr("id", "")
			if id == "" || doc.Find(`label[for="`+id+`"]`).Length() != 1 {
				t.Errorf("input %q with id %q has no label of its own", s.AttrOr("name", ""), id)
			}
		})
	})
}

func TestIDsAreUniqueAndReferencesHold(t *testing.T) {
	each(t, func(t *testing.T, _ page, doc *goquery.Document) {
		seen := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if seen[id] {
				t.Errorf("id %q occurs twice", id)
			}
			seen[id] = true
		})
		for _, attr := range []string{"aria-describedby", "aria-labelledby"} {
			doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
				for _, id := range strings.Fields(s.AttrOr(attr, "")) {
					if !seen[id] {
						t.Errorf("%s names %q, which is nowhere", attr, id)
					}
				}
			})
		}
	})
}

// TestNothingNeedsInlineStyleOrScript keeps pages within a policy of
// script-src 'self'; style-src 'self'.
func TestNothingNeedsInlineStyleOrScript(t *testing.T) {
	each(t, func(t *testing.T, _ page, doc *goquery.Document) {
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
					t.Errorf("<%s> has %s=%q", goquery.NodeName(s), a.Key, a.Val)
				}
			}
		})
		if n := doc.Find("style, script:not([src]), iframe, object, embed, base").Length(); n > 0 {
			t.Errorf("%d elements that the policy forbids", n)
		}
	})
}

// TestHostileTextsAreInert: whatever a file holds, pages have no element,
// address or attribute that a page without it would not have.
func TestHostileTextsAreInert(t *testing.T) {
	each(t, func(t *testing.T, p page, doc *goquery.Document) {
		if n := doc.Find("main script:not([src^='/docs/']), img, main svg[onload]").Length(); n > 0 {
			t.Errorf("%d elements came from a text of the file", n)
		}
		doc.Find("[href], [src], [action], [hx-get], [hx-post]").Each(func(_ int, s *goquery.Selection) {
			for _, attr := range []string{"href", "src", "action", "formaction", "hx-get", "hx-post"} {
				if strings.HasPrefix(strings.ToLower(strings.TrimSpace(s.AttrOr(attr, ""))), "javascript:") {
					t.Errorf("%s leads to %q", attr, s.AttrOr(attr, ""))
				}
			}
		})
		if strings.ContainsAny(doc.Find(".col, .clip, option").Text(), "\x00\u202e") {
			t.Error("a character that hides or reorders text reached the page")
		}
	})
}

// TestHostileTextsAreShown: they are escaped, not dropped.
func TestHostileTextsAreShown(t *testing.T) {
	for _, p := range pages(t) {
		if p.name == "hostile" {
			if text := parse(t, p.body).Find(".is-column h3").First().Text(); !strings.Contains(text, hostile[0]) {
				t.Errorf("the first card is headed %q, want %q", text, hostile[0])
			}
		}
	}
}

var garbage = regexp.MustCompile(`NaN|undefined|<nil>|%!|\bInf\b|TemplFailed`)

func TestNoGarbageIsShown(t *testing.T) {
	each(t, func(t *testing.T, p page, doc *goquery.Document) {
		if p.shell.Title == hostile[4] {
			return
		}
		if m := garbage.FindString(doc.Text()); m != "" {
			t.Errorf("the page shows %q", m)
		}
		if n := doc.Find("tbody:empty, select:empty, ul:empty, ol:empty").Length(); n > 0 && !strings.Contains(p.name, "empty") {
			t.Errorf("%d empty lists or tables", n)
		}
	})
}

func TestFormsWorkWithoutScripts(t *testing.T) {
	each(t, func(t *testing.T, _ page, doc *goquery.Document) {
		doc.Find("form").Each(func(_ int, f *goquery.Selection) {
			action, method := f.AttrOr("action", ""), f.AttrOr("method", "")
			if action == "" || method == "" {
				t.Errorf("a form has action %q and method %q", action, method)
			}
			if hx, ok := f.Attr("hx-post"); ok && (hx != action || method != "post") {
				t.Errorf("hx-post=%q upgrades %s %s", hx, method, action)
			}
			if f.Find("button:not([type=button])").Length() == 0 {
				t.Errorf("the form for %s has no button to send it", action)
			}
		})
	})
}

func TestRefusedFormsSayWhy(t *testing.T) {
	each(t, func(t *testing.T, p page, doc *goquery.Document) {
		if !p.shell.Refused {
			return
		}
		summary := doc.Find(`main .problem[role="alert"][data-focus]`)
		if summary.Length() != 1 {
			t.Fatalf("%d error summaries, want 1", summary.Length())
		}
		if title := doc.Find("title").Text(); !strings.HasPrefix(title, "Error: ") {
			t.Errorf("title %q, want it to start with Error:", title)
		}
		link := summary.Find("a[href^='#']")
		target := doc.Find(link.AttrOr("href", "#nowhere"))
		if target.Length() != 1 || target.AttrOr("aria-invalid", "") != "true" {
			t.Errorf("the summary links to %q, which is not a refused input", link.AttrOr("href", ""))
		}
	})
}

func TestRefusedValueStays(t *testing.T) {
	for _, p := range pages(t) {
		if p.name != "train-refused" {
			continue
		}
		doc := parse(t, p.body)
		input := doc.Find(`[name="random_forest.max_depth"]`)
		if got := input.AttrOr("value", ""); got != "-3" {
			t.Errorf("the refused input holds %q, want -3", got)
		}
		if text := doc.Find("#" + input.AttrOr("id", "") + "-refusal").Text(); !strings.Contains(text, "whole number at least 1") {
			t.Errorf("beside the input stands %q", text)
		}
		if _, open := input.Closest("details").Attr("open"); !open {
			t.Error("the settings with the refused input are closed")
		}
	}
}

func TestPartialHasNoDocumentAroundIt(t *testing.T) {
	for _, p := range pages(t) {
		var b bytes.Buffer
		if err := views.Partial(p.shell, p.body).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		html := b.String()
		if strings.Contains(html, "<html") || strings.Contains(html, "<main") || strings.Contains(html, "<header class=\"top\"") {
			t.Errorf("%s: a partial brings the whole document", p.name)
		}
		if !strings.Contains(html, `id="steps" class="steps" aria-label="Steps" hx-swap-oob`) {
			t.Errorf("%s: a partial does not bring the stepper along", p.name)
		}
	}
}

func TestRunPolls(t *testing.T) {
	for state, want := range map[string]bool{"queued": true, "running": true, "done": false, "failed": false, "cancelled": false} {
		run := parse(t, views.Run(views.RunPage{ID: "k7f2", State: state})).Find("#run")
		if _, got := run.Attr("hx-trigger"); got != want {
			t.Errorf("a %s run asks again: %v, want %v", state, got, want)
		}
	}
	running := views.Shell{Title: "Training", Refresh: 3}
	if doc := parse(t, views.Layout(running, views.Run(views.RunPage{ID: "k7f2", State: "running"}))); !strings.Contains(doc.Find("noscript").Text(), `http-equiv="refresh" content="3"`) {
		t.Error("without scripts a running page does not reload")
	}
}
