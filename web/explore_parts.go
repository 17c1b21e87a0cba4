package web

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/frame"
	"clicktrain/internal/profile"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// showRows is what concerns whole rows: what is missing together, what is
// repeated, what contradicts itself, and how the file begins.
func (s *Server) showRows(c echo.Context, ws *workflow.Workspace) error {
	x, err := explore(c.Request().Context(), ws)
	if err != nil {
		return err
	}
	page := s.rowsPart(x)
	enlargeable(page.Charts, "/explore")
	return s.render(c, http.StatusOK, s.stepShell(c, ws, page.Title, "Explore"), views.ExplorePart(page))
}

func (s *Server) rowsPart(x *explored) views.PartPage {
	page := views.PartPage{ID: "rows", Title: "The file as a whole"}
	m := x.Report.Missing
	if len(m.Columns) == 0 {
		page.Lead = "No value is missing in any row."
	} else {
		page.Lead = fmt.Sprintf("%s of %s %s a value in every column.", views.Count(m.Complete), views.Plural(x.Report.Rows, "row"), verb(m.Complete, "has", "have"))
		page.Charts = append(page.Charts, s.missingChart(x), s.patternChart(m, x.Report.Rows))
	}
	page.Tables = append(page.Tables, duplicatesTable(x))
	if t, ok := conflictsTable(x); ok {
		page.Tables = append(page.Tables, t)
	}
	page.Tables = append(page.Tables, views.TitledTable{ID: "first-rows", Title: "First rows", Table: firstRows(x.frame, "The first rows of the file")})
	return page
}

// missingBars is how many columns the chart of missing values has.
const missingBars = 30

// missingChart draws how many values each column lacks.
func (s *Server) missingChart(x *explored) views.Chart {
	var lacking []profile.Column
	for _, c := range x.Report.Columns {
		if c.Missing > 0 {
			lacking = append(lacking, c)
		}
	}
	slices.SortStableFunc(lacking, func(a, b profile.Column) int { return b.Missing - a.Missing })
	rows := x.Report.Rows
	out := views.Chart{Name: "missing", Caption: missingFinding(lacking, rows),
		Table: &views.Table{Caption: "Missing values by column", Heads: []views.Head{{Name: "Column"}, {Name: "Missing", Number: true}, {Name: "Share", Number: true}}}}
	var bars []chart.Bar
	for _, c := range lacking[:min(len(lacking), missingBars)] {
		bars = append(bars, chart.Bar{Label: views.Clip(c.Name, 60), Value: float64(c.Missing), Shown: share(c.Missing, rows)})
	}
	for _, c := range lacking[:min(len(lacking), pageList)] {
		out.Table.Rows = append(out.Table.Rows, []views.Cell{{Text: views.Clip(c.Name, 60), Code: true}, {Text: views.Count(c.Missing)}, {Text: share(c.Missing, rows)}})
	}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Bars(w, bars, chart.Text{Title: "Missing values", Desc: out.Caption}, size)
	}, 0)
	return out
}

// missingFinding names the first of some columns that lack values, and those
// that lack as many.
func missingFinding(lacking []profile.Column, rows int) string {
	most := lacking[:alikeFirst(lacking, func(c profile.Column) string { return strconv.Itoa(c.Missing) })]
	names := make([]string, len(most))
	for i, c := range most {
		names[i] = views.Clip(c.Name, 40)
	}
	part := share(most[0].Missing, rows)
	switch {
	case len(most) == 1 && len(lacking) == 1:
		return fmt.Sprintf("%s alone lacks values, in %s of the rows.", names[0], part)
	case len(most) == 1:
		return fmt.Sprintf("%s lacks the most values, in %s of the rows.", names[0], part)
	}
	return fmt.Sprintf("%s lack the most values, each in %s of the rows.", enumerate(names), part)
}

// patternColumns is how many columns the chart of patterns has.
const patternColumns = 20

// patternChart draws which values are missing in the same rows.
func (s *Server) patternChart(m profile.Missing, rows int) views.Chart {
	var columns []string
	for _, p := range m.Patterns {
		for _, c := range p.Columns {
			if !slices.Contains(columns, c) && len(columns) < patternColumns {
				columns = append(columns, c)
			}
		}
	}
	out := views.Chart{Name: "patterns", Caption: patternFinding(m, rows), Explain: "Each line is a kind of row: colored cells are the columns that miss their value there, with the number of rows.",
		Table: &views.Table{Caption: "Values that are missing in the same rows", Heads: []views.Head{{Name: "Missing"}, {Name: "Rows", Number: true}, {Name: "Share", Number: true}}}}
	g := chart.Grid{Cols: clipped(columns), Format: chart.Count}
	for _, p := range m.Patterns {
		line := make([]float64, len(columns))
		for j, c := range columns {
			line[j] = math.NaN() // has its value
			if slices.Contains(p.Columns, c) {
				line[j] = float64(p.Rows)
			}
		}
		name := "nothing"
		if len(p.Columns) > 0 {
			name = views.Clip(strings.Join(clipped(p.Columns), ", "), 200)
			g.Rows = append(g.Rows, views.Plural(p.Rows, "row"))
			g.Values = append(g.Values, line)
		}
		out.Table.Rows = append(out.Table.Rows, views.Texts(name, views.Count(p.Rows), share(p.Rows, rows)))
	}
	out.SVG, out.Narrow = s.sizes(func(w io.Writer, size chart.Size) error {
		return chart.Heatmap(w, g, chart.Text{Title: "What is missing together", Desc: out.Caption}, size)
	}, 0)
	return out
}

