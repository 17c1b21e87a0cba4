package web

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// reread reads the file again, with what the form changes of how it is read.
func (s *Server) reread(c echo.Context, ws *workflow.Workspace) error {
	d, err := ws.Data()
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	opt, err := readingOptions(form, d)
	if err == nil && !reflect.DeepEqual(opt, d.Chosen) {
		_, err = ws.Reread(c.Request().Context(), opt)
	}
	if err != nil {
		if p, status, again := redrawable(err); again {
			return s.dataPage(c, status, refusedReading(p, form, d))
		}
		return err
	}
	return s.rereadDone(c, ws, form, d)
}

// rereadDone leads to what the form was about, and tells that it was done.
func (s *Server) rereadDone(c echo.Context, ws *workflow.Workspace, form url.Values, before *workflow.Data) error {
	text, to := "The file was read again.", "/"
	if name, ok := columnAt(before.Frame().Names(), form.Get("column")); ok {
		i, _ := strconv.Atoi(form.Get("column"))
		text, to = fmt.Sprintf("The file was read again for another kind of %s.", views.Clip(name, 60)), kindURL(i)
		switch {
		case form.Has(markField):
			text, to = fmt.Sprintf("The file was read again: %s counts as missing in %s.", markText(form[markField]), views.Clip(name, 60)), "/#notices-title"
		case form.Has(unmarkField):
			text, to = fmt.Sprintf("The file was read again: %s is a value of %s.", markText(form[unmarkField]), views.Clip(name, 60)), "/#notices-title"
		}
	}
	if d, err := ws.Data(); err == nil && len(d.Dropped) > 0 {
		text += " Not all of your choices could be kept: " + d.Dropped[0].Message
	}
	if err := s.flash(c, text); err != nil {
		return err
	}
	if form.Has("from") {
		return back(c)
	}
	return goTo(c, to)
}

// refusedReading is the page after a refused reading. A fault of the file as a
// whole is told beside the one input that was changed, if it was only one.
func refusedReading(p *problem.Error, form url.Values, d *workflow.Data) *redraw {
	r := &redraw{problem: p, typed: form, column: -1}
	var changed []string
	for _, a := range assumptions() {
		if p.Field == a.name {
			r.at = views.FieldID(a.name)
			return r
		}
		if form.Has(a.name) && form.Get(a.name) != a.chosen(d.Chosen) {
			changed = append(changed, a.name)
		}
	}
	if i, err := strconv.Atoi(form.Get("column")); err == nil && i >= 0 && i < len(d.Frame().Columns) {
		r.at, r.column = views.KindID(i), i
		return r
	}
	r.problem = &problem.Error{Kind: p.Kind, Line: p.Line, Message: "Read this way, the file was refused. " + p.Message, Hint: p.Hint}
	if len(changed) == 1 {
		r.at = views.FieldID(changed[0])
	}
	return r
}

// readingRequest says how a file is to be read. What is left out is found out
// from the file.
type readingRequest struct {
	Delimiter string            `json:"delimiter,omitempty" doc:"What stands between cells: one sign, such as a comma."`
	Quote     string            `json:"quote,omitempty" doc:"What stands around cells: a double or a single quote."`
	Encoding  string            `json:"encoding,omitempty" doc:"A name such as utf-8, windows-1252 or shift_jis."`
	Header    *bool             `json:"header,omitempty" doc:"The first row names the columns."`
	Decimal   string            `json:"decimal,omitempty" doc:"A point or a comma."`
	Skip      *int              `json:"skip,omitempty" minimum:"0" maximum:"1000000" doc:"How many lines before the first row are left out."`
	SkipUnits bool              `json:"skip_units,omitempty" doc:"Leave out the row after the names: it holds units."`
	SkipLast  int               `json:"skip_last,omitempty" minimum:"0" maximum:"1000000" doc:"How many lines at the end are left out."`
	OneTable  bool              `json:"one_table,omitempty" doc:"What looks like a second table belongs to the first."`
	DateOrder string            `json:"date_order,omitempty" enum:"day_first,month_first" doc:"How 01/02/2024 is read where a column does not tell."`
	Kinds     map[string]string `json:"kinds,omitempty" doc:"The kinds of columns by name: numeric, category, boolean, datetime, text or id. Cells that a kind cannot hold become missing, with a notice."`

	Missing map[string][]string `json:"missing,omitempty" doc:"What stands for a missing value in columns, by name, besides what does everywhere: {\"age\": [\"-999\"]}."`
}

