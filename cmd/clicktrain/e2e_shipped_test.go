package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"clicktrain/internal/waittest"
)

// TestShippedWorker starts the program as a person does, in a process of its
// own and with a secret in its environment, and looks at its worker from
// outside: it knows nothing of the server's environment, and yields to all
// other processes.
func TestShippedWorker(t *testing.T) {
	const key = "0123456789abcdef0123456789abcdef"
	log := new(lines)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server := exec.CommandContext(ctx, "/proc/self/exe", "--addr", "127.0.0.1:0")
	server.Args[0] = asProgram
	server.Env = append(os.Environ(), "CLICKTRAIN_SESSION_KEY="+key, "HTTPS_PROXY=http://person:password@proxy.test")
	server.Stderr = log
	workersOf(t, os.Getpid()) // skips where there is no /proc
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ready := regexp.MustCompile(`ClickTrain is ready: (http://localhost:\d+)`)
	waittest.Until(t, "the server is ready", func() bool { return ready.MatchString(log.String()) })
	c := (&program{url: ready.FindStringSubmatch(log.String())[1], log: log}).visitor(t)
	c.begin(t)
	pids := workersOf(t, server.Process.Pid)
	if len(pids) != 1 {
		t.Fatalf("%d workers run, want 1", len(pids))
	}
	dir := fmt.Sprintf("/proc/%d", pids[0])
	environ, err := os.ReadFile(filepath.Join(dir, "environ"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Split(strings.TrimSuffix(string(environ), "\x00"), "\x00"); len(got) != 1 || !strings.HasPrefix(got[0], "GOMEMLIMIT=") {
		t.Errorf("the worker's environment has the variables %q, want GOMEMLIMIT alone", names(got))
	}
	threads, err := filepath.Glob(filepath.Join(dir, "task/*/stat"))
	if err != nil || len(threads) == 0 {
		t.Fatalf("the worker has %d threads, %v", len(threads), err)
	}
	for _, path := range threads {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // the thread has ended
		}
		if nice := string(bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])[16]); nice != "19" {
			t.Errorf("a thread of the worker has niceness %s, want 19", nice)
		}
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server ended with %v:\n%s", err, log)
	}
	waittest.Until(t, "the worker is gone", func() bool { _, err := os.Stat(dir); return err != nil })
	if strings.Contains(log.String(), key) {
		t.Error("the log has the session key")
	}
}

// names are those of NAME=value pairs.
func names(pairs []string) []string {
	var out []string
	for _, p := range pairs {
		name, _, _ := strings.Cut(p, "=")
		out = append(out, name)
	}
	return out
}
