package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// submit sends a form of the page as a browser without scripts does: all its
// fields as they stand, changed, and the button that was pressed.
func (c *client) submit(t *testing.T, page *goquery.Document, action, button string, change ...string) answer {
	t.Helper()
	form := page.Find(`form[action="` + action + `"]`).FilterFunction(func(_ int, f *goquery.Selection) bool {
		return strings.Contains(f.Find("button").Text(), button)
	}).First()
	if form.Length() == 0 {
		t.Fatalf("the page has no form to %s with %q", action, button)
	}
	values := standing(form)
	pressed := form.Find("button").FilterFunction(func(_ int, b *goquery.Selection) bool { return strings.Contains(b.Text(), button) }).First()
	if _, off := pressed.Attr("disabled"); off {
		t.Fatalf("the button %q is disabled", button)
	}
	if name, ok := pressed.Attr("name"); ok {
		values.Set(name, pressed.AttrOr("value", ""))
	}
	for _, pair := range change {
		name, value, _ := strings.Cut(pair, "=")
		if _, known := values[name]; !known {
			t.Fatalf("the form to %s has no field %q: %v", action, name, values)
		}
		values.Set(name, value)
	}
	method := strings.ToUpper(pressed.AttrOr("formmethod", form.AttrOr("method", "get")))
	if method == http.MethodGet {
		return c.get(t, pressed.AttrOr("formaction", action)+"?"+values.Encode())
	}
	return c.fill(t, action, values.Encode())
}

// standing returns what a form would send as it stands.
func standing(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input[name], select[name]").Each(func(_ int, f *goquery.Selection) {
		name := f.AttrOr("name", "")
		if goquery.NodeName(f) == "select" {
			option := f.Find("option[selected]")
			if option.Length() == 0 {
				option = f.Find("option").First()
			}
			values.Add(name, option.AttrOr("value", option.Text()))
			return
		}
		_, checked := f.Attr("checked")
		switch f.AttrOr("type", "text") {
		case "radio", "checkbox":
			if checked {
				values.Add(name, f.AttrOr("value", "on"))
			}
		case "file":
		default:
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	return values
}

// optionValue returns the value of the option of that text in a list of the
// page.
func optionValue(t *testing.T, page *goquery.Document, list, text string) string {
	t.Helper()
	option := page.Find(list + " option").FilterFunction(func(_ int, o *goquery.Selection) bool { return o.Text() == text }).First()
	value, ok := option.Attr("value")
	if !ok {
		t.Fatalf("%s has no option %q", list, text)
	}
	return value
}
