package recipe_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/waittest"
)

// TestManyValuesAsMissing looks up categories among many values, which must not
// be done one by one.
func TestManyValuesAsMissing(t *testing.T) {
	waittest.Linear(t, 4_000, func(n int) {
		c := &frame.Column{Name: "x", Kind: frame.Category}
		rows := make([]int, n+2)
		for i := range rows {
			rows[i] = i
			c.Codes = append(c.Codes, int32(i%n))
			if i < n {
				c.Levels = append(c.Levels, fmt.Sprintf("k%06d", i))
			}
		}
		values := []string{`"k000007"`}
		for i := range n {
			values = append(values, strconv.Quote("z"+strconv.Itoa(i)))
		}
		f := frame.New(c)
		_, x, _ := fit(t, `{"step":"treat_as_missing","columns":["x"],"values":[`+strings.Join(values, ",")+`]},{"step":"encode","columns":["x"],"method":"ordinal"}`, f, f.Names(), rows...)
		codes := x.Blocks[0].Dense
		if codes[0] != codes[n] || codes[1] != codes[n+1] || codes[0] == codes[1] || codes[7] == codes[8] {
			t.Errorf("codes are %v", codes[:10])
		}
	})
}
