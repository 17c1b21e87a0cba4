package workflow

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"clicktrain/internal/export"
)

// File is a model in a format that leaves the program.
type File struct {
	Format export.Format
	Data   []byte
	SHA256 string // in hex
}

// Export writes the model of a run, or the newest where runID is empty. It
// takes as much memory again as the file has bytes.
func (w *Workspace) Export(runID, format string) (*File, *Trained, error) {
	f, err := export.Find(format)
	if err != nil {
		return nil, nil, err
	}
	t, err := w.Trained(runID)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	if err := f.Write(&b, t.Pipeline); err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(b.Bytes())
	return &File{Format: f, Data: b.Bytes(), SHA256: hex.EncodeToString(sum[:])}, t, nil
}
