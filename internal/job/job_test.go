package job

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/problem"
	"clicktrain/internal/waittest"
)

// testRunner returns a runner that is closed, with all its processes gone,
// when the test ends.
func testRunner(t *testing.T, change func(*Options)) *Runner {
	t.Helper()
	opts := testOptions("worker")
	if change != nil {
		change(&opts)
	}
	r := New(opts)
	t.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		r.Close(ctx)
	})
	return r
}

func submit(t *testing.T, r *Runner, task Task) *Job {
	t.Helper()
	if task.Result == nil {
		task.Result = discard
	}
	j, err := r.Submit(task)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func wait(t *testing.T, j *Job) Snapshot {
	t.Helper()
	s, err := j.Wait(waittest.Context(t))
	if err != nil {
		t.Fatalf("job %s is still %s: %v", j.ID, s.State, err)
	}
	return s
}

// until waits for a snapshot that satisfies ok.
func until(t *testing.T, j *Job, ok func(Snapshot) bool) Snapshot {
	t.Helper()
	ctx := waittest.Context(t)
	for {
		changed := j.Changed()
		s := j.State()
		if ok(s) {
			return s
		}
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatalf("job stays %+v", s)
		}
	}
}

func isRunning(s Snapshot) bool { return s.Step == "sleep" }

func TestSuccess(t *testing.T) {
	r := testRunner(t, nil)
	var got []byte
	var done []Snapshot
	var j *Job
	ready := make(chan struct{})
	j = submit(t, r, Task{
		Payload: text("echo\nthe result"),
		Result:  func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err },
		Done: func(s Snapshot) {
			<-ready
			if now := j.State(); now.State.Over() {
				t.Errorf("the state was %s before Done returned", now.State)
			}
			done = append(done, s)
		},
	})
	close(ready)
	s := wait(t, j)
	if s.State != Succeeded || s.Progress != 1 || s.Problem != nil || s.Reason != "" {
		t.Errorf("state = %+v", s)
	}
	if string(got) != "the result" {
		t.Errorf("result = %q", got)
	}
	if len(done) != 1 || !cmp.Equal(done[0], s) {
		t.Errorf("Done got %+v, want %+v once", done, s)
	}
	if s.Started.Before(s.Created) || s.Finished.Before(s.Started) || s.Created.IsZero() {
		t.Errorf("times are out of order: %+v", s)
	}
	if len(s.ID) != 32 || s.ID != j.ID {
		t.Errorf("ID = %q, want 32 hex digits", s.ID)
	}
	j.Cancel()
	if now := j.State(); now.State != Succeeded {
		t.Errorf("Cancel made a finished job %s", now.State)
	}
}

func TestProgress(t *testing.T) {
	r := testRunner(t, nil)
	j := submit(t, r, Task{Payload: text("count\n")})
	last := 0.0
	until(t, j, func(s Snapshot) bool {
		if s.Progress < last {
			t.Errorf("progress fell from %v to %v", last, s.Progress)
		}
		last = s.Progress
		return s.State.Over()
	})
	var steps []string
	for _, b := range j.State().Begun {
		steps = append(steps, b.Step)
	}
	if want := []string{Starting, "read", "fit", "score"}; !slices.Equal(steps, want) {
		t.Errorf("steps = %q, want %q", steps, want)
	}
	if s := j.State(); s.State != Succeeded || last != 1 {
		t.Errorf("state %s with progress %v", s.State, last)
	}
}

func TestLargePayload(t *testing.T) {
	r := testRunner(t, nil)
	payload := make([]byte, 50<<20)
	chacha := rand.NewChaCha8([32]byte{1})
	chacha.Read(payload)
	want := sha256.Sum256(payload)
	var got []byte
	j := submit(t, r, Task{
		Payload: func(w io.Writer) error {
			if err := text("hash\n")(w); err != nil {
				return err
			}
			_, err := w.Write(payload)
			return err
		},
		Result: func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err },
	})
	if s := wait(t, j); s.State != Succeeded || !bytes.Equal(got, want[:]) {
		t.Errorf("state %s, sum %x, want %x", s.State, got, want)
	}
	var back []byte
	j = submit(t, r, Task{
		Payload: func(w io.Writer) error {
			_, err := io.Copy(w, io.MultiReader(strings.NewReader("echo\n"), bytes.NewReader(payload)))
			return err
		},
		Result: func(r io.Reader) (err error) { back, err = io.ReadAll(r); return err },
	})
	if s := wait(t, j); s.State != Succeeded || !bytes.Equal(back, payload) {
		t.Errorf("state %s, %d bytes back of %d", s.State, len(back), len(payload))
	}
}

