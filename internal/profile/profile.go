// Package profile describes a table: what its columns hold, how they go
// together, and what to look at first. It computes and draws nothing.
//
// The numbers are those of pandas: Std divides by n−1, quantiles interpolate
// linearly, skewness and kurtosis are the unbiased Fisher ones, and missing
// values are left out of all of them.
package profile

import (
	"math"
	"strconv"

	"clicktrain/internal/frame"
)

// Stat is a number that may be undefined, such as the deviation of one row.
// Undefined is NaN in Go and null in JSON; so is what overflowed.
type Stat float64

// Defined reports whether s is a finite number.
func (s Stat) Defined() bool { return !math.IsNaN(float64(s)) && !math.IsInf(float64(s), 0) }

// MarshalJSON writes the number, or null where it is undefined.
func (s Stat) MarshalJSON() ([]byte, error) {
	if !s.Defined() {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(s), 'g', -1, 64), nil
}

// Report describes a table.
type Report struct {
	Rows          int
	Columns       []Column // in the table's order
	MissingCells  int
	DuplicateRows int              // rows equal to an earlier one
	Duplicates    []DuplicateGroup // up to 10, those of the most rows first
	Correlation   Correlation
	Alerts        []Alert // the most severe first
}

// Column describes a column. One of Number, Levels and Time is set.
type Column struct {
	Name     string
	Kind     frame.Kind
	Reason   string // why that kind
	DType    string // as pandas has it: float64, int64, bool, object, datetime64[ns]
	Missing  int
	Distinct int // distinct values, missing left out

	Number *Number // of a numeric column
	Levels *Levels // of a category, boolean, text or id column
	Time   *Time   // of a datetime column
}

// Number holds the statistics of a numeric column.
type Number struct {
	Count              int // values that are not missing
	Mean, Std, Sum     Stat
	Min, Max           Stat
	Q05, Q25, Q50      Stat
	Q75, Q95           Stat
	IQR                Stat // Q75 − Q25
	MAD                Stat // median of |x − median(x)|
	Skewness, Kurtosis Stat
	Zeros, Negatives   int
	Outliers           int  // values over 1.5 IQR outside the quartiles
	Whole              bool // every value is a whole number
	Histogram          Histogram
}

// Histogram counts values in bins of equal width: Counts[i] are those from
// Edges[i] up to but without Edges[i+1]; the last bin has its upper edge too.
// A column without values has none.
type Histogram struct {
	Edges  []float64
	Counts []int
}

// Levels holds the statistics of a column of texts.
type Levels struct {
	Top        []Level // the most frequent, at most 10; ties in order of text
	Rest       int     // rows with a value that is not in Top
	Once       int     // values that occur once
	MinLength  int     // in characters
	MaxLength  int
	MeanLength Stat
}

// Level is a value and the number of rows that have it.
type Level struct {
	Value string
	Count int
}

// Time holds the statistics of a datetime column, in seconds since 1970 UTC.
type Time struct {
	Count     int
	Min, Max  Stat
	Histogram Histogram
}

// Correlation holds Pearson's r between numeric columns, over the rows in
// which both have a value.
type Correlation struct {
	Columns []string
	R       []Stat // len(Columns)² values, by rows; undefined with a constant
	Top     []Pair // the strongest, at most 10, by falling |r|
	Left    int    // numeric columns left out, as there are too many
}

// At returns r between columns i and j.
func (c *Correlation) At(i, j int) Stat { return c.R[i*len(c.Columns)+j] }

// Pair is two columns and their correlation.
type Pair struct {
	A, B string
	R    Stat
}

// Severity says how much an alert matters.
type Severity string

// The severities.
const (
	Info     Severity = "info"
	Warning  Severity = "warning"
	Critical Severity = "critical"
)

// Alert is something to look at.
type Alert struct {
	Code     string // stable, such as constant or leak
	Severity Severity
	Column   string   // the first column concerned; empty: the whole table
	Columns  []string // all of them, where there are several
	Message  string   // a sentence: what was found, and what it means
	Hint     string   // a sentence: what to do
	Fix      Fix      // what one step would put right
}

// Action is a step that takes away the reason of an alert.
type Action string

// The actions.
const (
	NoAction    Action = ""             // nothing but a person's judgment
	DropColumn  Action = "drop_column"  // leave the columns out
	KeepAsText  Action = "keep_as_text" // read the columns as text
	MarkMissing Action = "mark_missing" // take Value for missing in the columns
	GroupBy     Action = "group_by"     // keep rows of one value on one side of the split
)

// Fix is an action on some columns.
type Fix struct {
	Action  Action
	Columns []string
	Value   string // as written in the file or, of a number, in shortest form
}
