package web

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// The session cookie's names. The first is for HTTPS: browsers take a name
// with that prefix only from a secure origin, for the whole host and path, so
// that no other host can plant it. The second is for plain HTTP, where a
// secure cookie would not be kept at all.
const (
	secureCookie = "__Host-ct"
	plainCookie  = "ct"
)

// When the session cookie is marked for HTTPS only.
const (
	SecureAuto   = "auto"   // when the request came by HTTPS
	SecureAlways = "always" // HTTPS only
	SecureNever  = "never"  // plain HTTP too
)

// cookieStore is a sessions.Store whose cookies hold a random reference,
// signed and encrypted, and nothing else. What it refers to stays on the
// server.
type cookieStore struct {
	codecs []securecookie.Codec
	secure func(*http.Request) bool
}

var _ sessions.Store = (*cookieStore)(nil)

// newCookieStore returns a store for cookies that live for maxAge at most. The
// keys are derived from secret; without one they are random, and cookies do
// not outlive the process.
func newCookieStore(secret []byte, maxAge time.Duration, secure func(*http.Request) bool) (*cookieStore, error) {
	if len(secret) == 0 {
		secret = make([]byte, 32)
		if _, err := rand.Read(secret); err != nil {
			return nil, fmt.Errorf("make a session key: %w", err)
		}
	}
	sign, err := hkdf.Key(sha256.New, secret, nil, "clicktrain session cookie: sign", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the signing key: %w", err)
	}
	encrypt, err := hkdf.Key(sha256.New, secret, nil, "clicktrain session cookie: encrypt", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the encryption key: %w", err)
	}
	codec := securecookie.New(sign, encrypt).
		SetSerializer(securecookie.NopEncoder{}).
		MaxAge(int(maxAge.Seconds()))
	return &cookieStore{codecs: []securecookie.Codec{codec}, secure: secure}, nil
}

// Get returns the request's session, decoded once.
func (s *cookieStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New returns the session that the cookie refers to, or a new one without a
// reference; the error says that there was a cookie which cannot be ours.
func (s *cookieStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.IsNew = true
	session.Options = &sessions.Options{Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(r)}
	cookie, err := r.Cookie(name)
	if err != nil {
		return session, nil
	}
	var reference []byte
	if err := securecookie.DecodeMulti(name, cookie.Value, &reference, s.codecs...); err != nil {
		return session, fmt.Errorf("decode session cookie: %w", err)
	}
	session.ID, session.IsNew = string(reference), false
	return session, nil
}

// Save writes the session's cookie, or has the browser drop it where MaxAge is
// negative. The browser forgets it when it closes; the signature ends it after
// the store's greatest age.
func (s *cookieStore) Save(_ *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	value := ""
	if session.Options.MaxAge >= 0 {
		var err error
		if value, err = securecookie.EncodeMulti(session.Name(), []byte(session.ID), s.codecs...); err != nil {
			return fmt.Errorf("encode session cookie: %w", err)
		}
	}
	h := w.Header()
	h["Set-Cookie"] = slices.DeleteFunc(h["Set-Cookie"], func(c string) bool {
		return strings.HasPrefix(c, session.Name()+"=")
	})
	http.SetCookie(w, sessions.NewCookie(session.Name(), value, session.Options))
	return nil
}

// name returns the cookie's name for a request.
func (s *cookieStore) name(r *http.Request) string {
	if s.secure(r) {
		return secureCookie
	}
	return plainCookie
}
