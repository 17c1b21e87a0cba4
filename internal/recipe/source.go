package recipe

import (
	"math"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
)

// source is how pandas.read_csv reads a column, which decides the type that
// scikit-learn's categories must have to match its values.
type source uint8

const (
	textSource   source = iota // str
	numberSource               // int64 or float64, whatever the column's kind
	boolSource                 // bool, or True and False as objects beside missing ones
)

// boolTexts are the levels that a boolSource can have.
var boolTexts = []string{"False", "True"}

// sourceOf returns how pandas reads a column of these values, and the dtype
// that it must be told, "" if none, so that it does. All levels count, seen in
// training or not, as they stand in the one file. What is text here is text
// there: of codes such as 01234 pandas would make numbers, and part of a mixed
// column.
func sourceOf(c *frame.Column) (s source, dtype string) {
	if c.Numbers() {
		if c.Kind == frame.Time && digitsAlone(c.Dates.Format) {
			return numberSource, "str"
		}
		return numberSource, ""
	}
	numbers, bools := 0, 0
	for _, l := range c.Levels {
		if _, ok := parseNumber(l); ok {
			numbers++
		} else if _, ok := parseBool(l); ok {
			bools++
		}
	}
	switch n := len(c.Levels); {
	case numbers+bools == 0:
		return textSource, ""
	case bools == n && n <= 2 && (n == 1 || !sameBool(c.Levels)):
		return boolSource, ""
	}
	return textSource, "str"
}

// digitsAlone reports whether dates of a format, such as %Y%m%d, look like
// numbers.
func digitsAlone(format string) bool {
	return strings.Contains(format, "%") && !strings.ContainsFunc(format, func(r rune) bool { return !strings.ContainsRune("%.YymdHMSf", r) })
}

func sameBool(levels []string) bool {
	a, _ := parseBool(levels[0])
	b, _ := parseBool(levels[1])
	return a == b
}

// parseBool reads the spellings that pandas takes for bool.
func parseBool(s string) (v, ok bool) {
	switch s {
	case "True", "TRUE", "true":
		return true, true
	case "False", "FALSE", "false":
		return false, true
	}
	return false, false
}

// parseNumber reads what pandas takes for a finite number of 64 bits.
func parseNumber(s string) (float64, bool) {
	digits := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c != '+' && c != '-' && c != '.' && c != 'e' && c != 'E':
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !digits || math.IsInf(x, 0) || math.Abs(x) >= 1<<63 && len(s) > 19 {
		return 0, false
	}
	return x, true
}

// texts are the values of a column as levels and, for each row, an index into
// them; -1 is missing.
type texts struct {
	codes  []int32
	levels []string
}

// load returns the given rows of a column, nil meaning all, as the source has
// them: num for a numberSource, else txt. What it returns may be the column's
// own memory. A cell that is no number, or no yes or no, is a *problem.Error.
func (s source) load(c *frame.Column, rows []int) (num []float64, txt texts, err error) {
	if s == numberSource {
		num, err = loadNumbers(c, rows)
		return num, txt, err
	}
	t := texts{codes: c.Codes, levels: c.Levels}
	if c.Numbers() {
		t = spelled(c.Num)
	}
	if s == boolSource {
		if t.levels, err = canonicalBools(c.Name, t.levels); err != nil {
			return nil, t, err
		}
	}
	if rows != nil {
		codes := make([]int32, len(rows))
		for i, r := range rows {
			codes[i] = t.codes[r]
		}
		t.codes = codes
	}
	return nil, t, nil
}

func loadNumbers(c *frame.Column, rows []int) ([]float64, error) {
	if c.Numbers() {
		if rows == nil {
			return c.Num, nil
		}
		num := make([]float64, len(rows))
		for i, r := range rows {
			num[i] = c.Num[r]
		}
		return num, nil
	}
	values := make([]float64, len(c.Levels)+1)
	values[len(c.Levels)] = math.NaN()
	for i, l := range c.Levels {
		x, ok := parseNumber(l)
		if b, isBool := parseBool(l); !ok && isBool {
			x, ok = indicator(b), true
		}
		if !ok {
			p := problem.Column(c.Name, "%s holds %s, which is not a number.", c.Name, quoted(l))
			p.Value = l
			return nil, p.WithHint("The model learned from numbers in this column.")
		}
		values[i] = x
	}
	n := len(rows)
	if rows == nil {
		n = len(c.Codes)
	}
	num := make([]float64, n)
	for i := range num {
		code := c.Codes[at(rows, i)]
		if code < 0 {
			code = int32(len(c.Levels))
		}
		num[i] = values[code]
	}
	return num, nil
}

// at returns rows[i], or i where rows is nil and stands for all rows.
func at(rows []int, i int) int {
	if rows == nil {
		return i
	}
	return rows[i]
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// spelled turns numbers into levels, in the order of their first row.
func spelled(num []float64) texts {
	t := texts{codes: make([]int32, len(num))}
	known := map[float64]int32{}
	for i, x := range num {
		if x != x {
			t.codes[i] = -1
			continue
		}
		code, ok := known[x]
		if !ok {
			code = int32(len(t.levels))
			known[x] = code
			t.levels = append(t.levels, number(x))
		}
		t.codes[i] = code
	}
	return t
}

// canonicalBools spells levels True and False.
func canonicalBools(column string, levels []string) ([]string, error) {
	out := make([]string, len(levels))
	for i, l := range levels {
		v, ok := parseBool(l)
		if x, isNumber := parseNumber(l); !ok && isNumber && (x == 0 || x == 1) {
			v, ok = x == 1, true
		}
		if !ok {
			p := problem.Column(column, "%s holds %s, which is neither True nor False.", column, quoted(l))
			p.Value = l
			return nil, p.WithHint("The model learned from True and False in this column.")
		}
		out[i] = boolTexts[int(indicator(v))]
	}
	return out, nil
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// quoted shortens a cell for a message.
func quoted(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
