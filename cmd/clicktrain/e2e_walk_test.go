package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"clicktrain/internal/waittest"
)

// TestByMouse takes titanic.csv from the file to a downloaded model in a
// browser, and moves about as people do.
func TestByMouse(t *testing.T) {
	t.Parallel()
	w := launch(t).open(t, true)
	w.toExplore(t, false)
	w.moveAbout(t)
	w.followPreview(t)
	w.toTrain(t)
	w.train(t)
	w.history(t, -1)
	w.at(t, "/train", "Train")
	w.history(t, +1)
	w.at(t, "/results", "Results")
	w.takeModel(t)
	left, err := js[int](w, `localStorage.length + sessionStorage.length`)
	if err != nil || left != 0 {
		t.Errorf("the browser keeps %d things (%v)", left, err)
	}
	w.clear(t)
}

// TestWithoutScripts takes the same way where the browser runs no scripts.
func TestWithoutScripts(t *testing.T) {
	t.Parallel()
	w := launch(t).open(t, false)
	w.toExplore(t, true)
	w.toTrain(t)
	w.train(t)
	w.takeModel(t)
	w.clear(t)
}

// TestScriptsThatDoNotLoad takes the way where the browser runs scripts but
// some of ours, or all, never arrive.
func TestScriptsThatDoNotLoad(t *testing.T) {
	for name, blocked := range map[string]string{"htmx": "npm/*", "all": "*.js"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := launch(t).open(t, true)
			w.faults.allowed = "ERR_BLOCKED_BY_CLIENT"
			w.do(t, "block scripts", chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
				_, err := cdp.Call(ctx, tab, network.SetBlockedURLs, network.SetBlockedURLsParams{
					URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/static/" + blocked, Block: true}},
				})
				return err
			}))
			w.toExplore(t, name == "all")
			w.wait(t, `!window.htmx && !document.documentElement.classList.contains("js")`)
			w.toTrain(t)
			w.grow(t)
			if name == "all" {
				waittest.Until(t, "the link leads to the results", func() bool {
					w.press(t, `document.querySelector("main .nojs a, .verdict")`)
					at, _ := js[string](w, `location.pathname`)
					return at == "/results"
				})
			}
			w.at(t, "/results", "Results")
			w.takeModel(t)
		})
	}
}

// toExplore uploads the file through the page's own file input; without
// scripts a button sends it.
func (w *window) toExplore(t *testing.T, press bool) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "titanic.csv")
	write(t, filepath.Dir(file), "titanic.csv", sampleCSV(t, "titanic"))
	w.do(t, "open the first page", chromedp.Navigate(w.url+"/"))
	w.do(t, "choose the file", chromedp.SetUploadFiles(chromedp.CSS("#f-file"), []string{file}, chromedp.NodeReady))
	if press {
		w.click(t, "Upload and read")
	}
	w.wait(t, `location.pathname !== "/upload" && document.querySelector("main h1")?.textContent === "What was read"`)
	w.wait(t, `document.querySelector("header .file").textContent.includes("titanic.csv")`)
	w.click(t, "Explore the columns")
	w.at(t, "/explore", "Explore")
	w.wait(t, `document.querySelectorAll("main svg[role=img]").length > 10`)
}

// moveAbout reloads, goes back and forward, and opens another tab.
func (w *window) moveAbout(t *testing.T) {
	t.Helper()
	w.do(t, "reload", chromedp.Reload())
	w.at(t, "/explore", "Explore")
	w.history(t, -1)
	w.at(t, "/", "What was read")
	w.history(t, +1)
	w.at(t, "/explore", "Explore")
	w.do(t, "order the columns", chromedp.Evaluate[chromedp.Void](`(list => {
		list.value = "missing";
		list.dispatchEvent(new Event("change", {bubbles: true}));
	})(document.querySelector("#f-sort"))`))
	w.wait(t, `location.search.includes("sort=missing")`)
	w.history(t, -1)
	w.wait(t, `location.pathname === "/explore" && !location.search.includes("sort=missing") && document.querySelector("main h1")?.textContent === "Explore"`)

	ctx, cancel := chromedp.NewContext(w.ctx)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil { // opens the tab, which ends with this context
		t.Fatal(err)
	}
	tab := &window{w.program, ctx, w.dir, w.faults}
	tab.do(t, "open a tab", chromedp.Navigate(w.url+"/explore/columns/0"))
	tab.at(t, "/explore/columns/0", "survived")
}

