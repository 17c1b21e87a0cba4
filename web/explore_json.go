package web

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"clicktrain/internal/chart"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
)

// described is the description of a table.
type described struct {
	Statistics statistics   `json:"statistics"`
	Alerts     []alert      `json:"alerts"`
	Target     *targetStats `json:"target,omitempty" doc:"Only where a target was asked for."`
	Plots      plots        `json:"plots"`
}

type statistics struct {
	Shape        [2]int           `json:"shape" doc:"Rows and columns."`
	Columns      []string         `json:"columns"`
	Numerical    []string         `json:"numerical_columns"`
	Categorical  []string         `json:"categorical_columns"`
	DTypes       record           `json:"dtypes" doc:"As pandas has them."`
	Missing      record           `json:"missing_values"`
	MissingShare record           `json:"missing_percentage"`
	Duplicates   int              `json:"duplicate_rows"`
	Numbers      []numberStats    `json:"numerical_stats"`
	Categories   []categoryStats  `json:"categorical_stats"`
	Correlation  record           `json:"correlation_matrix"`
	Top          []topCorrelation `json:"top_correlations"`
}

type numberStats struct {
	Column    string       `json:"column"`
	Count     int          `json:"count"`
	Missing   int          `json:"missing_count"`
	Distinct  int          `json:"unique_count"`
	Mean      profile.Stat `json:"mean"`
	Median    profile.Stat `json:"median"`
	Std       profile.Stat `json:"std" doc:"Divided by n - 1."`
	Min       profile.Stat `json:"min"`
	Max       profile.Stat `json:"max"`
	Q05       profile.Stat `json:"q05"`
	Q25       profile.Stat `json:"q25" doc:"Quantiles interpolate linearly."`
	Q50       profile.Stat `json:"q50"`
	Q75       profile.Stat `json:"q75"`
	Q95       profile.Stat `json:"q95"`
	IQR       profile.Stat `json:"iqr"`
	MAD       profile.Stat `json:"mad" doc:"The median of the distances from the median."`
	Skewness  profile.Stat `json:"skewness" doc:"Unbiased."`
	Kurtosis  profile.Stat `json:"kurtosis" doc:"Fisher's, unbiased."`
	Sum       profile.Stat `json:"sum"`
	Zeros     int          `json:"zeros"`
	Negatives int          `json:"negatives"`
	Outliers  int          `json:"outliers"`
	Histogram struct {
		Edges  []float64 `json:"edges"`
		Counts []int     `json:"counts"`
	} `json:"histogram"`
}

type categoryStats struct {
	Column       string       `json:"column"`
	Unique       int          `json:"unique_count"`
	Top          *string      `json:"top_category"`
	TopFreq      int          `json:"top_freq"`
	TopPercent   float64      `json:"top_freq_pct" doc:"Percent of all rows."`
	Missing      int          `json:"missing_count"`
	MissingShare float64      `json:"missing_pct" doc:"Percent of all rows."`
	Values       []valueCount `json:"values" doc:"The most frequent."`
}

type valueCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

type topCorrelation struct {
	A string       `json:"col1"`
	B string       `json:"col2"`
	R profile.Stat `json:"correlation"`
}

type plots struct {
	Histograms record `json:"histograms" doc:"The address of an SVG for each column that has one."`
	Heatmap    string `json:"correlation_heatmap" doc:"The address of an SVG."`
}

// describe is the JSON twin of showExplore.
func (s *Server) describe(ctx context.Context, in *struct {
	Session string `path:"session_id"`
	Target  string `query:"target" doc:"The column to predict."`
}) (*answer[described], error) {
	ws, err := s.byID(in.Session)
	if err != nil {
		return nil, err
	}
	if in.Target != "" {
		if _, err := ws.Aim(in.Target, 0); err != nil {
			return nil, err
		}
	}
	x, err := explore(ctx, ws)
	if err != nil {
		return nil, err
	}
	out := described{Statistics: newStatistics(x.Report), Plots: newPlots(in.Session, x.Report)}
	if in.Target == "" {
		x.against = against{}
	} else {
		out.Target = newTarget(x)
	}
	out.Alerts = x.newAlerts(x.alerts())
	return ok(out), nil
}

func newStatistics(r *profile.Report) statistics {
	st := statistics{
		Shape: [2]int{r.Rows, len(r.Columns)}, Columns: []string{}, Numerical: []string{}, Categorical: []string{},
		DTypes: record{}, Missing: record{}, MissingShare: record{}, Duplicates: r.DuplicateRows,
		Numbers: []numberStats{}, Categories: []categoryStats{}, Correlation: record{}, Top: []topCorrelation{},
	}
	for _, c := range r.Columns {
		st.Columns = append(st.Columns, c.Name)
		st.DTypes = append(st.DTypes, member{c.Name, c.DType})
		st.Missing = append(st.Missing, member{c.Name, c.Missing})
		st.MissingShare = append(st.MissingShare, member{c.Name, percent(c.Missing, r.Rows)})
		switch {
		case c.Number != nil:
			st.Numerical = append(st.Numerical, c.Name)
			st.Numbers = append(st.Numbers, newNumberStats(c))
		case c.Levels != nil:
			st.Categorical = append(st.Categorical, c.Name)
			st.Categories = append(st.Categories, newCategoryStats(c, r.Rows))
		}
	}
	for i, a := range r.Correlation.Columns {
		row := record{}
		for j, b := range r.Correlation.Columns {
			row = append(row, member{b, r.Correlation.At(i, j)})
		}
		st.Correlation = append(st.Correlation, member{a, row})
	}
	for _, p := range r.Correlation.Top {
		st.Top = append(st.Top, topCorrelation(p))
	}
	return st
}

