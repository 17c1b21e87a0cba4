package profile

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
)

// disguised returns the values of the ascending s that stand apart from the
// others in the way of −1, −999, 9999 or 0 written for missing.
func disguised(n *Number, s []float64) []Value {
	if len(n.Smallest) < 5 {
		return nil // codes, rather than a measure
	}
	var out []Value
	low, next := n.Smallest[0], float64(n.Smallest[1].Value)
	high, before := n.Largest[0], float64(n.Largest[1].Value)
	switch v := float64(low.Value); {
	case v == -1 && low.Count >= 3 && next >= 0 && float64(n.Max) >= 5 && n.Whole,
		low.Count >= 2 && v < 0 && nines(-v) && (next >= 0 || next-v > float64(n.Max)-next):
		out = append(out, low)
	case v == 0 && low.Count >= 3 && zerosApart(s, low.Count):
		out = append(out, low)
	}
	if v := float64(high.Value); high.Count >= 2 && v >= 99 && nines(v) && v-before > before-float64(n.Min) {
		out = append(out, high)
	}
	return out
}

// nines reports whether x is 9, 99, 999 and so on, up to nine digits.
func nines(x float64) bool {
	for v := 9.0; v < 1e9; v = v*10 + 9 {
		if x == v {
			return true
		}
	}
	return false
}

// zerosApart reports whether the zeros that the ascending s starts with are
// outliers among the other values, and far more than the other low outliers.
func zerosApart(s []float64, zeros int) bool {
	rest := s[zeros:]
	if len(rest) < zeros {
		return false
	}
	q1, q3 := quantile(rest, 0.25), quantile(rest, 0.75)
	fence := q1 - 1.5*(q3-q1)
	return q3 > q1 && fence > 0 && zeros > 3*above(rest, math.Nextafter(fence, 0))
}

// disguisedNumbers returns the alerts of values that may stand for missing.
func disguisedNumbers(d *Column) []Alert {
	var out []Alert
	for _, v := range d.Number.Disguised {
		text := strconv.FormatFloat(float64(v.Value), 'f', -1, 64)
		a := Alert{Code: "disguised_missing", Severity: Warning, Column: d.Name,
			Fix:     Fix{Action: MarkMissing, Columns: []string{d.Name}, Values: []string{text}},
			Message: fmt.Sprintf("%s is %s in %s, %s.", short(d.Name), text, plural(v.Count, "row", "rows"), d.Number.apart(v.Value)),
			Hint:    "If that stands for a missing value, mark it as missing."}
		if v.Value == 0 {
			a.Severity = Info
		}
		out = append(out, a)
	}
	return out
}

// apart says how the least or greatest value stands apart from the others: by
// more than these span, or as an outlier of those that are 0 or more, or by its
// sign alone.
func (n *Number) apart(v Stat) string {
	gap, others := float64(n.Smallest[1].Value-v), float64(n.Max-n.Smallest[1].Value)
	if v == n.Max {
		gap, others = float64(v-n.Largest[1].Value), float64(n.Largest[1].Value-n.Min)
	}
	if v >= 0 || gap > others {
		return "far from its other values"
	}
	return "its only value below 0"
}

// nullWord tells whether a text may stand for missing: surely, or perhaps as a
// value of its own.
func nullWord(s string) (sure, perhaps bool) {
	switch folded(s) {
	case "?", "??", "-", "--", "---", ".", "n/a", "na", "n.a.", "#n/a", "#na", "null", "nil", "nan", "missing", "blank", "empty",
		"(missing)", "(blank)", "(empty)", "(null)", "<na>", "<null>", "not available", "no data", "undefined", "tbd":
		return true, false
	case "none", "unknown", "unk", "not known", "not applicable", "not specified", "unspecified", "not provided", "no answer", "no response":
		return false, true
	}
	return false, false
}

// disguisedTexts returns the alert of words for missing among other values.
func disguisedTexts(c *frame.Column, d *Column) []Alert {
	if d.Distinct < 3 {
		return nil // it may be one of two answers
	}
	rows := make([]int, len(c.Levels))
	var found []int
	severity := Info
	for k, s := range c.Levels {
		if len(s) > 20 {
			continue
		}
		if sure, perhaps := nullWord(s); sure || perhaps {
			found = append(found, k)
			if sure {
				severity = Warning
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	for _, k := range c.Codes {
		if k >= 0 {
			rows[k]++
		}
	}
	var out []Alert
	var values, quoted []string
	n := 0
	for _, k := range found {
		if rows[k] > 0 {
			values = append(values, c.Levels[k])
			quoted = append(quoted, strconv.Quote(c.Levels[k]))
			n += rows[k]
		}
	}
	if n > 0 {
		out = append(out, Alert{Code: "disguised_missing", Severity: severity, Column: d.Name,
			Fix:     Fix{Action: MarkMissing, Columns: []string{d.Name}, Values: values},
			Message: fmt.Sprintf("%s is %s in %s.", short(d.Name), strings.Join(quoted[:min(len(quoted), 3)], " or "), plural(n, "row", "rows")),
			Hint:    "If that stands for a missing value, mark it as missing; keep it if it is an answer."})
	}
	return out
}
