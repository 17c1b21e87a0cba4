package web

import (
	"testing"

	"clicktrain/internal/frame"
)

// TestDateText writes 9 May 2024, 07:08:06.25.
func TestDateText(t *testing.T) {
	for format, want := range map[string]string{
		"%Y-%m-%d":               "2024-05-09",
		"%Y-%m-%dT%H:%M:%S.%f%z": "2024-05-09T07:08:06.250000+00:00",
		"%d/%m/%y %H:%M":         "09/05/24 07:08",
		"%B %d, %Y":              "May 09, 2024",
		"%d-%b-%Y":               "09-May-2024",
		"ISO8601":                "2024-05-09 07:08:06",
		"mixed":                  "2024-05-09 07:08:06",
		"":                       "2024-05-09 07:08:06",
	} {
		c := &frame.Column{Kind: frame.Time, Num: []float64{1715238486.25}, Dates: frame.DateStyle{Format: format}}
		if got := dateText(c, 0); got != want {
			t.Errorf("dateText in %q = %q, want %q", format, got, want)
		}
	}
}
