package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestStepsAppearWhereTheyAreAdded adds a step from the end of the page, at the
// width of a screen and of a phone, with scripts and without: the message takes
// the place of the button, in view, and the form is closed. On a screen the step
// itself is in view beside it.
func TestStepsAppearWhereTheyAreAdded(t *testing.T) {
	t.Parallel()
	p := launch(t)
	for _, scripts := range []bool{true, false} {
		for _, width := range []int64{1280, 390} {
			t.Run(fmt.Sprintf("scripts %v, %d px", scripts, width), func(t *testing.T) {
				w := p.open(t, true)
				w.faults.allowed = "404 (Not Found)"
				w.do(t, "open the first page", chromedp.Navigate(w.url+"/"))
				w.fetch(t, "/sample", `new URLSearchParams("name=titanic")`)
				w.fetch(t, "/prepare/suggest", `new URLSearchParams("for=")`)
				w.prepare(t, scripts)
				w.resize(t, width)
				for i, step := range []string{"variance_threshold", "pca", "polynomial"} {
					w.do(t, "look at the recipe", chromedp.Navigate(w.url+"/prepare"))
					w.wait(t, `document.querySelector("main .recipe")`)
					form := fmt.Sprintf(`document.querySelector('.is-steps input[name=step][value=%q]').form`, step)
					if _, err := js[bool](w, fmt.Sprintf(`(form => { for (let d = form; d; d = d.parentElement.closest("details")) d.open = true;
						form.querySelector("button:not(.quiet)").scrollIntoView({block: "center"}); return true })(%s)`, form)); err != nil {
						t.Fatal(err)
					}
					if i == 0 {
						w.press(t, form+`.querySelector("button.quiet")`)
						w.wait(t, fmt.Sprintf(`document.querySelector("#preview-%s p")`, step))
						w.wait(t, inView(`document.querySelector(".is-steps .preview p")`))
					}
					w.press(t, form+`.querySelector("button:not(.quiet)")`)
					w.wait(t, `document.querySelector("#said")`)
					w.wait(t, inView(`document.querySelector("#said")`))
					w.wait(t, `document.activeElement.id === "said"`)
					if open, err := js[bool](w, form+`.closest("details").open`); err != nil || open {
						t.Errorf("the form of %s is open after it was sent, %v", step, err)
					}
					if width == 1280 {
						w.wait(t, inView(`document.querySelector(".recipe > .is-marked")`))
					}
				}
				if n, err := js[int](w, `document.querySelectorAll(".recipe > li").length`); err != nil || n != 6 {
					t.Errorf("the recipe has %d steps, %v, want 6", n, err)
				}
			})
		}
	}
}

// inView is whether an element is in the window, above the bar at its end.
func inView(element string) string {
	return fmt.Sprintf(`((box, bar) => box.top >= -1 && box.bottom <= Math.min(innerHeight, bar.top) + 1)(%s.getBoundingClientRect(), document.querySelector(".is-bar .primary").getBoundingClientRect())`, element)
}
