package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

// statusOf is the one place where a problem's kind becomes a status.
var statusOf = [...]int{
	problem.Internal:    http.StatusInternalServerError,
	problem.Malformed:   http.StatusBadRequest,
	problem.Invalid:     http.StatusUnprocessableEntity,
	problem.NotFound:    http.StatusNotFound,
	problem.Conflict:    http.StatusConflict,
	problem.TooLarge:    http.StatusRequestEntityTooLarge,
	problem.Unsupported: http.StatusUnsupportedMediaType,
	problem.Quota:       http.StatusTooManyRequests,
	problem.Busy:        http.StatusServiceUnavailable,
	problem.Storage:     http.StatusInsufficientStorage,
	problem.Forbidden:   http.StatusForbidden,
}

// retryAfter is how many seconds those who are turned away wait, where nothing
// better is known.
const retryAfter = 5

// statusGone is logged where the client left before the answer.
const statusGone = 499

// classify turns any error into a status and what a person may read. What is
// not a problem and not a router's error is ours, and its text is not shown.
func classify(err error, reference string) (int, *problem.Error) {
	var routed *echo.HTTPError
	if errors.As(err, &routed) {
		if p, ok := problem.As(routed.Internal); ok {
			return routed.Code, p
		}
		if routed.Code < http.StatusInternalServerError {
			return routed.Code, routerProblem(routed.Code)
		}
	}
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		return http.StatusRequestEntityTooLarge, problem.New(problem.TooLarge, "The request is larger than %s.", sizeText(tooLong.Limit)).WithHint("Send less at once.")
	}
	p, ok := problem.As(err)
	if !ok || int(p.Kind) >= len(statusOf) || p.Kind == problem.Internal {
		p = &problem.Error{Message: "Something broke on our side.", Hint: "Try again; if it stays, quote reference " + reference + ".", Err: err}
	}
	return statusOf[p.Kind], p
}

// routerProblem says in words what the router's status means.
func routerProblem(status int) *problem.Error {
	switch status {
	case http.StatusNotFound:
		return problem.New(problem.NotFound, "There is nothing at this address.").WithHint("Check the address, or go to the start.")
	case http.StatusMethodNotAllowed:
		return problem.New(problem.Malformed, "This address does not take that method.").WithHint("The Allow header lists those it takes.")
	}
	return problem.New(problem.Malformed, "The request cannot be answered: %s.", strings.ToLower(http.StatusText(status)))
}

// handleError answers a request with its error: the only place where an error
// becomes a response and a log line.
func (s *Server) handleError(err error, c echo.Context) {
	r := c.Request()
	if c.Response().Committed {
		s.log.WarnContext(r.Context(), "response broke off", "route", c.Path(), "request_id", requestID(c), "err", err)
		return
	}
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		c.Response().Status = statusGone // nobody is left to answer
		return
	}
	status, p := s.report(r.Context(), c.Path(), err)
	h := c.Response().Header()
	if (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) && h.Get(echo.HeaderRetryAfter) == "" {
		h.Set(echo.HeaderRetryAfter, strconv.Itoa(retryAfter))
	}
	var sendErr error
	if wantsJSON(r) {
		sendErr = sendProblem(c, detailsOf(status, p, requestID(c)))
	} else {
		sendErr = s.sendFaultPage(c, status, p)
	}
	if sendErr != nil {
		s.log.WarnContext(r.Context(), "error response not sent", "route", c.Path(), "request_id", requestID(c), "err", sendErr)
	}
}

// report classifies an error and logs what is ours.
func (s *Server) report(ctx context.Context, route string, err error) (int, *problem.Error) {
	status, p := classify(err, idFrom(ctx))
	if status >= http.StatusInternalServerError && p.Err != nil {
		s.log.ErrorContext(ctx, "request failed", "route", route, "request_id", idFrom(ctx), "err", p.Err)
	}
	return status, p
}

// wantsJSON reports whether an error is answered as problem+json: under /api,
// and to those who ask for JSON rather than for a page.
func wantsJSON(r *http.Request) bool {
	if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/openapi.json" {
		return true
	}
	accept := r.Header.Get(echo.HeaderAccept)
	return strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
}

// sizeText writes a number of bytes for a person: 200 MiB.
func sizeText(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.4g GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.4g MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.4g KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
