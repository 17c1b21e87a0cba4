// Command prepare times the preparation of a table: filling, encoding and, for
// linear models, scaling all of its columns but one. It prints one JSON object.
//
//	go run ./bench/prepare [-reps 5] [-workers 2] [-linear] FILE.csv TARGET
//
// Reading the file is not timed.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"

	"clicktrain/bench/measure"
	"clicktrain/internal/catalog"
	"clicktrain/internal/recipe"
)

// figures are medians in seconds.
type figures struct {
	Rows      int     `json:"rows"`
	Columns   int     `json:"columns"`
	Fit       float64 `json:"fit_seconds"`       // learning, and the prepared training rows
	Transform float64 `json:"transform_seconds"` // preparing the same rows as new ones
}

func main() {
	reps := flag.Int("reps", 5, "how often to repeat")
	workers := flag.Int("workers", runtime.NumCPU(), "goroutines")
	linear := flag.Bool("linear", false, "one-hot and scaled, else codes")
	flag.Parse()
	f, err := times(flag.Arg(0), flag.Arg(1), *reps, *workers, *linear)
	if err != nil {
		fmt.Fprintln(os.Stderr, "prepare:", err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(f); err != nil {
		os.Exit(1)
	}
}

func times(path, target string, reps, workers int, linear bool) (figures, error) {
	var out figures
	read, err := measure.Read(path)
	if err != nil {
		return out, err
	}
	table := read.Frame
	steps := catalog.All().Steps
	r, err := measure.Recipe(linear).Resolve(table, steps)
	if err != nil {
		return out, err
	}
	in := recipe.Training{Frame: table, Workers: workers}
	for _, name := range table.Names() {
		if name != target {
			in.Features = append(in.Features, name)
		}
	}
	for i := range table.Rows {
		in.Rows = append(in.Rows, i)
	}
	var fits, transforms []float64
	for range max(reps, 1) {
		start := time.Now()
		fitted, _, err := recipe.Fit(context.Background(), r, steps, in)
		if err != nil {
			return out, err
		}
		fits = append(fits, time.Since(start).Seconds())
		start = time.Now()
		x, _, err := fitted.Transform(table, nil)
		if err != nil {
			return out, err
		}
		transforms = append(transforms, time.Since(start).Seconds())
		out.Rows, out.Columns = x.Rows, x.Cols
	}
	out.Fit, out.Transform = measure.Median(fits), measure.Median(transforms)
	return out, nil
}
