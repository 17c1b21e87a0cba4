package encode

import (
	"strconv"

	"clicktrain/internal/frame"
)

// distinct says how many different values a column has, and whether they are
// more than MaxOneHot. It stops counting numbers when they are.
func distinct(c *frame.Column) (n string, more bool) {
	if !c.Numbers() {
		return strconv.Itoa(len(c.Levels)), len(c.Levels) > MaxOneHot
	}
	seen := make(map[float64]bool)
	for _, x := range c.Num {
		if x != x || seen[x] {
			continue
		}
		seen[x] = true
		if len(seen) > MaxOneHot {
			return "more than " + strconv.Itoa(MaxOneHot), true
		}
	}
	return strconv.Itoa(len(seen)), false
}
