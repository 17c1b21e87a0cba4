package profile

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// scripts are those told apart; letters of any other are of "Other".
var scripts = [...]struct {
	name  string
	table *unicode.RangeTable
}{
	{"Latin", unicode.Latin}, {"Cyrillic", unicode.Cyrillic}, {"Greek", unicode.Greek}, {"Han", unicode.Han},
	{"Hiragana", unicode.Hiragana}, {"Katakana", unicode.Katakana}, {"Hangul", unicode.Hangul}, {"Arabic", unicode.Arabic},
	{"Hebrew", unicode.Hebrew}, {"Devanagari", unicode.Devanagari}, {"Bengali", unicode.Bengali}, {"Tamil", unicode.Tamil},
	{"Thai", unicode.Thai}, {"Armenian", unicode.Armenian}, {"Georgian", unicode.Georgian}, {"Ethiopic", unicode.Ethiopic},
}

// words counts the words, characters and scripts of the levels in use, or of
// some of them, evenly chosen, where they are long.
func words(levels []string, counts []int) *Words {
	size := 0
	for _, s := range levels {
		size += len(s)
	}
	step := size/bytesRead + 1
	w := &Words{}
	seen := map[string]int{}
	symbols := map[rune]bool{}
	letters := make([]int, len(scripts)+1)
	read, used := 0, 0
	for k, s := range levels {
		if counts[k] == 0 {
			continue
		}
		if used++; (used-1)%step != 0 {
			continue
		}
		read++
		for _, c := range s {
			w.Characters += counts[k]
			symbols[c] = true
			if unicode.IsLetter(c) {
				letters[scriptOf(c)] += counts[k]
			}
		}
		for word := range strings.FieldsFuncSeq(s, func(c rune) bool {
			return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.Mn, c) && c != '\''
		}) {
			w.Words += counts[k]
			seen[strings.ToLower(word)] += counts[k]
		}
	}
	w.Share = Stat(float64(read) / float64(max(used, 1)))
	w.Distinct, w.Symbols = len(seen), len(symbols)
	w.Top = mostFrequent(seen, topKept)
	by := map[string]int{}
	for i, n := range letters {
		switch {
		case n == 0:
		case i == len(scripts):
			by["Other"] = n
		default:
			by[scripts[i].name] = n
		}
	}
	w.Scripts = mostFrequent(by, len(by))
	return w
}

func scriptOf(c rune) int {
	if c < 0x80 {
		return 0
	}
	for i := range scripts {
		if unicode.Is(scripts[i].table, c) {
			return i
		}
	}
	return len(scripts)
}

// mostFrequent returns the n of the largest counts, ties in order of text.
func mostFrequent(counts map[string]int, n int) []Level {
	all := make([]Level, 0, len(counts))
	for s, k := range counts {
		all = append(all, Level{s, k})
	}
	slices.SortFunc(all, func(a, b Level) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return slices.Clone(all[:min(len(all), n)])
}
