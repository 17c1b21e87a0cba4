package ingest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
)

// totals are the words of a row that sums up the others, in lower case.
var totals = [...]string{"total", "totals", "grand total", "sum", "subtotal", "average", "mean", "gesamt", "summe", "somme", "totale", "suma", "totaal"}

// noticeTotal tells if the last row looks like one that sums up the others: a
// word of that kind that does not occur above it, and a number.
func (r *reader) noticeTotal(t *table) {
	if t.rows < 3 {
		return
	}
	last := r.tokenizer
	last.b = t.last.text()
	cells, _, _ := last.record(t.last.last, r.width)
	word, numbers := -1, 0
	for j, c := range cells {
		low := strings.Trim(strings.ToLower(c), " \t:")
		if word < 0 && slices.Contains(totals[:], low) {
			word = j
		}
		if _, cl, _ := classify([]byte(c), r.dialect.Decimal); cl == isNumber {
			numbers++
		}
	}
	if word < 0 || numbers == 0 {
		return
	}
	above := r.following(r.dataStart)
	for _, row := range above[:min(len(above), t.rows-1)] {
		if row[word] == cells[word] {
			return
		}
	}
	line := t.line(t.rows-1) + r.firstLine
	r.notice(Notice{Code: "total_row", Line: line,
		Message: fmt.Sprintf("The last row (line %d) looks like a total: %s. Leave it out if it is not data.", line, shorten(cells[word]))})
}

// noticeComments tells of lines that were taken for comments.
func (r *reader) noticeComments(t *table) {
	n, line := r.reading.Comment, r.commentLine
	if n == 0 {
		return
	}
	if line == 0 {
		line = t.odd.comment.line + r.firstLine
	}
	r.notice(Notice{Code: "comments", Line: line,
		Message: fmt.Sprintf("%s with # (line %d), read as a comment and left out.", plural(n, "line starts", "lines start"), line)})
}

// reach is how far the numbers of a column reach.
type reach struct {
	numbers  int
	min, max float64 // +Inf and -Inf where there is no number
}

// reachOf looks at all numbers.
func reachOf(v []float64) reach {
	s := reach{min: math.Inf(1), max: math.Inf(-1)}
	s.numbers = len(v)
	for _, x := range v {
		if x >= s.min && x <= s.max {
			continue // nearly always
		}
		if x != x {
			s.numbers--
			continue
		}
		s.min, s.max = min(s.min, x), max(s.max, x)
	}
	return s
}

// merge adds what t tells of other numbers.
func (s *reach) merge(t reach) {
	s.numbers += t.numbers
	s.min, s.max = min(s.min, t.min), max(s.max, t.max)
}

// placeholders are numbers that people write where they have none.
var placeholders = [...]float64{-99, -999, -9999, -99999, 999, 9999, 99999, 999999}

// noticePlaceholder tells if a column's least or greatest number is a usual
// placeholder, occurs twice at least, and stands farther from the other numbers
// than these from each other.
func (b *builder) noticePlaceholder(v []float64, s reach) {
	for _, p := range [...]float64{s.min, s.max} {
		if s.numbers < 10 || !slices.Contains(placeholders[:], p) {
			continue
		}
		n, low, high := 0, math.Inf(1), math.Inf(-1)
		for _, x := range v {
			if x == p {
				n++
			} else {
				low, high = math.Min(low, nanTo(x, low)), math.Max(high, nanTo(x, high))
			}
		}
		if n >= 2 && n < s.numbers && max(low-p, p-high) > high-low {
			value := strconv.FormatFloat(p, 'f', -1, 64)
			b.notice(Notice{Code: "placeholder", Value: value, Message: fmt.Sprintf("%s occurs in %s of %s, far from the others: it may stand for missing.",
				value, plural(n, "row", "rows"), shorten(b.name))})
		}
	}
}

// nanTo returns x, or y where x is missing.
func nanTo(x, y float64) float64 {
	if x != x {
		return y
	}
	return x
}

// noticeVariants tells if levels differ in case or blanks only.
func (b *builder) noticeVariants(c *frame.Column) {
	const most = 1000
	if len(c.Levels) > most || c.Kind == frame.ID {
		return
	}
	first := make(map[string]string, len(c.Levels))
	for _, l := range c.Levels {
		key := strings.ToLower(strings.Join(strings.Fields(l), " "))
		if other, ok := first[key]; ok {
			b.notice(Notice{Code: "label_variants", Message: fmt.Sprintf("%q and %q of %s differ in case or blanks only and count as two values.", shorten(other), shorten(l), shorten(b.name))})
			return
		}
		first[key] = l
	}
}

// noticeMixedDates tells if most values are dates, but written in several ways.
func (b *builder) noticeMixedDates(x *texts, counts map[byte]int) {
	n := 0
	for _, k := range counts {
		n += k
	}
	if len(counts) < 2 || n*2 < x.values {
		return
	}
	b.notice(Notice{Code: "mixed_dates", Message: fmt.Sprintf("%s holds dates written in several ways, so it is read as texts. Write them all as 2024-02-01 to use them as dates.", shorten(b.name))})
}
