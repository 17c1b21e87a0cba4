package ingest_test

import (
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
)

// TestDateStyle checks what pandas is told of how dates are written. What
// pandas makes of it is compared where that is installed.
func TestDateStyle(t *testing.T) {
	for _, tt := range []struct {
		cells string // with ; between them
		want  frame.DateStyle
	}{
		{"2024-02-01;1999-12-31", frame.DateStyle{Format: "%Y-%m-%d"}},
		{"2024/2/1;1999/12/31;", frame.DateStyle{Format: "%Y/%m/%d"}},
		{"2024-02-01 9:05;2024-02-01 10:00", frame.DateStyle{Format: "%Y-%m-%d %H:%M"}},
		{"2024-02-01T10:00:00.25Z;2024-02-01T10:00:00.123+01:00;2024-02-01T10:00:00.5-0130", frame.DateStyle{Format: "%Y-%m-%dT%H:%M:%S.%f%z"}},
		{"2024-02-01;2024-02-01 10:00;2024/02/03", frame.DateStyle{Format: "ISO8601"}},
		{"2024-02-01;2024-02-01t10:00", frame.DateStyle{Format: "mixed"}},
		{"2024-02-01;2024-02-01 10:00 UTC", frame.DateStyle{Format: "mixed"}},
		{"2024-02-01 10:00+01;2024-02-02 11:00+01", frame.DateStyle{Format: "mixed"}},
		{"31/1/2024;1/2/2024", frame.DateStyle{Format: "%d/%m/%Y"}},
		{"1/31/2024;1/2/2024", frame.DateStyle{Format: "%m/%d/%Y"}},
		{"1/31/24;1/2/69", frame.DateStyle{Format: "%m/%d/%y"}},
		{"1/31/24;1/2/2024", frame.DateStyle{}}, // pandas puts 69 into a century of its own choice
		{"01-31-2024;01-02-2024", frame.DateStyle{Format: "%m-%d-%Y"}},
		{"31.01.2024;01.02.2024 10:30", frame.DateStyle{Format: "mixed", DayFirst: true}},
		{"31.01.2024 10:00 UTC;01.02.2024 10:30", frame.DateStyle{}},
		{"2 Jan 2024;3 Feb 2024", frame.DateStyle{Format: "%d %b %Y"}},
		{"2-Jan-2024 10:00;3-Feb-2024 11:00", frame.DateStyle{Format: "%d-%b-%Y %H:%M"}},
		{"January 2, 2024;February 3, 2024", frame.DateStyle{Format: "%B %d, %Y"}},
		{"Jan 2, 2024;February 3 2024", frame.DateStyle{Format: "mixed"}},
		// One cell in twenty may be something else, which pandas must not read as a date.
		{strings.Repeat("31/01/2024;", 40) + "01/31/2024", frame.DateStyle{Format: "%d/%m/%Y"}},
		{strings.Repeat("31/01/2024;31/01/2024 10:00;", 20) + "01/31/2024", frame.DateStyle{}},
	} {
		rows := "id,d\n"
		for _, cell := range strings.Split(tt.cells, ";") {
			rows += `7,"` + cell + "\"\n"
		}
		res, err := ingest.Read(t.Context(), strings.NewReader(rows), "table.csv", ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c := res.Frame.Column("d")
		if c == nil || c.Kind != frame.Time {
			t.Errorf("%.60s is no column of dates: %+v", tt.cells, c)
			continue
		}
		if c.Dates != tt.want {
			t.Errorf("%.60s: %+v, want %+v", tt.cells, c.Dates, tt.want)
		}
		if got := c.Take([]int{0}).Dates; got != tt.want {
			t.Errorf("one row of %.60s: %+v, want %+v", tt.cells, got, tt.want)
		}
	}
}
