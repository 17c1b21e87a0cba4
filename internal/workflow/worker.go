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

// maxHeader bounds the JSON parts that cross the pipe, in bytes.
const maxHeader = 256 << 20

// Work runs one training in a worker process: it reads the run from stdin and
// writes progress and the result to stdout, as package job lays down.
func Work(stdin io.Reader, stdout io.Writer, cat train.Catalog) error {
	debug.SetGCPercent(train.GCPercent)
	return job.Serve(stdin, stdout, func(ctx context.Context, payload io.Reader, report func(float64, string)) (func(io.Writer) error, error) {
		var spec train.Spec
		if err := readJSON(payload, &spec); err != nil {
			return nil, fmt.Errorf("read the run: %w", err)
		}
		f, err := frame.Read(payload)
		if err != nil {
			return nil, err
		}
		p, res, err := train.Run(ctx, f, spec, cat, time.Now, report)
		if err != nil {
			return nil, err
		}
		return func(w io.Writer) error { return writeOutcome(w, p, res) }, nil
	})
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
	b, err := p.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// readOutcome reads what writeOutcome wrote; size is the pipeline's in memory, in
// bytes.
func readOutcome(r io.Reader, cat train.Catalog) (p *train.Pipeline, res *train.Result, size int64, err error) {
	res = new(train.Result)
	if err := readJSON(r, res); err != nil {
		return nil, nil, 0, fmt.Errorf("read the result: %w", err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, 0, fmt.Errorf("read the pipeline: %w", err)
	}
	size = int64(len(b))
	if p, err = cat.Unmarshal(b); err != nil {
		return nil, nil, 0, err
	}
	if m, ok := p.Model.(learn.Sized); ok {
		size = max(size, m.Bytes())
	}
	return p, res, size, nil
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
