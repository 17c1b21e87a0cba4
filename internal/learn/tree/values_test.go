package tree

import (
	"math"
	"testing"
)

// TestValuesAreSpread numbers whole numbers, halves and others, none of which
// may be far from where it is looked for: targets are often whole.
func TestValuesAreSpread(t *testing.T) {
	for name, of := range map[string]func(i int) float64{
		"whole":     func(i int) float64 { return float64(i) },
		"thousands": func(i int) float64 { return float64(1000 * i) },
		"halves":    func(i int) float64 { return float64(i) / 2 },
		"negative":  func(i int) float64 { return -float64(i) },
		"logs":      func(i int) float64 { return math.Log(float64(i + 2)) },
	} {
		const n = 20_000
		var v Values
		for range 2 {
			for i := range n {
				v.add(of(i))
			}
		}
		if len(v.All) != n {
			t.Fatalf("%s: %d values are numbered of %d", name, len(v.All), n)
		}
		steps := 0
		for i := range n {
			if got := v.number(of(i)); v.All[got] != of(i) || got != uint32(i) {
				t.Fatalf("%s: %v has the number %d", name, of(i), got)
			}
			steps += (v.slot(of(i)) - v.home(of(i))) & (len(v.slots) - 1)
		}
		if steps > 10*n {
			t.Errorf("%s: values are %d steps from where they are looked for, on average", name, steps/n)
		}
	}
}
