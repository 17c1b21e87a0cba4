package views_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"clicktrain/views"
)

// plain writes the spaces that are not plain ones as plain ones.
var plain = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

func TestNum(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 1: "1", -1: "−1", 891: "891", 1234: "1234", 20640: "20 640", -20640: "−20 640",
		1234567: "1 234 567", 3.14159: "3.142", 0.5: "0.5", 14.4542: "14.45", 512.3292: "512.3", 32.2: "32.2", 29.69911: "29.7",
		0.00012345: "0.0001234", 0.0000123: "1.23×10⁻⁵", 12345.678: "12 346", 1e9: "1×10⁹", -1.5e300: "−1.5×10³⁰⁰",
		math.NaN(): "–", math.Inf(1): "–", math.Inf(-1): "–", 5e-324: "4.941×10⁻³²⁴", 999.96: "1000", 0.99999: "1",
	} {
		if got := plain.Replace(views.Num(x)); got != want {
			t.Errorf("Num(%v) = %q, want %q", x, got, want)
		}
	}
}

func TestFixed(t *testing.T) {
	for _, tt := range []struct {
		x    float64
		n    int
		want string
	}{{0.8384, 3, "0.838"}, {-0.55, 2, "−0.55"}, {-0.0001, 2, "0.00"}, {12345.6, 1, "12 345.6"}, {math.NaN(), 2, "–"}} {
		if got := plain.Replace(views.Fixed(tt.x, tt.n)); got != tt.want {
			t.Errorf("Fixed(%v, %d) = %q, want %q", tt.x, tt.n, got, tt.want)
		}
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0%", 1: "100%", 0.62: "62%", 0.1987: "20%", 0.034: "3.4%", 0.0002: "<0.1%", 0.9999: ">99.9%", 0.995: "99.5%", 0.5: "50%", math.NaN(): "–",
	} {
		if got := views.Percent(share); got != want {
			t.Errorf("Percent(%v) = %q, want %q", share, got, want)
		}
	}
}

func TestCountAndPlural(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{views.Count(9999), "9999"}, {views.Count(10000), "10 000"}, {views.Count(-10000), "−10 000"},
		{views.Plural(1, "row"), "1 row"}, {views.Plural(0, "row"), "0 rows"}, {views.Plural(20640, "row"), "20 640 rows"},
		{views.Plural(2, "category", "categories"), "2 categories"},
	} {
		if plain.Replace(tt.got) != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1023: "1023 bytes", 1024: "1 KiB", 1536: "1.5 KiB", 200 << 20: "200 MiB",
		1<<20 - 1: "1 MiB", 150<<20 + 300<<10: "150 MiB", 3 << 30: "3 GiB"} {
		if got := plain.Replace(views.Bytes(n)); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "under 1 ms", 12 * time.Millisecond: "12 ms", 840 * time.Millisecond: "0.84 s", 1500 * time.Millisecond: "1.5 s",
		12 * time.Second: "12 s", 59600 * time.Millisecond: "1 min", 125 * time.Second: "2 min 5 s", 2 * time.Hour: "2 h", 90 * time.Minute: "1 h 30 min",
	} {
		if got := plain.Replace(views.Duration(d)); got != want {
			t.Errorf("Duration(%v) = %q, want %q", d, got, want)
		}
	}
}

// TestThousandsDoNotBreak: a number stays on one line.
func TestThousandsDoNotBreak(t *testing.T) {
	if got := views.Count(1234567); got != "1\u202f234\u202f567" {
		t.Errorf("Count(1234567) = %q", got)
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"}, {"exactly", 7, "exactly"}, {"too long by far", 8, "too long…"}, {"a\nb\tc\x00", 9, "a⏎b⇥c␀"},
		{"\u202egnp.exe", 20, "\ufffdgnp.exe"}, {"\xff\xfe", 5, "\ufffd"}, {"日本語の列", 3, "日本語…"},
	} {
		if got := views.Clip(tt.in, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
