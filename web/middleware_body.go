package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

const (
	maxBody  = 1 << 20 // bytes of a form or of JSON
	overhead = 1 << 20 // bytes that a multipart form may add to its file

	stall   = 30 * time.Second // in each stretch of this length …
	minimum = 32 << 10 * 30    // … a body must bring this many bytes: 32 KiB/s

	// What is left of a refused body is thrown away up to these bounds, so that
	// a client that sends all before it listens gets the answer.
	leftTime = 10 * time.Second
	leftMost = 1 << 30
)

// limitBody bounds a request's body in size and in slowness. What is declared
// too large is refused before any of it is looked at.
func (s *Server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		limit := int64(maxBody)
		if isUpload(r) {
			limit = s.opts.MaxUpload + overhead
		}
		if r.Body == nil || r.Body == http.NoBody {
			return next(c)
		}
		b := &bodyReader{
			body:    http.MaxBytesReader(c.Response(), r.Body, limit),
			whole:   r.Body,
			control: http.NewResponseController(c.Response()),
			tooLong: s.tooLarge(limit),
		}
		var err error
		switch {
		case r.Header.Get(echo.HeaderContentEncoding) != "":
			err = problem.New(problem.Unsupported, "The body is compressed.").WithHint("Send it as it is, without Content-Encoding.")
		case r.ContentLength > limit:
			err = b.tooLong
		default:
			r.Body = b
			err = next(c)
		}
		// A client that expects to hear first whether to send the body has not.
		if err != nil && !c.Response().Committed && r.Header.Get("Expect") == "" {
			b.throwAway()
		}
		return err
	}
}

// tooLarge says which limit a body is over, in the person's terms.
func (s *Server) tooLarge(limit int64) *problem.Error {
	if limit == maxBody {
		return problem.New(problem.TooLarge, "The request is larger than %s.", sizeText(maxBody)).WithHint("Send less at once.")
	}
	return problem.New(problem.TooLarge, "The file is larger than %s, the most that is taken here.", sizeText(s.opts.MaxUpload)).
		WithHint("Upload fewer rows or columns.")
}

// bodyReader reads a body that must keep coming, and turns what can go wrong
// with it into problems.
type bodyReader struct {
	body    io.ReadCloser // bounded
	whole   io.Reader     // the same without a bound
	control *http.ResponseController
	tooLong *problem.Error

	armed bool // a deadline is set
	got   int  // bytes since then
	ended bool // nothing more is to come
}

// Read reads some of the body. A stretch's deadline is set anew when enough of
// the body has come in it, and lifted at the end: left in place it would end
// the request's context while the body is being worked on.
func (b *bodyReader) Read(p []byte) (int, error) {
	if !b.armed || b.got >= minimum {
		b.armed, b.got = true, 0
		b.deadline(time.Now().Add(stall))
	}
	n, err := b.body.Read(p)
	b.got += n
	if err == nil {
		return n, nil
	}
	b.lift()
	b.ended = true
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		err, b.ended = b.tooLong, false
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = problem.New(problem.Malformed, "The request came in too slowly and was given up.").WithHint("Try again on a faster connection.")
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = problem.New(problem.Malformed, "The request broke off before its end.").WithHint("Send it again.")
	}
	return n, err
}

// throwAway reads what is left of the body for nothing, for a while.
func (b *bodyReader) throwAway() {
	if b.ended {
		return
	}
	b.deadline(time.Now().Add(leftTime))
	_, _ = io.CopyN(io.Discard, b.whole, leftMost) // the connection is closed if more is to come
	b.deadline(time.Time{})
}

// Close ends the reading.
func (b *bodyReader) Close() error {
	b.lift()
	return b.body.Close()
}

func (b *bodyReader) lift() {
	if b.armed {
		b.armed = false
		b.deadline(time.Time{})
	}
}

// deadline sets the connection's. Where that cannot be done the connection is
// gone, which the next read tells, or not a network's.
func (b *bodyReader) deadline(t time.Time) { _ = b.control.SetReadDeadline(t) }
