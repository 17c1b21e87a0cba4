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
	Missing       Missing
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
	Range              Stat // Max − Min
	CV                 Stat // Std / Mean; undefined where the mean is 0
	Outliers           int  // values over 1.5 IQR outside the quartiles
	Whole              bool // every value is a whole number
	Histogram          Histogram

	Top       []Value // the most frequent, at most 10; ties ascending
	Disguised []Value // those that probably stand for a missing value, such as −999
	Smallest  []Value // the 10 smallest distinct values, ascending
	Largest   []Value // the 10 largest distinct values, descending
	Order     Order   // of the values from row to row
}

// Value is a number and how many rows have it.
type Value struct {
	Value Stat
	Count int
}

// Order says how values follow each other from row to row, missing ones left
// out. It takes two different values at least.
type Order string

// The orders.
const (
	Unordered  Order = ""
	Increasing Order = "increasing" // every value is greater than the one before
	Decreasing Order = "decreasing"
	Rising     Order = "rising" // greater or equal
	Falling    Order = "falling"
)

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

	MedianLength Stat
	Lengths      Histogram  // of the texts of all rows, in characters
	Repeats      int        // rows with a value that another row has too
	Entropy      Stat       // H = −Σ p·log2 p over the values, in bits
	Imbalance    Stat       // 1 − H/log2(values): 0 where all are as frequent; undefined for one value
	Order        Order      // of the names of rows, as numbers if all are; of an ID column
	First        []string   // the values of the first 5 rows that have one
	Variants     [][]string // values that differ in capitals and spaces only, at most 10 sets, each in the order of the most rows
	Words        *Words     // of a text column
}

// Words describes what texts are written in.
type Words struct {
	Share      Stat // of the distinct texts that were read: 1, or less if there is more than 2 MB
	Words      int  // each counted as often as its text occurs
	Distinct   int
	Top        []Level // the most frequent words in lower case, at most 10; ties in order of text
	Characters int
	Symbols    int     // distinct characters
	Scripts    []Level // letters of each script, the most frequent first
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

	Weekdays       [7]int  // dates on each day of the week, Monday first
	Months         [12]int // and in each month, January first
	Hours          [24]int // and in each hour of the day
	GapFrom, GapTo Stat    // the longest time without a date
	Unit           string  // that all dates are whole ones of: year, month, day, hour, minute, second; or fraction
	Order          Order   // of the dates from row to row
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
	MarkMissing Action = "mark_missing" // take Values for missing in the columns
	GroupBy     Action = "group_by"     // keep rows of one value on one side of the split
)

// Fix is an action on some columns.
type Fix struct {
	Action  Action
	Columns []string
	Values  []string // to mark as missing: as written in the file or, of numbers, in shortest form
}
