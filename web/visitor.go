package web

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

// store keeps what sessions hold, each under an unguessable id, and drops what
// is idle or old. Package session's Store is one.
type store[T any] interface {
	Put(owner string, v T) (id string, err error)
	Get(id string) (T, bool)
	Delete(id string) bool
}

// visitors ties browsers and callers of the API to what their sessions hold. A
// browser has a cookie with a reference that only this map can follow; a
// caller has the session's id. A page cannot tell the one from the other's
// value, so neither leaks through it.
type visitors[T any] struct {
	store   store[T]
	cookies *cookieStore
	log     *slog.Logger

	mu         sync.Mutex
	sessions   map[string]string // session id by reference
	references map[string]string // reference by session id
}

func newVisitors[T any](cookies *cookieStore, log *slog.Logger) *visitors[T] {
	return &visitors[T]{cookies: cookies, log: log, sessions: map[string]string{}, references: map[string]string{}}
}

// find returns what the browser's session holds. A cookie that refers to
// nothing, because it is forged, expired or from another start, is cleared; it
// is never taken over.
func (v *visitors[T]) find(c echo.Context) (value T, ok bool) {
	id, had := v.id(c)
	if id != "" {
		if value, ok = v.store.Get(id); ok {
			return value, true
		}
	}
	if had {
		if err := v.clear(c); err != nil {
			v.log.ErrorContext(c.Request().Context(), "clear session cookie", "request_id", requestID(c), "err", err)
		}
	}
	return value, false
}

// start puts a value into a new session and gives the browser a new reference.
// What its earlier reference led to is no longer reachable from it.
func (v *visitors[T]) start(c echo.Context, value T) error {
	id, err := v.store.Put(owner(c), value)
	if err != nil {
		return err
	}
	return v.refer(c, id)
}

// forget ends the browser's session, frees what it holds and clears the cookie.
func (v *visitors[T]) forget(c echo.Context) error {
	if id, _ := v.id(c); id != "" {
		v.store.Delete(id)
		v.dropped(id)
	}
	return v.clear(c)
}

// dropped forgets the reference to a session that is gone.
func (v *visitors[T]) dropped(id string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.sessions, v.references[id])
	delete(v.references, id)
}

// byID returns what the session of that id holds. The answer is the same
// whether an id is unknown, malformed or expired.
func (v *visitors[T]) byID(id string) (T, error) {
	value, ok := v.store.Get(id)
	if !ok {
		return value, errExpired()
	}
	return value, nil
}

// errExpired is the one answer to a session that is not there.
func errExpired() error {
	return problem.New(problem.NotFound, "There is no such session.").
		WithHint("Sessions end after a while without a request; upload the file again.")
}

// owner is who a new session is counted for.
func owner(c echo.Context) string { return clientKey(c.RealIP()) }

// id returns the id of the browser's session, or "" where its cookie leads
// nowhere; had tells whether there was a cookie.
func (v *visitors[T]) id(c echo.Context) (id string, had bool) {
	r := c.Request()
	name := v.cookies.name(r)
	if _, err := r.Cookie(name); err != nil {
		return "", false
	}
	session, err := v.cookies.Get(r, name)
	if err != nil {
		return "", true
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.sessions[session.ID], true
}

// refer gives the browser a new reference to a session.
func (v *visitors[T]) refer(c echo.Context, id string) error {
	reference := rand.Text() // 130 random bits
	v.mu.Lock()
	delete(v.sessions, v.references[id])
	v.sessions[reference], v.references[id] = id, reference
	v.mu.Unlock()
	return v.save(c, reference, 0)
}

// clear has the browser drop its cookie.
func (v *visitors[T]) clear(c echo.Context) error { return v.save(c, "", -1) }

func (v *visitors[T]) save(c echo.Context, reference string, maxAge int) error {
	r := c.Request()
	session, err := v.cookies.Get(r, v.cookies.name(r))
	if session == nil { // a cookie that is not ours is an error too, and comes with a new session
		return fmt.Errorf("make a session cookie: %w", err)
	}
	session.ID, session.Options.MaxAge = reference, maxAge
	return session.Save(r, c.Response())
}
