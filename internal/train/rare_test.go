package train

import (
	"slices"
	"strings"
	"testing"
)

func TestRareClassesAreTold(t *testing.T) {
	tests := []struct {
		name   string
		counts []int
		says   []string
	}{
		{"numbers", nil, nil},
		{"even", []int{50, 60}, nil},
		{"uneven", []int{900, 50}, []string{"Classes are uneven: a has 900 rows, b has 50."}},
		{"few", []int{100, 20}, []string{"Class b has only 20 rows"}},
		{"few and uneven", []int{20, 300, 25}, []string{"2 of 3 classes have fewer than 30 rows", "b has 300 rows, a has 20"}},
		{"one row", []int{40, 1}, []string{"Class b has 1 row, which is used for training", "Classes are uneven"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := run{target: Target{Y: []float64{1, 2, 3}}}
			if tt.counts != nil {
				r.target = Target{Labels: Labels{Texts: strings.Split("abc", "")[:len(tt.counts)]}}
			}
			for k, n := range tt.counts {
				r.target.Y = append(r.target.Y, slices.Repeat([]float64{float64(k)}, n)...)
			}
			got := r.rareClasses()
			if len(got) != len(tt.says) {
				t.Fatalf("warnings = %q, want %d", got, len(tt.says))
			}
			for i, want := range tt.says {
				if !strings.Contains(got[i], want) {
					t.Errorf("warning %q, want %q in it", got[i], want)
				}
			}
		})
	}
}
