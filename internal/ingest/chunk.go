package ingest

import (
	"context"
	"encoding/binary"
	"math"
	"sync/atomic"
)

// mode is how a column's cells are taken in.
type mode uint8

const (
	takeNumbers mode = iota
	takeTexts
	takeNothing
)

// column gathers the cells of one column of one chunk. All counts can be taken
// back cell by cell, for a record that turns out not to fit the table.
type column struct {
	mode  mode
	num   []float64
	parts int          // numbers with a decimal mark or an exponent
	count [classes]int // cells that are neither numbers nor missing, by class
	notes []note       // the first of the cells that are not numbers
	reach reach        // of the whole column
	codes []int32
	dict  dict
}

// note keeps a cell that is not a number.
type note struct {
	row   int
	class class
	text  string // its start
}

const notesKept = 100

// chunk takes in the records that start between two places of the text. Rows
// and lines count from its start; absorbing adds what came before.
type chunk struct {
	tokenizer
	decimal  byte
	comments bool
	limits   Limits
	cells    *atomic.Int64 // of all chunks together
	most     int           // cells
	counted  int           // rows whose cells are among them

	start, end int // records that start at start … end-1 are this chunk's
	stop       int // where the record after the last one starts
	last       int // where the last row starts
	first      int // its part of the columns' room starts at
	width      int // columns
	guess      int // about how many rows there are
	columns    []column
	rows       int
	lines      int
	breaks     []lineBreak
	reading    Reading
	odd        tallies
	failure    *failure
	broken     bool  // records follow a blank line
	part       *part // where the text is kept, if the file is read part by part
}

// lineBreak says that from row on, rows stand on the lines that follow line.
type lineBreak struct{ row, line int }

// failure is a limit that was exceeded.
type failure struct {
	what   string // cell, record or cells
	line   int    // lines before the record
	column int
	size   int
}

// tally counts records with an oddity and keeps the line of the first one.
type tally struct{ count, line int }

func (t *tally) add(line int) {
	if t.count == 0 {
		t.line = line
	}
	t.count++
}

// merge adds u, whose lines count from base.
func (t *tally) merge(u tally, base int) {
	if t.count == 0 && u.count > 0 {
		t.line = u.line + base
	}
	t.count += u.count
}

// tallies counts what was odd about records.
type tallies struct {
	padded    tally // too few cells
	trailing  tally // empty cells after the last column
	open      tally // quotes never closed
	after     tally // text after a closing quote
	multiline tally // line ends inside quotes
	comment   tally
	cells     int // of the first padded record
}

// run takes in the chunk's records.
func (c *chunk) run(ctx context.Context) error {
	p := c.start
	step := max(1, min(512, 64<<10/c.width))
	defer func() {
		c.stop = p
		c.measure()
	}()
	for p < c.end && c.failure == nil {
		if c.rows-c.counted >= step || c.rows == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			n := int64(c.rows-c.counted) * int64(c.width)
			c.counted = c.rows
			if c.cells.Add(n) > int64(c.most) {
				c.failure = &failure{what: "cells", line: c.lines}
				return nil
			}
		}
		if b := c.b[p]; b <= ' ' || b == '#' {
			if next, ok := c.special(p); ok {
				p = next
				c.lines++
				continue
			}
		}
		p = c.take(p)
	}
	return nil
}

// measure takes the reach of the chunk's columns, while they are in the
// processor's cache.
func (c *chunk) measure() {
	for j := range c.columns {
		if col := &c.columns[j]; col.mode == takeNumbers {
			col.reach = reachOf(col.num[:min(c.rows, len(col.num))])
		}
	}
}

// special passes over a blank line or a comment.
func (c *chunk) special(p int) (next int, ok bool) {
	if next, ok := c.empty(p); ok {
		c.reading.Blank++
		return next, true
	}
	if !c.comments || c.b[p] != '#' {
		return 0, false
	}
	n := 0
	for q := p; ; {
		_, end := c.cell(q)
		n++
		if c.b[end] != c.delimiter {
			if n == c.width || c.oddities&lineInside != 0 {
				return 0, false
			}
			c.reading.Comment++
			c.broken = c.broken || c.reading.Blank > 0
			c.odd.comment.add(c.lines)
			return c.next(end), true
		}
		q = end + 1
	}
}

