package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"clicktrain/internal/waittest"
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
	var found []string
	waittest.Until(t, "the address is in the log", func() bool {
		select {
		case err := <-ended:
			t.Fatalf("run ended with %v:\n%s", err, log)
		default:
		}
		found = ready.FindStringSubmatch(log.String())
		return found != nil
	})
	return found[1], func() error { cancel(); return <-ended }, log
}

// half sends the head of a form and the beginning of its body, and returns
// when the server reads that: only a handler that reads asks for a body whose
// sender waits for it. The form's end is where the writer is closed.
func half(t *testing.T, url, body string) (rest *io.PipeWriter, answered <-chan int) {
	t.Helper()
	reader, writer := io.Pipe()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, reader)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Expect", "100-continue")
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{ExpectContinueTimeout: time.Hour},
	}
	t.Cleanup(client.CloseIdleConnections)
	status := make(chan int, 1)
	go func() {
		resp, err := client.Do(req)
		if err != nil {
			status <- 0
			return
		}
		resp.Body.Close()
		status <- resp.StatusCode
	}()
	if _, err := io.WriteString(writer, body); err != nil {
		t.Fatal(err)
	}
	return writer, status
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
	rest, answered := half(t, url+"/theme", "theme=dark")
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	waittest.Until(t, "no connection is taken any more", func() bool {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	select {
	case err := <-ended:
		t.Fatalf("the server ended with a request in flight: %v", err)
	default:
	}
	rest.Close()
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
	rest, answered := half(t, url+"/theme", "theme=")
	if err := stop(); err != nil {
		t.Errorf("stopping = %v", err)
	}
	rest.Close() // too late
	if status := <-answered; status != 0 {
		t.Errorf("the request was answered with %d, want it cut off", status)
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