// toTrain takes the suggested recipe.
func (w *window) toTrain(t *testing.T) {
	t.Helper()
	w.press(t, `document.querySelector('nav.steps a[href="/prepare"]')`)
	w.at(t, "/prepare", "Prepare")
	w.click(t, "Use all")
	w.wait(t, `location.pathname === "/prepare" && document.querySelectorAll("main ol.recipe > li").length > 0 && !document.querySelector("main .suggested ul.rows")`)
	w.click(t, "Choose what to train")
	w.at(t, "/train", "Train")
}

// followPreview changes a setting of a step that is not added, twice, and sees
// the preview follow each time.
func (w *window) followPreview(t *testing.T) {
	t.Helper()
	w.press(t, `document.querySelector('nav.steps a[href="/prepare"]')`)
	w.at(t, "/prepare", "Prepare")
	const form, preview = `document.querySelector("#preview-scale").closest("form")`, `document.querySelector("#preview-scale").innerText`
	w.press(t, form+`.closest("details.family").querySelector("summary")`)
	w.press(t, form+`.closest("details").querySelector("summary")`)
	for _, method := range []string{"min_max", "robust"} {
		before, err := js[string](w, preview)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := js[bool](w, `(list => { list.value = "`+method+`"; return list.dispatchEvent(new Event("change", {bubbles: true})) })(`+form+`.querySelector("select[name=method]"))`); err != nil {
			t.Fatal(err)
		}
		w.wait(t, preview+` !== `+strconv.Quote(before)+` && `+preview+`.includes("After")`)
	}
}

// train grows a forest, reloads meanwhile, and waits for its results.
func (w *window) train(t *testing.T) {
	t.Helper()
	w.grow(t)
	w.do(t, "reload", chromedp.Reload())
	w.wait(t, `location.pathname === "/runs/1" && document.querySelector("main progress") || location.pathname === "/results"`)
	w.at(t, "/results", "Results")
	w.wait(t, `document.querySelector(".verdict").textContent.length > 20 && document.querySelectorAll("main svg[role=img]").length >= 2`)
}

// grow starts a forest that is large enough to be seen growing, and sees it.
func (w *window) grow(t *testing.T) {
	t.Helper()
	const card = `document.querySelector("#learner-random_forest").closest(".card")`
	w.press(t, card+`.querySelector("label.pick")`)
	w.press(t, card+`.querySelector("summary")`)
	w.typeIn(t, "random_forest.n_estimators", "1500")
	w.typeIn(t, "random_forest.max_depth", "6")
	w.press(t, `document.querySelector("form#train .next button.primary")`)
	w.wait(t, `location.pathname === "/runs/1" && document.querySelector("main progress")`)
}

// typeIn replaces what stands in a field.
func (w *window) typeIn(t *testing.T, name, text string) {
	t.Helper()
	field := fmt.Sprintf(`document.querySelector('input[name=%q]')`, name)
	w.press(t, field)
	w.do(t, "type into "+name, chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(text))
	w.wait(t, fmt.Sprintf(`%s.value === %q`, field, text))
}

// takeModel downloads the model and compares its checksum with the page's.
func (w *window) takeModel(t *testing.T) {
	t.Helper()
	w.click(t, "Download the model")
	w.at(t, "/download", "Download")
	shown, err := js[string](w, `document.querySelector("code.hash").textContent`)
	if err != nil {
		t.Fatal(err)
	}
	model := w.download(t, "Download trained_model_run_1.pkl")
	if sum := sha256.Sum256(model); hex.EncodeToString(sum[:]) != shown {
		t.Errorf("the page shows the checksum %s, the file of %d bytes has %x", shown, len(model), sum)
	}
}

// clear deletes everything; no later page shows anything of it.
func (w *window) clear(t *testing.T) {
	t.Helper()
	w.press(t, `document.querySelector(".menu > summary")`)
	w.press(t, `document.querySelector(".menu button.danger")`)
	w.at(t, "/", "From a CSV file to a model that scikit-learn opens")
	w.wait(t, `document.querySelector("#flashes").textContent.includes("deleted") && !document.querySelector("header .file")`)
}