// take reads the record at p into the columns and returns the place of the
// next. Numbers of one digit before the mark, and up to eight after it, are read
// here, as most are; toFloat says why the quotient is exact.
func (c *chunk) take(p int) int {
	c.room()
	c.broken = c.broken || c.reading.Blank > 0
	b, delimiter, mark, row := c.b, c.delimiter, c.decimal, c.rows
	start := p
	short := !c.trim && c.cellLimit >= 8 // texts up to a word are taken in here
	var seen oddity
	for j := range c.columns {
		col := &c.columns[j]
		if col.mode == takeNumbers {
			neg := 0 // no branch: half of the numbers of many columns are negative
			if b[p] == '-' {
				neg = 1
			}
			if q := p + neg; q+11 <= len(b) {
				s := b[q : q+11]
				if d := s[0] - '0'; d <= 9 && s[1] == mark {
					m, n := leadingDigits(binary.LittleEndian.Uint64(s[2:]))
					if ch := s[2+n]; ch == delimiter || ch == '\n' || ch == '\r' {
						v := float64(uint64(d)*tens[n]+m) / pow10[n]
						col.num[row] = v*signs[neg] + 0 // which makes −0 a 0
						col.parts++
						p = q + 2 + n
						goto read
					}
				}
			}
			if v, end, parts, ok := c.number(p); ok {
				col.num[row] = v
				col.parts += parts
				p = end
				goto read
			}
		} else if ch := b[p]; short && ch > ' ' && ch != c.quote && p+8 <= len(b) {
			if n := cellLength(binary.LittleEndian.Uint64(b[p:]), delimiter); n < 8 {
				if col.mode == takeTexts {
					col.codes[row] = col.dict.put(b[p : p+n])
				}
				p += n
				goto read
			}
		}
		{
			text, end := c.cell(p)
			if len(text) > c.limits.Cell {
				c.failure = &failure{"cell", c.lines, j, len(text)}
				return end
			}
			seen |= c.oddities
			col.put(row, text, mark)
			p = end
		}
	read:
		if b[p] != delimiter {
			if j < c.width-1 {
				c.pad(j + 1)
			}
			return c.finish(start, p, seen)
		}
		p++
	}
	return c.overlong(start, p, seen)
}

// pad fills the columns from j on of a record that is too short.
func (c *chunk) pad(j int) {
	if c.odd.padded.count == 0 {
		c.odd.cells = j
	}
	c.odd.padded.add(c.lines)
	for ; j < c.width; j++ {
		col := &c.columns[j]
		switch col.mode {
		case takeTexts:
			col.codes[c.rows] = col.dict.put(nil)
		case takeNumbers:
			col.num[c.rows] = math.NaN()
		}
	}
}

// overlong reads the cells after the last column, from p on. If all are empty
// the record is kept, and else set aside.
func (c *chunk) overlong(start, p int, seen oddity) int {
	n, filled := c.width, false
	for {
		text, end := c.cell(p)
		n++
		seen |= c.oddities
		filled = filled || len(trimBlanks(text)) > 0
		p = end
		if c.b[p] != c.delimiter {
			break
		}
		p++
		if p-start > c.limits.Record {
			break
		}
	}
	if !filled {
		c.odd.trailing.add(c.lines)
		return c.finish(start, p, seen)
	}
	for j, q := 0, start; j < c.width; j++ {
		text, end := c.cell(q)
		c.columns[j].takeBack(c.rows, text, c.decimal)
		q = end + 1
	}
	c.reading.SetAside++
	if len(c.reading.SetAsideRows) < 100 {
		reason := plural(n, "cell", "cells") + ", but " + plural(c.width, "column", "columns")
		c.reading.SetAsideRows = append(c.reading.SetAsideRows, SetAsideRow{Line: c.lines, Reason: reason})
	}
	return c.close(start, p, seen)
}

// text returns the text that the chunk was read from.
func (c *chunk) text() []byte {
	if c.part == nil {
		return c.b
	}
	return c.part.textIn(c.part.block.unpack(nil))
}

// finish counts the record that ends at p as a row.
func (c *chunk) finish(start, p int, seen oddity) int {
	if k := len(c.breaks); k == 0 || c.breaks[k-1].line+c.rows-c.breaks[k-1].row != c.lines {
		c.breaks = append(c.breaks, lineBreak{c.rows, c.lines})
	}
	c.rows++
	c.last = start
	return c.close(start, p, seen)
}

// close counts the lines of the record that ends at p.
func (c *chunk) close(start, p int, seen oddity) int {
	next := c.next(p)
	if next-start > c.limits.Record {
		c.failure = &failure{what: "record", line: c.lines, size: next - start}
	}
	if seen&^quotedCell != 0 {
		if seen&openQuote != 0 {
			c.odd.open.add(c.lines)
		}
		if seen&afterQuote != 0 {
			c.odd.after.add(c.lines)
		}
		if seen&lineInside != 0 {
			c.odd.multiline.add(c.lines)
			c.lines += countLines(c.b[start:p])
		}
	}
	c.lines++
	return next
}

// room makes room for one more row in every column.
func (c *chunk) room() {
	for j := range c.columns {
		col := &c.columns[j]
		switch col.mode {
		case takeNumbers:
			if c.rows < len(col.num) {
				return
			}
			col.num = grown(col.num, c.guess)
		case takeTexts:
			if c.rows < len(col.codes) {
				return
			}
			col.codes = grown(col.codes, c.guess)
		}
	}
}

// grown returns s with room for first elements, or for half as many again as
// it has, all in use.
func grown[T any](s []T, first int) []T {
	t := make([]T, max(first, len(s)+len(s)/2+8))
	copy(t, s)
	return t
}
