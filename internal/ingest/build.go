package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"clicktrain/internal/frame"
)

// builder makes one column of the table. Builders of several columns run side
// by side, so each keeps its own notices.
type builder struct {
	r       *reader
	t       *table
	j       int
	name    string
	notices []Notice
}

func (b *builder) notice(n Notice) {
	n.Column = b.name
	b.notices = append(b.notices, n)
}

// column decides the kind and returns the column.
func (b *builder) column(c *column) *frame.Column {
	if c.mode == takeNumbers {
		return b.numbersColumn(c)
	}
	x := newTexts(c)
	if marks := b.r.opt.Missing[b.name]; len(marks) > 0 {
		x.mark(marks)
		defer func() { b.noticeMarked(marks, x.marked) }()
	}
	if kind, ok := b.r.opt.Kinds[b.name]; ok {
		return b.chosen(x, kind)
	}
	if x.values+x.soft == 0 {
		return x.numeric(b, reading{}, "every cell is empty")
	}
	if s, ok := b.numberStyle(x); ok {
		return x.numeric(b, s, "")
	}
	if levels, ok := x.booleans(); ok {
		return x.levelled(b.name, frame.Bool, "only "+strings.Join(levels, " and "), levels)
	}
	if d, ok := b.dates(x, b.r.opt.DateOrder); ok {
		return x.time(b, d)
	}
	kind, reason := x.textKind(b.name, b.r.unnamed[b.j])
	out := x.levelled(b.name, kind, reason, nil)
	b.noticeVariants(out)
	return out
}

// noticeLost tells of cells of a number column that became missing.
func (b *builder) noticeLost(count [classes]int, notes []note) {
	tell := func(c class, code, message string) {
		if count[c] == 0 {
			return
		}
		var shown []string
		line := 0
		for _, n := range notes {
			if n.class != c {
				continue
			}
			l := b.t.line(n.row) + b.r.firstLine
			if line == 0 {
				line = l
			}
			if len(shown) < 3 {
				shown = append(shown, fmt.Sprintf("%q (line %d)", shorten(strings.ToValidUTF8(n.text, "")), l))
			}
		}
		text := message
		if len(shown) > 0 {
			text += ": " + strings.Join(shown, ", ")
			if len(shown) < count[c] {
				text += " …"
			}
		}
		b.notice(Notice{Code: code, Line: line, Message: text + "."})
	}
	name := shorten(b.name)
	tell(unreadable, "unreadable", lost(count[unreadable], name, "is not a number", "are not numbers"))
	tell(isInfinite, "infinite", lost(count[isInfinite], name, "is infinite or too large", "are infinite or too large"))
	tell(isSoft, "missing_marks", lost(count[isSoft], name, "stands for missing", "stand for missing"))
}

// lost says of n cells of a column what they are and what becomes of them.
func lost(n int, column, is, are string) string {
	if n == 1 {
		return "1 cell of " + column + " " + is + " and counts as missing"
	}
	return grouped(n) + " cells of " + column + " " + are + " and count as missing"
}

// texts is a column read as texts: the distinct ones and how often each occurs.
type texts struct {
	codes  []int32
	dict   *dict
	count  []int
	values int // cells that are values
	soft   int // cells that are - or the like
	kinds  int // distinct values that occur
	spaced int // cells with a blank inside
	bytes  int // of all values

	marks  []float64 // numbers that the person said stand for missing
	marked int       // cells that count as missing because the person said so
}

func newTexts(c *column) *texts {
	x := &texts{codes: c.codes, dict: &c.dict, count: make([]int, len(c.dict.texts))}
	for _, k := range c.codes {
		x.count[k]++
	}
	for k, n := range x.count {
		if n == 0 {
			continue
		}
		switch c.dict.texts[k].class {
		case isNumber:
			x.values += n
			x.kinds++
			text := c.dict.text(int32(k))
			x.bytes += n * len(text)
			if slices.Contains(text, ' ') {
				x.spaced += n
			}
		case isSoft:
			x.soft += n
			x.kinds++
		}
	}
	return x
}

// each calls f for each distinct text that occurs and is a value; with soft
// also for those that may stand for missing.
func (x *texts) each(soft bool, f func(code int32, text []byte, n int)) {
	for k, n := range x.count {
		c := x.dict.texts[k].class
		if n > 0 && (c == isNumber || soft && c == isSoft) {
			f(int32(k), x.dict.text(int32(k)), n)
		}
	}
}

// pandasBools are the spellings that pandas reads as bool.
var pandasBools = [...]string{"True", "TRUE", "true", "False", "FALSE", "false"}

// boolPairs are the other pairs of texts that mean no and yes.
var boolPairs = [...][2]string{{"no", "yes"}, {"n", "y"}, {"f", "t"}, {"off", "on"}, {"false", "true"}}

