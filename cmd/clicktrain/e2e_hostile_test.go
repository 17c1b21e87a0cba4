package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestHostileTextsInBrowser opens every page of a table whose names and values
// try to run code. The window fails the test on any dialog, stopped script or
// word on the console.
func TestHostileTextsInBrowser(t *testing.T) {
	t.Parallel()
	p := launch(t)
	w := p.open(t, true)
	names := []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(2)>`, `</title><svg onload=alert(3)>`, `' onfocus='alert(4)' autofocus '`, "javascript:alert(5)"}
	var table strings.Builder
	for _, name := range names {
		fmt.Fprintf(&table, `"%s",`, strings.ReplaceAll(name, `"`, `""`))
	}
	table.WriteString("y\n")
	for i := range 60 {
		for j := range names {
			if j%2 == 0 {
				fmt.Fprintf(&table, "%d.%d,", i*(j+3)%17, i%7)
			} else {
				fmt.Fprintf(&table, `"%s",`, strings.ReplaceAll(names[(i+j)%len(names)], `"`, `""`))
			}
		}
		table.WriteString([]string{"<img src=y onerror=alert(6)>", "<b>no</b>"}[i*i%7%2] + "\n")
	}
	dir := t.TempDir()
	write(t, dir, "<img src=z>.csv", []byte(table.String()))
	w.do(t, "open the first page", chromedp.Navigate(p.url+"/"),
		chromedp.SetUploadFiles(chromedp.CSS("#f-file"), []string{dir + "/<img src=z>.csv"}, chromedp.NodeReady))
	w.at(t, "/", "What was read")
	w.do(t, "open Train", chromedp.Navigate(p.url+"/train"))
	w.at(t, "/train", "Train")
	w.press(t, `document.querySelector("form#train .next button.primary")`)
	w.at(t, "/results", "Results")
	paths := []string{"/", "/explore", "/prepare", "/train", "/results", "/download"}
	for i := range names {
		paths = append(paths, fmt.Sprintf("/explore/columns/%d", i))
	}
	for _, path := range paths {
		w.do(t, "open "+path, chromedp.Navigate(p.url+path))
		w.wait(t, `document.querySelector("main h1")`)
		if _, err := js[bool](w, `(() => {
			document.querySelectorAll("details").forEach(d => { d.open = true; });
			document.querySelectorAll("main *").forEach(e => { e.focus?.(); e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})); });
			return true;
		})()`); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if n, err := js[int](w, `document.querySelectorAll("main img, main script, main iframe, header img").length`); err != nil || n != 0 {
			t.Errorf("%s holds %d elements of the table's (%v)", path, n, err)
		}
	}
}
