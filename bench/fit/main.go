// Command fit trains one model on one table and scores rows that it has not
// seen, as the program does in a worker process. It prints one JSON object.
//
//	go run ./bench/fit [-params '{"n_estimators": 20}'] [-seed 1] [-linear] ALGORITHM TASK TRAIN.csv TEST.csv TARGET
//
// Reading and preparing the tables is not timed. A small fit comes before the
// one that counts. With -wait it prints "ready" when all is prepared, and waits
// for a line before it fits; it then fits once.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"clicktrain/internal/train"
)

// options are the command line.
type options struct {
	algorithm, task     string
	train, test, target string
	params              map[string]any
	seed                uint64
	linear              bool   // one-hot and scaled, else codes
	workers             int    // goroutines of the fit
	predict             int    // how many of the test rows to predict; 0 is all
	predictions         string // a file for what was predicted; empty for none
	wait                bool
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	debug.SetGCPercent(train.GCPercent) // as a worker process does
	o, err := parse(args)
	if err != nil {
		return err
	}
	b, err := load(o)
	if err != nil {
		return err
	}
	if _, err := b.est.Fit(context.Background(), b.start()); err != nil {
		return err
	}
	if o.wait {
		fmt.Println("ready")
		if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
			return fmt.Errorf("wait for the start: %w", err)
		}
	}
	f, err := b.measure(o)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(f)
}

func parse(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("fit", flag.ContinueOnError)
	params := set.String("params", "{}", "the learner's parameters, as JSON")
	set.Uint64Var(&o.seed, "seed", 0, "what random draws start from")
	set.BoolVar(&o.linear, "linear", false, "one-hot and scaled, else codes")
	set.IntVar(&o.workers, "workers", runtime.NumCPU(), "goroutines of the fit")
	set.IntVar(&o.predict, "predict", 0, "how many of the test rows to predict, 0 for all")
	set.StringVar(&o.predictions, "predictions", "", "a file for what was predicted: float64 numbers, then the probabilities by row")
	set.BoolVar(&o.wait, "wait", false, "wait for a line on standard input before the fit")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	if set.NArg() != 5 {
		return o, errors.New("give ALGORITHM TASK TRAIN.csv TEST.csv TARGET")
	}
	o.algorithm, o.task, o.train, o.test, o.target = set.Arg(0), set.Arg(1), set.Arg(2), set.Arg(3), set.Arg(4)
	dec := json.NewDecoder(bytes.NewReader([]byte(*params)))
	dec.UseNumber()
	if err := dec.Decode(&o.params); err != nil {
		return o, fmt.Errorf("read %s: %w", strings.TrimSpace(*params), err)
	}
	return o, nil
}
