package ensemble

import (
	"clicktrain/internal/codec"
	"clicktrain/internal/learn"
)

// version starts each encoded model, followed by what it is.
const (
	version    = 2
	kindVoting = 'V'
	kindStack  = 'S'
)

// appendFitted writes a model by its learner's name.
func appendFitted(w *codec.Writer, f fitted) error {
	data, err := f.MarshalBinary()
	if err != nil {
		return err
	}
	w.Text(f.name)
	w.Bytes(data)
	return nil
}

func appendAll(w *codec.Writer, all []fitted) error {
	w.Int(len(all))
	for _, f := range all {
		if err := appendFitted(w, f); err != nil {
			return err
		}
	}
	return nil
}

// readFitted reads a model of one of the members.
func (m members) readFitted(r *codec.Reader, classes int) fitted {
	task := learn.Regression
	if classes > 0 {
		task = learn.Classification
	}
	name, data := r.Text(), r.Bytes()
	l, ok := m.find(name)
	if !ok {
		r.Fail("no learner %q", name)
		return fitted{}
	}
	model := l.Model(task)
	if r.Err() == nil {
		if err := model.UnmarshalBinary(data); err != nil {
			r.Fail("%s: %w", name, err)
		}
	}
	return fitted{l.Name, l.Title, model}
}

func (m members) readAll(r *codec.Reader, classes int) []fitted {
	var out []fitted
	for range r.Int() {
		if r.Err() != nil {
			return nil
		}
		out = append(out, m.readFitted(r, classes))
	}
	if len(out) == 0 {
		r.Fail("an ensemble of none")
	}
	return out
}

func appendTexts(w *codec.Writer, texts []string) {
	w.Int(len(texts))
	for _, t := range texts {
		w.Text(t)
	}
}

func readTexts(r *codec.Reader) []string {
	var out []string
	for range r.Int() {
		if r.Err() != nil {
			return nil
		}
		out = append(out, r.Text())
	}
	return out
}

// readHead checks version, kind and number of classes, which it returns.
func readHead(r *codec.Reader, kind byte, classes bool) int {
	if v, k := r.Byte(), r.Byte(); v != version || k != kind {
		r.Fail("no ensemble %c of version %d", kind, version)
	}
	k := r.Int()
	if (k >= 2) != classes || k == 1 {
		r.Fail("an ensemble of %d classes", k)
	}
	return k
}

// MarshalBinary writes the model, its members each by name.
func (v *vote) MarshalBinary() ([]byte, error) {
	w := new(codec.Writer)
	w.Byte(version)
	w.Byte(kindVoting)
	w.Int(v.classes)
	w.Bool(v.how == hard)
	w.Floats(v.weights)
	appendTexts(w, v.notes)
	err := appendAll(w, v.fitted)
	return w.Data, err
}

func (v *vote) read(data []byte, classes bool) error {
	r := codec.NewReader(data)
	back := vote{members: v.members, classes: readHead(r, kindVoting, classes)}
	if isHard := r.Bool(); isHard {
		back.how = hard
	} else if classes {
		back.how = soft
	}
	back.weights, back.notes = r.Floats(), readTexts(r)
	back.fitted = back.members.readAll(r, back.classes)
	if n := len(back.weights); n > 0 && n != len(back.fitted) {
		r.Fail("%d weights of %d members", n, len(back.fitted))
	}
	for _, f := range back.fitted {
		if _, ok := f.Model.(learn.Proba); back.how == soft && !ok {
			r.Fail("%s tells no probabilities", f.name)
		}
	}
	if err := r.End(); err != nil {
		return err
	}
	*v = back
	return nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *VotingClassifier) UnmarshalBinary(data []byte) error { return m.read(data, true) }

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *VotingRegressor) UnmarshalBinary(data []byte) error { return m.read(data, false) }

// MarshalBinary writes the model, its members each by name.
func (s *stack) MarshalBinary() ([]byte, error) {
	w := new(codec.Writer)
	w.Byte(version)
	w.Byte(kindStack)
	w.Int(s.classes)
	w.Int(s.cv)
	w.Uint64(s.seed)
	w.Bool(s.passthrough)
	appendTexts(w, s.notes)
	if err := appendAll(w, s.fitted); err != nil {
		return nil, err
	}
	err := appendFitted(w, s.final)
	return w.Data, err
}

func (s *stack) read(data []byte, classes bool) error {
	r := codec.NewReader(data)
	back := stack{members: s.members, classes: readHead(r, kindStack, classes), cv: r.Int(), seed: r.Uint64(), passthrough: r.Bool(), notes: readTexts(r)}
	back.fitted = back.members.readAll(r, back.classes)
	if r.Err() == nil {
		back.final = back.members.readFitted(r, back.classes)
	}
	if _, ok := back.final.Model.(learn.Proba); classes && !ok {
		r.Fail("a final model without probabilities")
	}
	if err := r.End(); err != nil {
		return err
	}
	*s = back
	return nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *StackingClassifier) UnmarshalBinary(data []byte) error { return m.read(data, true) }

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *StackingRegressor) UnmarshalBinary(data []byte) error { return m.read(data, false) }
