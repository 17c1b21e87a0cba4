package web

import (
	"fmt"
	"strconv"

	"github.com/labstack/echo/v4"

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

// readPage is the start page with data: what was read, and how.
func (s *Server) readPage(d *workflow.Data, p *views.Problem) views.DataPage {
	f, t := d.Frame(), d.Table
	missing := 0
	for _, c := range f.Columns {
		missing += c.MissingCount()
	}
	page := views.DataPage{
		Problem: p, FileName: d.Name, MaxBytes: s.opts.MaxUpload, Limits: s.limitsLine(),
		Summary: fmt.Sprintf("Read %s and %s. Separator %s, %s.", views.Plural(f.Rows, "row"), views.Plural(len(f.Columns), "column"),
			delimiterName(t.Dialect.Delimiter), encodingName(t.Dialect.Encoding)),
		Tiles: []views.Tile{
			{Label: "Rows", Value: views.Count(f.Rows), Note: setAsideNote(t.Reading)},
			{Label: "Columns", Value: views.Count(len(f.Columns)), Note: kindCounts(f)},
			{Label: "Missing values", Value: views.Count(missing), Note: share(missing, f.Rows*len(f.Columns)) + " of all cells"},
			{Label: "Size", Value: views.Bytes(t.Bytes)},
		},
		Reading: []views.Fact{
			{Label: "Separator", Value: delimiterName(t.Dialect.Delimiter)},
			{Label: "Encoding", Value: encodingName(t.Dialect.Encoding)},
			{Label: "Header", Value: headerText(t.Dialect)},
			{Label: "Decimal mark", Value: decimalName(t.Dialect.Decimal)},
			{Label: "Records", Value: views.Count(t.Reading.Records), Note: accountText(t.Reading)},
		},
		Controls: readingControls(t.Dialect),
		Preview:  firstRows(f, "The first rows of the file"),
		Kinds:    kindsTable(f),
	}
	for _, n := range t.Notices {
		a := views.Alert{Severity: views.Note, Column: n.Column, Text: n.Message}
		if i := f.Index(n.Column); i >= 0 {
			a.URL = columnURL(i)
		}
		page.Notices = append(page.Notices, a)
	}
	if n := t.Reading.SetAside; n > 0 {
		page.SetAsideTotal = fmt.Sprintf("%s did not fit the columns and %s not loaded.", views.Plural(n, "row"), isAre(n))
		for _, r := range t.Reading.SetAsideRows {
			page.SetAside = append(page.SetAside, views.SetAside{Line: views.Count(r.Line), Reason: r.Reason})
		}
	}
	return page
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
	switch {
	case !d.Header:
		return "none: the columns were given names"
	case d.Skipped > 0:
		return "after " + views.Plural(d.Skipped, "line") + " that were skipped"
	}
	return "the first row"
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

// readingControls are the inputs to read the file another way.
func readingControls(d ingest.Dialect) []views.Field {
	delimiter := views.Field{Name: "delimiter", Label: "Separator", Type: "select"}
	for _, x := range delimiters {
		delimiter.Options = append(delimiter.Options, views.Option{Value: strconv.Itoa(int(x.byte)), Label: x.name, Selected: x.byte == d.Delimiter})
	}
	encoding := views.Field{Name: "encoding", Label: "Encoding", Type: "select"}
	for _, x := range encodings {
		encoding.Options = append(encoding.Options, views.Option{Value: x.name, Label: x.title, Selected: x.name == d.Encoding})
	}
	header := views.Field{Name: "header", Label: "First row", Type: "select", Options: []views.Option{
		{Value: "yes", Label: "names the columns", Selected: d.Header}, {Value: "no", Label: "is data", Selected: !d.Header},
	}}
	decimal := views.Field{Name: "decimal", Label: "Decimal mark", Type: "select", Options: []views.Option{
		{Value: ".", Label: "point", Selected: d.Decimal != ','}, {Value: ",", Label: "comma", Selected: d.Decimal == ','},
	}}
	return []views.Field{delimiter, encoding, header, decimal}
}

// readingOptions reads the inputs that readingControls makes.
func readingOptions(c echo.Context) (ingest.Options, error) {
	opt := ingest.Options{Header: ingest.HeaderYes, Decimal: '.'}
	n, err := strconv.ParseUint(c.FormValue("delimiter"), 10, 7)
	if err != nil || delimiterName(byte(n)) == strconv.QuoteRune(rune(n)) {
		return opt, problem.Field("delimiter", "There is no such separator.").WithHint("Choose one from the list.")
	}
	opt.Delimiter = byte(n)
	opt.Encoding = c.FormValue("encoding")
	if encodingName(opt.Encoding) == opt.Encoding {
		return opt, problem.Field("encoding", "There is no such encoding.").WithHint("Choose one from the list.")
	}
	if c.FormValue("header") == "no" {
		opt.Header = ingest.HeaderNo
	}
	if c.FormValue("decimal") == "," {
		opt.Decimal = ','
	}
	return opt, nil
}

var kindWords = map[frame.Kind]string{
	frame.Numeric: "Number", frame.Category: "Category", frame.Bool: "Yes or no",
	frame.Time: "Date", frame.Text: "Text", frame.ID: "Identifier",
}

// kindCounts says how many columns there are of each kind.
func kindCounts(f *frame.Frame) string {
	out := ""
	for _, k := range []struct {
		kind      frame.Kind
		one, many string
	}{
		{frame.Numeric, "number", "numbers"}, {frame.Category, "category", "categories"}, {frame.Bool, "yes or no", "yes or no"},
		{frame.Time, "date", "dates"}, {frame.Text, "text", "texts"}, {frame.ID, "identifier", "identifiers"},
	} {
		n := 0
		for _, c := range f.Columns {
			if c.Kind == k.kind {
				n++
			}
		}
		if n > 0 {
			if out != "" {
				out += ", "
			}
			out += views.Plural(n, k.one, k.many)
		}
	}
	return out
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

// kindsTable lists the columns with their kinds and why.
func kindsTable(f *frame.Frame) views.Table {
	t := views.Table{Caption: "Each column, its kind and why", Quiet: true, Heads: []views.Head{
		{Name: "Column"}, {Name: "Kind"}, {Name: "Why"}, {Name: "Missing", Number: true},
	}}
	for i, c := range f.Columns[:min(len(f.Columns), pageList)] {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: views.Clip(c.Name, 60), URL: columnURL(i), Code: true}, {Text: kindWords[c.Kind]}, {Text: c.Reason}, {Text: views.Count(c.MissingCount())},
		})
	}
	if len(f.Columns) > pageList {
		t.Caption, t.Quiet = fmt.Sprintf("The first %d of %s columns", pageList, views.Count(len(f.Columns))), false
	}
	return t
}

func columnURL(i int) string { return "/explore/columns/" + strconv.Itoa(i) }
