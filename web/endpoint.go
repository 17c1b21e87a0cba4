package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// nothing is the body of an endpoint that answers without one.
type nothing struct{}

// answer is what an endpoint's handler returns: a body, and what of the
// response differs from the endpoint's usual one.
type answer[T any] struct {
	Status     int    // 0 is the endpoint's own
	Location   string // of what was made
	RetryAfter int    // seconds until asking again makes sense; 0 is unsaid
	Body       T
}

// ok answers with a body and the endpoint's own status.
func ok[T any](body T) *answer[T] { return &answer[T]{Body: body} }

// reply is an encoded answer in the form that huma sends.
type reply struct {
	Location   string `header:"Location"`
	RetryAfter string `header:"Retry-After"`
	Body       func(huma.Context)
}

// endpoint registers a JSON route, and with it its entry in the API's
// description. In is a struct whose fields are bound by huma's tags:
//
//	struct {
//		Session string `path:"session_id"`
//		Target  string `query:"target" doc:"The column to predict."`
//		Body    request
//	}
//
// A body is checked against its type's schema first: unknown and repeated
// members are refused. A member of type json.RawMessage takes any value and
// keeps it as it was written. The handler's errors are answered as those of
// every other route; more changes the entry in the description.
func endpoint[In, Out any](s *Server, method, path string, status int, summary string, handler func(context.Context, *In) (*answer[Out], error), more ...func(*huma.Operation)) {
	op := huma.Operation{
		OperationID: operationID(method, path), Method: method, Path: path,
		DefaultStatus: status, Summary: summary, Tags: []string{"API"},
		MaxBodyBytes: -1, BodyReadTimeout: -1, // limitBody bounds both
		Responses: map[string]*huma.Response{},
	}
	s.respond(&op, status, schemaOf[Out](s))
	for _, change := range more {
		change(&op)
	}
	huma.Register(s.api, op, func(ctx context.Context, in *In) (*reply, error) {
		a, err := handler(ctx, in)
		if err == nil {
			var r *reply
			if r, err = encode(a, status); err == nil {
				return r, nil
			}
		}
		code, p := s.report(ctx, path, err)
		return nil, detailsOf(code, p, idFrom(ctx))
	})
}

// encode writes the whole body before anything is sent, so that a value which
// JSON cannot hold becomes a fault and not half a response.
func encode[T any](a *answer[T], status int) (*reply, error) {
	if a.Status != 0 {
		status = a.Status
	}
	r := &reply{Location: a.Location}
	if a.RetryAfter > 0 {
		r.RetryAfter = strconv.Itoa(a.RetryAfter)
	}
	if _, empty := any(a.Body).(nothing); empty {
		r.Body = func(c huma.Context) { c.SetStatus(status) }
		return r, nil
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a.Body); err != nil {
		return nil, fmt.Errorf("encode response: %w", err)
	}
	r.Body = func(c huma.Context) {
		c.SetHeader("Content-Type", "application/json")
		c.SetStatus(status)
		_, _ = c.BodyWriter().Write(body.Bytes()) // fails only where the client is gone
	}
	return r, nil
}

// schemaOf returns the schema of a type, or nil for nothing.
func schemaOf[T any](s *Server) *huma.Schema {
	t := reflect.TypeFor[T]()
	if t == reflect.TypeFor[nothing]() {
		return nil
	}
	return s.api.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
}

// respond adds a JSON response, or one without a body where schema is nil, and
// the common form of all errors to an operation.
func (s *Server) respond(op *huma.Operation, status int, schema *huma.Schema) {
	r := &huma.Response{Description: http.StatusText(status)}
	if schema != nil {
		r.Content = map[string]*huma.MediaType{"application/json": {Schema: schema}}
	}
	op.Responses[strconv.Itoa(status)] = r
	op.Responses["default"] = &huma.Response{
		Description: "What is wrong, and how to go on.",
		Content:     map[string]*huma.MediaType{problemJSON: {Schema: schemaOf[details](s)}},
	}
}

// operationID names an operation after its route: get-api-eda-session_id.
func operationID(method, path string) string {
	return strings.ToLower(method) + strings.NewReplacer("/", "-", "{", "", "}", "", ".", "-").Replace(path)
}
