package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/profile"
)

// configureHuma has huma write its own errors as details, and tell members
// apart by case, as JSON does. These are variables of its package, so they are
// set once, to the same for every server.
var configureHuma = sync.OnceFunc(func() {
	huma.ValidateStrictCasing = true
	huma.NewErrorWithContext = refusal
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return refusal(nil, status, message, errs...)
	}
})

// newAPI returns the registry of JSON routes on top of the router. The
// description and its page are served by this package itself.
func newAPI(e *echo.Echo, version string) huma.API {
	configureHuma()
	c := huma.DefaultConfig("ClickTrain", version)
	c.Info.Description = "From a CSV file to a scikit-learn model: upload, explore, prepare, train, download. " +
		"A `session_id` is the only credential; keep it to yourself. Errors are problem details (RFC 9457), " +
		"whose `detail` says what is wrong and how to go on. Numbers are finite; what is undefined is null."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: decodeJSON}
	c.Formats = map[string]huma.Format{"application/json": format, "json": format}
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[profile.Stat](), reflect.TypeFor[*float64]()) // null where it is undefined
	return humaecho.New(e, c)
}

// documented registers a route that is not plain JSON, such as an upload or a
// download, with a description made by hand. Its path has {names} as in the
// description.
func (s *Server) documented(op huma.Operation, handler echo.HandlerFunc) {
	if op.OperationID == "" {
		op.OperationID = operationID(op.Method, op.Path)
	}
	if op.Tags == nil {
		op.Tags = []string{"API"}
	}
	s.api.OpenAPI().AddOperation(&op)
	s.echo.Add(op.Method, strings.NewReplacer("{", ":", "}", "").Replace(op.Path), checkQuery(op.Parameters, handler))
}

// spec serves the API's description, encoded at the first request.
func (s *Server) spec() echo.HandlerFunc {
	encoded := sync.OnceValues(func() ([]byte, error) {
		body, err := json.Marshal(s.api.OpenAPI())
		if err != nil {
			return nil, err
		}
		return s.choices(body)
	})
	return func(c echo.Context) error {
		body, err := encoded()
		if err != nil {
			return fmt.Errorf("encode API description: %w", err)
		}
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, body)
	}
}

// maxDepth is how deep objects and arrays of a JSON body may nest.
const maxDepth = 32

// decodeJSON reads a body like encoding/json, but refuses repeated members and
// deep nesting, which it would take in silence.
func decodeJSON(data []byte, v any) error {
	if _, first := v.(*any); first { // the schema check; the second reading is of the same bytes
		if err := checkJSON(data); err != nil {
			return err
		}
	}
	err := json.Unmarshal(data, v)
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s is out of range", short(e.Value))
	}
	return err
}

// short cuts a value for a message: it may be as long as the body.
func short(value string) string {
	const most = 40
	if len(value) > most {
		return value[:most] + "…"
	}
	return value
}

// level is an object or an array that is being read.
type level struct {
	members map[string]bool // of an object; nil in an array
	value   bool            // a member's name was read, its value comes next
}

func checkJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var open []level
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(open) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the body is not JSON: %w", err)
		}
		top := len(open) - 1
		if name, isText := token.(string); isText && top >= 0 && open[top].members != nil && !open[top].value {
			if open[top].members[name] {
				return fmt.Errorf("the member %q is there twice", name)
			}
			open[top].members[name], open[top].value = true, true
			continue
		}
		if top >= 0 && token != json.Delim('}') && token != json.Delim(']') {
			open[top].value = false
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{members: map[string]bool{}})
		case json.Delim('['):
			open = append(open, level{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:top]
		}
		if len(open) > maxDepth {
			return fmt.Errorf("the body nests deeper than %d levels", maxDepth)
		}
	}
}

// pathParams describes the {names} in a path.
func pathParams(path string) []*huma.Param {
	var out []*huma.Param
	for _, part := range strings.Split(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			out = append(out, &huma.Param{Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}})
		}
	}
	return out
}
