package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"clicktrain/internal/waittest"
)

// slowForest is a training that lasts far longer than any test.
const slowForest = `{"algorithm": "random_forest", "target_column": "median_house_value", "params": {"n_estimators": 5000}}`

// workers returns the worker processes that this process has started.
func workers(t *testing.T) []int {
	t.Helper()
	return workersOf(t, os.Getpid())
}

// workersOf returns the worker processes that a process has started.
func workersOf(t *testing.T, parent int) []int {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc to find worker processes")
	}
	entries, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, dir := range entries {
		stat, err := os.ReadFile(filepath.Join(dir, "stat"))
		if err != nil {
			continue // it has ended meanwhile
		}
		line, err := os.ReadFile(filepath.Join(dir, "cmdline"))
		if err != nil || !strings.Contains(string(line), "\x00worker\x00") {
			continue
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err == nil && fields[0] != "Z" && fields[1] == strconv.Itoa(parent) {
			out = append(out, pid)
		}
	}
	return out
}

// begin uploads housing and starts the slow forest; it returns when the trees
// grow.
func (c *client) begin(t *testing.T) (session, run string) {
	t.Helper()
	var up uploadAnswer
	c.upload(t, "/api/upload", "housing.csv", sampleCSV(t, "housing")).want(t, 201).json(t, &up)
	var begun runAnswer
	c.send(t, "/api/training/"+up.SessionID, slowForest, "Prefer: respond-async").want(t, 202).json(t, &begun)
	waittest.Until(t, "trees grow", func() bool {
		at := c.run(t, begun.RunID)
		if at.State == "failed" {
			t.Fatalf("the run failed: %+v", at.Problem)
		}
		return at.State == "running" && at.Progress > 0
	})
	return up.SessionID, begun.RunID
}

func (c *client) run(t *testing.T, id string) runAnswer {
	t.Helper()
	var at runAnswer
	c.get(t, "/api/runs/"+id).want(t, 200).json(t, &at)
	return at
}

// TestCancel stops a growing forest from the API: it ends long before it would,
// with its process, and the session goes on.
func TestCancel(t *testing.T) {
	c := launch(t).visitor(t)
	session, run := c.begin(t)
	if n := len(workers(t)); n != 1 {
		t.Fatalf("%d workers run, want 1", n)
	}
	var twin runAnswer
	c.send(t, "/api/training/"+session, slowForest, "Prefer: respond-async").want(t, 202).json(t, &twin)
	if twin.RunID != run {
		t.Error("the same training was started twice")
	}
	c.ask(t, http.MethodDelete, "/api/runs/"+run, nil)
	waittest.Until(t, "the run is cancelled", func() bool { return c.run(t, run).State == "cancelled" })
	waittest.Until(t, "the worker is gone", func() bool { return len(workers(t)) == 0 })
	c.get(t, "/api/export/"+session+"?run_id="+run).want(t, 404)
	c.trainQuickly(t, session)
}

// trainQuickly shows that a session still works.
func (c *client) trainQuickly(t *testing.T, session string) {
	t.Helper()
	c.send(t, "/api/training/"+session, `{"algorithm": "linear_regression", "target_column": "median_house_value"}`).want(t, 200)
	c.get(t, "/api/export/"+session).want(t, 200)
}

// TestCancelFromPage does the same by the page's button.
func TestCancelFromPage(t *testing.T) {
	c := launch(t).visitor(t)
	c.upload(t, "/upload", "housing.csv", sampleCSV(t, "housing")).want(t, 200)
	page := c.get(t, "/train").html(t)
	running := c.submit(t, page, "/train", "Train", "learner=random_forest", "random_forest.n_estimators=5000").want(t, 200)
	wantPath(t, running, "/runs/1")
	stopped := c.submit(t, running.html(t), "/runs/1/cancel", "Cancel").want(t, 200)
	wantPath(t, stopped, "/runs/1")
	waittest.Until(t, "the page says that training was cancelled", func() bool {
		return c.get(t, "/runs/1").want(t, 200).html(t).Find("main h1").Text() == "Training was cancelled"
	})
	waittest.Until(t, "the worker is gone", func() bool { return len(workers(t)) == 0 })
}

// TestKilledWorker kills a training's process from outside: that run fails and
// says so, and everything else goes on.
func TestKilledWorker(t *testing.T) {
	p := launch(t)
	p.mayFail = true
	c := p.visitor(t)
	session, run := c.begin(t)
	for _, pid := range workers(t) {
		worker, err := os.FindProcess(pid)
		if err == nil {
			err = worker.Kill()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var at runAnswer
	waittest.Until(t, "the run has failed", func() bool { at = c.run(t, run); return at.State == "failed" })
	if at.Problem == nil || !strings.Contains(at.Problem.Detail, "The run stopped unexpectedly") || at.Problem.Hint == "" {
		t.Errorf("the run's problem = %+v", at.Problem)
	}
	c.trainQuickly(t, session)
	for _, word := range []string{"goroutine", ".go:", "signal"} {
		if body := fmt.Sprintf("%+v", at.Problem); strings.Contains(body, word) {
			t.Errorf("the problem shows its insides: %s", body)
		}
	}
}

// TestClearEndsRuns checks that data that is deleted takes its training along.
func TestClearEndsRuns(t *testing.T) {
	c := launch(t).visitor(t)
	session, run := c.begin(t)
	c.checkGone(t, session, run)
	waittest.Until(t, "the worker is gone", func() bool { return len(workers(t)) == 0 })
}

// TestStopEndsRuns checks that a server that stops leaves no worker behind.
func TestStopEndsRuns(t *testing.T) {
	url, stop, log := start(t)
	c := (&program{url: url, log: log}).visitor(t)
	c.begin(t)
	if err := stop(); err != nil {
		t.Error(err)
	}
	waittest.Until(t, "the worker is gone", func() bool { return len(workers(t)) == 0 })
}
