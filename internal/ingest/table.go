package ingest

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// table reads the records. Columns that the sample shows to be numbers are read
// as numbers.
func (r *reader) table(ctx context.Context) (*table, error) {
	notices := len(r.notices)
	r.modesOf = r.modes()
	t, err := r.scan(ctx, r.modesOf)
	if err != nil {
		return nil, err
	}
	if t.reading.Blank > 0 && r.leaveSecondTable() {
		r.notices = append(r.notices[:notices], r.notices[len(r.notices)-1]) // the sample is another
		r.modesOf = r.modes()
		if t, err = r.scan(ctx, r.modesOf); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// settled decides the kinds of the columns. Those that turn out not to be
// numbers are read a second time, as texts, which lose nothing.
func (r *reader) settled(ctx context.Context, t *table) (*frame.Frame, error) {
	modes := r.modesOf
	if t.rows == 0 {
		return nil, r.noRows(t)
	}
	if n := t.rows * r.width; n > r.mostCells() {
		return nil, r.explain(&failure{what: "cells"}, r.firstLine)
	}
	again := make([]mode, r.width)
	some := false
	for j := range again {
		again[j] = takeNothing
		if modes[j] == takeNumbers && !r.staysNumbers(j, &t.columns[j], t.rows) {
			again[j], some = takeTexts, true
			t.columns[j] = column{}
		}
	}
	if some {
		t2, err := r.scan(ctx, again)
		if err != nil {
			return nil, err
		}
		for j, m := range again {
			if m == takeTexts {
				t.columns[j] = t2.columns[j]
			}
		}
	}
	return r.build(ctx, t)
}

// noRows tells why there are no rows.
func (r *reader) noRows(t *table) error {
	message := fmt.Sprintf("The file has %s but no rows of data.", plural(r.width, "column", "columns"))
	hint := "Choose a file with a header and rows of data."
	if n := t.reading.SetAside; n > 0 {
		message = fmt.Sprintf("None of the %s fits the %s.", plural(n, "record", "records"), plural(r.width, "column", "columns"))
		hint = "Check the delimiter."
	}
	return &problem.Error{Kind: problem.Invalid, Field: "file", Message: message, Hint: hint}
}

// modes looks at a sample and settles the decimal mark, whether blanks around
// cells count, and which columns to read as numbers.
func (r *reader) modes() []mode {
	rest := r.following(r.dataStart)
	r.recordBytes = r.sampledBytes()
	r.dialect.Decimal = r.opt.Decimal
	if r.dialect.Decimal == 0 {
		r.dialect.Decimal = r.sniffDecimal(rest)
	}
	if r.dialect.Decimal == r.delimiter {
		r.dialect.Decimal = '.'
	}
	r.tokenizer.trim = blanksLead(rest)
	r.dialect.Trim = r.tokenizer.trim
	out := make([]mode, r.width)
	for j := range out {
		out[j] = r.modeOf(j, rest)
	}
	return out
}

// modeOf returns how to read column j: as texts where the person chose a kind
// of texts or said which texts stand for missing, or the sample has more than 1
// in 20 cells that are not numbers.
func (r *reader) modeOf(j int, rest [][]string) mode {
	if len(r.opt.Missing[r.names[j]]) > 0 {
		return takeTexts
	}
	if k, ok := r.opt.Kinds[r.names[j]]; ok {
		if k == frame.Numeric {
			return takeNumbers
		}
		return takeTexts
	}
	values, others := 0, 0
	for _, row := range rest {
		switch _, c, _ := classify([]byte(row[j]), r.dialect.Decimal); c {
		case isMissing, isSoft:
			continue
		case leadingZero, longInteger:
			return takeTexts
		case unreadable:
			others++
		}
		values++
	}
	if others*20 > values {
		return takeTexts
	}
	return takeNumbers
}

// sampledBytes returns about how many bytes a record has.
func (r *reader) sampledBytes() int {
	t := r.tokenizer
	t.scratch = nil
	n, p := 0, r.dataStart
	for p < len(t.b) && n < 200 && p-r.dataStart < sampleBytes {
		_, _, p = t.record(p, 0)
		n++
	}
	r.sampledEnd = p
	return (p - r.dataStart) / max(n, 1)
}

// sniffDecimal returns the comma where the delimiter leaves it free and more
// cells of the sample are numbers with a comma than with a point.
func (r *reader) sniffDecimal(rest [][]string) byte {
	if r.delimiter == ',' {
		return '.'
	}
	points, commas := 0, 0
	for _, row := range rest {
		for _, cell := range row {
			if _, c, whole := classify([]byte(cell), '.'); c == isNumber && !whole {
				points++
			} else if _, c, whole := classify([]byte(cell), ','); c == isNumber && !whole {
				commas++
			}
		}
	}
	if commas > points {
		r.notice(Notice{Code: "decimal_comma", Message: "Numbers are read with a decimal comma: 1,5 as 1.5."})
		return ','
	}
	return '.'
}

// blanksLead reports whether nearly all cells after the first of a record
// start with a blank, as where ", " separates them.
func blanksLead(rest [][]string) bool {
	with, without := 0, 0
	for _, row := range rest {
		for _, c := range row[min(1, len(row)):] {
			switch {
			case len(c) > 1 && c[0] == ' ':
				with++
			case len(c) > 0:
				without++
			}
		}
	}
	return with > 0 && with >= 9*without
}

// staysNumbers reports whether the numbers of column j stand: few cells are
// unreadable, none is a code, and they do not just count the rows.
func (r *reader) staysNumbers(j int, c *column, rows int) bool {
	if k, ok := r.opt.Kinds[r.names[j]]; ok {
		return k == frame.Numeric
	}
	if c.count[leadingZero] > 0 || c.count[longInteger] > 0 {
		return false
	}
	numbers, odd := c.reach.numbers, c.count[unreadable]
	if numbers+c.count[isInfinite] == 0 {
		return odd+c.count[isSoft] == 0
	}
	return tolerable(odd, numbers) && !(c.parts == 0 && numbers == rows && namesRows(c.num, r.names[j], r.unnamed[j]))
}

// tolerable reports whether a column of numbers or dates may have so many
// cells that are not: 1 in 100, or a single one among 20.
func tolerable(odd, good int) bool {
	return good > 0 && (odd*99 <= good || odd == 1 && good >= 20)
}

// namesRows reports whether whole numbers name the rows: they count up by one
// under the name of an identifier or under none, or nearly all differ under
// the name of an identifier.
func namesRows(v []float64, name string, unnamed bool) bool {
	if len(v) < 3 || !unnamed && !idName(name) {
		return false
	}
	steps := true
	for i := 1; i < len(v) && steps; i++ {
		steps = v[i] == v[i-1]+1
	}
	if steps || unnamed || len(v) < 20 {
		return steps
	}
	distinct := make(map[float64]struct{}, len(v))
	for _, x := range v {
		distinct[x] = struct{}{}
	}
	return len(distinct)*100 > len(v)*95
}

// build makes the table of the columns, with the notices in their order.
func (r *reader) build(ctx context.Context, t *table) (*frame.Frame, error) {
	columns := make([]*frame.Column, r.width)
	notices := make([][]Notice, r.width)
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.workers)
	for j := range columns {
		g.Go(func() error {
			if err := gctx.Err(); err != nil {
				return err
			}
			b := builder{r: r, t: t, j: j, name: r.names[j]}
			columns[j] = b.column(&t.columns[j])
			t.columns[j] = column{}
			notices[j] = b.notices
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	columns = r.dropHollow(columns)
	r.account(t)
	r.noticeRows(t)
	f := frame.New(columns...)
	f.Rows = t.rows
	r.noticeEmptyRows(f)
	for _, n := range notices {
		r.notices = append(r.notices, n...)
	}
	return f, nil
}

// dropHollow leaves out the columns that have neither a name under a header
// nor a value, as delimiters at the ends of lines make them, unless all are so.
func (r *reader) dropHollow(columns []*frame.Column) []*frame.Column {
	if !r.dialect.Header {
		return columns
	}
	var kept []*frame.Column
	for j, c := range columns {
		if !r.unnamed[j] || !allMissing(c) {
			kept = append(kept, c)
		}
	}
	n := len(columns) - len(kept)
	if n == 0 || len(kept) == 0 {
		return columns
	}
	r.notice(Notice{Code: "dropped_columns", Message: plural(n, "column without a name and a value was", "columns without a name and a value were") + " left out."})
	return kept
}

// account adds up the records.
func (r *reader) account(t *table) {
	q := &r.reading
	q.Loaded = t.rows
	q.SetAside = t.reading.SetAside
	q.Blank += t.reading.Blank
	q.Comment += t.reading.Comment
	q.Records = q.Loaded + q.SetAside + q.Blank + q.Comment + q.Skipped
	for _, s := range t.reading.SetAsideRows {
		q.SetAsideRows = append(q.SetAsideRows, SetAsideRow{s.Line + r.firstLine, s.Reason})
	}
}

// noticeRows tells what was odd about records.
func (r *reader) noticeRows(t *table) {
	tell := func(code string, y tally, message string) {
		if y.count > 0 {
			line := y.line + r.firstLine
			r.notice(Notice{Code: code, Line: line, Message: fmt.Sprintf("%s (line %d).", message, line)})
		}
	}
	r.noticeComments(t)
	o := t.odd
	tell("padded_rows", o.padded, fmt.Sprintf("%s had too few cells, the first %d of %d; the others count as missing", plural(o.padded.count, "row", "rows"), o.cells, r.width))
	tell("trailing_cells", o.trailing, fmt.Sprintf("%s had empty cells after the last column, left out", plural(o.trailing.count, "row", "rows")))
	tell("quote_open", o.open, fmt.Sprintf("%s had a quote that is never closed, read as text", plural(o.open.count, "row", "rows")))
	tell("quote_text", o.after, fmt.Sprintf("%s had text after a closing quote, joined to the cell", plural(o.after.count, "row", "rows")))
	tell("line_breaks", o.multiline, fmt.Sprintf("%s had line breaks inside cells", plural(o.multiline.count, "row", "rows")))
	if n := r.reading.SetAside; n > 0 {
		first := r.reading.SetAsideRows[0]
		r.notice(Notice{Code: "set_aside", Line: first.Line,
			Message: fmt.Sprintf("%s set aside, the first in line %d: %s.", plural(n, "row was", "rows were"), first.Line, first.Reason)})
	}
	r.noticeTotal(t)
	if r.width == 1 {
		r.notice(Notice{Code: "one_column", Message: "Only one column was found. Choose the delimiter if there should be more."})
	}
}

// noticeEmptyRows tells how many rows have no value at all.
func (r *reader) noticeEmptyRows(f *frame.Frame) {
	var rows []int
	for j, c := range f.Columns {
		if j == 0 {
			for i := range f.Rows {
				if c.Missing(i) {
					rows = append(rows, i)
				}
			}
			continue
		}
		kept := rows[:0]
		for _, i := range rows {
			if c.Missing(i) {
				kept = append(kept, i)
			}
		}
		rows = kept
	}
	if len(rows) > 0 {
		r.notice(Notice{Code: "empty_rows", Message: plural(len(rows), "row has", "rows have") + " no value in any column."})
	}
}

func allMissing(c *frame.Column) bool {
	for i := range c.Len() {
		if !c.Missing(i) {
			return false
		}
	}
	return true
}

// numbersColumn returns a column of numbers, telling of cells lost.
func (b *builder) numbersColumn(c *column) *frame.Column {
	numbers := c.reach.numbers
	out := &frame.Column{Name: b.name, Kind: frame.Numeric, Num: c.num, Reason: "every value is a number"}
	out.Whole = numbers > 0 && c.parts == 0
	if numbers == 0 {
		out.Reason = "every cell is empty"
	}
	if odd := c.count[unreadable]; odd > 0 {
		out.Reason = shareText(numbers, odd) + " of the values are numbers"
	}
	b.noticeLost(c.count, c.notes)
	b.noticePlaceholder(c.num, c.reach)
	return out
}
