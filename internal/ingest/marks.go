package ingest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/problem"
)

// The most marks for missing values that a person may choose: of a column, and
// bytes of one.
const (
	maxMarks     = 100
	maxMarkBytes = 1000
)

// checkMarks refuses marks that cannot be in a cell, and too many.
func (o Options) checkMarks() error {
	for _, column := range slices.Sorted(maps.Keys(o.Missing)) {
		marks := o.Missing[column]
		var p *problem.Error
		if len(marks) > maxMarks {
			p = problem.Field("missing", "%d values are to count as missing in %s; %d may.", len(marks), shorten(column), maxMarks)
		}
		for _, m := range marks {
			if strings.TrimSpace(m) == "" {
				p = problem.Field("missing", "An empty value of %s counts as missing already.", shorten(column))
			} else if len(m) > maxMarkBytes {
				p = problem.Field("missing", "A value of %s that is to count as missing has %d bytes; %d may.", shorten(column), len(m), maxMarkBytes)
			}
		}
		if p != nil {
			p.Column = column
			return p
		}
	}
	return nil
}

// mark takes the texts that the person said stand for missing out of the
// column's values. Those that are numbers count by their value too, as they do
// in pandas: where −999 is marked, −999.0 is missing in a column of numbers.
func (x *texts) mark(marks []string) {
	for k, n := range x.count {
		s, text := &x.dict.texts[k], x.dict.text(int32(k))
		if n == 0 || s.class == isMissing || !slices.Contains(marks, string(trimBlanks(text))) {
			continue
		}
		if s.class == isSoft {
			x.soft -= n
		} else {
			x.values -= n
			x.bytes -= n * len(text)
		}
		x.kinds--
		x.marked += n
		s.class = isMissing
	}
	for _, m := range marks {
		if v, err := strconv.ParseFloat(m, 64); err == nil && !math.IsNaN(v) {
			x.marks = append(x.marks, v)
		}
	}
}

// noticeMarked tells how many cells count as missing because the person said
// so.
func (b *builder) noticeMarked(marks []string, cells int) {
	shown := make([]string, 0, 3)
	for _, m := range marks[:min(len(marks), cap(shown))] {
		shown = append(shown, strconv.Quote(shorten(m)))
	}
	list := strings.Join(shown, " or ")
	if more := len(marks) - len(shown); more > 0 {
		list += fmt.Sprintf(" or %d more", more)
	}
	text := fmt.Sprintf("No cell of %s is %s, which counts as missing as you said.", shorten(b.name), list)
	if cells > 0 {
		text = lost(cells, shorten(b.name), "is "+list, "are "+list) + ", as you said."
	}
	b.notice(Notice{Code: "marked_missing", Message: text})
}
