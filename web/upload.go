package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/internal/sample"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) uploadRoutes() {
	s.echo.GET("/", s.showData)
	s.echo.POST("/upload", s.upload)
	s.echo.POST("/sample", s.loadSample)
	s.page(http.MethodPost, "/reread", s.reread)
	endpoint(s, http.MethodPost, "/api/sessions/{session_id}/reading", http.StatusOK, "Read the uploaded file another way", s.readAgain)
	s.echo.POST("/clear", s.clear)
	op := huma.Operation{
		Method: http.MethodPost, Path: "/api/upload", Summary: "Upload a CSV file and start a session",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			echo.MIMEMultipartForm: {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{
				"file": {Type: huma.TypeString, Description: "The CSV file: names of columns, and rows.", Examples: []any{"city,age\nRome,31\nOslo,28\n"},
					MinLength: new(1), Pattern: `\S`, Extensions: map[string]any{"contentMediaType": "text/csv"}},
			}}, Encoding: map[string]*huma.Encoding{"file": {ContentType: "text/csv, text/plain"}}},
		}},
		Responses: map[string]*huma.Response{},
	}
	s.respond(&op, http.StatusCreated, schemaOf[uploaded](s))
	s.documented(op, s.createSession)
}

// showData is the start page: the way in, or what was read.
func (s *Server) showData(c echo.Context) error { return s.dataPage(c, http.StatusOK, nil) }

// dataPage draws the start page, with why a form was refused if one was.
func (s *Server) dataPage(c echo.Context, status int, refused *redraw) error {
	ws, ok := s.workspace(c)
	title, body := "From a CSV file to a model", views.Landing(s.landing(refused.summary()))
	if ok {
		d, err := ws.Data()
		if err != nil {
			return err
		}
		page := pageNumber(c.FormValue("page"), kindPages(len(d.Frame().Columns)))
		title, body = "What was read", views.Data(s.readPage(ws, d, page, refused))
	} else {
		ws = nil
	}
	shell := s.stepShell(c, ws, title, "Data")
	shell.Refused = refused != nil
	return s.render(c, status, shell, body)
}

// upload reads the file of a form.
func (s *Server) upload(c echo.Context) error {
	return s.load(c, func(ctx context.Context, ws *workflow.Workspace) error {
		_, err := s.readForm(ctx, c, ws)
		return err
	})
}

// loadSample loads a built-in table as if it had been uploaded.
func (s *Server) loadSample(c echo.Context) error {
	return s.load(c, func(ctx context.Context, ws *workflow.Workspace) error {
		name := c.FormValue("name")
		raw, err := sample.Open(name)
		if err != nil {
			return problem.Field("name", "There is no such sample.").WithHint("Choose one of the four.")
		}
		_, err = ws.Upload(ctx, bytes.NewReader(raw), name+".csv", int64(len(raw)))
		return err
	})
}

// load puts a table into the browser's workspace, or into a new one, which is
// kept only if the table was read.
func (s *Server) load(c echo.Context, read func(context.Context, *workflow.Workspace) error) error {
	ws, ok := s.workspace(c)
	if !ok {
		ws = s.opts.Workflow.New()
	}
	if err := read(c.Request().Context(), ws); err != nil {
		if p, status, again := redrawable(err); again {
			return s.dataPage(c, status, &redraw{problem: p, at: views.FieldID("file"), column: -1})
		}
		return err
	}
	if !ok {
		if err := s.visitors.start(c, ws); err != nil {
			ws.Clear()
			return err
		}
	}
	return goTo(c, "/")
}

// clear deletes everything of the browser's session.
func (s *Server) clear(c echo.Context) error {
	if err := s.forget(c); err != nil {
		return err
	}
	if err := s.flash(c, "Your file, recipe and models were deleted from the server."); err != nil {
		return err
	}
	return goTo(c, "/")
}

// maxParts is how many parts a form may have.
const maxParts = 20

// readForm streams the form's file into the workspace; nothing of it is
// written to disk.
func (s *Server) readForm(ctx context.Context, c echo.Context, ws *workflow.Workspace) (*workflow.Data, error) {
	none := problem.Field("file", "No file was sent.").WithHint("Choose a CSV file and send it as the part named file.")
	r := c.Request()
	form, err := r.MultipartReader()
	if err != nil {
		none.Err = err
		return nil, none
	}
	for range maxParts {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, none
		}
		if err != nil {
			if _, told := problem.As(err); told {
				return nil, err
			}
			return nil, brokenForm(err)
		}
		if part.FormName() != "file" {
			continue
		}
		name, named := partName(part)
		if named && name == "" { // a browser's form where no file was chosen
			return nil, none
		}
		d, err := ws.Upload(ctx, part, cmp.Or(name, "data.csv"), max(r.ContentLength, 0))
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, brokenForm(err)
		}
		return d, err
	}
	return nil, problem.Field("file", "The form has more than %d parts.", maxParts).WithHint("Send the file alone.")
}

// partName returns the name of a part's file, and whether it has one, be it
// empty.
func partName(part *multipart.Part) (name string, named bool) {
	_, params, err := mime.ParseMediaType(part.Header.Get(echo.HeaderContentDisposition))
	if _, named = params["filename"]; err != nil {
		named = true
	}
	return part.FileName(), named
}

// brokenForm is the problem of a form that ends before its last boundary.
func brokenForm(err error) error {
	return &problem.Error{Kind: problem.Malformed, Field: "file", Message: "The form broke off before its end.", Hint: "Send the file again.", Err: err}
}

// createSession is the JSON twin of upload.
func (s *Server) createSession(c echo.Context) error {
	ws := s.opts.Workflow.New()
	d, err := s.readForm(c.Request().Context(), c, ws)
	if err != nil {
		return err
	}
	id, err := s.sessions.Put(owner(c), ws)
	if err != nil {
		ws.Clear()
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, "/api/sessions/"+id)
	return c.JSON(http.StatusCreated, newUploaded(id, d))
}
