package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// text is a page's body.
func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<p id=body>"+s+"</p>")
		return err
	})
}

func TestRender(t *testing.T) {
	s := newSite(t)
	s.echo.GET("/page", func(c echo.Context) error { return s.render(c, 202, s.shell(c, "Page"), text("hello")) })
	for _, tt := range []struct {
		headers []string
		whole   bool
	}{
		{nil, true}, {[]string{"HX-Request: true"}, false}, {[]string{"HX-Request: true", "HX-Boosted: true"}, true},
		{[]string{"HX-Request: true", "HX-History-Restore-Request: true"}, true}, {[]string{"HX-Request: no"}, true},
	} {
		r := s.get(t, "/page", tt.headers...).want(t, 202)
		if whole := strings.Contains(r.body, "<html"); whole != tt.whole || r.html(t).Find("#body").Text() != "hello" {
			t.Errorf("with %v: whole = %t, body %.200s", tt.headers, whole, r.body)
		}
	}
}

func TestRenderSendsNothingOfABrokenPage(t *testing.T) {
	s := newSite(t)
	s.echo.GET("/page", func(c echo.Context) error {
		return s.render(c, 200, s.shell(c, "Page"), templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, _ = io.WriteString(w, "half of it")
			return errors.New("broken")
		}))
	})
	if r := s.get(t, "/page").want(t, 500); strings.Contains(r.body, "half of it") {
		t.Error("half a page was sent")
	}
}

func TestTheme(t *testing.T) {
	s := newSite(t)
	form := "Content-Type: application/x-www-form-urlencoded"
	client := browser(t)
	theme := func() string {
		v, _ := s.ask(t, client, "GET", "/docs", "").html(t).Find("html").Attr("data-theme")
		return v
	}
	if got := theme(); got != "system" {
		t.Errorf("theme = %q at first", got)
	}
	for _, name := range []string{"dark", "light", "system"} {
		r := s.ask(t, client, "POST", "/theme", "theme="+name+"&back=/train?target=x", form).want(t, http.StatusSeeOther)
		if got := r.Header.Get("Location"); got != "/train?target=x" {
			t.Errorf("back to %q", got)
		}
		if got := theme(); got != name {
			t.Errorf("theme = %q, want %q", got, name)
		}
	}
	s.ask(t, client, "POST", "/theme", "theme=pink", form).want(t, 422)
	if s.sessions.Len() != 0 {
		t.Error("the theme made a session")
	}
	for back, want := range map[string]string{
		"": "/", "https://evil.test": "/", "//evil.test": "/", `/\evil.test`: "/", "/explore": "/explore", "javascript:alert(1)": "/", "/a\nb": "/",
	} {
		if got := localPath(back); got != want {
			t.Errorf("localPath(%q) = %q, want %q", back, got, want)
		}
	}
}

func TestFlash(t *testing.T) {
	s := newSite(t)
	s.echo.POST("/do", func(c echo.Context) error {
		if err := s.flash(c, "Done <b>well</b>."); err != nil {
			return err
		}
		return c.Redirect(303, "/docs")
	})
	client := browser(t)
	shown := func() string { return s.ask(t, client, "GET", "/docs", "").html(t).Find("#flashes p").Text() }
	s.ask(t, client, "POST", "/do", "").want(t, 303)
	if got := shown(); !strings.Contains(got, "Done <b>well</b>.") {
		t.Errorf("the message is %q", got)
	}
	if got := shown(); got != "" {
		t.Errorf("the message is shown again: %q", got)
	}
	forged := s.get(t, "/docs", "Cookie: ct-flash=Forged").want(t, 200)
	if forged.html(t).Find("#flashes p").Length() != 0 {
		t.Error("a forged message is shown")
	}
}
