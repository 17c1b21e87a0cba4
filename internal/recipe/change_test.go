package recipe_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"clicktrain/internal/frame"
)

// TestManyValuesAsMissing looks up 8,000 categories among 60,000 values: one
// by one that takes five seconds.
func TestManyValuesAsMissing(t *testing.T) {
	cells := make([]any, 8_000)
	for i := range cells {
		cells[i] = "k" + strconv.Itoa(i)
	}
	cells = append(cells, "k0", "k1")
	rows := make([]int, len(cells))
	for i := range rows {
		rows[i] = i
	}
	values := []string{`"k7"`}
	for i := range 60_000 {
		values = append(values, strconv.Quote("z"+strconv.Itoa(i)))
	}
	f := frame.New(column(t, "x", frame.Category, cells...))
	start := time.Now()
	_, x, _ := fit(t, `{"step":"treat_as_missing","columns":["x"],"values":[`+strings.Join(values, ",")+`]},{"step":"encode","columns":["x"],"method":"ordinal"}`, f, f.Names(), rows...)
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	codes := x.Blocks[0].Dense
	if codes[0] != codes[8_000] || codes[1] != codes[8_001] || codes[0] == codes[1] || codes[7] == codes[8] {
		t.Errorf("codes are %v", codes[:10])
	}
}
