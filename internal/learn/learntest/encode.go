package learntest

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/learn"
)

// encoding checks that a model read back predicts and warns as the one
// written, and that damaged bytes are an error rather than a panic.
func (s *suite) encoding(t *testing.T) {
	d := s.mixed(300)
	m := s.fit(t, d)
	data := bytesOf(t, m)
	back := s.learner.Model(s.task)
	if err := back.UnmarshalBinary(slices.Clone(data)); err != nil {
		t.Fatalf("UnmarshalBinary: %v", err)
	}
	if !slices.Equal(Predict(back, d.X), Predict(m, d.X)) {
		t.Error("a model read back predicts other numbers")
	}
	if !bytes.Equal(bytesOf(t, back), data) {
		t.Error("a model read back is written differently")
	}
	if d.Classes > 0 && !slices.Equal(Ranks(t, back, d.X, d.Classes), Ranks(t, m, d.X, d.Classes)) {
		t.Error("a model read back has other probabilities or scores")
	}
	if w, ok := m.(learn.Warner); ok && !slices.Equal(back.(learn.Warner).Warnings(), w.Warnings()) {
		t.Error("a model read back has other warnings")
	}
	step := max(1, len(data)/2000)
	for n := 0; n < len(data); n += step {
		if err := s.learner.Model(s.task).UnmarshalBinary(slices.Clone(data[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes are read without an error", n, len(data))
		}
	}
	if err := s.learner.Model(s.task).UnmarshalBinary(append(slices.Clone(data), 0)); err == nil {
		t.Error("a byte too many is read without an error")
	}
	rng := rand.New(rand.NewPCG(1, 5))
	for range 300 { // must not panic; a changed number is no error
		bad := slices.Clone(data)
		bad[rng.IntN(len(bad))] ^= byte(1 + rng.IntN(255))
		_ = s.learner.Model(s.task).UnmarshalBinary(bad)
	}
}

// export checks that a model of a learner that promises it can be written for
// scikit-learn.
func (s *suite) export(t *testing.T) {
	if !slices.Contains(s.learner.Exports, learn.Sklearn) {
		t.Skip("not promised")
	}
	for _, k := range []int{2, 3} {
		d := s.dense(60, 4, k)
		m, ok := s.fit(t, d).(pickle.Sklearner)
		if !ok {
			t.Fatal("the model is no pickle.Sklearner, which Exports promises")
		}
		var labels pickle.Array
		if d.Classes > 0 {
			labels = pickle.Array{DType: "<i8", Shape: []int{k}, Data: make([]byte, 8*k)}
		}
		o := m.Sklearn(labels, d.X.Cols)
		if o == nil || o.Class.Name == "" || o.Class.Module == "" || !o.Estimator {
			t.Fatalf("Sklearn returns %+v, want an estimator of a class", o)
		}
		checkAttrs(t, o, d)
		if err := pickle.Write(io.Discard, o); err != nil {
			t.Errorf("the estimator cannot be written: %v", err)
		}
	}
}

// checkAttrs checks the attributes that every fitted estimator has.
func checkAttrs(t *testing.T, o *pickle.Object, d learn.Data) {
	attrs := map[string]pickle.Value{}
	for _, a := range o.Attrs {
		if _, twice := attrs[a.Name]; twice {
			t.Errorf("%s is set twice", a.Name)
		}
		attrs[a.Name] = a.Value
	}
	if attrs["n_features_in_"] != d.X.Cols {
		t.Errorf("n_features_in_ is %v, want %d", attrs["n_features_in_"], d.X.Cols)
	}
	if _, ok := attrs["classes_"]; ok != (d.Classes > 0) {
		t.Errorf("classes_ is set: %t, of a task of %d classes", ok, d.Classes)
	}
}
