package chart

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNiceTicks(t *testing.T) {
	for _, tt := range []struct {
		lo, hi float64
		n      int
		whole  bool
		want   string
	}{
		{0, 1, 5, false, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{0, 512.3, 6, false, "0 100 200 300 400 500"},
		{-3, 3, 4, false, "−2 0 2"},
		{0, 10, 4, false, "0.0 2.5 5.0 7.5 10.0"},
		{0, 3, 8, true, "0 1 2 3"},
		{0, 9, 4, true, "0 5"},
		{0, 100, 4, true, "0 25 50 75 100"},
		{0, 45_000, 4, true, "0 20\u2009000 40\u2009000"},
		{0, 5000, 5, true, "0 1000 2000 3000 4000 5000"},
		{0, 5e7, 5, false, "0 1×10⁷ 2×10⁷ 3×10⁷ 4×10⁷ 5×10⁷"},
		{0, 0.00002, 4, false, "0 5×10⁻⁶ 1×10⁻⁵ 1.5×10⁻⁵ 2×10⁻⁵"},
		{0, 0.003, 3, false, "0.000 0.001 0.002 0.003"},
		{-math.MaxFloat64, math.MaxFloat64, 4, false, "−1×10³⁰⁸ 0 1×10³⁰⁸"},
	} {
		var got []string
		for _, k := range niceTicks(tt.lo, tt.hi, tt.n, tt.whole) {
			got = append(got, k.Label)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("niceTicks(%g, %g, %d, %v) = %s, want %s", tt.lo, tt.hi, tt.n, tt.whole, s, tt.want)
		}
	}
}

// TestNiceTicksProperties asserts, over ranges of all sizes, that there are
// few ticks, in order, inside of the range, with labels that differ.
func TestNiceTicksProperties(t *testing.T) {
	for e := -320; e <= 308; e += 7 {
		for _, lo := range []float64{0, 1, -1, 0.999, 1e8, -3.3} {
			for n := 1; n <= 10; n += 3 {
				size := math.Pow(10, float64(e))
				s := newScale(lo*size, (lo+1.7)*size)
				ticks := niceTicks(s.lo, s.hi, n, false)
				if len(ticks) == 0 || len(ticks) > 2*n+3 {
					t.Fatalf("niceTicks(%g, %g, %d) has %d ticks", s.lo, s.hi, n, len(ticks))
				}
				slack := (s.hi/2 - s.lo/2) * 1e-6
				for i, k := range ticks {
					if k.Value < s.lo-slack || k.Value > s.hi+slack || i > 0 && (k.Value <= ticks[i-1].Value || k.Label == ticks[i-1].Label) {
						t.Fatalf("niceTicks(%g, %g, %d) = %v", s.lo, s.hi, n, ticks)
					}
				}
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct {
		f    Format
		v    float64
		want string
	}{
		{Number, 0.12345, "0.123"}, {Number, -4.5, "−4.5"}, {Number, 45.678, "45.7"}, {Number, 1234.5, "1234"}, {Number, 12345.6, "12\u2009346"},
		{Number, 1e7, "1×10⁷"}, {Number, -2.5e-7, "−2.5×10⁻⁷"}, {Number, 0, "0"}, {Number, math.Copysign(0, -1), "0"}, {Number, 100, "100"},
		{Number, math.NaN(), "–"}, {Number, math.Inf(-1), "–"}, {Number, 0.001, "0.001"}, {Number, 512.3292, "512"}, {Number, 999.96, "1000"},
		{Correlation, 0.347, "+0.35"}, {Correlation, -0.2, "−0.20"}, {Correlation, -0.001, "0.00"}, {Correlation, 1, "+1.00"}, {Correlation, 1e300, "1×10³⁰⁰"},
		{Count, 12500, "12\u2009500"}, {Count, 1e18, "1×10¹⁸"}, {Percent, 0.256, "26\u202f%"}, {Percent, -0.001, "0\u202f%"},
	} {
		if got := tt.f.text(tt.v); got != tt.want {
			t.Errorf("format %d of %g = %q, want %q", tt.f, tt.v, got, tt.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"", 5, blankLabel}, {" \t\n", 5, blankLabel}, {"\u200b", 5, blankLabel}, {"a", 5, "a"}, {" a\n\t b ", 5, "a b"},
		{"abcdef", 3, "abc…"}, {"abc", 3, "abc"}, {"\xffa", 5, "\ufffda"}, {"a\x00b", 5, "a\ufffdb"}, {"\u202eab", 5, "\ufffdab"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301…"}, {"🇩🇪🇫🇷🇮🇹", 2, "🇩🇪🇫🇷…"}, {"👩‍👩‍👧x👍🏽y", 3, "👩‍👩‍👧x👍🏽…"},
		{"\u1112\u1161\u11ab\u1100\u116e\u11a8", 1, "\u1112\u1161\u11ab…"}, {"a" + strings.Repeat("\u0300", 50), 5, "a" + strings.Repeat("\u0300", 7)},
	} {
		if got := clip(tt.in, tt.n); got != tt.want {
			t.Errorf("clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestTruncate(t *testing.T) {
	for _, s := range []string{"a plain name", "日本語の列名はとても長い", strings.Repeat("👩‍👩‍👧‍👦", 9), strings.Repeat("e\u0301", 40)} {
		for limit := 20.0; limit < 200; limit += 13 {
			got := truncate(s, limit, textSize)
			if measure(got, textSize) > limit {
				t.Errorf("truncate(%q, %v) = %q, which is %v wide", s, limit, got, measure(got, textSize))
			}
			kept := strings.TrimRight(strings.TrimSuffix(got, "…"), " ")
			if !strings.HasPrefix(s, kept) || !utf8.ValidString(got) {
				t.Errorf("truncate(%q, %v) = %q", s, limit, got)
			}
			if rest := strings.TrimLeft(s[len(kept):], " "); strings.HasPrefix(rest, "\u0301") || strings.HasPrefix(rest, "\u200d") {
				t.Errorf("truncate(%q, %v) = %q splits a character", s, limit, got)
			}
		}
	}
	if got := truncate("fits", 100, textSize); got != "fits" {
		t.Errorf("truncate cut %q", got)
	}
}

// FuzzClip asserts that what clip returns can be drawn, and is stable.
func FuzzClip(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := clip(s, 20)
		if !utf8.ValidString(got) || got == "" {
			t.Fatalf("clip(%q) = %q", s, got)
		}
		for _, r := range got {
			if r < 0x20 || r == 0xfffe || r == 0xffff {
				t.Fatalf("clip(%q) holds %U", s, r)
			}
		}
	})
}

func TestLevels(t *testing.T) {
	for v, want := range map[float64]string{-1: "c-h0", -0.95: "c-h0", -0.5: "c-h2", -0.09: "c-h5", 0: "c-h5", 0.09: "c-h5", 0.11: "c-h6", 1: "c-h10", 7: "c-h10"} {
		if got := divClass(v); got != want {
			t.Errorf("divClass(%v) = %s, want %s", v, got, want)
		}
		if got := divLevel(v) + divLevel(-v); got != 10 {
			t.Errorf("divLevel is not symmetric at %v", v)
		}
	}
	for v, want := range map[float64]string{-1: "c-q0", 0: "c-q0", 0.1: "c-q1", 0.999: "c-q9", 1: "c-q9"} {
		if got := seqClass(v); got != want {
			t.Errorf("seqClass(%v) = %s, want %s", v, got, want)
		}
	}
}

// TestTheme asserts that the style sheet has the same light colors and all
// classes, and that text and marks have contrast in both themes.
func TestTheme(t *testing.T) {
	css, err := os.ReadFile("testdata/theme.css")
	if err != nil {
		t.Fatal(err)
	}
	themes := [2]map[string]string{{}, {}}
	for _, m := range regexp.MustCompile(`(?m)^(\[data-theme="dark"\] )?\.(\S+) \{ color: (#\w{6}); \}$`).FindAllStringSubmatch(string(css), -1) {
		k := 0
		if m[1] != "" {
			k = 1
		}
		themes[k][m[2]] = m[3]
	}
	for class, c := range light {
		if themes[0][class] != c || themes[1][class] == "" {
			t.Errorf("%s is %s, in the style sheet %s and %s", class, c, themes[0][class], themes[1][class])
		}
	}
	for k, theme := range themes {
		for class, c := range theme {
			least := 3.0
			switch {
			case class == clsText || class == clsTick:
				least = 4.5
			case class == clsGrid || class == clsSurface || strings.HasPrefix(class, clsNum):
				continue
			case strings.HasPrefix(class, "c-h") || strings.HasPrefix(class, "c-q"):
				if got := contrast(c, theme[numClass(class)]); got < 4.5 {
					t.Errorf("theme %d: a number on %s has contrast %.2f", k, class, got)
				}
				continue
			}
			if got := contrast(c, theme[clsSurface]); got < least {
				t.Errorf("theme %d: %s has contrast %.2f, want %v", k, class, got, least)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(color string) float64 {
	n, _ := strconv.ParseUint(color[1:], 16, 32) // the caller matched six hexadecimal digits
	sum := 0.0
	for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
		v := float64(n>>(8*i)&0xff) / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
