package web

import (
	"net/http"
	"strings"

	"github.com/gorilla/securecookie"
	"github.com/labstack/echo/v4"

	"clicktrain/views"
)

const (
	flashCookie = "ct-flash"
	flashAge    = 60  // seconds until an unread message is dropped
	flashLength = 400 // bytes of a message, at most
)

// flash has the next page tell that something was done. The message travels in
// a signed and encrypted cookie of its own.
func (s *Server) flash(c echo.Context, text string) error {
	if len(text) > flashLength {
		text = strings.ToValidUTF8(text[:flashLength], "")
	}
	value, err := securecookie.EncodeMulti(flashCookie, []byte(text), s.cookies.codecs...)
	if err != nil {
		return err
	}
	s.setFlash(c, value, flashAge)
	return nil
}

// flashes returns the message for this page, if there is one, and clears it.
func (s *Server) flashes(c echo.Context) []views.Flash {
	cookie, err := c.Request().Cookie(flashCookie)
	if err != nil {
		return nil
	}
	s.setFlash(c, "", -1)
	var text []byte
	if err := securecookie.DecodeMulti(flashCookie, cookie.Value, &text, s.cookies.codecs...); err != nil {
		return nil
	}
	return []views.Flash{{Text: string(text)}}
}

func (s *Server) setFlash(c echo.Context, value string, maxAge int) {
	http.SetCookie(c.Response(), &http.Cookie{
		Name: flashCookie, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.cookies.secure(c.Request()),
	})
}
