package web

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"clicktrain/internal/waittest"
)

// openBrowser starts Chromium, and reports what its console complains of and
// which requests leave the site. The test is skipped where there is none.
func openBrowser(t *testing.T, s *site) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium to look at the page with")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(waittest.Context(t), options...)
	t.Cleanup(cancel)
	var mu sync.Mutex
	var faults []string
	fault := func(text string) {
		mu.Lock()
		defer mu.Unlock()
		faults = append(faults, text)
	}
	watch := func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
				fault(e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			fault(e.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, s.url) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
				fault("request to " + u)
			}
		}
	}
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(watch))
	t.Cleanup(cancel)
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, f := range faults {
			t.Errorf("in the browser: %s", f)
		}
	})
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// TestDocsInBrowser reads the description and calls an operation from its page.
func TestDocsInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	s := withOrders(newSite(t))
	ctx := openBrowser(t, s)
	const post = chromedp.CSS("#operations-API-post-api-orders-session_id ")
	err := chromedp.Do(ctx,
		chromedp.Navigate(s.url+"/docs"),
		chromedp.WaitVisible(chromedp.CSS("#operations-API-delete-api-orders-session_id")),
		chromedp.Click(post+"button.opblock-summary-control"),
		chromedp.SendKeys(post+`input[placeholder="session_id"]`, "from-the-docs"),
		chromedp.Click(post+"button.execute"),
		chromedp.WaitVisible(post+".live-responses-table .response-col_status"),
	)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := chromedp.Run(ctx, chromedp.Text(post+".live-responses-table"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(answer, "200") || !strings.Contains(answer, "from-the-docs") {
		t.Errorf("the call from the page was answered with %s", answer)
	}
}
