package ingest_test

import (
	"bytes"
	"runtime/metrics"
	"testing"

	"clicktrain/internal/ingest"
	"clicktrain/internal/ingest/ingesttest"
	"clicktrain/internal/problem"
)

// TestMutations reads 100,000 broken files. Each is read or refused, with
// memory in proportion to its size, and the accounts of those that are read
// balance.
func TestMutations(t *testing.T) {
	n := uint64(100_000)
	if testing.Short() {
		n = 2_000
	}
	m := ingesttest.NewMutations()
	accepted := 0
	for i := range n {
		raw := m.Make(i)
		before := allocated()
		r, err := ingest.Read(t.Context(), bytes.NewReader(raw), "x.csv", ingest.Options{Workers: 1})
		grew := allocated() - before
		if most := uint64(64*len(raw) + 16<<20); grew > most {
			t.Errorf("mutation %d of %d bytes allocated %d bytes, want %d at most", i, len(raw), grew, most)
		}
		if err != nil {
			p, ok := problem.As(err)
			if !ok || p.Kind != problem.Invalid && p.Kind != problem.Unsupported && p.Kind != problem.TooLarge || p.Message == "" || p.Hint == "" {
				t.Errorf("mutation %d is refused with %+v", i, err)
			}
			continue
		}
		accepted++
		balance(t, r)
		for _, c := range r.Frame.Columns {
			levelsHold(t, c)
		}
		if t.Failed() {
			t.Fatalf("mutation %d: %.300q", i, raw)
		}
	}
	if share := float64(accepted) / float64(n); share < 0.2 || share > 0.95 {
		t.Errorf("%.0f %% of the mutations were read, which tests one side only", share*100)
	}
}

// allocated returns the bytes allocated by now.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
