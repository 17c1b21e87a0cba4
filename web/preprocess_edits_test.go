package web

import (
	"strings"
	"testing"
)

// TestEditsAreTold checks that each edit of the recipe is told where screen
// readers hear of it, and that a step that was moved can be moved on.
func TestEditsAreTold(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	for _, tt := range []struct{ path, form, says, focus string }{
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
		if got := strings.TrimSpace(page.Find("#flashes[role=status]").Text()); !strings.HasPrefix(got, tt.says) || tt.says == "" && got != "" {
			t.Errorf("%s %s tells %q, want %q", tt.path, tt.form, got, tt.says)
		}
		focus := page.Find("main [data-focus]")
		if !strings.Contains(focus.Text(), tt.focus) || (focus.Length() == 1) != (tt.focus != "") {
			t.Errorf("%s %s: the focus is on %q, want %q", tt.path, tt.form, focus.Text(), tt.focus)
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
