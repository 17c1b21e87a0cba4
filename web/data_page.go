package web

import (
	"fmt"
	"net/url"
	"reflect"
	"strconv"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
	"clicktrain/internal/sample"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

func (s *Server) limitsLine() string {
	return "Up to " + sizeText(s.opts.MaxUpload) + "."
}

// landing is the start page without data.
func (s *Server) landing(p *views.Problem) views.LandingPage {
	page := views.LandingPage{Problem: p, MaxBytes: s.opts.MaxUpload, Limits: s.limitsLine()}
	for _, d := range sample.All() {
		page.Samples = append(page.Samples, views.Sample{
			Name: d.Name, Title: d.Title, Question: d.Question, Task: d.Task,
			Rows: views.Plural(d.Rows, "row"), Columns: views.Plural(d.Columns, "column"),
		})
	}
	return page
}

// redraw is a page after a form was refused: why, and what the form had said.
type redraw struct {
	problem *problem.Error
	typed   url.Values // nil where a file was refused
	at      string     // the id of the input to blame; empty is none
	column  int        // whose kind was refused; -1 is none
}

// summary is the list of what went wrong; nil where nothing did.
func (r *redraw) summary() *views.Problem {
	if r == nil {
		return nil
	}
	item := views.ProblemItem{Text: r.problem.Message, Hint: r.problem.Hint}
	if r.at != "" {
		item.Href = "#" + r.at
	}
	return &views.Problem{Items: []views.ProblemItem{item}}
}

// readPage is the start page with data: what was read, and how. page is that of
// the table of kinds; refused is nil but after a refused form.
func (s *Server) readPage(ws *workflow.Workspace, d *workflow.Data, page int, refused *redraw) views.DataPage {
	f, t := d.Frame(), d.Table
	missing := 0
	for _, c := range f.Columns {
		missing += c.MissingCount()
	}
	out := views.DataPage{
		Problem: refused.summary(), FileName: d.Name, MaxBytes: s.opts.MaxUpload, Limits: s.limitsLine(), Loss: lossText(ws),
		Summary: fmt.Sprintf("Read %s and %s. Separator %s, %s.", views.Plural(f.Rows, "row"), views.Plural(len(f.Columns), "column"),
			delimiterName(t.Dialect.Delimiter), encodingName(t.Dialect.Encoding)),
		Tiles: []views.Tile{
			{Label: "Rows", Value: views.Count(f.Rows), Note: setAsideNote(t.Reading)},
			{Label: "Columns", Value: views.Count(len(f.Columns)), Note: kindCounts(f)},
			{Label: "Missing values", Value: views.Count(missing), Note: share(missing, f.Rows*len(f.Columns)) + " of all cells"},
			{Label: "Size", Value: views.Bytes(t.Bytes)},
		},
		Reading: []views.Fact{
			{Label: "Records", Value: views.Count(t.Reading.Records), Note: accountText(t.Reading)},
			{Label: "Header", Value: headerText(t.Dialect)},
		},
		Controls: readingControls(d, refused),
		Chosen:   !reflect.DeepEqual(d.Chosen, ingest.Options{}),
		Preview:  firstRows(f, "The first rows of the file"),
		Kinds:    kindTable(d, page, refused),
	}
	out.Notices, out.More = readingNotices(d, page)
	if n := t.Reading.SetAside; n > 0 {
		out.SetAsideTotal = fmt.Sprintf("%s did not fit the columns and %s not loaded.", views.Plural(n, "row"), isAre(n))
		for _, r := range t.Reading.SetAsideRows {
			out.SetAside = append(out.SetAside, views.SetAside{Line: views.Count(r.Line), Reason: r.Reason})
		}
	}
	return out
}

// lossText says what goes with a table that is read again.
func lossText(ws *workflow.Workspace) string {
	runs := len(ws.Runs())
	switch prepared := ws.Progress().Prepared; {
	case runs > 0 && prepared:
		return "Reading the file again deletes the recipe and " + views.Plural(runs, "run") + "."
	case runs > 0:
		return "Reading the file again deletes " + views.Plural(runs, "run") + "."
	case prepared:
		return "Reading the file again deletes the recipe."
	}
	return ""
}

func isAre(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func share(part, whole int) string {
	if whole == 0 {
		return views.Percent(0)
	}
	return views.Percent(float64(part) / float64(whole))
}

func setAsideNote(r ingest.Reading) string {
	if r.SetAside == 0 {
		return "all rows of the file"
	}
	return views.Plural(r.SetAside, "row") + " set aside"
}

// accountText says where every record went.
func accountText(r ingest.Reading) string {
	return fmt.Sprintf("%s loaded, %s set aside, %s blank, %s comments, %s skipped",
		views.Count(r.Loaded), views.Count(r.SetAside), views.Count(r.Blank), views.Count(r.Comment), views.Count(r.Skipped))
}

func headerText(d ingest.Dialect) string {
	if !d.Header {
		return "none: the columns were given names, and the first row is on line " + views.Count(d.Line)
	}
	return "on line " + views.Count(d.Line)
}

var delimiters = []struct {
	byte byte
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "vertical bar"}, {':', "colon"}, {'^', "caret"}, {' ', "space"}, {0x1f, "unit separator"}}

func delimiterName(b byte) string {
	for _, d := range delimiters {
		if d.byte == b {
			return d.name
		}
	}
	if b == 0 {
		return "none"
	}
	return strconv.QuoteRune(rune(b))
}

func decimalName(b byte) string {
	if b == ',' {
		return "comma"
	}
	return "point"
}

var encodings = []struct{ name, title string }{
	{"utf-8", "UTF-8"}, {"windows-1252", "Windows-1252 (Western)"}, {"utf-16le", "UTF-16, little endian"}, {"utf-16be", "UTF-16, big endian"},
	{"shift_jis", "Shift JIS (Japanese)"}, {"gb18030", "GB 18030 (Chinese)"}, {"windows-1251", "Windows-1251 (Cyrillic)"}, {"euc-kr", "EUC-KR (Korean)"}, {"big5", "Big5 (Chinese)"},
}

func encodingName(name string) string {
	for _, e := range encodings {
		if e.name == name {
			return e.title
		}
	}
	return name
}

// Limits of tables on pages.
const (
	pageColumns = 50 // columns of a preview
	pageList    = 200
)

// firstRows is a table of the frame's first rows.
func firstRows(f *frame.Frame, caption string) views.Table {
	t := views.Table{Caption: caption, Quiet: true}
	columns := f.Columns[:min(len(f.Columns), pageColumns)]
	if len(columns) < len(f.Columns) {
		t.Caption += fmt.Sprintf(", %d of %s columns", pageColumns, views.Count(len(f.Columns)))
		t.Quiet = false
	}
	for _, c := range columns {
		t.Heads = append(t.Heads, views.Head{Name: c.Name, Note: kindWords[c.Kind], Number: c.Kind == frame.Numeric, Code: true})
	}
	for i := range min(previewRows, f.Rows) {
		row := make([]views.Cell, len(columns))
		for j, c := range columns {
			row[j] = cell(c, i)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cell is a cell of the file on a page.
func cell(c *frame.Column, i int) views.Cell {
	switch {
	case c.Missing(i):
		return views.Cell{Missing: true}
	case c.Kind == frame.Time:
		return views.Cell{Text: timeText(c.Num[i])}
	case c.Numbers():
		return views.Cell{Text: views.Num(c.Num[i])}
	}
	return views.Cell{Text: views.Clip(c.Levels[c.Codes[i]], 80)}
}

func columnURL(i int) string { return "/explore/columns/" + strconv.Itoa(i) }
