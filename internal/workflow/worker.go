package workflow

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"clicktrain/internal/frame"
	"clicktrain/internal/job"
	"clicktrain/internal/learn"
	"clicktrain/internal/train"
)

// stepReading is what a run does before package train has a hand in it, and
// handOverStarts the share of the work from which on the model is handed over.
const (
	stepReading    = "Reading the table"
	handOverStarts = 0.95
)

// maxHeader bounds the JSON parts that cross the pipe, in bytes.
const maxHeader = 256 << 20

// Work runs one training in a worker process: it reads the run from stdin and
// writes progress and the result to stdout, as package job lays down.
func Work(stdin io.Reader, stdout io.Writer, cat train.Catalog) error {
	began := time.Now()
	debug.SetGCPercent(train.GCPercent)
	return job.Serve(stdin, stdout, func(ctx context.Context, payload io.Reader, report func(float64, string)) (func(io.Writer) error, error) {
		report(0, stepReading)
		var spec train.Spec
		if err := readJSON(payload, &spec); err != nil {
			return nil, fmt.Errorf("read the run: %w", err)
		}
		f, err := frame.Read(payload)
		if err != nil {
			return nil, err
		}
		spec.Seconds = remaining(spec.Seconds, time.Since(began))
		p, res, err := train.Run(ctx, f, spec, cat, time.Now, func(share float64, step string) { report(handOverStarts*share, step) })
		if err != nil {
			return nil, err
		}
		return func(w io.Writer) error { return writeOutcome(w, p, res) }, nil
	})
}

// remaining returns what is left of a run's seconds when so much has passed; 0 is
// without end.
func remaining(seconds float64, passed time.Duration) float64 {
	if seconds == 0 {
		return 0
	}
	return max(seconds-passed.Seconds(), 1e-3)
}

// writeRun writes what a worker reads.
func writeRun(w io.Writer, spec train.Spec, f *frame.Frame) error {
	if err := writeJSON(w, spec); err != nil {
		return fmt.Errorf("write the run: %w", err)
	}
	return f.Write(w)
}

func writeOutcome(w io.Writer, p *train.Pipeline, res *train.Result) error {
	if err := writeJSON(w, res); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return p.Write(w)
}

// outcome is what a run made.
type outcome struct {
	pipeline *train.Pipeline
	result   *train.Result
	size     int64 // of the pipeline in memory, in bytes
}

// readOutcome reads what writeOutcome wrote.
func readOutcome(r io.Reader, cat train.Catalog) (o outcome, err error) {
	o.result = new(train.Result)
	if err := readJSON(r, o.result); err != nil {
		return o, fmt.Errorf("read the result: %w", err)
	}
	if o.pipeline, o.size, err = cat.Read(r); err != nil {
		return o, fmt.Errorf("read the pipeline: %w", err)
	}
	if m, ok := o.pipeline.Model.(learn.Sized); ok {
		o.size = max(o.size, m.Bytes())
	}
	return o, nil
}

// writeJSON writes v behind its length.
func writeJSON(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := binary.Write(w, binary.LittleEndian, uint32(len(b))); err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

func readJSON(r io.Reader, v any) error {
	var n uint32
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return err
	}
	if n > maxHeader {
		return fmt.Errorf("a part of %d bytes is too long", n)
	}
	var b bytes.Buffer
	if _, err := io.CopyN(&b, r, int64(n)); err != nil {
		return err
	}
	dec := json.NewDecoder(&b)
	dec.UseNumber()
	return dec.Decode(v)
}
