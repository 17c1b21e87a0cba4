package workflow

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
	"clicktrain/internal/train"
)

// MaxPredictRows is the most rows of one request.
const MaxPredictRows = 10_000

// Answer is what a model says of some rows.
type Answer struct {
	RunID       string
	Predictions []any       // a label in the person's own values, or a number, for each row
	Labels      []any       // of a classification
	Proba       [][]float64 // for each row, by label; nil where the model tells none
	Ranked      bool        // Proba is nil since the model ranks classes without telling how likely they are
	Unseen      []recipe.Seen
	Gaps        []Gap
	Beyond      []train.Beyond
	Extra       []string // columns that the model does not use
}

// Gap counts the rows that lack a value of a column.
type Gap struct {
	Column string
	Rows   int
	Filled bool // as in training; else they count as none of the categories, or as missing
	Number bool // of a column of numbers
	Known  bool // training rows lacked values too
}

// Predict predicts rows given as JSON objects, by column name. Every row needs
// each of the model's columns; null is a missing value. The error names the
// row, column and value at fault.
func (w *Workspace) Predict(runID string, rows []map[string]any) (*Answer, error) {
	t, err := w.Trained(runID)
	if err != nil {
		return nil, err
	}
	switch {
	case len(rows) == 0:
		return nil, problem.Field("rows", "There are no rows to predict.").WithHint("Send at least one row.")
	case len(rows) > MaxPredictRows:
		return nil, problem.Field("rows", "There are %d rows; at most %d are predicted at once.", len(rows), MaxPredictRows).WithHint("Send them in several requests.")
	}
	inputs := t.Pipeline.Recipe.Inputs()
	f, err := rowsFrame(inputs, rows)
	if err != nil {
		return nil, err
	}
	p, err := t.Pipeline.Predict(f, nil)
	if err != nil {
		return nil, atRow(err, rows)
	}
	a := &Answer{RunID: t.ID, Ranked: p.Ranks != nil, Extra: extra(inputs, rows, t.Pipeline.Target), Predictions: make([]any, len(rows))}
	a.fill(t.Pipeline.Labels, p)
	a.compare(t.Pipeline, f, p.Seen)
	a.Beyond, err = t.Pipeline.Unlike(f)
	return a, err
}

// atRow adds to a problem with a value the first row that has it.
func atRow(err error, rows []map[string]any) error {
	p, told := problem.As(err)
	if !told || p.Column == "" || p.Value == "" || p.Field != "" {
		return err
	}
	for i, row := range rows {
		if v, ok := row[p.Column].(string); ok && v == p.Value {
			e := *p
			e.Field, e.Message = fmt.Sprintf("rows[%d]", i), fmt.Sprintf("Row %d: %s", i+1, p.Message)
			return &e
		}
	}
	return err
}

// compare tells what the rows lack, and what they hold that no training row
// did.
func (a *Answer) compare(p *train.Pipeline, f *frame.Frame, met []recipe.Seen) {
	for _, c := range f.Columns {
		g := Gap{Column: c.Name, Rows: c.MissingCount(), Number: c.Numbers(), Known: p.Lacked(c.Name)}
		for _, s := range met {
			if s.Column != c.Name {
				continue
			}
			if s.Unseen > 0 {
				a.Unseen = append(a.Unseen, s)
			}
			g.Rows, g.Filled = max(g.Rows, s.Missing), s.Filled
		}
		if g.Rows > 0 {
			a.Gaps = append(a.Gaps, g)
		}
	}
}

func (a *Answer) fill(labels train.Labels, p *train.Prediction) {
	k := labels.Len()
	if k == 0 {
		for i, v := range p.Values {
			a.Predictions[i] = v
		}
		return
	}
	a.Labels = labels.Values()
	for i, v := range p.Values {
		a.Predictions[i] = a.Labels[int(v)]
	}
	if p.Proba != nil {
		for i := range p.Values {
			a.Proba = append(a.Proba, p.Proba[i*k:(i+1)*k])
		}
	}
}

