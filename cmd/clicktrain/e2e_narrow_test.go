package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// wideTable has 28 columns of every kind, whose names and values have no place
// to break.
func wideTable() string {
	var b strings.Builder
	for j := range 28 {
		fmt.Fprintf(&b, "a_column_whose_name_goes_on_%s_%02d,", strings.Repeat("and_on_", 1+j%4), j)
	}
	b.WriteString("the_answer_to_be_predicted_from_all_of_the_columns_before_it\n")
	for i := range 80 {
		for j := range 28 {
			switch {
			case (i*31+j*17)%23 == 0:
			case j%4 == 0:
				fmt.Fprintf(&b, "%d.%d", 123456789+i*i*7919%1000*(j+1), 123456+i)
			case j%4 == 1:
				fmt.Fprintf(&b, "value%s%d", strings.Repeat("WithoutABreak", 1+j%5), (i*i+j)%4)
			case j%4 == 2:
				fmt.Fprintf(&b, "20%02d-%02d-%02d 10:30:00", 10+i%12, 1+i*j%12, 1+i%28)
			default:
				fmt.Fprintf(&b, "https://example.test/%s?row=%d", strings.Repeat("path/", 12), i*j)
			}
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%s\n", []string{"NoItIsNotSoWhateverTheOthersSay", "YesItIsSoWhateverTheOthersSay"}[i*i%7%2])
	}
	return b.String()
}

// TestNothingWidensThePage opens every page of a wide table at the widths of
// phones, with all that can be opened open: tables scroll in themselves, and the
// page never sidewards.
func TestNothingWidensThePage(t *testing.T) {
	t.Parallel()
	w := launch(t).open(t, true)
	w.faults.allowed = "404 (Not Found)"
	w.do(t, "open the first page", chromedp.Navigate(w.url+"/"))
	w.fetch(t, "/upload", fmt.Sprintf(`(f => (f.set("file", new File([%s], "a_file_whose_name_goes_on_and_on_and_on_and_on_and_on.csv")), f))(new FormData())`, quoted(t, wideTable())))
	for _, learner := range []string{"random_forest", "logistic_regression"} {
		w.fetch(t, "/train", fmt.Sprintf(`new URLSearchParams("target=28&learner=%s&cv=3")`, learner))
	}
	for n := 1; n <= 2; n++ {
		w.do(t, "follow the run", chromedp.Navigate(fmt.Sprintf("%s/runs/%d", w.url, n)))
		w.at(t, "/results", "Results")
	}
	w.fetch(t, "/runs/1/name", `new URLSearchParams("name=`+strings.Repeat("W", 60)+`")`)
	paths := []string{
		"/", "/explore", "/explore?sort=missing", "/explore/columns/0", "/explore/columns/1", "/explore/columns/2", "/explore/columns/3", "/prepare", "/train", "/train?learner=voting&parts=voting",
		"/results?run=1", "/results?run=2", "/results/charts/confusion?run=1", "/download?run=1", "/predict?run=1", "/results?run=9", "/runs/1/delete", "/help", "/nowhere", "/docs",
	}
	for i, path := range paths {
		for _, width := range []int64{390, 320} {
			if width == 320 || i%3 == 0 { // what fits the narrower fits the wider, but for what changes between
				w.resize(t, width)
				w.do(t, "open "+path, chromedp.Navigate(w.url+path))
				w.fits(t, width, path)
			}
		}
	}
	for _, step := range []string{"impute", "encode", "date_parts", "polynomial", "pca"} {
		w.do(t, "look at the recipe", chromedp.Navigate(w.url+"/prepare"))
		if _, err := js[bool](w, fmt.Sprintf(`(form => (form.action = "/prepare/preview", setTimeout(() => HTMLFormElement.prototype.submit.call(form)), true))(document.querySelector('main .is-steps input[name=step][value="%s"]').form)`, step)); err != nil {
			t.Fatal(err)
		}
		w.wait(t, `location.pathname === "/prepare/preview"`)
		w.fits(t, 320, "the preview of "+step)
	}
	w.fetch(t, "/prepare/suggest", `new URLSearchParams("for=")`)
	w.do(t, "look at the recipe", chromedp.Navigate(w.url+"/prepare?change=0"))
	w.fits(t, 320, "a recipe with a step that is changed")
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// fetch posts a body, given as an expression, from within the page.
func (w *window) fetch(t *testing.T, path, body string) {
	t.Helper()
	if _, err := js[bool](w, fmt.Sprintf(`(window.posted = 0, fetch(%q, {method: "POST", body: %s}).then(r => { window.posted = r.status }), true)`, path, body)); err != nil {
		t.Fatal(err)
	}
	w.wait(t, `window.posted`)
	if status, err := js[int](w, `window.posted`); err != nil || status != 200 {
		t.Fatalf("POST %s = %d, %v", path, status, err)
	}
}

// resize gives the page the size of a phone of that width.
func (w *window) resize(t *testing.T, width int64) {
	t.Helper()
	w.do(t, "resize", chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 844, DeviceScaleFactor: 1})
		return err
	}))
}

// fits opens what can be opened and checks that the page is no wider than the
// window; else it names what sticks out.
func (w *window) fits(t *testing.T, width int64, what string) {
	t.Helper()
	w.wait(t, `document.querySelector("main h1")`)
	const measure = `(() => {
		for (const d of document.querySelectorAll("details")) d.open = !d.matches(".menu");
		const out = [], root = document.scrollingElement;
		if (root.scrollWidth <= root.clientWidth) return out;
		for (const e of document.querySelectorAll("body *")) {
			if (e.closest(".vh, .scroll, pre, svg, .drawing, .ticks") && !e.matches(".scroll, pre, .drawing, .ticks")) continue;
			const box = e.getBoundingClientRect();
			if (box.right > root.clientWidth + 1 && box.width > 0) out.push(e.tagName + "." + e.className + " to " + Math.round(box.right));
		}
		return [root.scrollWidth + " px", ...out.slice(0, 12)];
	})()`
	out, err := js[[]string](w, measure)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) > 0 {
		t.Errorf("%s at %d px is wider than the window: %s", what, width, strings.Join(out, "; "))
	}
}
