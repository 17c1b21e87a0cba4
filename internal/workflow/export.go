package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"clicktrain/internal/export"
)

// File is a model in a format that leaves the program. Its bytes are made as
// they are written, so that a large model is never held twice.
type File struct {
	Format export.Format
	Size   int64  // bytes
	SHA256 string // in hex

	trained *Trained
}

// Write writes the file's bytes.
func (f *File) Write(w io.Writer) error { return f.Format.Write(w, f.trained.Pipeline) }

// Export offers the model of a run, or the newest where runID is empty, as a
// file. The first call for a run makes the file once to measure it.
func (w *Workspace) Export(runID, format string) (*File, error) {
	kind, err := export.Find(format)
	if err != nil {
		return nil, err
	}
	t, err := w.Trained(runID)
	if err != nil {
		return nil, err
	}
	t.measuring.Lock()
	defer t.measuring.Unlock()
	if f := t.files[string(kind.Name)]; f != nil {
		return f, nil
	}
	f := &File{Format: kind, trained: t}
	sum, size := sha256.New(), counter(0)
	if err := f.Write(io.MultiWriter(sum, &size)); err != nil {
		return nil, err
	}
	f.Size, f.SHA256 = int64(size), hex.EncodeToString(sum.Sum(nil))
	if t.files == nil {
		t.files = map[string]*File{}
	}
	t.files[string(kind.Name)] = f
	return f, nil
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
