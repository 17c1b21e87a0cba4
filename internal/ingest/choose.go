package ingest

import (
	"slices"
	"strings"

	"clicktrain/internal/frame"
)

// chosen returns the column in the kind that the person chose. Cells that the
// kind cannot hold count as missing, which is told.
func (b *builder) chosen(x *texts, kind frame.Kind) *frame.Column {
	const reason = "chosen by you"
	switch kind {
	case frame.Numeric:
		return x.numeric(b, b.bestStyle(x), reason)
	case frame.Time:
		c := x.time(b, b.chosenDates(x))
		c.Reason = reason
		return c
	case frame.Bool:
		levels := x.answers()
		b.noticeNoAnswers(x, levels)
		return x.levelled(b.name, kind, reason, levels)
	}
	return x.levelled(b.name, kind, reason, nil)
}

// chosenDates reads the column as dates, the month first where neither the
// column nor the person says otherwise. What dates would tell of a column that
// is read as texts is not told.
func (b *builder) chosenDates(x *texts) dated {
	order := b.r.opt.DateOrder
	if order == DateAsk {
		order = MonthFirst
	}
	told := len(b.notices)
	d, _ := b.dates(x, order)
	b.notices = b.notices[:told]
	return d
}

// answers returns the levels of a column that the person says is one of yes and
// no: those it has if there are two, and else the pair of words that is in the
// most cells. It is empty, not nil, where there is no such word.
func (x *texts) answers() []string {
	if levels, ok := x.booleans(); ok {
		return levels
	}
	if x.kinds == 2 {
		var both []string
		x.each(true, func(_ int32, text []byte, _ int) { both = append(both, string(text)) })
		slices.Sort(both)
		return both
	}
	best, most := []string{}, 0
	for _, pair := range append([][2]string{{"0", "1"}}, boolPairs[:]...) {
		if levels, n := x.spelled(pair); n > most {
			best, most = levels, n
		}
	}
	return best
}

// spelled returns the most frequent spelling of each of two words, in order,
// and in how many cells they are.
func (x *texts) spelled(pair [2]string) (levels []string, cells int) {
	for _, word := range pair {
		text, most := "", 0
		x.each(true, func(_ int32, t []byte, n int) {
			if n > most && strings.EqualFold(string(t), word) {
				text, most = string(t), n
			}
		})
		if most > 0 {
			levels = append(levels, text)
			cells += most
		}
	}
	slices.Sort(levels)
	return levels, cells
}

// noticeNoAnswers tells of the cells that are neither of the levels.
func (b *builder) noticeNoAnswers(x *texts, levels []string) {
	n := 0
	x.each(true, func(_ int32, text []byte, cells int) {
		if t := string(text); !slices.Contains(levels, t) && !slices.Contains(levels, canonical(t)) {
			n += cells
		}
	})
	if n > 0 {
		b.notice(Notice{Code: "unreadable", Message: lost(n, shorten(b.name), "is neither yes nor no", "are neither yes nor no") + "."})
	}
}
