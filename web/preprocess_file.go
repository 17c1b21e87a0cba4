package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/workflow"
)

// maxRecipe is the most bytes of a recipe that is loaded.
const maxRecipe = 1 << 20

// saveRecipe sends the recipe as a file that loadRecipe takes.
func (s *Server) saveRecipe(c echo.Context, ws *workflow.Workspace) error {
	m, err := ws.Now()
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(m.Recipe(), "", "  ")
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="recipe.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, append(body, '\n'))
}

// loadRecipe puts a saved recipe in the place of the one that holds.
func (s *Server) loadRecipe(c echo.Context, ws *workflow.Workspace) error {
	r, err := sentRecipe(c)
	if err == nil {
		_, err = ws.Prepare(c.Request().Context(), r, "Loaded a saved recipe")
	}
	if err != nil {
		return s.refusedStep(c, ws, err)
	}
	return s.told(c, saidAt(c), "Loaded a recipe")
}

func sentRecipe(c echo.Context) (recipe.Recipe, error) {
	none := problem.Field("recipe", "No file was chosen.").WithHint("Choose a recipe that was saved from this page.")
	file, err := c.FormFile("recipe")
	if err != nil {
		return recipe.Recipe{}, none
	}
	if file.Size > maxRecipe {
		return recipe.Recipe{}, problem.Field("recipe", "The recipe has %d bytes; at most %d are read.", file.Size, maxRecipe)
	}
	in, err := file.Open()
	if err != nil {
		return recipe.Recipe{}, err
	}
	defer in.Close()
	body, err := io.ReadAll(io.LimitReader(in, maxRecipe))
	if err != nil {
		return recipe.Recipe{}, err
	}
	if len(body) == 0 {
		return recipe.Recipe{}, none
	}
	return recipeFile(body)
}

// recipeFile reads what saveRecipe writes, and nothing else.
func recipeFile(body []byte) (recipe.Recipe, error) {
	refuse := func(format string, args ...any) (recipe.Recipe, error) {
		return recipe.Recipe{}, problem.Field("recipe", "The file is no recipe: "+format, args...).
			WithHint("Choose a file that was saved from this page.")
	}
	var at *json.SyntaxError
	if err := checkJSON(body); errors.As(err, &at) {
		return refuse("it is not JSON from byte %d on.", at.Offset)
	} else if err != nil {
		return refuse("%s.", strings.Replace(err.Error(), "the body", "it", 1))
	}
	var sent struct {
		Steps *[]json.RawMessage `json:"steps"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if d.Decode(&sent) != nil || sent.Steps == nil {
		return refuse("it is not JSON of the form {\"steps\": [...]}.")
	}
	return decodeSteps(*sent.Steps)
}

// savePrepared sends the prepared rows as CSV.
func (s *Server) savePrepared(c echo.Context, ws *workflow.Workspace) error {
	m, err := ws.Now()
	if err != nil {
		return err
	}
	table, err := m.PreparedTable(c.Request().Context())
	if err != nil {
		return s.refusedStep(c, ws, err)
	}
	return sendPrepared(c, table)
}

// sendPrepared streams the table. Texts that a spreadsheet would run are made
// harmless unless ?escape=none.
func sendPrepared(c echo.Context, table *workflow.PreparedTable) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="prepared.csv"`)
	c.Response().WriteHeader(http.StatusOK)
	return table.WriteCSV(c.Response(), c.QueryParam("escape") != "none")
}

// preparedCSV registers the JSON API's way to the prepared rows.
func (s *Server) preparedCSV() {
	const path = "/api/preprocessing/{session_id}/prepared.csv"
	op := huma.Operation{Method: http.MethodGet, Path: path, Summary: "Download the prepared rows as CSV",
		Description: "The training rows that the recipe keeps, as a model gets them, and the test rows, in the file's order; the first column says which is which. Steps that balance classes are not done.",
		Parameters: append(pathParams(path), &huma.Param{Name: "escape", In: "query",
			Description: "none writes texts as they are; otherwise those that a spreadsheet would run begin with an apostrophe.",
			Schema:      &huma.Schema{Type: huma.TypeString, Enum: []any{"none"}}}),
		Responses: map[string]*huma.Response{}}
	s.respond(&op, http.StatusOK, nil)
	op.Responses["200"].Content = map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}}
	s.documented(op, func(c echo.Context) error {
		ws, err := s.byID(c.Param("session_id"))
		if err != nil {
			return err
		}
		m, err := ws.Now()
		if err != nil {
			return err
		}
		table, err := m.PreparedTable(c.Request().Context())
		if err != nil {
			return err
		}
		return sendPrepared(c, table)
	})
}

// storedRecipe is the recipe of a session and its history.
type storedRecipe struct {
	Steps     []recipe.Step   `json:"steps" doc:"The recipe as it was set."`
	Suggested []suggestedStep `json:"suggested" doc:"Steps that the recipe lacks so that any algorithm can be trained well, and why."`
	History   []string        `json:"history" doc:"What was edited, the oldest first."`
	Done      int             `json:"done" doc:"How many of the edits hold; those after them were undone."`
}

// suggestedStep is a step with why it is suggested.
type suggestedStep struct {
	Step   recipe.Step `json:"step"`
	Reason string      `json:"reason"`
}

// recipe is the JSON twin of showPrepare.
func (s *Server) recipe(ctx context.Context, in *struct {
	Session string `path:"session_id"`
}) (*answer[storedRecipe], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	return recipeAnswer(ctx, ws)
}

// undo is the JSON twin of goToVersion, one edit back.
func (s *Server) undo(ctx context.Context, in *struct {
	Session string `path:"session_id"`
}) (*answer[storedRecipe], error) {
	return s.rewind(ctx, in.Session, (*workflow.Workspace).Undo)
}

// redo is the same, one edit on.
func (s *Server) redo(ctx context.Context, in *struct {
	Session string `path:"session_id"`
}) (*answer[storedRecipe], error) {
	return s.rewind(ctx, in.Session, (*workflow.Workspace).Redo)
}

func (s *Server) rewind(ctx context.Context, session string, step func(*workflow.Workspace) error) (*answer[storedRecipe], error) {
	ws, err := s.byID(session)
	if err != nil {
		return nil, err
	}
	if err := step(ws); err != nil {
		return nil, err
	}
	return recipeAnswer(ctx, ws)
}

func recipeAnswer(ctx context.Context, ws *workflow.Workspace) (*answer[storedRecipe], error) {
	m, err := ws.Now()
	if err != nil {
		return nil, err
	}
	list, done := m.History()
	out := storedRecipe{Steps: m.Recipe().Steps, Suggested: []suggestedStep{}, History: []string{}, Done: done}
	if out.Steps == nil {
		out.Steps = []recipe.Step{}
	}
	if _, lacks, err := m.Suggest(ctx, suiting("")); err == nil {
		for _, l := range lacks {
			out.Suggested = append(out.Suggested, suggestedStep(l))
		}
	}
	for _, e := range list {
		out.History = append(out.History, e.What)
	}
	return ok(out), nil
}
