package recipe

import (
	"math"
	"slices"

	"clicktrain/internal/export/pickle"
)

// categories are the distinct values that an encoder met in training rows, in
// the order of their codes: numbers and texts ascend, as numpy sorts them.
type categories struct {
	source source
	num    []float64 // of a numberSource
	text   []string  // of the others; beside num, what to call the numbers, if not nil
}

func (c categories) size() int {
	if c.source == numberSource {
		return len(c.num)
	}
	return len(c.text)
}

// labels returns the categories as text for people.
func (c categories) labels() []string {
	if c.source != numberSource || c.text != nil {
		return c.text
	}
	out := make([]string, len(c.num))
	for i, x := range c.num {
		out[i] = number(x)
	}
	return out
}

// array returns the categories as scikit-learn has them in categories_.
func (c categories) array() pickle.Array {
	switch c.source {
	case numberSource:
		return pickle.Floats(c.num)
	case boolSource:
		b := make([]bool, len(c.text))
		for i, t := range c.text {
			b[i] = t == boolTexts[1]
		}
		return pickle.Bools(b)
	}
	return pickle.Strings(c.text)
}

// newCategories returns the distinct values of a training column.
func newCategories(s source, v *values) categories {
	c := categories{source: s}
	if v.holds == Numbers {
		c.source = numberSource
		known := map[float64]bool{}
		for _, x := range v.num {
			if x == x && !known[x] {
				known[x] = true
				c.num = append(c.num, x+0) // a negative zero becomes zero
			}
		}
		slices.Sort(c.num)
		return c
	}
	for code, n := range levelCounts(v.texts) {
		if n > 0 {
			c.text = append(c.text, v.levels[code])
		}
	}
	slices.Sort(c.text)
	c.text = slices.Compact(c.text)
	return c
}

// counts returns how many training rows have each category.
func (c categories) counts(v *values) []int {
	kept := *v
	kept.own = false
	codes, _, _ := c.codes(&kept, &Seen{})
	counts := make([]int, c.size())
	for _, code := range codes {
		if code >= 0 {
			counts[code]++
		}
	}
	return counts
}

// codes returns the category of each row, -1 where it is missing or unseen,
// and counts both. It may write over v's own codes, which are of no more use.
func (c categories) codes(v *values, seen *Seen) (codes []int32, missing, unseen int) {
	if v.holds == Numbers {
		return c.numberCodes(v.num, seen)
	}
	index := make(map[string]int32, len(c.text))
	for i, t := range c.text {
		index[t] = int32(i)
	}
	table := make([]int32, len(v.levels))
	for code, l := range v.levels {
		i, ok := index[l]
		if !ok {
			i = -1
		}
		table[code] = i
	}
	if codes = v.codes; !v.own {
		codes = make([]int32, len(v.codes))
	}
	for i, code := range v.codes {
		if code < 0 {
			codes[i] = -1
			missing++
			continue
		}
		codes[i] = table[code]
		if table[code] < 0 {
			unseen++
			seen.unseen(v.levels[code])
		}
	}
	return codes, missing, unseen
}

func (c categories) numberCodes(num []float64, seen *Seen) (codes []int32, missing, unseen int) {
	index := make(map[float64]int32, len(c.num))
	for i, x := range c.num {
		index[x] = int32(i)
	}
	codes = make([]int32, len(num))
	for i, x := range num {
		code, ok := index[x]
		switch {
		case ok:
			codes[i] = code
			continue
		case math.IsNaN(x):
			missing++
		default:
			unseen++
			seen.unseen(number(x))
		}
		codes[i] = -1
	}
	return codes, missing, unseen
}

// unseen counts one row with a category that no training row has.
func (s *Seen) unseen(value string) {
	s.Unseen++
	if len(s.Values) < maxSeenValues && !slices.Contains(s.Values, value) {
		s.Values = append(s.Values, value)
	}
}
