package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
)

const problemJSON = "application/problem+json"

// details is the body of an error (RFC 9457). Detail alone is a sentence that
// a person can act on.
type details struct {
	Type     string `json:"type" format:"uri-reference" doc:"What kind of fault this is, as the address of its explanation."`
	Title    string `json:"title" doc:"The status in words."`
	Status   int    `json:"status" doc:"The HTTP status."`
	Detail   string `json:"detail" doc:"What is wrong, where, and how to go on."`
	Instance string `json:"instance,omitempty" doc:"The request's id, to quote when asking for help."`
	Field    string `json:"field,omitempty" doc:"The member of the request to blame."`
	Column   string `json:"column,omitempty" doc:"The column of the data to blame."`
	Line     int    `json:"line,omitempty" doc:"The line of the file to blame, counted from 1."`
	Value    string `json:"value,omitempty" doc:"The value that was refused."`
	Hint     string `json:"hint,omitempty" doc:"How to go on."`
	Errors   []item `json:"errors,omitempty" doc:"Each fault found in the request."`

	headers http.Header
}

// item is one fault in a request.
type item struct {
	Pointer string `json:"pointer,omitempty" doc:"Where in the body (RFC 6901) or which parameter."`
	Message string `json:"message" doc:"What is wrong there."`
}

var (
	_ huma.StatusError       = (*details)(nil)
	_ huma.HeadersError      = (*details)(nil)
	_ huma.ContentTypeFilter = (*details)(nil)
)

// Error returns the detail.
func (d *details) Error() string { return d.Detail }

// GetStatus returns the status to answer with.
func (d *details) GetStatus() int { return d.Status }

// GetHeaders returns the headers to answer with.
func (d *details) GetHeaders() http.Header { return d.headers }

// ContentType names the body's own type in place of plain JSON's.
func (d *details) ContentType(string) string { return problemJSON }

// kindNames are the ends of the problem types' addresses.
var kindNames = [...]string{
	problem.Internal: "internal", problem.Malformed: "malformed", problem.Invalid: "invalid",
	problem.NotFound: "not-found", problem.Conflict: "conflict", problem.TooLarge: "too-large",
	problem.Unsupported: "unsupported", problem.Quota: "quota", problem.Busy: "busy",
	problem.Storage: "storage", problem.Forbidden: "forbidden",
}

// detailsOf writes a problem as the API answers it.
func detailsOf(status int, p *problem.Error, instance string) *details {
	d := &details{
		Type: "/help#problem-" + kindNames[p.Kind], Title: http.StatusText(status), Status: status,
		Detail: p.Error(), Instance: instance,
		Field: p.Field, Column: p.Column, Line: p.Line, Value: p.Value, Hint: p.Hint,
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		d.headers = http.Header{echo.HeaderRetryAfter: {fmt.Sprint(retryAfter)}}
	}
	if p.Field != "" {
		d.Errors = []item{{Pointer: "/" + p.Field, Message: p.Message}}
	}
	return d
}

// sendProblem answers with an error's details.
func sendProblem(c echo.Context, d *details) error {
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encode problem: %w", err)
	}
	return c.Blob(d.Status, problemJSON, append(body, '\n'))
}

// refusal is the error of a request that huma refuses before any handler
// runs: it does not fit the schema, or cannot be read.
func refusal(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
	instance := ""
	if ctx != nil {
		instance = idFrom(ctx.Context())
	}
	for _, err := range errs {
		if p, ok := problem.As(err); ok {
			status, p = classify(p, instance)
			return detailsOf(status, p, instance)
		}
	}
	if status >= http.StatusInternalServerError {
		_, p := classify(nil, instance)
		return detailsOf(status, p, instance)
	}
	d := detailsOf(status, routerProblem(status), instance)
	d.Type, d.Detail = "/help#problem-"+kindNames[kindOf(status)], sentence(message)
	for i, err := range errs {
		var e *huma.ErrorDetail
		if !errors.As(err, &e) {
			e = &huma.ErrorDetail{Message: err.Error()}
		}
		it := item{Pointer: pointer(e.Location), Message: e.Message}
		d.Errors = append(d.Errors, it)
		if i == 0 {
			d.Field = it.Pointer[strings.LastIndexByte(it.Pointer, '/')+1:]
			d.Detail = explain(d.Field, e.Message)
		}
	}
	return d
}

// explain is a schema's fault as a sentence.
func explain(field, message string) string {
	if field == "" || strings.Contains(message, field) {
		return "The request does not fit: " + message + "."
	}
	return fmt.Sprintf("The request does not fit at %q: %s.", field, message)
}

// sentence starts a message with a capital and ends it with a full stop.
func sentence(message string) string {
	if message == "" {
		return message
	}
	return strings.ToUpper(message[:1]) + strings.TrimSuffix(message[1:], ".") + "."
}

// pointer turns huma's path to a value, body.rows[0].age, into /rows/0/age. A
// parameter outside the body keeps its name alone.
func pointer(location string) string {
	place, path, found := strings.Cut(location, ".")
	if !found {
		return ""
	}
	if place != "body" {
		return path
	}
	return "/" + strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path)
}

// kindOf is the kind of problem behind a status.
func kindOf(status int) problem.Kind {
	for kind, s := range statusOf {
		if s == status {
			return problem.Kind(kind)
		}
	}
	return problem.Malformed
}
