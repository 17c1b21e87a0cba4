package recipe

import (
	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
)

// op is one fitted operation on one column. Its arithmetic is that of the
// scikit-learn class it is written as.
type op interface {
	// apply transforms v in place and notes in seen what it met. It returns an
	// error only for a number that leaves the range of float64.
	apply(v *values, seen *Seen) error
	// like is equal for operations that one scikit-learn transformer can hold.
	like() string
	// sklearn returns the transformer for the same operation on several
	// columns, all alike.
	sklearn(columns []op) *pickle.Object
	// append writes the operation behind its tag; see binary.go.
	append(b []byte) []byte
}

// values are a column's values on their way through its operations.
type values struct {
	holds Holds
	num   []float64 // Numbers; NaN is missing
	own   bool      // num and codes may be written to
	texts           // Texts; as Indicators, codes are columns
	width int       // number of Indicators
}

// len returns the number of rows.
func (v *values) len() int { return len(v.num) + len(v.codes) }

func (v *values) numbers(num []float64) {
	*v = values{holds: Numbers, num: num, own: true}
}

func (v *values) block() frame.Block {
	if v.holds == Indicators {
		return frame.Block{Codes: v.codes, Width: v.width}
	}
	return frame.Block{Dense: v.num, Width: 1}
}

// Seen counts what the transformed rows held in a column that training rows
// did not prepare for. Columns without such values have no Seen.
type Seen struct {
	Column  string   `json:"column"`
	Missing int      `json:"missing"` // rows without a value
	Filled  bool     `json:"filled"`  // missing values were filled in; else they count as no category
	Unseen  int      `json:"unseen"`  // rows with a category that no training row has
	Values  []string `json:"values"`  // the first few such categories
}

// maxSeenValues bounds Seen.Values.
const maxSeenValues = 5