// patternFinding says what is missing most often, and what is most often
// missing together, of the patterns that are drawn.
func patternFinding(m profile.Missing, rows int) string {
	var drawn []profile.Pattern
	together := -1
	for _, p := range m.Patterns {
		if len(p.Columns) == 0 {
			continue
		}
		if drawn = append(drawn, p); together < 0 && len(p.Columns) > 1 {
			together = len(drawn) - 1
		}
	}
	if len(drawn) == 0 {
		return "No combination of missing values is among the most frequent."
	}
	first := drawn[0]
	names := enumerate(clipped(first.Columns))
	among := ""
	if m.Left > 0 {
		among = fmt.Sprintf(" Of the columns that lack values, the %s that lack the most are compared.", views.Count(len(m.Columns)))
	}
	switch tied := len(drawn) > 1 && drawn[1].Rows == first.Rows; {
	case tied:
		n := alikeFirst(drawn, func(p profile.Pattern) string { return strconv.Itoa(p.Rows) })
		return fmt.Sprintf("The %s most frequent combinations of gaps are in %s each.%s", views.Count(n), views.Plural(first.Rows, "row"), among)
	case together == 0:
		return fmt.Sprintf("Most often %s are missing together, in %s of the rows.%s", names, share(first.Rows, rows), among)
	case together > 0 && drawn[together].Rows < first.Rows:
		p := drawn[together]
		return fmt.Sprintf("Most often %s alone is missing, in %s of the rows; together, most often %s, in %s.%s",
			names, share(first.Rows, rows), enumerate(clipped(p.Columns)), share(p.Rows, rows), among)
	}
	return fmt.Sprintf("Most often %s alone is missing, in %s of the rows.%s", names, share(first.Rows, rows), among)
}

// exampleColumns is how many columns an example row shows.
const exampleColumns = 12

// exampleRows is a table of rows of the file, numbered from 1, each after what
// its group says of it.
func exampleRows(f *frame.Frame, caption string, columns []*frame.Column, groups [][]int, of func(group int) string) views.Table {
	t := views.Table{Caption: caption, Quiet: true, Heads: []views.Head{{Name: "Row", Number: true}, {Name: "Group"}}}
	columns = columns[:min(len(columns), exampleColumns)]
	for _, c := range columns {
		t.Heads = append(t.Heads, views.Head{Name: c.Name, Number: c.Kind == frame.Numeric, Code: true})
	}
	for k, rows := range groups {
		for _, i := range rows {
			line := views.Texts(views.Count(i+1), of(k))
			for _, c := range columns {
				line = append(line, cell(c, i))
			}
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

func duplicatesTable(x *explored) views.TitledTable {
	out := views.TitledTable{ID: "duplicates", Title: "Repeated rows",
		Note: fmt.Sprintf("%s an earlier row in all columns (%s of the rows).", countOf(x.Report.DuplicateRows, "row repeats", "rows repeat"), share(x.Report.DuplicateRows, x.Report.Rows))}
	if x.Report.DuplicateRows == 0 {
		out.Note, out.Table.Empty = "", "No row repeats another."
		return out
	}
	var groups [][]int
	for _, g := range x.Report.Duplicates {
		groups = append(groups, g.Rows[:min(len(g.Rows), 2)])
	}
	out.Table = exampleRows(x.frame, "Rows that are equal in all columns", x.frame.Columns, groups, func(k int) string {
		return views.Count(x.Report.Duplicates[k].Count) + " times"
	})
	return out
}

func conflictsTable(x *explored) (views.TitledTable, bool) {
	if x.against.TargetReport == nil || x.against.Conflicts.Groups == 0 {
		return views.TitledTable{}, false
	}
	c := x.against.Conflicts
	columns := []*frame.Column{x.frame.Column(x.Goal.Target)}
	for _, col := range x.frame.Columns {
		if col.Name != x.Goal.Target {
			columns = append(columns, col)
		}
	}
	return views.TitledTable{ID: "conflicting_labels", Title: "Rows that contradict each other",
		Note: fmt.Sprintf("%s are equal in all columns that do not name the row or give %s away, but have a different %s; no model of these columns can be right for all of them: at best for %s of the rows.",
			views.Plural(c.Rows, "row"), views.Clip(x.Goal.Target, 40), views.Clip(x.Goal.Target, 40), tenths(float64(c.Ceiling))),
		Table: exampleRows(x.frame, "Rows that contradict each other", columns, c.Example, func(k int) string { return views.Count(k + 1) }),
	}, true
}
