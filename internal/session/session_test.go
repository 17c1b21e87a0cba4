package session

import (
	"context"
	"encoding/base64"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"clicktrain/internal/problem"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) advance(d time.Duration) { c.now = c.now.Add(d) }

func testStore(t *testing.T, change func(*Options[string])) (*Store[string], *clock) {
	t.Helper()
	c := &clock{time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)}
	opts := Defaults[string]()
	opts.Now = c.Now
	if change != nil {
		change(&opts)
	}
	return New(opts), c
}

func mustPut(t *testing.T, s *Store[string], owner, v string) string {
	t.Helper()
	id, err := s.Put(owner, v)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func wantKind(t *testing.T, err error, kind problem.Kind) {
	t.Helper()
	p, ok := problem.As(err)
	if !ok || p.Kind != kind || p.Hint == "" {
		t.Errorf("error = %#v, want a problem of kind %d with a hint", err, kind)
	}
}

func TestPutGetDelete(t *testing.T) {
	s, _ := testStore(t, nil)
	a, b := mustPut(t, s, "", "a"), mustPut(t, s, "", "b")
	for id, want := range map[string]string{a: "a", b: "b"} {
		if got, ok := s.Get(id); !ok || got != want {
			t.Errorf("Get = %q, %v, want %q", got, ok, want)
		}
	}
	if _, ok := s.Get("nonsense"); ok {
		t.Error("Get found an id that was never given out")
	}
	if !s.Delete(a) || s.Delete(a) {
		t.Error("Delete must be true once")
	}
	if _, ok := s.Get(a); ok || s.Len() != 1 {
		t.Errorf("after Delete: found %v, Len %d, want 1", ok, s.Len())
	}
}

func TestIDs(t *testing.T) {
	s, _ := testStore(t, nil)
	seen := map[string]bool{}
	for range 500 {
		id := mustPut(t, s, "", "")
		raw, err := base64.RawURLEncoding.DecodeString(id)
		if err != nil || len(raw) < 16 || seen[id] {
			t.Fatalf("id %q: %d bytes, %v, seen %v", id, len(raw), err, seen[id])
		}
		seen[id] = true
	}
}

func TestExpiry(t *testing.T) {
	tests := []struct {
		name  string
		steps []time.Duration // between uses
		want  bool
	}{
		{"just made", nil, true},
		{"just before idle", []time.Duration{59 * time.Minute}, true},
		{"idle", []time.Duration{60 * time.Minute}, false},
		{"used in between", []time.Duration{50 * time.Minute, 50 * time.Minute}, true},
		{"absolute", repeat(30*time.Minute, 24), false},
		{"before absolute", repeat(30*time.Minute, 23), true},
		{"clock set back", []time.Duration{-time.Hour}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, c := testStore(t, nil)
			id := mustPut(t, s, "", "v")
			ok := true
			for _, d := range tt.steps {
				c.advance(d)
				_, ok = s.Get(id)
			}
			if ok != tt.want {
				t.Errorf("Get = %v, want %v", ok, tt.want)
			}
			swept := s.Sweep()
			if (swept == 1) == tt.want || s.Len() != 1-swept {
				t.Errorf("Sweep = %d and Len = %d, want live %v", swept, s.Len(), tt.want)
			}
		})
	}
}

func repeat(d time.Duration, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = d
	}
	return out
}

func TestExpires(t *testing.T) {
	s, c := testStore(t, nil)
	id := mustPut(t, s, "", "v")
	made := c.now
	c.advance(40 * time.Minute)
	if got, ok := s.Expires(id); !ok || !got.Equal(made.Add(time.Hour)) {
		t.Errorf("Expires = %v, want an hour after %v: asking is not using", got, made)
	}
	for range 14 {
		s.Get(id)
		c.advance(48 * time.Minute)
	}
	s.Get(id)
	if got, ok := s.Expires(id); !ok || !got.Equal(made.Add(12*time.Hour)) {
		t.Errorf("Expires = %v, %v, want the absolute end", got, ok)
	}
	c.advance(time.Hour)
	if _, ok := s.Expires(id); ok {
		t.Error("Expires found an expired session")
	}
}

func TestExpiredIsAsUnknown(t *testing.T) {
	s, c := testStore(t, nil)
	id := mustPut(t, s, "", "v")
	c.advance(2 * time.Hour)
	if _, ok := s.Rename(id); ok {
		t.Error("Rename revived an expired session")
	}
	if s.Delete(id) {
		t.Error("Delete = true for an expired session")
	}
	if s.Len() != 0 {
		t.Error("Delete left the expired session in memory")
	}
}

