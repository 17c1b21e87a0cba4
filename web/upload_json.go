package web

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"clicktrain/internal/frame"
	"clicktrain/internal/workflow"
)

// previewRows is how many rows of the table a response or page shows.
const previewRows = 5

// uploaded is the response to an upload.
type uploaded struct {
	SessionID   string       `json:"session_id" doc:"The only credential of the session: keep it to yourself."`
	Message     string       `json:"message"`
	FileName    string       `json:"filename"`
	Encoding    string       `json:"encoding_detected"`
	Delimiter   string       `json:"delimiter"`
	Shape       [2]int       `json:"shape" doc:"Rows and columns."`
	Columns     []string     `json:"columns"`
	ColumnTypes []columnType `json:"column_types"`
	Preview     []record     `json:"preview" doc:"The first rows; null where a value is missing."`
	Reading     reading      `json:"reading"`
}

type columnType struct {
	Name   string `json:"name"`
	Kind   string `json:"kind" enum:"numeric,category,boolean,datetime,text,id"`
	Reason string `json:"reason"`
}

// reading accounts for every record of the file.
type reading struct {
	Records      int        `json:"records" doc:"rows_loaded + rows_set_aside + blank + comment + skipped"`
	RowsLoaded   int        `json:"rows_loaded"`
	RowsSetAside int        `json:"rows_set_aside"`
	Blank        int        `json:"blank"`
	Comment      int        `json:"comment"`
	Skipped      int        `json:"skipped"`
	SetAside     []setAside `json:"set_aside"`
	Notices      []notice   `json:"notices"`
}

type setAside struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

type notice struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Line    int    `json:"line,omitempty"`
	Column  string `json:"column,omitempty"`
	Value   string `json:"value,omitempty" doc:"What may stand for missing."`
}

func newUploaded(id string, d *workflow.Data) uploaded {
	f, t := d.Frame(), d.Table
	u := uploaded{
		SessionID: id, FileName: d.Name, Encoding: t.Dialect.Encoding, Delimiter: string(rune(t.Dialect.Delimiter)),
		Message: fmt.Sprintf("Read %s and %s.", counted(f.Rows, "row"), counted(len(f.Columns), "column")),
		Shape:   [2]int{f.Rows, len(f.Columns)}, Columns: f.Names(),
		Reading: reading{
			Records: t.Reading.Records, RowsLoaded: t.Reading.Loaded, RowsSetAside: t.Reading.SetAside,
			Blank: t.Reading.Blank, Comment: t.Reading.Comment, Skipped: t.Reading.Skipped,
			SetAside: []setAside{}, Notices: []notice{},
		},
	}
	for _, c := range f.Columns {
		u.ColumnTypes = append(u.ColumnTypes, columnType{c.Name, c.Kind.String(), c.Reason})
	}
	for i := range min(previewRows, f.Rows) {
		row := make(record, len(f.Columns))
		for j, c := range f.Columns {
			row[j] = member{c.Name, cellValue(c, i)}
		}
		u.Preview = append(u.Preview, row)
	}
	for _, r := range t.Reading.SetAsideRows {
		u.Reading.SetAside = append(u.Reading.SetAside, setAside(r))
	}
	for _, n := range append(slices.Clone(d.Dropped), t.Notices...) {
		u.Reading.Notices = append(u.Reading.Notices, notice{n.Code, n.Message, n.Line, n.Column, n.Value})
	}
	return u
}

// cellValue returns a cell as JSON: a number, a boolean, a text, or nil.
func cellValue(c *frame.Column, i int) any {
	switch {
	case c.Missing(i):
		return nil
	case c.Kind == frame.Time:
		return timeText(c.Num[i])
	case c.Numbers():
		return finite(c.Num[i])
	case c.IsPandasBool():
		return c.Levels[c.Codes[i]] == "True"
	}
	return c.Levels[c.Codes[i]]
}

// finite returns x as JSON, which has no word for what is not finite; minus
// zero is zero.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x + 0
}

// timeText writes seconds since 1970 as a date, with the time of day if there
// is one.
func timeText(seconds float64) string {
	whole, part := math.Modf(seconds)
	t := time.Unix(int64(whole), int64(math.Round(part*1e9))).UTC()
	if t.Truncate(24 * time.Hour).Equal(t) {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05.999")
}

// record is a JSON object whose members keep their order.
type record []member

type member struct {
	Name  string
	Value any
}

// MarshalJSON writes the members in order.
func (r record) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, m := range r {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(m.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.Value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}

// counted is a count with its noun in plain text; pages use views.Plural.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// numberText writes a number as the shortest text that reads back the same.
func numberText(x float64) string { return strconv.FormatFloat(x+0, 'g', -1, 64) }

// Schema describes a record: an object with a member for each column.
func (record) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}
