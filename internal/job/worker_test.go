package job

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"clicktrain/internal/problem"
)

// workerEnv makes the test binary act as a child process.
const workerEnv = "JOB_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(workerEnv) {
	case "lowered":
		LowerPriority()
		fallthrough
	case "worker":
		if err := Serve(os.Stdin, os.Stdout, testHandler); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	case "parent":
		actAsParent()
	case "garbage":
		fmt.Print("Hello, this is no message.")
		forever()
	case "silent":
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// testHandler does what the payload's first line says.
func testHandler(ctx context.Context, payload io.Reader, report func(float64, string)) (func(io.Writer) error, error) {
	all, err := io.ReadAll(payload)
	if err != nil {
		return nil, err
	}
	verb, rest, _ := bytes.Cut(all, []byte("\n"))
	word, arg, _ := strings.Cut(string(verb), " ")
	switch word {
	case "echo":
		return func(w io.Writer) error { _, err := w.Write(rest); return err }, nil
	case "hash":
		sum := sha256.Sum256(rest)
		return func(w io.Writer) error { _, err := w.Write(sum[:]); return err }, nil
	case "count":
		for i, step := range []string{"read", "fit", "score"} {
			report(float64(i)/3, step)
			time.Sleep(reportEvery) // so that the second is sent too
			report(float64(i)/3+0.1, step)
		}
		report(-5, "score") // never falls
		return nil, nil
	case "refuse":
		p := problem.Field("alpha", "alpha must be at least 0, got %s.", "-1").WithHint("Use 1.")
		p.Column, p.Line, p.Value = "a\x00ge\xff", 7, "-1"
		return nil, fmt.Errorf("fit: %w", p)
	case "fail":
		return nil, errors.New("secret detail")
	case "panic":
		panic("at the disco")
	case "panic-elsewhere":
		go panic("in a goroutine")
		forever()
	case "fail-late":
		return func(w io.Writer) error {
			io.Copy(w, io.LimitReader(zeros{}, 3*maxPart))
			return problem.New(problem.Invalid, "It came to nothing.")
		}, nil
	case "exit":
		code, _ := strconv.Atoi(arg)
		os.Exit(code)
	case "grab": // more at once than any system gives
		for range 200 { // whose stacks are printed after the reason
			go forever()
		}
		return nil, fmt.Errorf("got %d bytes", len(make([]byte, 1<<47)))
	case "hoard":
		hoard()
	case "sleep", "ignore":
		if arg != "" {
			os.WriteFile(arg, []byte(strconv.Itoa(os.Getpid())), 0o600)
		}
		report(0.5, "sleep")
		if word == "ignore" {
			forever()
		}
		<-ctx.Done()
		return nil, context.Cause(ctx)
	case "status":
		text := fmt.Sprintf("%d %q", threadsNotLowered(), os.Environ())
		return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }, nil
	}
	return nil, fmt.Errorf("no such verb: %q", verb)
}

// forever is not select{}, which the runtime would call a deadlock.
func forever() {
	for {
		time.Sleep(time.Hour)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// hoard takes 512 MB of memory and keeps them until the process is killed.
func hoard() {
	all := make([]byte, 512<<20)
	for i := 0; i < len(all); i += 4096 {
		all[i] = 1
	}
	forever()
	runtime.KeepAlive(all)
}

// threadsNotLowered counts the threads of this process with another niceness
// than 19; -1 is unknown.
func threadsNotLowered() int {
	stats, err := filepath.Glob("/proc/self/task/*/stat")
	if err != nil || len(stats) == 0 {
		return -1
	}
	n := 0
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // the thread has ended
		}
		after := text[bytes.LastIndexByte(text, ')')+1:]
		if string(bytes.Fields(after)[16]) != "19" {
			n++
		}
	}
	return n
}

// actAsParent runs one job that sleeps, for a test to kill its parent.
func actAsParent() {
	r := New(testOptions("worker"))
	_, err := r.Submit(Task{Payload: text("ignore " + os.Args[1]), Result: discard})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test ends
}

// testOptions are the defaults with this test binary as the child.
func testOptions(role string) Options {
	o := Defaults()
	self := Self()
	o.Command = func(ctx context.Context) *exec.Cmd {
		cmd := self(ctx)
		// The race detector would wait a second before each exit.
		cmd.Env = []string{workerEnv + "=" + role, "GORACE=atexit_sleep_ms=0"}
		return cmd
	}
	return o
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func discard(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }

// TestServeWithoutParent closes a handler's standard input, as the system does
// when the parent is gone: the handler's context has to end.
func TestServeWithoutParent(t *testing.T) {
	tests := []struct{ name, stdin string }{
		{"after the payload", message(kindPart, "sleep") + message(kindEnd, "")},
		{"within the payload", message(kindPart, "sleep")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			orphaned := make(chan bool, 1)
			err := serve(strings.NewReader(tt.stdin), &out, testHandler, func(served <-chan struct{}) {
				<-served
				orphaned <- true
			})
			if err == nil || !strings.Contains(err.Error(), "parent") && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("serve = %v", err)
			}
			<-orphaned
		})
	}
}

func TestServeLogsItsPanic(t *testing.T) {
	var out bytes.Buffer
	err := serve(strings.NewReader(message(kindPart, "panic")+message(kindEnd, "")), &out, testHandler, func(<-chan struct{}) {})
	if err == nil || !strings.Contains(err.Error(), "at the disco") || !strings.Contains(err.Error(), "testHandler") {
		t.Errorf("serve = %v, want the panic with its stack", err)
	}
	if bytes.Contains(out.Bytes(), []byte("disco")) {
		t.Errorf("the parent was told: %q", out.Bytes())
	}
}
