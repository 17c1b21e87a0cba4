package train

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Errors are counted over all rows, whatever is drawn of them: here every
// third row of 60,000 is near, and every even one is not.
func TestErrorsAreOfAllRows(t *testing.T) {
	const n = 60_000
	truth, predicted := make([]float64, n), make([]float64, n)
	near := 0
	for i := range truth {
		truth[i] = 100 + float64(i%1000)
		predicted[i] = 2 * truth[i]
		if i%2 == 1 && i%3 == 0 {
			predicted[i], near = truth[i]*1.05, near+1
		}
	}
	r := Result{}
	r.numbers(&Tested{Truth: truth, Predicted: predicted}, constant{}, constant{}, 1, 1)
	e := r.Numbers.Errors
	if e.Rows != n || e.Near != near {
		t.Errorf("%d of %d are near, want %d of %d", e.Near, e.Rows, near, n)
	}
	for name, parts := range map[string][]ErrorPart{"actual": e.ByActual, "predicted": e.ByPredicted} {
		rows, mean := 0, 0.0
		for _, p := range parts {
			rows += p.Rows
			mean += p.Mean * float64(p.Rows) / n
		}
		if rows != n || math.Abs(mean-e.Mean) > 1e-9*e.Mean {
			t.Errorf("by the %s value: %d rows lean by %g, want %d and %g", name, rows, mean, n, e.Mean)
		}
	}
	if got := total(e.Counts); got != n {
		t.Errorf("the histogram counts %d errors", got)
	}
	for name, c := range map[string]Cloud{"predictions": r.Numbers.Predictions, "residuals": r.Numbers.Residuals} {
		if total(c.Counts) != n || len(c.X) > fields*fields || len(c.X) != len(c.Counts) {
			t.Errorf("%s: %d points count %d rows", name, len(c.X), total(c.Counts))
		}
	}
	if c := r.Numbers.Predictions; slices.Min(c.X) != 100 || slices.Max(c.X) != 1099 || slices.Max(c.Y) != 2*1099 {
		t.Errorf("the points range from %g to %g, and up to %g", slices.Min(c.X), slices.Max(c.X), slices.Max(c.Y))
	}
}

func total(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// Half and Most are sizes that at least half and 90 of 100 rows keep to, and
// fewer would with any smaller one.
func TestErrorSizes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 7, 10, 101} {
		truth, predicted := make([]float64, n), make([]float64, n)
		for i := range truth {
			predicted[i] = math.Round(r.NormFloat64() * 5)
		}
		e := newErrors(truth, predicted)
		for share, size := range map[float64]float64{0.5: e.Half, 0.9: e.Most} {
			kept, under := 0, 0
			for _, p := range predicted {
				if math.Abs(p) <= size {
					kept++
				}
				if math.Abs(p) < size {
					under++
				}
			}
			if float64(kept) < share*float64(n) || float64(under) >= share*float64(n) {
				t.Errorf("of %d errors %d are no larger than %g and %d smaller, want a share of %g", n, kept, size, under, share)
			}
		}
	}
}

// What overflows is bounded, so that it can be written down, and all errors
// are in some bin.
func TestErrorsThatAreHuge(t *testing.T) {
	for name, predicted := range map[string][]float64{"wide": {-1.7e308, 0, 1.7e308}, "one": {2, 2, 2}, "tiny": {0, 5e-324, 1e-323}} {
		truth := []float64{1.7e308, 0, -1.7e308}
		if name != "wide" {
			truth = []float64{0, 0, 0}
		}
		e := newErrors(truth, predicted)
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if total(e.Counts) != len(truth) {
			t.Errorf("%s: %v", name, e.Counts)
		}
	}
	if e := newErrors(make([]float64, 4), []float64{0, 1, 2, 30}); e.Counts[0] != 1 || e.Counts[1] != 1 || e.Counts[2] != 1 || e.Counts[29] != 1 {
		t.Errorf("counts = %v", e.Counts)
	}
	if e := newErrors(nil, nil); e.Rows != 0 || e.Counts != nil {
		t.Errorf("of no rows: %+v", e)
	}
}
