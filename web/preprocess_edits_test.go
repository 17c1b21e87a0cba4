package web

import (
	"fmt"
	"strings"
	"testing"
)

// TestEditsAreTold checks that each edit of the recipe is told, once, in what
// has the focus, and that a step that was moved keeps the focus, can be moved on
// and is told where screen readers hear of it.
func TestEditsAreTold(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	for _, tt := range []struct{ path, form, says, moves string }{
		{"/prepare", "step=impute&strategy=median&columns=0", "Added: Fill missing values: the median.", ""},
		{"/prepare", "step=encode&method=ordinal&columns=1", "Added: Encode categories", ""},
		{"/prepare", "step=scale", "Added: Scale numbers", ""},
		{"/prepare/move", "index=1&way=up", "Moved up: Encode categories", "Move down: Encode"},
		{"/prepare/move", "index=0&way=down", "Moved down: Encode categories", "Move down: Encode"},
		{"/prepare/move", "index=1&way=down", "Moved down: Encode categories", "Move up: Encode"},
		{"/prepare/move", "index=2&way=down", "", ""},
		{"/prepare/version", "done=5", "Undone: Moved down: Encode categories", ""},
		{"/prepare/version", "done=6", "Done again: Moved down: Encode categories", ""},
		{"/prepare/version", "done=6", "", ""},
		{"/prepare/version", "done=2", "Went to the recipe after: Added: Encode", ""},
		{"/prepare/version", "done=0", "Went back to a recipe without steps.", ""},
		{"/prepare/suggest", "", "Took the suggested recipe.", ""},
		{"/prepare/change", "index=0&step=impute&strategy=mean&columns=0", "Changed: Fill missing values: the mean.", ""},
		{"/prepare/remove", "index=1", "Removed: ", ""},
		{"/prepare/reset", "", "Removed all steps.", ""},
	} {
		page := s.post(t, client, tt.path, tt.form).want(t, 200).html(t)
		heard, said, focus := strings.TrimSpace(page.Find("#flashes[role=status]").Text()), page.Find("main #said[tabindex='-1']"), page.Find("main [data-focus]")
		if tt.moves != "" {
			if !strings.HasPrefix(heard, tt.says) || page.Find("#flashes .vh").Length() != 1 || said.Length() != 0 {
				t.Errorf("%s %s is heard as %q, and seen as %q", tt.path, tt.form, heard, said.Text())
			}
			if focus.Length() != 1 || !strings.Contains(focus.Text(), tt.moves) {
				t.Errorf("%s %s: the focus is on %q, want %q", tt.path, tt.form, focus.Text(), tt.moves)
			}
			continue
		}
		if text := strings.TrimSpace(said.Text()); heard != "" || !strings.HasPrefix(text, tt.says) || tt.says == "" && text != "" {
			t.Errorf("%s %s tells %q and %q, want %q", tt.path, tt.form, text, heard, tt.says)
		}
		if _, has := said.Attr("data-focus"); has != (tt.says != "") || focus.Length() != said.Length() {
			t.Errorf("%s %s: the focus is on %q", tt.path, tt.form, focus.Text())
		}
	}
}

