package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"clicktrain/internal/waittest"
)

// window is a Chromium window on the program.
type window struct {
	*program
	ctx    context.Context
	dir    string // where downloads go
	faults *faults
}

// faults collects what a browser complains of.
type faults struct {
	mu      sync.Mutex
	list    []string
	allowed string // a part of what may be complained of; "" is nothing
}

func (f *faults) add(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	text := fmt.Sprintf(format, args...)
	if f.allowed == "" || !strings.Contains(text, f.allowed) {
		f.list = append(f.list, text)
	}
}

// watch returns a listener for a window's events. What the console says, what
// the content security policy stops, dialogs and requests to elsewhere are
// faults.
func (f *faults) watch(home string) func(any) {
	return func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if strings.HasPrefix(e.Entry.Text, "Clear-Site-Data header on") {
				return // Chromium tells that it did as it was told
			}
			f.add("%s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL)
		case *runtime.EventExceptionThrown:
			f.add("exception: %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			f.add("console: %s", e.Type)
		case *page.EventJavascriptDialogOpening:
			f.add("dialog: %s", e.Message)
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, home) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
				f.add("request to %s", u)
			}
		}
	}
}

// open starts Chromium on the program. Any fault that it finds fails the test.
func (p *program) open(t *testing.T, scripts bool) *window {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(waittest.Context(t), options...)
	t.Cleanup(cancel)
	found := new(faults)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(found.watch(p.url)))
	t.Cleanup(cancel)
	t.Cleanup(func() {
		found.mu.Lock()
		defer found.mu.Unlock()
		for _, f := range found.list {
			t.Errorf("in the browser: %s", f)
		}
	})
	if err := chromedp.Do(ctx); err != nil { // starts the browser, which ends with this context
		t.Fatal(err)
	}
	w := &window{p, ctx, t.TempDir(), found}
	w.prepare(t, scripts)
	return w
}

func (w *window) prepare(t *testing.T, scripts bool) {
	t.Helper()
	w.do(t, "prepare the window", chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, log.Enable, cdp.Empty{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: w.dir, EventsEnabled: new(true),
		})
		return err
	}))
}

// do runs steps in the window.
func (w *window) do(t *testing.T, what string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(w.ctx, steps...); err != nil {
		t.Fatalf("%s: %v\non the page:\n%s", what, err, w.text())
	}
}

// text returns the text of the page, as far as it can be had.
func (w *window) text() string {
	text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.querySelector("main")?.innerText ?? "")`))
	if err != nil {
		return err.Error()
	}
	return text[:min(len(text), 1500)]
}

// click presses the button, link, label or summary in the page's content that
// has the text.
func (w *window) click(t *testing.T, text string) {
	t.Helper()
	w.press(t, fmt.Sprintf(`[...document.querySelectorAll("main button, main a, main label, main summary")].find(e => e.textContent.includes(%q))`, text))
}

// press moves the mouse to the element that an expression finds and presses
// it, as soon as it is there and nothing covers it.
func (w *window) press(t *testing.T, element string) {
	t.Helper()
	const place = `(e => {
		if (!e || document.readyState !== "complete") return null;
		e.scrollIntoView({block: "center", behavior: "instant"});
		const box = e.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
		return box.width > 0 && e.contains(document.elementFromPoint(x, y)) ? [x, y] : null;
	})`
	var at []float64
	waittest.Until(t, "there is something to press: "+element, func() bool {
		if w.ctx.Err() != nil {
			t.Fatal(w.ctx.Err())
		}
		at, _ = js[[]float64](w, place+"("+element+")") // fails while a page goes
		return len(at) == 2
	})
	w.do(t, "press "+element, chromedp.MouseClickXY(at[0], at[1]))
}

// js returns what an expression gives, once it gives it on a page that is
// loaded.
func js[T any](w *window, expression string) (T, error) {
	return chromedp.Run(w.ctx, chromedp.Evaluate[T](expression))
}

// wait waits until an expression holds on a page that is loaded whole.
func (w *window) wait(t *testing.T, expression string) {
	t.Helper()
	waittest.Until(t, expression, func() bool {
		if w.ctx.Err() != nil {
			t.Fatal(w.ctx.Err())
		}
		ok, err := js[bool](w, `document.readyState === "complete" && !!(`+expression+`)`)
		return err == nil && ok
	})
}

// at waits until the page of that path and heading is shown.
func (w *window) at(t *testing.T, path, heading string) {
	t.Helper()
	w.wait(t, fmt.Sprintf(`location.pathname === %q && document.querySelector("main h1")?.textContent === %q`, path, heading))
}

// back and forward move in the window's history by as many steps as delta.
func (w *window) history(t *testing.T, delta int) {
	t.Helper()
	// The browser learns of an address that a script pushed a moment later.
	var list page.GetNavigationHistoryResult
	waittest.Until(t, "the history is where the page is", func() bool {
		here, err := chromedp.Run(w.ctx, chromedp.Evaluate[string]("location.href"))
		if err != nil {
			t.Fatal(err)
		}
		if list, err = chromedp.Run(w.ctx, chromedp.NavigationEntries()); err != nil {
			t.Fatal(err)
		}
		return list.Entries[list.CurrentIndex].URL == here
	})
	to := int(list.CurrentIndex) + delta
	if to < 0 || to >= len(list.Entries) {
		t.Fatalf("the history has no entry %d of %d", to, len(list.Entries))
	}
	w.do(t, "move in the history", chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: list.Entries[to].ID})
		return err
	}))
}

// download presses a link and returns the file that comes.
func (w *window) download(t *testing.T, text string) []byte {
	t.Helper()
	progress := chromedp.Events(w.ctx, browser.DownloadProgress)
	w.click(t, text)
	for e, err := range progress {
		if err != nil {
			t.Fatalf("download: %v", err)
		}
		switch e.State {
		case browser.DownloadProgressStateCanceled:
			t.Fatal("the download was broken off")
		case browser.DownloadProgressStateCompleted:
			file, err := os.ReadFile(filepath.Join(w.dir, e.GUID))
			if err != nil {
				t.Fatal(err)
			}
			return file
		}
	}
	t.Fatal("no download came")
	return nil
}
