package views

import (
	"math"
	"strings"
	"testing"
)

func TestRange(t *testing.T) {
	for _, tt := range []struct {
		low, high      float64
		from, to, half string
	}{
		{0.812, 0.921, "0.81", "0.92", "0.05"},
		{0.9787, 0.9834, "0.9787", "0.9834", "0.0024"},
		{0.861, 0.885, "0.861", "0.885", "0.012"},
		{-0.3, 0.8, "−0.3", "0.8", "0.6"},
		{48_212, 51_977, "48\u202f212", "51\u202f977", "1882"},
		{1.2e9, 1.3e9, "1.20×10⁹", "1.30×10⁹", "5.0×10⁷"},
		{1e-12, 3e-12, "1×10⁻¹²", "3×10⁻¹²", "1×10⁻¹²"},
		{0.5, 0.5, "–", "–", "–"},
		{math.NaN(), 1, "–", "–", "–"},
		{0, math.Inf(1), "–", "–", "–"},
	} {
		from, to, half := Range(tt.low, tt.high)
		if trimmed(from) != trimmed(tt.from) || trimmed(to) != trimmed(tt.to) || trimmed(half) != trimmed(tt.half) {
			t.Errorf("Range(%g, %g) = %q, %q, %q, want %q, %q, %q", tt.low, tt.high, from, to, half, tt.from, tt.to, tt.half)
		}
	}
	for width := 1e-15; width < 1e12; width *= 1.7 {
		for _, at := range []float64{0, 0.5, 0.98, 123, 5e6, 4e8} {
			if at+width == at {
				continue
			}
			if from, to, half := Range(at, at+width); from == to || strings.Trim(half, "0.") == "" {
				t.Errorf("Range(%g, +%g) = %q, %q, %q", at, width, from, to, half)
			}
		}
	}
}

// trimmed leaves zeros before an exponent out, which say nothing here.
func trimmed(s string) string {
	m, e, far := strings.Cut(s, "×")
	if !far {
		return s
	}
	return trimZeros(m) + "×" + e
}
