package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/export"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) downloadRoutes() {
	s.page(http.MethodGet, "/download", s.ofRun("Download", s.showDownload))
	s.page(http.MethodGet, "/download/model.pkl", s.downloadModel)
	op := huma.Operation{
		Method: http.MethodGet, Path: "/api/export/{session_id}", Summary: "Download the model",
		Parameters: append(pathParams("/api/export/{session_id}"),
			&huma.Param{Name: "format", In: "query", Description: "The kind of file; pkl where it is left out.", Schema: &huma.Schema{Type: huma.TypeString, Enum: []any{"pkl"}}},
			&huma.Param{Name: "run_id", In: "query", Description: "The run; the newest where it is left out.", Schema: &huma.Schema{Type: huma.TypeString}}),
		Responses: map[string]*huma.Response{},
	}
	s.respond(&op, http.StatusOK, nil)
	op.Responses["200"].Content = map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	s.documented(op, s.exportModel)
}

// showDownload offers the files that a model can leave as.
func (s *Server) showDownload(c echo.Context, ws *workflow.Workspace, t *workflow.Trained) error {
	d := t.Data()
	name := scoreName(t)
	page := views.DownloadPage{
		Run:     runHead(ws, t, "/download"),
		Score:   fmt.Sprintf("%s %s on %s", name, views.Fixed(headline(t), 3), views.Plural(t.Result.Rows.Test, "test row")),
		Safety:  "A pickle runs code when it is loaded, so open only files that you or people you trust have made. This one calls nothing but constructors of numpy and scikit-learn.",
		Snippet: snippet(t, d, fileName(export.Formats()[0], t)), Needs: []string{"Python 3 (tested on 3.11)", "scikit-learn " + export.OldestSklearn + " to " + export.NewestSklearn, "pandas"},
		Inputs: inputsTable(t, d), Differs: export.Differences(t.Result.Learner, t.Result.Params, t.Plan.Spec.Recipe.Steps),
	}
	for _, format := range export.Formats() {
		file := views.ModelFile{Title: format.Title, Name: fileName(format, t), For: format.Summary, Tested: format.Tested, URL: views.RunURL("/download/model.pkl", number(t.Run))}
		made, err := ws.Export(t.ID, string(format.Name))
		if p, _, told := redrawable(err); err != nil && told {
			file.Refusal = p.Error()
		} else if err != nil {
			return err
		} else {
			file.Size, file.SHA256 = views.Bytes(made.Size), made.SHA256
		}
		page.Files = append(page.Files, file)
	}
	return s.render(c, http.StatusOK, s.runShell(c, ws, "Download", "Download", t), views.Download(page))
}

// inputsTable lists the columns that a row has to have.
func inputsTable(t *workflow.Trained, d *workflow.Data) views.Table {
	table := views.Table{Caption: "The columns the model reads", Quiet: true, Heads: []views.Head{{Name: "Column"}, {Name: "Kind"}, {Name: "In your first row"}}}
	for _, in := range t.Pipeline.Recipe.Inputs() {
		c := d.Frame().Column(in.Name)
		table.Rows = append(table.Rows, []views.Cell{{Text: views.Clip(in.Name, 60), Code: true}, {Text: kindWords[in.Kind]}, cell(c, 0)})
	}
	return table
}

// fileName is the name of a file that leaves by the page. It says which run it
// is of, so that the files of several runs are told apart.
func fileName(f export.Format, t *workflow.Trained) string {
	name, kind, _ := strings.Cut(f.File, ".")
	return name + "_run_" + number(t.Run) + "." + kind
}

// downloadModel sends the file of a browser's model.
func (s *Server) downloadModel(c echo.Context, ws *workflow.Workspace) error {
	t, err := ws.Trained(c.QueryParam("run"))
	if err != nil && c.QueryParam("run") != "" {
		return s.noRun(c, ws, "Download", c.QueryParam("run"), err)
	} else if err != nil {
		return err
	}
	file, err := ws.Export(t.ID, "")
	if err != nil {
		return err
	}
	if err := s.sendModel(c, file, fileName(file.Format, t)); err != nil {
		return err
	}
	ws.Mark(workflow.Seen{Downloaded: true})
	return nil
}

// exportModel is the JSON API's twin of downloadModel.
func (s *Server) exportModel(c echo.Context) error {
	ws, err := s.byID(c.Param("session_id"))
	if err != nil {
		return err
	}
	file, err := ws.Export(c.QueryParam("run_id"), c.QueryParam("format"))
	if err != nil {
		return err
	}
	return s.sendModel(c, file, file.Format.File)
}

func (s *Server) sendModel(c echo.Context, file *workflow.File, name string) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	h.Set(echo.HeaderContentLength, strconv.FormatInt(file.Size, 10))
	h.Set(echo.HeaderContentType, file.Format.MediaType)
	h.Set("ETag", `"`+file.SHA256+`"`)
	c.Response().WriteHeader(http.StatusOK)
	return file.Write(c.Response())
}
