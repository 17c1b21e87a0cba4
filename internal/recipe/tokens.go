package recipe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// tokens cuts texts into words and the runs of words next to each other, as
// scikit-learn's vectorizers do by default: a word is two or more letters,
// digits or underscores in a row, in any script. Marks that stand on letters
// are none of these.
type tokens struct {
	lowercase bool
	from, to  int // how many words a term has at least and at most
}

// each calls f for every term of the text, as often as it occurs.
func (t tokens) each(text string, f func(term string)) {
	if t.lowercase {
		text = lower(text)
	}
	var words []string
	for len(text) > 0 {
		start := strings.IndexFunc(text, wordRune)
		if start < 0 {
			break
		}
		text = text[start:]
		end := strings.IndexFunc(text, func(r rune) bool { return !wordRune(r) })
		if end < 0 {
			end = len(text)
		}
		if _, first := utf8.DecodeRuneInString(text); first < end {
			words = append(words, text[:end])
		}
		text = text[end:]
	}
	for n := t.from; n <= t.to; n++ {
		for i := range len(words) - n + 1 {
			if n == 1 {
				f(words[i])
				continue
			}
			f(strings.Join(words[i:i+n], " "))
		}
	}
}

// wordRune is \w of Python's regular expressions for text.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// lower is Python's str.lower: some letters become two, and a sigma at the end
// of a word has a form of its own.
func lower(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return cases.Lower(language.Und).String(s)
		}
	}
	return strings.ToLower(s)
}
