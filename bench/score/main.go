// Command score times every score of a set of predictions, as the program
// computes them after a training. It prints one JSON object.
//
//	go run ./bench/score [-reps 5] [-classes 2] FILE ROWS
//
// FILE holds float64 numbers, little-endian: the true values of the rows, the
// predicted ones and, where there are classes, the probability of each class
// for each row. Classes are indices.
package main

import (
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"

	"clicktrain/bench/measure"
	"clicktrain/internal/metric"
)

// figures are what is printed.
type figures struct {
	Seconds  float64 `json:"seconds"`  // the median
	Scores   int     `json:"scores"`   // how many a report has, those of single classes and curves not counted
	Headline float64 `json:"headline"` // accuracy or R²
}

func main() {
	reps := flag.Int("reps", 5, "how often to repeat")
	classes := flag.Int("classes", 0, "number of classes, 0 where numbers are predicted")
	flag.Parse()
	f, err := times(flag.Arg(0), flag.Arg(1), *classes, *reps)
	if err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(f); err != nil {
		os.Exit(1)
	}
}

func times(path, rows string, classes, reps int) (figures, error) {
	var f figures
	n, err := strconv.Atoi(rows)
	if err != nil {
		return f, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return f, err
	}
	x := make([]float64, n*(2+classes))
	if _, err := binary.Decode(b, binary.LittleEndian, x); err != nil {
		return f, fmt.Errorf("%s is too short for %d rows: %w", path, n, err)
	}
	score := numbers(x[:n], x[n:2*n])
	if classes > 0 {
		score = ofClasses(x[:n], x[n:2*n], x[2*n:], classes)
	}
	f.Scores, f.Headline = score()
	seconds, err := measure.Repeat(reps, time.Minute, func() error { score(); return nil })
	f.Seconds = measure.Median(seconds)
	return f, err
}

// numbers returns what scores predicted numbers.
func numbers(truth, predicted []float64) func() (int, float64) {
	return func() (int, float64) {
		r := metric.Regress(truth, predicted, 20)
		return len(r.Scores), r.Headline().Score
	}
}

// ofClasses returns what scores predicted classes.
func ofClasses(truth, predicted, proba []float64, classes int) func() (int, float64) {
	y, said := indices(truth), indices(predicted)
	return func() (int, float64) {
		r := metric.Classify(y, said, proba, classes)
		return len(r.Scores), r.Headline().Score
	}
}

func indices(x []float64) []int {
	out := make([]int, len(x))
	for i, v := range x {
		out[i] = int(v)
	}
	return out
}
