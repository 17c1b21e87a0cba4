package recipe

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
)

// Change is what is done to a raw column before anything is learned from it: a
// value, which knows its column's rows no more than a reader of files does.
type Change struct {
	do     changing
	kind   frame.Kind // that it becomes
	values []string   // that count as missing
}

type changing uint8

const (
	dropping changing = iota
	retyping
	emptying
)

// LeaveOut leaves a column out.
func LeaveOut() Change { return Change{do: dropping} }

// AsKind reads a column as another kind: Numeric, Category, Bool or Text. What
// cannot be read as that becomes missing.
func AsKind(k frame.Kind) Change { return Change{do: retyping, kind: k} }

// AsMissing makes values missing. In columns of numbers those that spell a
// number count; in others those that are spelled alike: 1234 is not 01234.
func AsMissing(values []string) Change { return Change{do: emptying, values: values} }

// column returns the changed column, and how many rows became missing. It
// shares what it can with c, and leaves c as it is.
func (ch Change) column(c *frame.Column) (changed *frame.Column, lost int) {
	switch {
	case ch.do == dropping:
		return c, 0
	case ch.do == emptying && c.Numbers():
		gone := ch.numbers()
		return without(c, c.Kind, func(x float64) bool { return gone[x] })
	case ch.do == emptying:
		gone := make(map[string]bool, len(ch.values))
		for _, v := range ch.values {
			gone[v] = true
		}
		return withoutLevels(c, c.Kind, func(level string) bool { return gone[level] })
	case ch.kind == c.Kind:
		return c, 0
	}
	switch ch.kind {
	case frame.Numeric:
		return numbersOf(c)
	case frame.Bool:
		if c.Numbers() {
			c, lost = without(c, frame.Numeric, func(x float64) bool { return x != 0 && x != 1 })
			c, _ = levelsOfNumbers(c, frame.Bool)
			return c, lost
		}
		return withoutLevels(c, frame.Bool, func(l string) bool { _, ok := yesOrNo(l); return !ok })
	}
	if c.Numbers() {
		return levelsOfNumbers(c, ch.kind)
	}
	out := *c
	out.Kind = ch.kind
	return &out, 0
}

// numbers returns the numbers that count as missing.
func (ch Change) numbers() map[float64]bool {
	out := map[float64]bool{}
	for _, v := range ch.values {
		if x, ok := parseNumber(v); ok {
			out[x] = true
		}
	}
	return out
}

// without makes numbers missing.
func without(c *frame.Column, k frame.Kind, gone func(float64) bool) (*frame.Column, int) {
	out := *c
	out.Kind = k
	lost := 0
	for i, x := range c.Num {
		if x != x || !gone(x) {
			continue
		}
		if lost == 0 {
			out.Num = slices.Clone(c.Num)
		}
		out.Num[i] = math.NaN()
		lost++
	}
	return &out, lost
}

// withoutLevels makes levels missing. Those that are left keep their order.
func withoutLevels(c *frame.Column, k frame.Kind, gone func(string) bool) (*frame.Column, int) {
	out := *c
	out.Kind = k
	table := make([]int32, len(c.Levels))
	var left []string
	for code, l := range c.Levels {
		if gone(l) {
			table[code] = -1
			continue
		}
		table[code] = int32(len(left))
		left = append(left, l)
	}
	if len(left) == len(c.Levels) {
		return &out, 0
	}
	out.Levels, out.Codes = left, make([]int32, len(c.Codes))
	lost := 0
	for i, code := range c.Codes {
		out.Codes[i] = -1
		if code < 0 {
			continue
		}
		if out.Codes[i] = table[code]; table[code] < 0 {
			lost++
		}
	}
	return &out, lost
}

// numbersOf reads levels as numbers; True and False are 1 and 0.
func numbersOf(c *frame.Column) (*frame.Column, int) {
	out := *c
	out.Kind = frame.Numeric
	if c.Numbers() {
		return &out, 0
	}
	out.Codes, out.Levels, out.Num = nil, nil, make([]float64, len(c.Codes))
	table := make([]float64, len(c.Levels))
	for code, l := range c.Levels {
		x, ok := parseNumber(l)
		if b, isBool := parseBool(l); isBool {
			x, ok = indicator(b), true
		}
		if !ok {
			x = math.NaN()
		}
		table[code] = x
	}
	lost := 0
	for i, code := range c.Codes {
		if code < 0 {
			out.Num[i] = math.NaN()
			continue
		}
		if out.Num[i] = table[code]; math.IsNaN(table[code]) {
			lost++
		}
	}
	return &out, lost
}

