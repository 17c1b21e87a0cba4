package chart

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/golang/freetype/truetype"
	gochart "github.com/wcharczuk/go-chart/v2"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/width"
)

// font returns the font by which text is measured. The chart library fills
// its global font without a lock, so the first call here is the only one.
var font = sync.OnceValues(func() (*truetype.Font, error) {
	f, err := gochart.GetDefaultFont()
	if err != nil {
		return nil, fmt.Errorf("chart: read the built-in font: %w", err)
	}
	return f, nil
})

// latin holds the advances of the first 384 runes, in ems.
var latin = sync.OnceValue(func() *[384]float64 {
	var t [384]float64
	for r := range t {
		t[r] = glyph(rune(r))
	}
	return &t
})

// wider is how much wider than the built-in font the usual sans-serif faces
// are at most, but for a few that label holds in place.
const wider = 1.16

// measure returns the width of s at the given size, both in pixels. The font
// that draws is the reader's, so the result is an estimate on the generous
// side.
func measure(s string, size float64) float64 {
	em := 0.0
	for _, r := range s {
		em += advance(r)
	}
	return em * size * wider
}

func advance(r rune) float64 {
	if r >= 0 && r < 384 {
		return latin()[r]
	}
	return glyph(r)
}

// glyph returns the advance of one rune in ems.
func glyph(r rune) float64 {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1f000 && r < 0x20000:
		return 1.3 // emoji
	case isWide(r):
		return 1
	}
	f, err := font()
	if err != nil {
		return 0.6
	}
	i := f.Index(r)
	if i == 0 {
		return 0.75
	}
	upem := f.FUnitsPerEm()
	return float64(f.HMetric(fixed.Int26_6(upem), i).AdvanceWidth) / float64(upem)
}

func isWide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// truncate returns the longest run of whole grapheme clusters of s that fits
// into limit pixels with an ellipsis after it, or s itself if it fits.
// The string s is clean: see clip.
func truncate(s string, limit, size float64) string {
	if measure(s, size) <= limit {
		return s
	}
	room := limit - measure("…", size)
	end := 0
	for end < len(s) {
		n := cluster(s[end:])
		room -= measure(s[end:end+n], size)
		if room < 0 {
			break
		}
		end += n
	}
	return strings.TrimRight(s[:end], " ") + "…"
}
