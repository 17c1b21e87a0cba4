package ingest_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clicktrain/internal/ingest"
	"clicktrain/internal/ingest/ingesttest"
	"clicktrain/internal/problem"
	"clicktrain/internal/waittest"
)

// TestInputs reads the files that people upload, each by its name.
func TestInputs(t *testing.T) {
	for _, c := range ingesttest.All() {
		t.Run(c.Name, func(t *testing.T) {
			if c.Big && testing.Short() {
				t.Skip("takes tens of megabytes")
			}
			raw := c.Text()
			ctx := waittest.Context(t)
			r, err := ingest.Read(ctx, bytes.NewReader(raw), "x.csv", ingest.Options{Size: int64(len(raw))})
			if ctx.Err() != nil {
				t.Fatal("reading does not end")
			}
			if !c.Accepted() {
				refused(t, c, err)
				return
			}
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			balance(t, r)
			reads(t, c, r)
		})
	}
}

// refused holds that the file was refused as the case says.
func refused(t *testing.T, c ingesttest.Case, err error) {
	t.Helper()
	p, ok := problem.As(err)
	if !ok || p.Kind != c.Kind || !bytes.Contains([]byte(p.Message), []byte(c.Says)) || p.Line != c.Line || p.Hint == "" || p.Field != "file" {
		t.Errorf("Read = %+v, want kind %d, line %d, %q and a hint", err, c.Kind, c.Line, c.Says)
	}
}

// reads holds that the file was read as the case says.
func reads(t *testing.T, c ingesttest.Case, r *ingest.Result) {
	t.Helper()
	var columns, first []string
	for _, col := range r.Frame.Columns {
		columns = append(columns, col.Name+" "+col.Kind.String())
		first = append(first, shown(col, 0))
	}
	if d := cmp.Diff(c.Columns, columns); c.Columns != nil && d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	if d := cmp.Diff(c.First, first); c.First != nil && d != "" {
		t.Errorf("first row (-want +got):\n%s", d)
	}
	var aside []int
	for _, s := range r.Reading.SetAsideRows {
		aside = append(aside, s.Line)
	}
	if d := cmp.Diff(c.SetAside, aside); d != "" {
		t.Errorf("lines set aside (-want +got):\n%s", d)
	}
	q := r.Reading
	if q.Loaded != c.Rows || q.SetAside != len(c.SetAside) || q.Blank != c.Blank || q.Comment != c.Comment || q.Skipped != c.Skipped {
		t.Errorf("reading = %+v, want %d loaded, %d set aside, %d blank, %d comments, %d skipped", q, c.Rows, len(c.SetAside), c.Blank, c.Comment, c.Skipped)
	}
	has(t, r, c.Notices...)
}