func TestRename(t *testing.T) {
	s, _ := testStore(t, func(o *Options[string]) { o.PerOwner = 1 })
	id := mustPut(t, s, "me", "v")
	fresh, ok := s.Rename(id)
	if !ok || fresh == id {
		t.Fatalf("Rename = %q, %v", fresh, ok)
	}
	if _, ok := s.Get(id); ok {
		t.Error("the old id still works")
	}
	if v, ok := s.Get(fresh); !ok || v != "v" {
		t.Errorf("Get(new id) = %q, %v", v, ok)
	}
	s.Delete(fresh)
	mustPut(t, s, "me", "w") // the owner's count followed
}

func TestFull(t *testing.T) {
	s, c := testStore(t, func(o *Options[string]) { o.Max, o.PerOwner = 3, 2 })
	mustPut(t, s, "a", "1")
	mustPut(t, s, "a", "2")
	_, err := s.Put("a", "3")
	wantKind(t, err, problem.Quota)
	mustPut(t, s, "b", "3")
	_, err = s.Put("c", "4")
	wantKind(t, err, problem.Busy)
	c.advance(time.Hour) // now all are expired, though not swept
	mustPut(t, s, "a", "5")
	if s.Len() != 1 {
		t.Errorf("Len = %d, want 1: a full store makes room first", s.Len())
	}
}

func TestNoOwnerIsNotCounted(t *testing.T) {
	s, _ := testStore(t, func(o *Options[string]) { o.PerOwner = 1 })
	for range 5 {
		mustPut(t, s, "", "v")
	}
}

func TestClosed(t *testing.T) {
	var s *Store[string]
	closed := map[string]string{}
	s, c := testStore(t, func(o *Options[string]) {
		o.Closed = func(id, v string) int64 {
			if _, ok := s.Get(id); ok {
				t.Error("Closed was called for a session that is still there")
			}
			if _, twice := closed[id]; twice {
				t.Error("Closed was called twice")
			}
			closed[id] = v
			return 40 << 20
		}
	})
	deleted, swept, cleared := mustPut(t, s, "", "deleted"), mustPut(t, s, "", "swept"), ""
	s.Delete(deleted)
	if s.takeFreed() {
		t.Error("40 MB are not enough to return memory")
	}
	c.advance(time.Hour)
	s.Sweep()
	if !s.takeFreed() || s.takeFreed() {
		t.Error("80 MB must be reported once")
	}
	cleared = mustPut(t, s, "x", "cleared")
	s.Clear()
	for id, want := range map[string]string{deleted: "deleted", swept: "swept", cleared: "cleared"} {
		if closed[id] != want {
			t.Errorf("Closed got %q, want %q", closed[id], want)
		}
	}
	if s.Len() != 0 {
		t.Errorf("Len = %d after Clear", s.Len())
	}
}

func TestRunSweeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opts := Defaults[string]()
		opts.Idle = time.Minute
		var ended atomic.Int32
		opts.Closed = func(string, string) int64 { ended.Add(1); return 1 << 30 }
		s := New(opts)
		ctx, cancel := context.WithCancel(t.Context())
		stopped := make(chan struct{})
		go func() { s.Run(ctx); close(stopped) }()
		if _, err := s.Put("", "v"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(59 * time.Second)
		synctest.Wait()
		if ended.Load() != 0 {
			t.Error("a session ended early")
		}
		time.Sleep(32 * time.Second) // a minute, and at most one sweep later
		synctest.Wait()
		if ended.Load() != 1 || s.Len() != 0 {
			t.Errorf("%d sessions ended and %d are left, want 1 and 0", ended.Load(), s.Len())
		}
		if s.takeFreed() {
			t.Error("Run did not return the freed memory")
		}
		cancel()
		<-stopped
	})
}

func TestConcurrentUse(t *testing.T) {
	var live atomic.Int64
	opts := Defaults[int]()
	opts.Max, opts.PerOwner = 64, 8
	opts.Closed = func(string, int) int64 { live.Add(-1); return 1 }
	s := New(opts)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			owner := fmt.Sprint(g % 4)
			for i := range 300 {
				id, err := s.Put(owner, i)
				if err != nil {
					s.Sweep()
					continue
				}
				live.Add(1)
				if v, ok := s.Get(id); !ok || v != i {
					t.Errorf("Get = %d, %v, want %d", v, ok, i)
				}
				if fresh, ok := s.Rename(id); ok {
					id = fresh
				}
				runtime.Gosched()
				if !s.Delete(id) {
					t.Error("Delete found no session")
				}
			}
		})
	}
	wg.Wait()
	if live.Load() != 0 || s.Len() != 0 || len(s.owners) != 0 {
		t.Errorf("live %d, Len %d, owners %v, want none", live.Load(), s.Len(), s.owners)
	}
}
