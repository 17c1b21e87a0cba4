package train

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/frame"
	"clicktrain/internal/learn"
	"clicktrain/internal/problem"
)

// texts returns a column of texts; the empty text is missing.
func texts(name string, kind frame.Kind, values ...string) *frame.Column {
	c := &frame.Column{Name: name, Kind: kind}
	index := map[string]int32{}
	for _, v := range values {
		if v != "" {
			index[v] = 0
		}
	}
	for v := range index {
		c.Levels = append(c.Levels, v)
	}
	slices.Sort(c.Levels)
	for i, v := range c.Levels {
		index[v] = int32(i)
	}
	for _, v := range values {
		code := int32(-1)
		if v != "" {
			code = index[v]
		}
		c.Codes = append(c.Codes, code)
	}
	return c
}

func numbers(name string, values ...float64) *frame.Column {
	return &frame.Column{Name: name, Kind: frame.Numeric, Num: values}
}

func repeat[T any](n int, values ...T) []T {
	var out []T
	for range n {
		out = append(out, values...)
	}
	return out
}

func TestTargetLabelsAreThePersonsOwn(t *testing.T) {
	tests := []struct {
		name   string
		column *frame.Column
		want   []any
		y      []float64
	}{
		{"whole numbers sort by size", numbers("y", repeat(6, 10, 2.0, math.NaN())...), []any{"2", "10"}, repeat(6, 1.0, 0)},
		{"minus zero is zero", numbers("y", repeat(6, math.Copysign(0, -1), 1)...), []any{"0", "1"}, repeat(6, 0.0, 1)},
		{"booleans stay booleans", texts("y", frame.Bool, repeat(6, "True", "False")...), []any{false, true}, repeat(6, 1.0, 0)},
		{"texts sort by code point", texts("y", frame.Category, repeat(6, "b", "", "B", "é")...), []any{"B", "b", "é"}, repeat(6, 1.0, 0, 2)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := CheckTarget(frame.New(tt.column), "y", learn.Classification)
			if err != nil {
				t.Fatal(err)
			}
			var values []any
			for _, v := range got.Labels.Values() {
				if s, ok := v.(fmt.Stringer); ok { // a JSON number
					v = s.String()
				}
				values = append(values, v)
			}
			if d := cmp.Diff(tt.want, values); d != "" {
				t.Errorf("labels: %s", d)
			}
			if d := cmp.Diff(tt.y, got.Y); d != "" {
				t.Errorf("y: %s", d)
			}
		})
	}
}

func TestTargetsThatCannotBePredictedAreNamed(t *testing.T) {
	many := make([]float64, 200)
	var ids []string
	for i := range many {
		many[i] = float64(i) * 1.5
		ids = append(ids, fmt.Sprintf("user%03d", i))
	}
	tests := []struct {
		name   string
		column *frame.Column
		target string
		task   learn.Task
		says   string
	}{
		{"no such column", numbers("y", many...), "z", learn.Regression, `no column "z"`},
		{"empty", numbers("y", repeat(20, math.NaN())...), "y", learn.Regression, "y is empty"},
		{"few rows", numbers("y", 1, 2, 3), "y", learn.Regression, "Only 3 rows"},
		{"text as a number", texts("y", frame.Category, repeat(9, "a", "b")...), "y", learn.Regression, "holds text"},
		{"always the same number", numbers("y", repeat(20, 5.0)...), "y", learn.Regression, "y is always 5"},
		{"one class", texts("y", frame.Category, repeat(20, "a")...), "y", learn.Classification, "same value (a)"},
		{"a number as classes", numbers("y", many...), "y", learn.Classification, "200 different values"},
		{"an identifier", texts("y", frame.ID, ids...), "y", learn.Classification, "identifier"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := CheckTarget(frame.New(tt.column), tt.target, tt.task)
			p, ok := problem.As(err)
			if !ok {
				t.Fatalf("err = %v, want a problem", err)
			}
			if !strings.Contains(p.Error(), tt.says) || p.Field != "target_column" || p.Hint == "" {
				t.Errorf("problem = %+v, want it to say %q, to blame target_column and to say what to do", p, tt.says)
			}
		})
	}
}