func newNumberStats(c profile.Column) numberStats {
	n := c.Number
	st := numberStats{
		Column: c.Name, Count: n.Count, Missing: c.Missing, Distinct: c.Distinct, Mean: n.Mean, Median: n.Q50, Std: n.Std, Min: n.Min, Max: n.Max,
		Q05: n.Q05, Q25: n.Q25, Q50: n.Q50, Q75: n.Q75, Q95: n.Q95, IQR: n.IQR, MAD: n.MAD, Skewness: n.Skewness, Kurtosis: n.Kurtosis,
		Sum: n.Sum, Zeros: n.Zeros, Negatives: n.Negatives, Outliers: n.Outliers,
	}
	st.Histogram.Edges, st.Histogram.Counts = n.Histogram.Edges, n.Histogram.Counts
	return st
}

func newCategoryStats(c profile.Column, rows int) categoryStats {
	st := categoryStats{Column: c.Name, Unique: c.Distinct, Missing: c.Missing, MissingShare: percent(c.Missing, rows), Values: []valueCount{}}
	for _, l := range c.Levels.Top {
		st.Values = append(st.Values, valueCount{l.Value, l.Count})
	}
	if len(c.Levels.Top) > 0 {
		top := c.Levels.Top[0]
		st.Top, st.TopFreq, st.TopPercent = &top.Value, top.Count, percent(top.Count, rows)
	}
	return st
}

// percent returns part of whole in percent, with two decimals.
func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return math.Round(10000*float64(part)/float64(whole)) / 100
}

// plotBase is where the SVGs of a session stand.
func plotBase(session string) string { return "/api/eda/" + session + "/plots" }

func newPlots(session string, r *profile.Report) plots {
	p := plots{Histograms: record{}, Heatmap: plotBase(session) + "/correlation.svg"}
	for i, c := range r.Columns {
		if spread(c) != nil {
			p.Histograms = append(p.Histograms, member{c.Name, fmt.Sprintf("%s/columns/%d.svg", plotBase(session), i)})
		}
	}
	return p
}

func (s *Server) plotRoutes() {
	svg := func(path, summary string, draw func(echo.Context, *profile.Report) (string, error)) {
		op := huma.Operation{Method: http.MethodGet, Path: path, Summary: summary, Responses: map[string]*huma.Response{}}
		s.respond(&op, http.StatusOK, nil)
		op.Responses["200"].Content = map[string]*huma.MediaType{"image/svg+xml": {Schema: &huma.Schema{Type: huma.TypeString}}}
		op.Parameters = pathParams(path)
		s.documented(op, func(c echo.Context) error { return s.sendPlot(c, draw) })
	}
	svg("/api/eda/{session_id}/plots/correlation.svg", "Draw the correlations", func(_ echo.Context, r *profile.Report) (string, error) {
		if len(r.Correlation.Columns) < 2 {
			return "", problem.New(problem.NotFound, "Correlation needs two columns of numbers.")
		}
		draw := heatmap(r.Correlation)
		return s.drawn(func(w io.Writer) error { return draw(w, chart.Size{}) }), nil
	})
	svg("/api/eda/{session_id}/plots/columns/{index}", "Draw a column", func(c echo.Context, r *profile.Report) (string, error) {
		var i int
		var rest string
		if n, _ := fmt.Sscanf(c.Param("index"), "%d%s", &i, &rest); n != 2 || rest != ".svg" || i < 0 || i >= len(r.Columns) {
			return "", problem.New(problem.NotFound, "There is no such column.").WithHint("Columns are numbered from 0, as in 3.svg.")
		}
		draw := spread(r.Columns[i])
		if draw == nil {
			return "", nil
		}
		return s.drawn(func(w io.Writer) error { return draw(w, chart.Size{W: chart.Full.W}) }), nil
	})
}

// sendPlot answers with a drawing, which a browser that is sent there must not
// take for a page of ours.
func (s *Server) sendPlot(c echo.Context, draw func(echo.Context, *profile.Report) (string, error)) error {
	ws, err := s.byID(c.Param("session_id"))
	if err != nil {
		return err
	}
	r, err := ws.Profile(c.Request().Context())
	if err != nil {
		return err
	}
	svg, err := draw(c, r)
	if err != nil {
		return err
	}
	if svg == "" {
		return problem.New(problem.NotFound, "There is nothing to draw for this column.")
	}
	c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	c.Response().Header().Set(echo.HeaderContentType, "image/svg+xml")
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(svg)))
	_, err = io.WriteString(c.Response(), svg)
	return err
}
