// Package measure holds what the benchmark's programs share: reading a table,
// and telling times and memory.
package measure

import (
	"context"
	"os"
	"slices"
	"time"

	"clicktrain/internal/ingest"
)

// Read reads a CSV file of any size.
func Read(path string) (*ingest.Result, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	limits := ingest.DefaultLimits()
	limits.Bytes = max(limits.Bytes, info.Size())
	return ingest.Read(context.Background(), file, "table.csv", ingest.Options{Limits: limits, Size: info.Size()})
}

// Median returns the median of x, the upper one of the middle two for an even
// length, and 0 for none. It keeps x as it is.
func Median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}

// Repeat returns the seconds of each call of f: one call at least, and others
// up to most while all of them have taken less than budget.
func Repeat(most int, budget time.Duration, f func() error) ([]float64, error) {
	var seconds []float64
	for began := time.Now(); len(seconds) == 0 || len(seconds) < most && time.Since(began) < budget; {
		start := time.Now()
		if err := f(); err != nil {
			return seconds, err
		}
		seconds = append(seconds, time.Since(start).Seconds())
	}
	return seconds, nil
}
