package train_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"testing/iotest"

	"clicktrain/internal/catalog"
	"clicktrain/internal/learn"
)

// TestPipelineCrossesAPipe writes a pipeline and reads it back in small pieces,
// and refuses it wherever it is cut short.
func TestPipelineCrossesAPipe(t *testing.T) {
	f := table(80)
	spec := specOf(f, "random_forest", "class")
	spec.Params = map[string]any{"n_estimators": "3"}
	p, _ := mustRun(t, f, spec)
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	all := bytes.Clone(b.Bytes())
	back, size, err := catalog.All().Read(iotest.OneByteReader(&b))
	if err != nil || size != int64(len(all)) || back.Target != p.Target || back.Task != learn.Classification {
		t.Fatalf("Read = %+v, %d of %d bytes, %v", back, size, len(all), err)
	}
	if again, err := back.MarshalBinary(); err != nil || !bytes.Equal(again, all) {
		t.Errorf("a pipeline that was read is written differently, %v", err)
	}
	for n := range all {
		if _, _, err := catalog.All().Read(bytes.NewReader(all[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes are read", n, len(all))
		}
	}
	if _, err := catalog.All().Unmarshal(append(all, 0)); err == nil {
		t.Error("a byte too many is read")
	}
	huge := binary.LittleEndian.AppendUint64(nil, 1<<62)
	if _, _, err := catalog.All().Read(bytes.NewReader(append(huge, all[8:]...))); err == nil {
		t.Error("a part longer than any memory is read")
	}
}