// TestEditsAreToldInPlace checks that the message stands where the button was,
// whatever was pressed, with the new step marked and a way back that works from
// there too.
func TestEditsAreToldInPlace(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	const added = "step=impute&strategy=median&columns=0"
	catalogue := "details.family[open] li:has(form [name=step][value=%s]) > #said"
	for _, tt := range []struct{ path, form, place, button, marked string }{
		{"/prepare", added + "&from=add-impute", fmt.Sprintf(catalogue, "impute"), "Undo", "new"},
		{"/prepare/version", "done=0&from=add-impute", fmt.Sprintf(catalogue, "impute"), "Redo", ""},
		{"/prepare", added + "&from=suggested-1", ".suggested .rows > li:nth-child(2) > #said", "Undo", "new"},
		{"/prepare/version", "done=0&from=suggested-0", ".suggested .rows > li:first-child > #said", "Redo", ""},
		{"/prepare", added + "&from=suggested-99", ".suggested .rows > li:last-child > #said", "Undo", "new"},
		{"/prepare/change", "index=0&step=impute&strategy=mean&columns=0&from=change", "main .beside > .part:first-child > #said", "Undo", "changed"},
		{"/prepare/remove", "index=0", ".recipes > #said", "Undo", ""},
		{"/prepare/suggest", "from=suggested", ".suggested > #said", "Undo", "new"},
		{"/prepare/reset", "", ".recipes > #said", "Undo", ""},
		{"/prepare", added, ".recipes > #said", "Undo", "new"},
		{"/prepare/reset", "from=%3Cb%3E", ".recipes > #said", "Undo", ""},
		{"/prepare", added + "&from=add-" + strings.Repeat("x", 1<<12), ".recipes > #said", "Undo", "new"},
		{"/prepare/reset", "from=suggested--1", ".recipes > #said", "Undo", ""},
	} {
		r := s.post(t, client, tt.path, tt.form).want(t, 200)
		if len(r.Request.URL.String()) > 300 {
			t.Errorf("%s %s leads to an address of %d bytes", tt.path, tt.form, len(r.Request.URL.String()))
		}
		page := r.html(t)
		if page.Find("#said").Length() != 1 || page.Find(tt.place).Length() != 1 {
			t.Errorf("%s %s: the message stands in %q, want %s", tt.path, tt.form, page.Find("#said").Parent().Text(), tt.place)
		}
		if got := page.Find("#said button").Text(); got != tt.button {
			t.Errorf("%s %s offers %q, want %q", tt.path, tt.form, got, tt.button)
		}
		marked := page.Find("ol.recipe > li.is-marked .badge")
		if tt.marked == "" && marked.Length() != 0 || tt.marked != "" && marked.First().Text() != tt.marked {
			t.Errorf("%s %s marks %q, want %q", tt.path, tt.form, marked.Text(), tt.marked)
		}
		if link := page.Find("#said a"); link.Length() == 1 && page.Find("ol.recipe > li.is-marked"+link.AttrOr("href", "")).Length() != 1 {
			t.Errorf("%s %s: %q leads to no marked step", tt.path, tt.form, link.Text())
		}
		if page.Find(".is-steps details.card[open]").Length() != 0 {
			t.Errorf("%s %s: a form that was used is open, as if it were to be used again", tt.path, tt.form)
		}
		if again := s.ask(t, client, "GET", r.Request.URL.RequestURI(), "").want(t, 200).html(t); again.Find("#said, .is-marked").Length() != 0 {
			t.Errorf("%s %s is told twice", tt.path, tt.form)
		}
	}
}

// TestBoxesOfAForm sends parts of dates as boxes: those ticked are taken, and
// none is refused beside them, and not taken for the default.
func TestBoxesOfAForm(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, "when,n,y\n"+strings.Repeat("2024-01-02,1,a\n2024-02-03,2,b\n2023-05-06,3,a\n2024-01-02,1,b\n2024-02-03,2,a\n", 12))
	page := s.ask(t, client, "GET", "/prepare", "").want(t, 200).html(t)
	if got := page.Find("fieldset#f-date_parts-2eparts input[type=checkbox][checked]").Length(); got != 3 {
		t.Errorf("%d boxes are ticked, want the default's 3", got)
	}
	r := s.post(t, client, "/prepare", "step=date_parts&parts=,&columns=0")
	r.told(t, 422, "No part of the dates is chosen.")
	page = r.html(t)
	if page.Find("#f-date_parts-2eparts .refusal").Length() != 1 || page.Find("#f-date_parts-2eparts input[checked]").Length() != 0 {
		t.Error("the boxes are not drawn again as they were sent, with the reason")
	}
	if href := page.Find(".problem a").AttrOr("href", ""); href != "#f-date_parts-2eparts" {
		t.Errorf("the summary leads to %q", href)
	}
	text := s.post(t, client, "/prepare", "step=date_parts&parts=,&parts=hour&parts=day&columns=0").want(t, 200).html(t).Find("ol.recipe").Text()
	if !strings.Contains(text, "parts hour, day") {
		t.Errorf("the recipe says %q", text)
	}
	boxes := s.ask(t, client, "GET", "/prepare?change=0", "").want(t, 200).html(t).Find("#change fieldset input[name=parts][type=checkbox]")
	if boxes.Eq(0).AttrOr("value", "") != "hour" || boxes.Eq(1).AttrOr("value", "") != "day" || boxes.Filter("[checked]").Length() != 2 {
		t.Error("the form that changes the step does not keep the order in which its parts count")
	}
}

// TestColumnsMustBeChosen: a step that must be told its columns says so, and
// its list is open.
func TestColumnsMustBeChosen(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	form := s.ask(t, client, "GET", "/prepare", "").want(t, 200).html(t).Find("form:has([name=step][value=drop_columns])")
	if text := form.Text(); !strings.Contains(text, "Columns: none yet") || strings.Contains(text, "all it applies to") || form.Find("details[open]").Length() != 1 {
		t.Errorf("the form says %q", text)
	}
	r := s.post(t, client, "/prepare", "step=drop_columns")
	r.told(t, 422, "does not say for which columns")
	if href := r.html(t).Find(".problem a").AttrOr("href", ""); href == "" || r.html(t).Find(href).Length() != 1 {
		t.Errorf("the summary leads to %q", href)
	}
}