// options returns the request as the reader takes it.
func (r readingRequest) options() (ingest.Options, error) {
	opt := ingest.Options{Encoding: r.Encoding, SkipUnits: r.SkipUnits, SkipLast: r.SkipLast, OneTable: r.OneTable, Missing: r.Missing}
	var err error
	if opt.Delimiter, err = oneByte("delimiter", r.Delimiter); err != nil {
		return opt, err
	}
	if opt.Quote, err = oneByte("quote", r.Quote); err != nil {
		return opt, err
	}
	if opt.Decimal, err = oneByte("decimal", r.Decimal); err != nil {
		return opt, err
	}
	switch {
	case r.Header == nil:
	case *r.Header:
		opt.Header = ingest.HeaderYes
	default:
		opt.Header = ingest.HeaderNo
	}
	switch {
	case r.Skip == nil:
	case *r.Skip == 0:
		opt.SkipFirst = -1
	default:
		opt.SkipFirst = *r.Skip
	}
	dateChoice().choose(&opt, r.DateOrder)
	opt.Kinds, err = kindsNamed(r.Kinds)
	return opt, err
}

// oneByte reads a sign, or 0 where the text is empty.
func oneByte(field, text string) (byte, error) {
	switch {
	case text == "":
		return 0, nil
	case len(text) == 1 && text[0] != 0:
		return text[0], nil
	}
	p := problem.Field(field, "The %s must be one sign of ASCII.", field)
	p.Value = views.Clip(text, 20)
	return 0, p
}

// kindsNamed reads the kinds of columns by the kinds' names. It returns nil for
// none.
func kindsNamed(names map[string]string) (map[string]frame.Kind, error) {
	if len(names) == 0 {
		return nil, nil
	}
	out := make(map[string]frame.Kind, len(names))
	for _, column := range slices.Sorted(maps.Keys(names)) {
		name := names[column]
		k, ok := kindNamed(name)
		if !ok {
			p := problem.Field("kinds", "There is no kind %q.", views.Clip(name, 40)).WithHint("Use numeric, category, boolean, datetime, text or id.")
			p.Column, p.Value = column, name
			return nil, p
		}
		out[column] = k
	}
	return out, nil
}

// allThere refuses choices about columns that a table does not have.
func allThere(opt ingest.Options) func(*frame.Frame) error {
	return func(f *frame.Frame) error {
		if err := known(f, "kinds", opt.Kinds); err != nil {
			return err
		}
		return known(f, "missing", opt.Missing)
	}
}

// known refuses a member of a field that no column has the name of.
func known[T any](f *frame.Frame, field string, byColumn map[string]T) error {
	for _, column := range slices.Sorted(maps.Keys(byColumn)) {
		if f.Index(column) < 0 {
			p := problem.Field(field, "There is no column %q.", views.Clip(column, 60)).WithHint("Use the names in columns.")
			p.Column = column
			return p
		}
	}
	return nil
}

// readAgain is the JSON twin of reread: the request says all that is chosen.
func (s *Server) readAgain(ctx context.Context, in *struct {
	Session string `path:"session_id"`
	Body    readingRequest
}) (*answer[uploaded], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	opt, err := in.Body.options()
	if err != nil {
		return nil, err
	}
	d, err := ws.RereadIf(ctx, opt, allThere(opt))
	if err != nil {
		return nil, err
	}
	return ok(newUploaded(in.Session, d)), nil
}
