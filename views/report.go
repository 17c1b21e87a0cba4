package views

import (
	"strings"
	"sync"

	"clicktrain/static"
)

// ReportPage is the exploration as one file that stands alone.
type ReportPage struct {
	Title    string // the file's name
	Made     string // when, and by which version
	Tiles    []Tile
	Target   string
	Note     string // about the target
	Findings []Finding
	Overview []Chart // the ranking and the target's spread
	Alerts   []Alert
	Columns  []ReportColumn
	Rest     Table // one line for each column that has no part of its own
	Parts    []PartPage
}

// ReportColumn is one column of a report.
type ReportColumn struct {
	Name    string
	Kind    string
	Finding string
	Charts  []Chart
	Stats   []Fact
}

// reportStyle is the whole style sheet, for a file that can load none.
var reportStyle = sync.OnceValue(func() string {
	var b strings.Builder
	b.WriteString("<style>")
	for _, name := range []string{"app.css", "chart.css"} {
		css, err := static.FS.ReadFile(name)
		if err == nil { // embedded files can be read
			b.Write(css)
		}
	}
	b.WriteString("</style>")
	return b.String()
})