// levelsOfNumbers spells numbers, as levels that ascend by code point.
func levelsOfNumbers(c *frame.Column, k frame.Kind) (*frame.Column, int) {
	t := spelled(c.Num)
	out := *c
	out.Kind, out.Num = k, nil
	out.Levels = slices.Clone(t.levels)
	slices.Sort(out.Levels)
	table := make([]int32, len(t.levels))
	for code, l := range t.levels {
		at, _ := slices.BinarySearch(out.Levels, l)
		table[code] = int32(at)
	}
	for i, code := range t.codes {
		if code >= 0 {
			t.codes[i] = table[code]
		}
	}
	out.Codes = t.codes
	return &out, 0
}

// yesOrNo reads the words for yes and no.
func yesOrNo(s string) (v, ok bool) {
	switch strings.ToLower(s) {
	case "true", "t", "yes", "y", "on", "1", "1.0":
		return true, true
	case "false", "f", "no", "n", "off", "0", "0.0":
		return false, true
	}
	return false, false
}

// cells changes the values of c alone, which stand for a column of the source:
// one that is read as categories keeps its numbers, as pandas does.
func (ch Change) cells(c *frame.Column, s source) *frame.Column {
	switch {
	case ch.do != emptying:
	case s == textSource && c.Numbers():
		c, _ = levelsOfNumbers(c, frame.Category)
	case s == numberSource && !c.Numbers():
		gone := ch.numbers()
		c, _ = withoutLevels(c, c.Kind, func(level string) bool {
			x, ok := parseNumber(level)
			return ok && gone[x]
		})
		return c
	}
	if ch.do == retyping && c.Numbers() {
		if ch.kind == frame.Bool {
			c, _ = without(c, c.Kind, func(x float64) bool { return x != 0 && x != 1 })
		}
		return c
	}
	c, _ = ch.column(c)
	return c
}

func (ch Change) step() string {
	if ch.do == emptying {
		return "treat_as_missing"
	}
	return "set_kind"
}

func (ch Change) describe() (text, value string) {
	if ch.do == emptying {
		return "Values that count as missing", shortList(ch.values)
	}
	return "Read as another kind", ch.kind.String()
}

// like is equal for changes that one scikit-learn transformer can hold.
func (ch Change) like() string {
	if ch.do == emptying {
		return "missing"
	}
	return "as " + ch.kind.String()
}

func changesLike(changes []Change) string {
	key := ""
	for _, ch := range changes {
		key += ch.like() + ","
	}
	return key
}

func (ch Change) append(b []byte) []byte {
	b = appendCount(append(b, byte(ch.do), byte(ch.kind)), len(ch.values))
	for _, v := range ch.values {
		b = appendText(b, v)
	}
	return b
}

func (r *reader) change() Change {
	ch := Change{do: changing(r.byte()), kind: frame.Kind(r.byte())}
	for range r.length() {
		ch.values = append(ch.values, r.text())
	}
	switch {
	case ch.do == emptying:
	case ch.do == retyping && (ch.kind == frame.Numeric || ch.kind == frame.Category || ch.kind == frame.Bool || ch.kind == frame.Text):
	default:
		r.fail(fmt.Errorf("recipe: stored change %d to %s", ch.do, ch.kind))
	}
	return ch
}

// pandas returns the values that count as missing as pandas has them in a
// column of the source.
func (ch Change) pandas(s source) pickle.List {
	var out pickle.List
	for _, v := range ch.values {
		x, isNumber := parseNumber(v)
		b, isBool := parseBool(v)
		switch {
		case s == textSource:
			out = append(out, v)
		case s == boolSource && isBool:
			out = append(out, b)
		case s == numberSource && isNumber:
			out = append(out, x)
		}
	}
	if out == nil {
		out = pickle.List{}
	}
	return out
}

// Lost returns how many rows of c have a value, and how many of them become
// missing.
func (ch Change) Lost(c *frame.Column) (known, lost int) {
	_, lost = ch.column(c)
	return c.Len() - c.MissingCount(), lost
}
