package chart

import (
	"io"
	"math"
	"slices"
	"testing"
)

func TestBarInterval(t *testing.T) {
	for _, tt := range []struct {
		bar       Bar
		low, high float64
	}{
		{Bar{Value: 2}, 2, 2},
		{Bar{Value: 2, Spread: 1}, 1, 3},
		{Bar{Value: 2, Low: 1.5, High: 4}, 1.5, 4},
		{Bar{Value: 2, Spread: 1, Low: 1.5, High: 4}, 1.5, 4},
		{Bar{Value: 2, Low: 3, High: 4}, 2, 4},
		{Bar{Value: 2, Low: 1, High: math.Inf(1)}, 2, 2},
		{Bar{Value: 2, Low: 4, High: 1}, 2, 2},
	} {
		if low, high := tt.bar.interval(); low != tt.low || high != tt.high {
			t.Errorf("%+v: interval %g to %g, want %g to %g", tt.bar, low, high, tt.low, tt.high)
		}
	}
}

// TestStacksCutGroups checks that the parts of a group have its shares' widths
// and that a wrong number of shares is refused.
func TestStacksCutGroups(t *testing.T) {
	svg := draw(t, func(w io.Writer) error {
		return Stacks(w, []string{"a", "b"}, []Stack{{"one", []float64{0.25, 0.75}, "8"}}, Text{}, Size{W: 520})
	})
	var widths []float64
	for _, r := range svg.all("rect") {
		if len(r.kids) > 0 {
			widths = append(widths, r.num(t, "width")+1)
		}
	}
	if len(widths) != 2 || math.Abs(widths[1]/widths[0]-3) > 0.02 {
		t.Errorf("widths %v, want the second three times the first", widths)
	}
	if got := svg.labels(); !slices.Equal(got, []string{"a", "b", "one", "8"}) {
		t.Errorf("labels %q", got)
	}
	if err := Stacks(io.Discard, []string{"a", "b"}, []Stack{{"one", []float64{1}, ""}}, Text{}, Size{}); err == nil {
		t.Error("one share for two series was drawn")
	}
}

// TestSparkRatesStandOnZero checks that columns start at zero, that a group
// without a value has none, and that the overall value is marked.
func TestSparkRatesStandOnZero(t *testing.T) {
	svg := draw(t, func(w io.Writer) error {
		return SparkRates(w, []float64{1, math.NaN(), 2}, 1.5, "<low>", "high", Text{}, Card)
	})
	rects := svg.all("rect")
	if len(rects) != 2 {
		t.Fatalf("%d columns, want 2", len(rects))
	}
	if a, b := rects[0].num(t, "height"), rects[1].num(t, "height"); math.Abs(b/a-2) > 0.02 {
		t.Errorf("heights %g and %g, want the second twice the first", a, b)
	}
	dashed := slices.ContainsFunc(svg.all("path"), func(e *element) bool { return e.attrs["stroke-dasharray"] != "" })
	if !dashed || !slices.Equal(svg.labels(), []string{"<low>", "high"}) {
		t.Errorf("labels %q, dashed %v", svg.labels(), dashed)
	}
}

// TestSparkStacksFillGroups checks that the parts of a group add up to the
// height of the drawing.
func TestSparkStacksFillGroups(t *testing.T) {
	svg := draw(t, func(w io.Writer) error {
		return SparkStacks(w, [][]float64{{0.25, 0.75}, {1, 0}}, "low", "high", Text{}, Card)
	})
	var heights []float64
	for _, r := range svg.all("rect") {
		heights = append(heights, r.num(t, "height"))
	}
	if len(heights) != 3 || math.Abs(heights[0]+heights[1]-heights[2]) > 0.2 || math.Abs(heights[1]/heights[0]-3) > 0.05 {
		t.Errorf("heights %v, want the first two to add up to the third, 1 to 3", heights)
	}
	if got := svg.labels(); !slices.Equal(got, []string{"low", "high"}) {
		t.Errorf("labels %q", got)
	}
}
