package job

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"clicktrain/internal/problem"
	"clicktrain/internal/waittest"
)

func TestMemoryLimit(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is watched on Linux alone")
	}
	r := testRunner(t, func(o *Options) { o.MemoryLimit = 128 << 20 })
	s := wait(t, submit(t, r, Task{Payload: text("hoard\n")}))
	if s.State != Failed || s.Reason != MemoryLimit || s.Problem.Message != "The run ran out of its 128 MB of memory." {
		t.Errorf("state %s, reason %s, problem %v", s.State, s.Reason, s.Problem)
	}
}

func TestMemoryThatIsNotGiven(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs the short tests, has an allocator of its own")
	}
	s := wait(t, submit(t, testRunner(t, nil), Task{Payload: text("grab\n")}))
	if s.State != Failed || s.Reason != MemoryLimit || s.Problem.Kind != problem.Invalid {
		t.Errorf("state %s, reason %s, problem %v", s.State, s.Reason, s.Problem)
	}
}

func TestTimeLimit(t *testing.T) {
	r := testRunner(t, func(o *Options) { o.TimeLimit = time.Second })
	s := wait(t, submit(t, r, Task{Payload: text("ignore\n")}))
	if s.State != Failed || s.Reason != TimeLimit || s.Problem.Message != "The run took longer than the 1 second it may take." {
		t.Errorf("state %s, reason %s, problem %v", s.State, s.Reason, s.Problem)
	}
}

// TestCancelRunning cancels a job that does not end by itself.
func TestCancelRunning(t *testing.T) {
	r := testRunner(t, nil)
	pidFile := filepath.Join(t.TempDir(), "pid")
	j := submit(t, r, Task{Payload: text("ignore " + pidFile)})
	until(t, j, isRunning)
	pid := readPID(t, pidFile)
	j.Cancel()
	j.Cancel() // once more does no harm
	s := wait(t, j)
	if s.State != Cancelled || s.Reason != "" || s.Problem.Message != "The run was cancelled." {
		t.Errorf("state = %+v", s)
	}
	if alive(pid) {
		t.Error("the process is still there")
	}
}

func TestCancelQueued(t *testing.T) {
	r := testRunner(t, func(o *Options) { o.Running = 1 })
	first := submit(t, r, Task{Payload: text("sleep\n")})
	var mu sync.Mutex // as of one whose lock is held around Cancel and taken in Done
	done := make(chan Snapshot, 1)
	second := submit(t, r, Task{Payload: text("sleep\n"), Done: func(s Snapshot) {
		mu.Lock()
		defer mu.Unlock()
		done <- s
	}})
	third := submit(t, r, Task{Payload: text("sleep\n")})
	if s := third.State(); s.State != Queued || s.QueuePosition != 2 {
		t.Errorf("third = %+v, want position 2", s)
	}
	changed := third.Changed()
	mu.Lock()
	second.Cancel()
	mu.Unlock()
	if s := wait(t, second); s.State != Cancelled || !s.Started.IsZero() {
		t.Errorf("second = %+v", s)
	}
	if s := <-done; s.State != Cancelled {
		t.Errorf("Done got %+v", s)
	}
	<-changed
	if s := third.State(); s.QueuePosition != 1 {
		t.Errorf("third = %+v, want position 1", s)
	}
	first.Cancel()
	until(t, third, isRunning)
}

func TestQueueLimits(t *testing.T) {
	r := testRunner(t, func(o *Options) { o.Queued = 4 })
	for owner, n := range map[string]int{"a": 4, "b": 2} {
		for range n { // a runs 1 and waits with 3, b runs 1 and waits with 1
			submit(t, r, Task{Owner: owner, Payload: text("sleep\n")})
		}
	}
	tests := []struct {
		owner string
		kind  problem.Kind
	}{{"a", problem.Quota}, {"b", problem.Busy}, {"c", problem.Busy}}
	for _, tt := range tests {
		_, err := r.Submit(Task{Owner: tt.owner, Payload: text("sleep\n"), Result: discard})
		if p, ok := problem.As(err); !ok || p.Kind != tt.kind || p.Hint == "" {
			t.Errorf("Submit for %s = %v, want a problem of kind %d with a hint", tt.owner, err, tt.kind)
		}
	}
}

func TestTurns(t *testing.T) {
	r := testRunner(t, func(o *Options) { o.Running = 1 })
	block := submit(t, r, Task{Owner: "z", Payload: text("sleep\n")})
	var mu sync.Mutex
	var order []string
	var jobs []*Job
	for _, name := range []string{"a1", "a2", "a3", "b1", "c1", "c2"} {
		jobs = append(jobs, submit(t, r, Task{Owner: name[:1], Payload: text("echo\n"), Done: func(Snapshot) {
			mu.Lock()
			defer mu.Unlock()
			order = append(order, name)
		}}))
	}
	var positions []int
	for _, j := range jobs {
		positions = append(positions, j.State().QueuePosition)
	}
	if want := []int{1, 4, 6, 2, 3, 5}; !slices.Equal(positions, want) {
		t.Errorf("positions = %v, want %v", positions, want)
	}
	block.Cancel()
	for _, j := range jobs {
		wait(t, j)
	}
	if want := []string{"a1", "b1", "c1", "a2", "c2", "a3"}; !slices.Equal(order, want) {
		t.Errorf("order = %q, want %q", order, want)
	}
}

func TestOwnerRunsOneAtATime(t *testing.T) {
	r := testRunner(t, nil)
	a1 := submit(t, r, Task{Owner: "a", Payload: text("sleep\n")})
	a2 := submit(t, r, Task{Owner: "a", Payload: text("sleep\n")})
	b1 := submit(t, r, Task{Owner: "b", Payload: text("sleep\n")})
	until(t, a1, isRunning)
	until(t, b1, isRunning)
	if s := a2.State(); s.State != Queued {
		t.Errorf("a's second job is %s", s.State)
	}
	a1.Cancel()
	until(t, a2, isRunning)
}

// TestOrphan kills a parent, whose child has to go too.
func TestOrphan(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processes are looked up in /proc")
	}
	pidFile := filepath.Join(t.TempDir(), "pid")
	parent := exec.Command("/proc/self/exe", pidFile)
	parent.Env = []string{workerEnv + "=parent"}
	if _, err := parent.StdinPipe(); err != nil { // whose end would end the parent
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	waittest.Until(t, "the child has started", func() bool { pid = tryPID(pidFile); return pid != 0 })
	parent.Process.Kill()
	parent.Wait()
	waittest.Until(t, "the child is gone as its parent is", func() bool { return !alive(pid) })
}

func tryPID(path string) int {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	var pid int
	fmt.Sscan(string(b), &pid)
	return pid
}

func readPID(t *testing.T, path string) int {
	t.Helper()
	pid := tryPID(path)
	if pid == 0 {
		t.Fatal("the child wrote no process id")
	}
	return pid
}

// alive reports whether a process runs; one that waits to be collected by its
// parent does not.
func alive(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	after := b[bytes.LastIndexByte(b, ')')+1:]
	return string(bytes.Fields(after)[0]) != "Z"
}
