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
	"slices"
	"time"

	"clicktrain/internal/catalog"
	"clicktrain/internal/frame"
	"clicktrain/internal/ingest"
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
	f, err := measure(flag.Arg(0), flag.Arg(1), *reps, *workers, *linear)
	if err != nil {
		fmt.Fprintln(os.Stderr, "prepare:", err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(f); err != nil {
		os.Exit(1)
	}
}

func measure(path, target string, reps, workers int, linear bool) (figures, error) {
	var out figures
	table, err := read(path)
	if err != nil {
		return out, err
	}
	steps := catalog.All().Steps
	r, err := steady(linear).Resolve(table, steps)
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
	out.Fit, out.Transform = median(fits), median(transforms)
	return out, nil
}

// steady is the recipe of both sides.
func steady(linear bool) recipe.Recipe {
	step := func(name, param, value string) recipe.Step {
		return recipe.Step{Name: name, Params: map[string]any{param: value}}
	}
	method := "ordinal"
	if linear {
		method = "one_hot"
	}
	r := recipe.Recipe{Steps: []recipe.Step{
		step("impute", "strategy", "median"), step("impute", "strategy", "most_frequent"), step("encode", "method", method)}}
	if linear {
		r.Steps = append(r.Steps, step("scale", "method", "standard"))
	}
	return r
}

// read reads a file of any size.
func read(path string) (*frame.Frame, error) {
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
	res, err := ingest.Read(context.Background(), file, "table.csv", ingest.Options{Limits: limits, Size: info.Size()})
	if err != nil {
		return nil, err
	}
	return res.Frame, nil
}

func median(x []float64) float64 {
	slices.Sort(x)
	return x[len(x)/2]
}