// extra lists the names in the rows that are no input.
func extra(inputs []recipe.Input, rows []map[string]any, target string) []string {
	known := map[string]bool{target: true}
	for _, in := range inputs {
		known[in.Name] = true
	}
	var out []string
	for _, row := range rows {
		for name := range row {
			if !known[name] {
				known[name] = true
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// rowsFrame makes a table of the inputs' columns.
func rowsFrame(inputs []recipe.Input, rows []map[string]any) (*frame.Frame, error) {
	if err := checkMembers(inputs, rows); err != nil {
		return nil, err
	}
	columns := make([]*frame.Column, len(inputs))
	for j, in := range inputs {
		var err error
		if columns[j], err = rowsColumn(in, rows); err != nil {
			return nil, err
		}
	}
	return frame.New(columns...), nil
}

// checkMembers names all columns that the first incomplete row lacks.
func checkMembers(inputs []recipe.Input, rows []map[string]any) error {
	for i, row := range rows {
		var absent []string
		for _, in := range inputs {
			if _, ok := row[in.Name]; !ok {
				absent = append(absent, in.Name)
			}
		}
		if len(absent) == 0 {
			continue
		}
		field := fmt.Sprintf("rows[%d]", i)
		if i == 0 {
			field = "rows"
		}
		e := problem.Field(field, "Row %d lacks %s.", i+1, strings.Join(absent, ", ")).
			WithHint("Send every column the model was trained on, in any order; null stands for a missing value.")
		e.Column = absent[0]
		return e
	}
	return nil
}

func rowsColumn(in recipe.Input, rows []map[string]any) (*frame.Column, error) {
	c := &frame.Column{Name: in.Name, Kind: in.Kind}
	texts := make([]*string, len(rows))
	for i, row := range rows {
		v := row[in.Name]
		number, text, ok := cellOf(in, v)
		if !ok {
			e := problem.Field(fmt.Sprintf("rows[%d]", i), "Row %d has %s for %s, which takes %s.", i+1, valueText(v), in.Name, takes(in)).
				WithHint("Send %s, or null for a missing value.", takes(in))
			e.Column, e.Value = in.Name, valueText(v)
			return nil, e
		}
		if c.Numbers() {
			c.Num = append(c.Num, number)
		}
		texts[i] = text
	}
	if !c.Numbers() {
		code(c, texts)
	}
	return c, nil
}

// cellOf reads a JSON value as a cell of the column.
func cellOf(in recipe.Input, v any) (number float64, text *string, ok bool) {
	if v == nil {
		return math.NaN(), nil, true
	}
	numbers := in.Kind == frame.Numeric || in.Kind == frame.Time
	switch v := v.(type) {
	case json.Number:
		x, err := v.Float64()
		if numbers {
			return x, nil, err == nil && !math.IsInf(x, 0)
		}
		t := v.String()
		return 0, &t, in.Kind != frame.Bool
	case bool:
		t := map[bool]string{true: "True", false: "False"}[v]
		return 0, &t, in.Kind == frame.Bool
	case string:
		if in.Kind == frame.Time {
			if x, isDate := moment(v); isDate {
				return x, nil, true
			}
			if x, isDate := ingest.ParseDate(v, in.DayFirst()); isDate {
				return x, nil, true
			}
		}
		if numbers {
			x, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
			return x, nil, err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) && !strings.ContainsAny(v, "xX_pP")
		}
		return 0, &v, true
	}
	return 0, nil, false
}

// moments are the ways to write a date or a time; without a zone it is UTC.
var moments = [...]string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateTime, time.RFC3339}

// moment reads a date or a time as seconds since 1970.
func moment(text string) (seconds float64, ok bool) {
	for _, layout := range moments {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return float64(t.Unix()) + float64(t.Nanosecond())/1e9, true
		}
	}
	return 0, false
}

// code sets the column's codes and levels; nil is missing.
func code(c *frame.Column, texts []*string) {
	for _, t := range texts {
		if t != nil {
			c.Levels = append(c.Levels, *t)
		}
	}
	slices.Sort(c.Levels)
	c.Levels = slices.Compact(c.Levels)
	c.Codes = make([]int32, len(texts))
	for i, t := range texts {
		c.Codes[i] = -1
		if t != nil {
			k, _ := slices.BinarySearch(c.Levels, *t)
			c.Codes[i] = int32(k)
		}
	}
}

func takes(in recipe.Input) string {
	switch in.Kind {
	case frame.Numeric:
		return "a number"
	case frame.Time:
		return "a date such as 2024-05-31, or as the file writes them, or seconds since 1970"
	case frame.Bool:
		return "true or false, or the file's own words for them"
	}
	return "a text"
}

func valueText(v any) string {
	b, err := json.Marshal(v)
	if err != nil || len(b) > 80 {
		return "a value"
	}
	return string(b)
}
