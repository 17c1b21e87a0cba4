package profile

import (
	"strings"

	"clicktrain/internal/frame"
)

// Things are told by a column if it has this many values, each with two rows
// on average.
const (
	fewestEntities = 10
	fewestShaped   = 20 // of one whose values alone look like names, such as P001
)

// things are what rows are often about, several to one.
var things = map[string]bool{"patient": true, "subject": true, "customer": true, "client": true, "user": true, "person": true, "participant": true,
	"respondent": true, "household": true, "machine": true, "device": true, "student": true, "employee": true, "member": true, "driver": true,
	"vehicle": true, "animal": true, "account": true}

// Entities returns the columns that name things which have several rows each,
// such as patients, in the table's order.
func Entities(f *frame.Frame) []string {
	var out []string
	for _, c := range f.Columns {
		if !maybeThings(c) {
			continue
		}
		distinct, values := usedValues(c)
		if entity(c, distinct, values) {
			out = append(out, c.Name)
		}
	}
	return out
}

// entity reports whether a column of so many values, distinct ones and all,
// names things that have several rows each.
func entity(c *frame.Column, distinct, values int) bool {
	if distinct < fewestEntities || 2*distinct > values || !maybeThings(c) {
		return false
	}
	return namesThings(c.Name) || distinct >= fewestShaped && shapedAsNames(c)
}

// maybeThings rules most columns out without a look at all values.
func maybeThings(c *frame.Column) bool {
	switch c.Kind {
	case frame.Bool, frame.Time, frame.ID:
		return false
	case frame.Numeric:
		return c.Whole && namesThings(c.Name)
	}
	return namesThings(c.Name) || len(c.Levels) >= fewestShaped && shaped(c.Levels[0])
}

// namesThings reports whether a column is called after what it names: an id, or
// a thing alone or with a number or code.
func namesThings(name string) bool {
	words := nameWords(name)
	if len(words) == 0 {
		return false
	}
	for _, w := range []string{words[0], words[len(words)-1]} {
		switch w {
		case "id", "ids", "uuid", "guid", "key", "identifier":
			return true
		}
	}
	if !things[words[0]] {
		return false
	}
	if len(words) == 1 {
		return true
	}
	switch words[len(words)-1] {
	case "no", "nr", "num", "number", "code", "ref", "name":
		return len(words) == 2
	}
	return false
}

// shapedAsNames reports whether all values are numbers after one prefix of
// letters, such as P001 and P002.
func shapedAsNames(c *frame.Column) bool {
	prefix := ""
	for k, l := range c.Levels {
		if !shaped(l) {
			return false
		}
		p := strings.TrimRight(l, "0123456789")
		if k > 0 && p != prefix {
			return false
		}
		prefix = p
	}
	return prefix != ""
}

// shaped reports whether a text is one or more letters and two digits or more.
func shaped(text string) bool {
	letters := strings.TrimRight(text, "0123456789")
	if len(text)-len(letters) < 2 {
		return false
	}
	word := strings.TrimRight(letters, "-_ #")
	return word != "" && strings.IndexFunc(word, func(r rune) bool { return r < 'A' || r > 'Z' && r < 'a' || r > 'z' }) < 0
}

// usedValues counts the distinct values of a column and its rows with one.
func usedValues(c *frame.Column) (distinct, values int) {
	if c.Numbers() {
		seen := map[float64]bool{}
		for _, x := range c.Num {
			if x == x {
				seen[x] = true
				values++
			}
		}
		return len(seen), values
	}
	used := make([]bool, len(c.Levels))
	for _, k := range c.Codes {
		if k >= 0 {
			values++
			if !used[k] {
				used[k] = true
				distinct++
			}
		}
	}
	return distinct, values
}

// thingOf returns, for each row, the thing it is about by the column: −1 where
// that is not known.
func thingOf(c *frame.Column) []int32 {
	if !c.Numbers() {
		return c.Codes
	}
	known := map[float64]int32{}
	out := make([]int32, len(c.Num))
	for i, x := range c.Num {
		if out[i] = -1; x != x {
			continue
		}
		at, ok := known[x]
		if !ok {
			at = int32(len(known))
			known[x] = at
		}
		out[i] = at
	}
	return out
}

// coarsest returns the column that makes the fewest groups, the first of
// equals; nil of none.
func coarsest(f *frame.Frame, names []string, target string) *frame.Column {
	var out *frame.Column
	least := 0
	for _, name := range names {
		c := f.Column(name)
		if c == nil || name == target {
			continue
		}
		if n, _ := usedValues(c); out == nil || n < least {
			out, least = c, n
		}
	}
	return out
}
