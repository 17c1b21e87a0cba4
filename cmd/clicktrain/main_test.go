package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// lines is a log that is read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func none(string) string { return "" }

// start runs the program as main does and returns the address it logs.
func start(t *testing.T, args ...string) (url string, stop func() error, log *lines) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	log = new(lines)
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"--addr", "127.0.0.1:0"}, args...), none, strings.NewReader(""), io.Discard, log)
	}()
	ready := regexp.MustCompile(`ClickTrain is ready: (http://localhost:\d+)`)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if m := ready.FindStringSubmatch(log.String()); m != nil {
			return m[1], func() error { cancel(); return <-ended }, log
		}
		select {
		case err := <-ended:
			t.Fatalf("run ended with %v:\n%s", err, log)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("no address in the log:\n%s", log)
		}
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestServeAndStop(t *testing.T) {
	url, stop, log := start(t, "--log-format", "json")
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	if status, body := get(t, url+"/health"); status != 200 || strings.TrimSpace(body) != `{"status":"healthy"}` {
		t.Errorf("/health = %d %s", status, body)
	}
	addr := strings.TrimPrefix(url, "http://")
	if err := run(t.Context(), []string{"healthcheck", "--addr", addr}, none, nil, io.Discard, io.Discard); err != nil {
		t.Errorf("healthcheck of a running server = %v", err)
	}
	if err := stop(); err != nil {
		t.Errorf("stopping = %v", err)
	}
	if !strings.Contains(log.String(), `"msg":"stopping"`) {
		t.Errorf("no JSON line for the stop:\n%s", log)
	}
	if err := run(t.Context(), []string{"healthcheck", "--addr", addr}, none, nil, io.Discard, io.Discard); err == nil {
		t.Error("healthcheck of a stopped server passed")
	}
	http.DefaultClient.CloseIdleConnections()
}

// TestStopWaitsForRequests checks that what was begun is answered.
func TestStopWaitsForRequests(t *testing.T) {
	url, stop, _ := start(t)
	reader, writer := io.Pipe()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/theme", reader)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	answered := make(chan int, 1)
	go func() {
		resp, err := client.Do(req)
		if err != nil {
			answered <- 0
			return
		}
		resp.Body.Close()
		answered <- resp.StatusCode
	}()
	if _, err := io.WriteString(writer, "theme=dark"); err != nil { // the request is under way
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	select {
	case err := <-ended:
		t.Fatalf("the server ended with a request in flight: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	writer.Close()
	if status := <-answered; status != http.StatusSeeOther {
		t.Errorf("the request in flight = %d, want %d", status, http.StatusSeeOther)
	}
	if err := <-ended; err != nil {
		t.Errorf("stopping = %v", err)
	}
}

// TestStopGivesUp checks that a request which does not end is cut off.
func TestStopGivesUp(t *testing.T) {
	url, stop, _ := start(t, "--shutdown-timeout", "100ms")
	reader, writer := io.Pipe()
	defer writer.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/theme", reader)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	go func() {
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
		}
	}()
	if _, err := io.WriteString(writer, "theme="); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	begun := time.Now()
	if err := stop(); err != nil {
		t.Errorf("stopping = %v", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

func TestCommands(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"version"}, none, nil, &out, io.Discard); err != nil || out.String() != "clicktrain dev\n" {
		t.Errorf("version = %q, %v", out.String(), err)
	}
	out.Reset()
	if err := run(t.Context(), []string{"--help"}, none, nil, &out, io.Discard); err != nil || !strings.Contains(out.String(), "http://localhost:8000") {
		t.Errorf("--help = %q, %v", out.String(), err)
	}
	for _, args := range [][]string{{"--addr", "nonsense"}, {"--jobs", "0"}, {"dance"}, {"healthcheck", "--addr", "x"}, {"--addr", "192.0.2.1:1"}} {
		if err := run(t.Context(), args, none, nil, io.Discard, io.Discard); err == nil {
			t.Errorf("run(%q) = nil, want an error", args)
		}
	}
	weak := func(name string) string {
		if name == "CLICKTRAIN_SESSION_KEY" {
			return "x"
		}
		return ""
	}
	if err := run(t.Context(), nil, weak, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "at least 32") {
		t.Errorf("a start with a weak key = %v", err)
	}
}
