package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blankLabel stands for a label in which nothing is visible.
const blankLabel = "(blank)"

// clip makes s fit to be drawn: white space runs become one space, characters
// that XML forbids or that would reorder their neighbors become U+FFFD, and
// at most n grapheme clusters are kept, ending in an ellipsis if any were cut.
// A label without a visible character becomes "(blank)".
func clip(s string, n int) string {
	var b strings.Builder
	visible, count := false, 0
	for rest := strings.TrimSpace(s); rest != ""; count++ {
		if count == n {
			b.WriteString("…")
			break
		}
		size := cluster(rest)
		for _, r := range firstRunes(rest[:size], 8) {
			r = drawable(r)
			visible = visible || !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
			b.WriteRune(r)
		}
		rest = rest[size:]
		if strings.HasSuffix(b.String(), " ") {
			rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		}
	}
	if !visible {
		return blankLabel
	}
	return b.String()
}

// firstRunes returns at most n runes of s: a letter under a tower of
// combining marks would cover its neighbors.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// drawable returns the rune that stands for r in a drawing.
func drawable(r rune) rune {
	switch {
	case unicode.IsSpace(r) && r != '\u2009' && r != '\u202f':
		return ' '
	case r < 0x20, r >= 0x7f && r < 0xa0, // controls
		r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, // bidirectional overrides
		r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe, // non-characters
		r >= 0xe0000 && r <= 0xe0fff: // tags
		return utf8.RuneError
	}
	return r
}

// cluster returns the length in bytes of the first grapheme cluster of s,
// which is not empty. It follows Unicode Annex 29 for combining marks,
// joined emoji, skin tones, flags and Hangul syllables spelled in jamo.
func cluster(s string) int {
	prev, n := utf8.DecodeRuneInString(s)
	flags := 0
	if isFlag(prev) {
		flags = 1
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc), r == zeroWidthJoiner, r >= 0x1f3fb && r <= 0x1f3ff:
		case prev == zeroWidthJoiner && r > 0x2000:
		case flags == 1 && isFlag(r):
			flags = 2
		case isLeadJamo(prev) && (isLeadJamo(r) || isTailJamo(r)), isTailJamo(prev) && isTailJamo(r):
		default:
			return n
		}
		prev = r
		n += size
	}
	return n
}

const zeroWidthJoiner = '\u200d'

func isFlag(r rune) bool     { return r >= 0x1f1e6 && r <= 0x1f1ff }
func isLeadJamo(r rune) bool { return r >= 0x1100 && r < 0x1160 }
func isTailJamo(r rune) bool { return r >= 0x1160 && r < 0x1200 }

// escape writes s as XML character data that is also safe in HTML.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