// booleans returns the levels of a column of two texts that mean yes and no.
// Those that pandas reads as bool are True and False, whatever their case; all
// others stay as they are.
func (x *texts) booleans() (levels []string, ok bool) {
	if x.kinds < 1 || x.kinds > len(pandasBools) {
		return nil, false
	}
	var all []string
	x.each(true, func(_ int32, text []byte, _ int) { all = append(all, string(text)) })
	slices.Sort(all)
	pandas := true
	for _, t := range all {
		pandas = pandas && slices.Contains(pandasBools[:], t)
	}
	if pandas {
		for _, t := range all {
			levels = append(levels, canonical(t))
		}
		slices.Sort(levels)
		return slices.Compact(levels), true
	}
	if len(all) != 2 {
		return nil, false
	}
	low := []string{strings.ToLower(all[0]), strings.ToLower(all[1])}
	slices.Sort(low)
	for _, p := range boolPairs {
		if low[0] == p[0] && low[1] == p[1] {
			return all, true
		}
	}
	return nil, false
}

// canonical returns the spelling of a pandas bool, TRUE as True, and any other
// text as it is.
func canonical(text string) string {
	if slices.Contains(pandasBools[:], text) {
		return strings.ToUpper(text[:1]) + strings.ToLower(text[1:])
	}
	return text
}

// textKind chooses between text, id and category.
func (x *texts) textKind(name string, unnamed bool) (frame.Kind, string) {
	n := x.values + x.soft
	rows := len(x.codes)
	switch {
	case x.values > 0 && x.bytes/x.values > 40 && x.spaced*2 > x.values:
		return frame.Text, "long texts with spaces"
	case x.kinds == rows && (rows >= 20 || unnamed && rows >= 3):
		return frame.ID, "every value is different"
	case idName(name) && n >= 3 && x.kinds*100 > n*95:
		return frame.ID, "the name of an identifier, and nearly all values differ"
	case x.kinds > 50 && x.kinds*2 > n:
		return frame.Text, "many different values"
	}
	return frame.Category, plural(x.kinds, "different value", "different values")
}

// idName reports whether a column's name says that it identifies the row: id,
// index, uuid or the like is a word of it, at its start or end.
func idName(name string) bool {
	words := nameWords(name)
	if len(words) == 0 {
		return false
	}
	for _, w := range []string{words[0], words[len(words)-1]} {
		switch w {
		case "id", "ids", "index", "idx", "uuid", "guid", "key", "rowid", "rownum", "rownames", "identifier":
			return true
		}
	}
	return false
}

// nameWords cuts a name into words in lower case: at what is no letter or
// digit, and where a small letter meets a capital.
func nameWords(name string) []string {
	var words []string
	var w strings.Builder
	small := false
	flush := func() {
		if w.Len() > 0 {
			words = append(words, strings.ToLower(w.String()))
			w.Reset()
		}
	}
	for _, c := range name {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
		if !letter || small && c >= 'A' && c <= 'Z' {
			flush()
		}
		if letter {
			w.WriteRune(c)
		}
		small = c >= 'a' && c <= 'z'
	}
	flush()
	return words
}

// levelled returns the column as codes into sorted levels. merged, if not nil,
// are the levels of a Bool column.
func (x *texts) levelled(name string, kind frame.Kind, reason string, merged []string) *frame.Column {
	var used []int32
	total := 0
	x.each(true, func(k int32, text []byte, _ int) {
		used = append(used, k)
		total += len(text)
	})
	code := make([]int32, len(x.count))
	for k := range code {
		code[k] = -1
	}
	levels := merged
	if merged != nil {
		for _, k := range used {
			text := string(x.dict.text(k))
			i := slices.Index(merged, text)
			if i < 0 {
				i = slices.Index(merged, canonical(text))
			}
			code[k] = int32(i)
		}
	} else {
		levels = x.sorted(used, total, code)
	}
	codes := x.codes
	for i, k := range codes {
		codes[i] = code[k]
	}
	return &frame.Column{Name: name, Kind: kind, Reason: reason, Codes: codes, Levels: levels}
}

// sorted returns the used texts in order, all in one string of their own, and
// sets their new codes.
func (x *texts) sorted(used []int32, total int, code []int32) []string {
	all := make([]byte, 0, total)
	for _, k := range used {
		all = append(all, x.dict.text(k)...)
	}
	whole, at := string(all), 0
	type level struct {
		text string
		code int32
	}
	levels := make([]level, len(used))
	for i, k := range used {
		n := len(x.dict.text(k))
		levels[i] = level{whole[at : at+n], k}
		at += n
	}
	slices.SortFunc(levels, func(a, b level) int { return strings.Compare(a.text, b.text) })
	out := make([]string, len(levels))
	for i, l := range levels {
		out[i] = l.text
		code[l.code] = int32(i)
	}
	return out
}

// shareText writes good of good+odd as a percentage that is never rounded up
// to 100.
func shareText(good, odd int) string {
	p := float64(good) / float64(good+odd) * 100
	return strconv.FormatFloat(min(p, 99.9), 'f', 1, 64) + " %"
}