func TestFailures(t *testing.T) {
	const crash = "The run stopped unexpectedly; nothing else was affected."
	refused := problem.Field("alpha", "alpha must be at least 0, got -1.").WithHint("Use 1.")
	refused.Column, refused.Line, refused.Value = "a\x00ge", 7, "-1"
	tests := []struct {
		name    string
		role    string
		verb    string
		reason  Reason
		kind    problem.Kind
		message string
		log     string
	}{
		{name: "refused", verb: "refuse", reason: Refused, kind: problem.Invalid, message: refused.Message},
		{name: "refused while writing the result", verb: "fail-late", reason: Refused, kind: problem.Invalid, message: "It came to nothing."},
		{name: "plain error", verb: "fail", reason: Crash, message: crash, log: "secret detail"},
		{name: "unknown verb", verb: "x", reason: Crash, message: crash, log: "no such verb"},
		{name: "panic", verb: "panic", reason: Crash, message: crash, log: "at the disco"},
		{name: "panic in a goroutine", verb: "panic-elsewhere", reason: Crash, message: crash, log: "in a goroutine"},
		{name: "exit 0", verb: "exit 0", reason: Crash, message: crash},
		{name: "exit 3", verb: "exit 3", reason: Crash, message: crash, log: "exit status 3"},
		{name: "garbage", role: "garbage", reason: Crash, message: crash, log: "breaks the protocol"},
		{name: "silence", role: "silent", reason: Crash, message: crash},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log syncBuffer
			r := testRunner(t, func(o *Options) {
				if tt.role != "" {
					o.Command = testOptions(tt.role).Command
				}
				o.Log = slog.New(slog.NewTextHandler(&log, nil))
			})
			s := wait(t, submit(t, r, Task{Owner: "cookie", Payload: text(tt.verb + "\n")}))
			if s.State != Failed || s.Reason != tt.reason || s.Problem.Kind != tt.kind || s.Problem.Message != tt.message {
				t.Errorf("state %s, reason %s, problem %+v, want %s %q", s.State, s.Reason, s.Problem, tt.reason, tt.message)
			}
			if tt.verb == "refuse" && !cmp.Equal(s.Problem, refused) {
				t.Errorf("problem differs: %s", cmp.Diff(refused, s.Problem))
			}
			if !strings.Contains(log.String(), tt.log) {
				t.Errorf("log lacks %q:\n%s", tt.log, log.String())
			}
			if strings.Contains(log.String(), "cookie") {
				t.Error("the log holds the owner")
			}
			// The runner is as good as before.
			if s := wait(t, submit(t, r, Task{Payload: text("echo\n")})); tt.role == "" && s.State != Succeeded {
				t.Errorf("the next job is %+v", s)
			}
		})
	}
}

func TestCallbackFaults(t *testing.T) {
	broken := errors.New("broken")
	tests := []struct {
		name string
		task Task
		want State
	}{
		{"payload fails", Task{Payload: func(io.Writer) error { return broken }}, Failed},
		{"payload panics", Task{Payload: func(io.Writer) error { panic(broken) }}, Failed},
		{"result fails", Task{Payload: text("echo\nx"), Result: func(io.Reader) error { return broken }}, Failed},
		{"result panics", Task{Payload: text("echo\nx"), Result: func(io.Reader) error { panic(broken) }}, Failed},
		{"result reads nothing", Task{Payload: text("echo\nx" + strings.Repeat("x", 1<<20)), Result: func(io.Reader) error { return nil }}, Succeeded},
		{"done panics", Task{Payload: text("echo\n"), Done: func(Snapshot) { panic(broken) }}, Succeeded},
		{"no payload", Task{}, Failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := testRunner(t, nil)
			s := wait(t, submit(t, r, tt.task))
			if s.State != tt.want || s.State == Failed && s.Reason != Crash {
				t.Errorf("state = %+v, want %s", s, tt.want)
			}
		})
	}
}

func TestNoWorker(t *testing.T) {
	r := testRunner(t, func(o *Options) {
		o.Command = func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, "/nonexistent") }
	})
	if s := wait(t, submit(t, r, Task{Payload: text("echo\n")})); s.Reason != Crash {
		t.Errorf("state = %+v", s)
	}
}

func TestClose(t *testing.T) {
	r := New(testOptions("worker"))
	running := submit(t, r, Task{Owner: "a", Payload: text("count\n")})
	queued := submit(t, r, Task{Owner: "a", Payload: text("sleep\n")})
	if err := r.Close(t.Context()); err != nil {
		t.Errorf("Close = %v", err)
	}
	if s := running.State(); s.State != Succeeded {
		t.Errorf("the running job became %+v", s)
	}
	if s := queued.State(); s.State != Failed || s.Reason != Shutdown {
		t.Errorf("the waiting job became %+v", s)
	}
	if _, err := r.Submit(Task{}); err == nil {
		t.Error("a closed runner took a job")
	}
}

func TestCloseKills(t *testing.T) {
	r := New(testOptions("worker"))
	j := submit(t, r, Task{Payload: text("ignore\n")})
	until(t, j, isRunning)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := r.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Close = %v", err)
	}
	if s := j.State(); s.State != Failed || s.Reason != Shutdown {
		t.Errorf("state = %+v", s)
	}
}

func TestWaitGivesUp(t *testing.T) {
	r := testRunner(t, nil)
	j := submit(t, r, Task{Payload: text("sleep\n")})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := j.Wait(ctx); !errors.Is(err, context.Canceled) || s.State != Running {
		t.Errorf("Wait = %s, %v", s.State, err)
	}
}

// TestChildStatus looks at a child from within: its priority and environment.
func TestChildStatus(t *testing.T) {
	t.Setenv("CLICKTRAIN_KEY", "secret")
	r := testRunner(t, func(o *Options) { o.MemoryLimit, o.Command = 1<<30, testOptions("lowered").Command })
	var got []byte
	wait(t, submit(t, r, Task{
		Payload: text("status\n"),
		Result:  func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err },
	}))
	if runtime.GOOS == "linux" && !strings.HasPrefix(string(got), "0 ") {
		t.Errorf("threads above the lowest priority: %s", got)
	}
	if bytes.Contains(got, []byte("secret")) || !bytes.Contains(got, []byte("GOMEMLIMIT=912680550")) {
		t.Errorf("environment: %s", got)
	}
}

// syncBuffer is a bytes.Buffer for many goroutines.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
