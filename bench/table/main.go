// Command table times what ClickTrain does with a table before any model:
// reading it with its types, and describing it. It prints one JSON object.
//
//	go run ./bench/table [-reps 3] [-profile] FILE.csv
//
// Memory is the process's peak, so it is that of a single reading with -reps 1
// and without -profile.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"clicktrain/bench/measure"
	"clicktrain/internal/profile"
)

// figures are medians in seconds.
type figures struct {
	Rows    int     `json:"rows"`
	Columns int     `json:"columns"`
	Read    float64 `json:"read_seconds"`    // from the open file to a typed table
	Profile float64 `json:"profile_seconds"` // duplicate rows included
	PeakMB  float64 `json:"peak_mb"`
}

func main() {
	reps := flag.Int("reps", 3, "how often to repeat")
	describe := flag.Bool("profile", false, "describe the table too")
	flag.Parse()
	f, err := times(flag.Arg(0), *reps, *describe)
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(f); err != nil {
		os.Exit(1)
	}
}

func times(path string, reps int, describe bool) (figures, error) {
	var out figures
	var reads, profiles []float64
	for range max(reps, 1) {
		start := time.Now()
		res, err := measure.Read(path)
		if err != nil {
			return out, err
		}
		reads = append(reads, time.Since(start).Seconds())
		out.Rows, out.Columns = res.Frame.Rows, len(res.Frame.Columns)
		if describe {
			start = time.Now()
			if _, err := profile.New(context.Background(), res.Frame); err != nil {
				return out, err
			}
			profiles = append(profiles, time.Since(start).Seconds())
		}
	}
	out.Read, out.Profile, out.PeakMB = measure.Median(reads), measure.Median(profiles), measure.PeakMB()
	return out, nil
}
