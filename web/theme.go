package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

const (
	themeCookie = "ct-theme"
	themeAge    = 365 * 24 * 3600 // seconds
)

// themeOf returns the theme that the browser remembers.
func themeOf(r *http.Request) string {
	if cookie, err := r.Cookie(themeCookie); err == nil && (cookie.Value == "light" || cookie.Value == "dark") {
		return cookie.Value
	}
	return "system"
}

// setTheme remembers a theme in the browser and goes back to the page.
func (s *Server) setTheme(c echo.Context) error {
	theme, age := c.FormValue("theme"), themeAge
	switch theme {
	case "light", "dark":
	case "system":
		theme, age = "", -1
	default:
		return problem.Field("theme", "The theme must be system, light or dark.")
	}
	http.SetCookie(c.Response(), &http.Cookie{
		Name: themeCookie, Value: theme, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.cookies.secure(c.Request()),
	})
	return c.Redirect(http.StatusSeeOther, localPath(c.FormValue("back")))
}

// localPath returns an address of this site, or the start page's in place of
// one that leads anywhere else.
func localPath(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t\x00") {
		return "/"
	}
	return to
}
