// Package session keeps one value for each visitor in memory, under an id that
// cannot be guessed, until it is deleted, unused for a while, or old. It knows
// neither what the values are nor how ids travel.
package session

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"runtime/debug"
	"sync"
	"time"

	"clicktrain/internal/problem"
)

// Options set a store's limits. Start from Defaults.
type Options[T any] struct {
	Idle     time.Duration // a session ends when it was not used for so long
	Absolute time.Duration // and when it was made so long ago
	Max      int           // sessions at once
	PerOwner int           // sessions of one owner at once; 0 is no limit

	// Now tells the time. Expiry follows its monotonic part, where it has
	// one, so a change of the clock ends no session.
	Now func() time.Time

	// Closed, if not nil, is called once for each session that ends, after
	// the store has forgotten it, and returns how many bytes that freed. It is
	// called without a lock and may use the store.
	Closed func(id string, v T) (freed int64)
}

// Defaults returns the usual limits.
func Defaults[T any]() Options[T] {
	return Options[T]{
		Idle: 60 * time.Minute, Absolute: 12 * time.Hour,
		Max: 1000, PerOwner: 50, Now: time.Now,
	}
}

// Store keeps sessions. It is safe for use by many goroutines at once.
type Store[T any] struct {
	opts Options[T]

	mu       sync.Mutex
	sessions map[string]*entry[T]
	owners   map[string]int // sessions of each owner; never 0
	freed    int64          // bytes since memory was last returned
}

// entry is one session.
type entry[T any] struct {
	value         T
	owner         string
	created, used time.Time
}

// New returns an empty store. It panics if a limit allows no session.
func New[T any](opts Options[T]) *Store[T] {
	if opts.Idle <= 0 || opts.Absolute <= 0 || opts.Max < 1 {
		panic("session: a limit allows no session")
	}
	return &Store[T]{opts: opts, sessions: map[string]*entry[T]{}, owners: map[string]int{}}
}

// Put stores v and returns its id: 256 random bits as 43 letters, digits,
// dashes and underscores. owner, say a client's address, is what PerOwner
// counts by; an empty owner is not counted. The error is a *problem.Error of
// kind Quota where the owner has too many sessions, and Busy where the store
// is full of sessions that are in use. The cost is O(1) until the store is
// full, and O(sessions) then.
func (s *Store[T]) Put(owner string, v T) (id string, err error) {
	if s.full(owner) {
		s.Sweep()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.admit(owner); err != nil {
		return "", err
	}
	id = newID()
	now := s.opts.Now()
	s.sessions[id] = &entry[T]{value: v, owner: owner, created: now, used: now}
	if owner != "" {
		s.owners[owner]++
	}
	return id, nil
}

func (s *Store[T]) full(owner string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.admit(owner) != nil
}

// admit says whether one more session may come in. The caller holds s.mu.
func (s *Store[T]) admit(owner string) error {
	if s.opts.PerOwner > 0 && s.owners[owner] >= s.opts.PerOwner {
		return problem.New(problem.Quota, "You already have %d sessions open.", s.owners[owner]).
			WithHint("Clear the data of one of them, or wait until it expires.")
	}
	if len(s.sessions) >= s.opts.Max {
		return problem.New(problem.Busy, "The server is full: %d sessions are open.", len(s.sessions)).
			WithHint("Try again in a few minutes.")
	}
	return nil
}

// Get returns the session's value and marks it as used. Unknown, deleted and
// expired ids are all the same: false.
func (s *Store[T]) Get(id string) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.opts.Now()
	e, ok := s.sessions[id]
	if !ok || !s.opts.left(e.created, e.used, now) {
		var none T
		return none, false
	}
	e.used = now
	return e.value, true
}

// Expires returns when the session ends if it is not used again, without
// marking it as used.
func (s *Store[T]) Expires(id string) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.sessions[id]
	if !ok || !s.opts.left(e.created, e.used, s.opts.Now()) {
		return time.Time{}, false
	}
	idle, absolute := e.used.Add(s.opts.Idle), e.created.Add(s.opts.Absolute)
	if absolute.Before(idle) {
		return absolute, true
	}
	return idle, true
}

// left reports whether a session has time left.
func (o Options[T]) left(created, used, now time.Time) bool {
	return now.Sub(used) < o.Idle && now.Sub(created) < o.Absolute
}

// Rename gives a session a new id, under which alone it is found from then on.
func (s *Store[T]) Rename(id string) (fresh string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.sessions[id]
	if !ok || !s.opts.left(e.created, e.used, s.opts.Now()) {
		return "", false
	}
	fresh = newID()
	s.sessions[fresh] = e
	delete(s.sessions, id)
	return fresh, true
}

// Delete ends the session and reports whether there was one.
func (s *Store[T]) Delete(id string) bool {
	s.mu.Lock()
	e, ok := s.sessions[id]
	live := ok && s.opts.left(e.created, e.used, s.opts.Now())
	if ok {
		s.forget(id, e)
	}
	s.mu.Unlock()
	if ok {
		s.close(id, e)
	}
	return live
}

// Sweep ends the sessions whose time is up and returns how many. The cost is
// O(sessions).
func (s *Store[T]) Sweep() int {
	ended := map[string]*entry[T]{}
	s.mu.Lock()
	now := s.opts.Now()
	for id, e := range s.sessions {
		if !s.opts.left(e.created, e.used, now) {
			s.forget(id, e)
			ended[id] = e
		}
	}
	s.mu.Unlock()
	for id, e := range ended {
		s.close(id, e)
	}
	return len(ended)
}

// Clear ends every session, as for a server that stops.
func (s *Store[T]) Clear() {
	s.mu.Lock()
	ended := s.sessions
	s.sessions, s.owners = map[string]*entry[T]{}, map[string]int{}
	s.mu.Unlock()
	for id, e := range ended {
		s.close(id, e)
	}
}

// Len returns how many sessions the store holds, with expired ones that have
// not been swept yet.
func (s *Store[T]) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions)
}

// forget takes a session out. The caller holds s.mu.
func (s *Store[T]) forget(id string, e *entry[T]) {
	delete(s.sessions, id)
	if e.owner == "" {
		return
	}
	if s.owners[e.owner]--; s.owners[e.owner] == 0 {
		delete(s.owners, e.owner)
	}
}

// close tells of a session's end. The caller does not hold s.mu.
func (s *Store[T]) close(id string, e *entry[T]) {
	if s.opts.Closed == nil {
		return
	}
	n := s.opts.Closed(id, e.value)
	s.mu.Lock()
	s.freed += n
	s.mu.Unlock()
}

// The sweeper's pace, and how much must have been freed for memory to be
// returned to the system: the runtime would keep it otherwise.
const (
	sweepEvery  = 30 * time.Second
	returnAbove = 64 << 20
)

// Run sweeps every 30 seconds until ctx ends, and returns memory to the system
// when over 64 MB were freed meanwhile.
func (s *Store[T]) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.Sweep()
			if s.takeFreed() {
				debug.FreeOSMemory()
			}
		}
	}
}

// takeFreed reports whether enough was freed since it last reported so.
func (s *Store[T]) takeFreed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.freed <= returnAbove {
		return false
	}
	s.freed = 0
	return true
}

// newID returns 256 random bits in the URL-safe base64 alphabet.
func newID() string {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}
