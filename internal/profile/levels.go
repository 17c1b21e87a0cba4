package profile

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"clicktrain/internal/frame"
)

// topKept is how many of the most frequent values are named.
const topKept = 10

// levels describes a column of texts and returns how many distinct ones occur
// and how many rows have none.
func levels(c *frame.Column) (l *Levels, distinct, missing int) {
	counts := make([]int, len(c.Levels))
	for _, k := range c.Codes {
		if k < 0 {
			missing++
			continue
		}
		counts[k]++
	}
	l = &Levels{MeanLength: undefined}
	l.spread(c, counts)
	top := make([]Level, 0, topKept+1)
	total, values := 0, 0
	for k, n := range counts {
		if n == 0 {
			continue
		}
		length := utf8.RuneCountInString(c.Levels[k])
		if distinct == 0 {
			l.MinLength = length
		}
		l.MinLength, l.MaxLength = min(l.MinLength, length), max(l.MaxLength, length)
		total += n * length
		values += n
		distinct++
		if n == 1 {
			l.Once++
		}
		if len(top) == topKept && n <= top[topKept-1].Count {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, n, func(t Level, n int) int {
			if t.Count >= n { // levels ascend, so equals come before
				return -1
			}
			return cmp.Compare(n, t.Count)
		})
		top = slices.Insert(top, at, Level{c.Levels[k], n})
		top = top[:min(len(top), topKept)]
	}
	l.Top = top
	l.Rest = values
	for _, t := range top {
		l.Rest -= t.Count
	}
	if values > 0 {
		l.MeanLength = Stat(float64(total) / float64(values))
	}
	return l, distinct, missing
}
