package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

func TestBodyLimits(t *testing.T) {
	s := newSite(t)
	read := func(c echo.Context) error {
		n, err := io.Copy(io.Discard, c.Request().Body)
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		return c.String(200, fmt.Sprint(n))
	}
	s.echo.POST("/form", read)
	s.echo.POST("/api/upload", read)
	body := func(n int) io.Reader { return strings.NewReader(strings.Repeat("x", n)) }
	for _, tt := range []struct {
		path     string
		n        int
		declared bool // with a Content-Length, or in chunks
		want     int
	}{
		{"/form", 1 << 20, true, 200}, {"/form", 1<<20 + 1, true, 413},
		{"/form", 1 << 20, false, 200}, {"/form", 1<<20 + 1, false, 413},
		{"/api/upload", 5 << 20, true, 200}, {"/api/upload", 5<<20 + 1, true, 413},
		{"/api/upload", 5 << 20, false, 200}, {"/api/upload", 6 << 20, false, 413},
	} {
		r := body(tt.n)
		if !tt.declared {
			r = io.MultiReader(r)
		}
		req, err := http.NewRequestWithContext(t.Context(), "POST", s.url+tt.path, r)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := plain.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s with %d bytes (declared %t) = %d, want %d", tt.path, tt.n, tt.declared, resp.StatusCode, tt.want)
		}
		if tt.want == 413 && tt.path == "/api/upload" && !strings.Contains(string(text), "4 MiB") {
			t.Errorf("the limit is not named: %s", text)
		}
	}
}

// TestLargeBodyIsAnswered checks that a client which sends all of a body before
// it listens gets the refusal rather than a broken connection.
func TestLargeBodyIsAnswered(t *testing.T) {
	s := newSite(t)
	const size = 8 << 20
	for head, want := range map[string]int{
		fmt.Sprintf("Content-Length: %d\r\n\r\n", size):                         http.StatusRequestEntityTooLarge,
		fmt.Sprintf("Content-Encoding: br\r\nContent-Length: %d\r\n\r\n", size): http.StatusUnsupportedMediaType,
		"Transfer-Encoding: chunked\r\n\r\n800000\r\n":                          http.StatusUnprocessableEntity, // refused for its type before it is too long
	} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		all := "POST /api/upload HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + head + strings.Repeat("x", size)
		if strings.Contains(head, "chunked") {
			all += "\r\n0\r\n\r\n"
		}
		if _, err := io.WriteString(conn, all); err != nil {
			t.Fatalf("%.20q: the connection broke while sending: %v", head, err)
		}
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%.20q: no answer: %v", head, err)
		}
		if r.Body.Close(); r.StatusCode != want {
			t.Errorf("%.20q: %d, want %d", head, r.StatusCode, want)
		}
	}
}

func TestCompressedBodyIsRefused(t *testing.T) {
	s := newSite(t)
	s.ask(t, plain, "POST", "/api/upload", "x", "Content-Encoding: gzip").want(t, 415).details(t)
	s.ask(t, plain, "POST", "/theme", "x", "Content-Encoding: br").want(t, 415).html(t)
}

// TestBodyFaults checks what a handler reads when a body cannot be read.
func TestBodyFaults(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want problem.Kind
	}{
		"cut off":  {io.ErrUnexpectedEOF, problem.Malformed},
		"too long": {&http.MaxBytesError{Limit: 5}, problem.TooLarge},
		"too slow": {fmt.Errorf("read: %w", os.ErrDeadlineExceeded), problem.Malformed},
	} {
		b := &bodyReader{
			body:    io.NopCloser(io.MultiReader(strings.NewReader("ab"), failing{tt.err})),
			control: http.NewResponseController(discard{}),
			tooLong: problem.New(problem.TooLarge, "Too long."),
		}
		_, err := io.ReadAll(b)
		if p, ok := problem.As(err); !ok || p.Kind != tt.want {
			t.Errorf("%s: err = %v, want kind %d", name, err, tt.want)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// discard is a connection without deadlines.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}
