// Package metric scores predictions. Classify and Regress compute every score
// of a task at once; the numbers are scikit-learn's, and where scikit-learn
// substitutes 0 for an undefined score, the score here is absent and says why.
//
// Nothing in a report is NaN or infinite, and reports are plain values: they
// can be written as JSON or gob and read back.
package metric

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// Value is one score. It is undefined where Reason is set; Score is then 0 and
// means nothing.
type Value struct {
	Name   string  `json:"name"` // as in the API: balanced_accuracy
	Score  float64 `json:"score"`
	Reason string  `json:"reason,omitempty"` // why it is undefined, as a sentence
	Note   string  `json:"note,omitempty"`   // what to know about a defined score, as a sentence
	Higher bool    `json:"higher"`           // higher is better
}

// Defined reports whether the value has a score.
func (v Value) Defined() bool { return v.Reason == "" }

// MarshalJSON writes an undefined score as null.
func (v Value) MarshalJSON() ([]byte, error) {
	type plain Value
	if v.Defined() {
		return json.Marshal(plain(v))
	}
	return json.Marshal(struct {
		plain
		Score *float64 `json:"score"`
	}{plain: plain(v)})
}

// score returns a defined value, or an undefined one if x is not finite.
func score(name string, x float64) Value {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return undefined(name, "The numbers are too large to compute it.")
	}
	return Value{Name: name, Score: x, Higher: higherIsBetter(name)}
}

// undefined returns a value without a score.
func undefined(name, format string, args ...any) Value {
	return Value{Name: name, Reason: fmt.Sprintf(format, args...), Higher: higherIsBetter(name)}
}

// Scores are the scores of one model on one set of rows, in a fixed order.
type Scores []Value

// Named returns the named score.
func (s Scores) Named(name string) (Value, bool) {
	for _, v := range s {
		if v.Name == name {
			return v, true
		}
	}
	return Value{}, false
}

// The members that stand beside a score in JSON.
const (
	reasonSuffix = "_reason"
	noteSuffix   = "_note"
)

// MarshalJSON writes the scores as one object, in order:
// {"accuracy":0.82,"roc_auc":null,"roc_auc_reason":"…"}.
func (s Scores) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	member := func(name string, value any) error {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("metric: write %s: %w", name, err)
		}
		fmt.Fprintf(&b, "%q:%s", name, text)
		return nil
	}
	b.WriteByte('{')
	for _, v := range s {
		var value any
		if v.Defined() {
			value = v.Score
		}
		if err := member(v.Name, value); err != nil {
			return nil, err
		}
		for _, text := range []struct{ suffix, value string }{{reasonSuffix, v.Reason}, {noteSuffix, v.Note}} {
			if text.value == "" {
				continue
			}
			if err := member(v.Name+text.suffix, text.value); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Scores) UnmarshalJSON(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("metric: scores are not a JSON object, but start with %v", t)
	}
	*s = nil
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		if err := s.member(t.(string), dec); err != nil {
			return fmt.Errorf("metric: read %s: %w", t, err)
		}
	}
	return nil
}

// member reads the value of one member into s.
func (s *Scores) member(name string, dec *json.Decoder) error {
	if n := len(*s); n > 0 {
		last := &(*s)[n-1]
		switch name {
		case last.Name + reasonSuffix:
			return dec.Decode(&last.Reason)
		case last.Name + noteSuffix:
			return dec.Decode(&last.Note)
		}
	}
	v := Value{Name: name, Higher: higherIsBetter(name)}
	*s = append(*s, v)
	return dec.Decode(&(*s)[len(*s)-1].Score)
}

// count writes n with its noun: 1 class, 2 classes.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "s") {
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
