package recipe

import (
	"encoding/binary"
	"fmt"
	"math"

	"clicktrain/internal/frame"
)

// binaryVersion is the first byte of a stored Fitted.
const binaryVersion = 1

// The bytes that tell operations apart.
const (
	tagFillNumber = iota + 1
	tagFillText
	tagOneHot
	tagOrdinal
	tagStandardize
)

// MarshalBinary returns the fitted recipe as bytes for UnmarshalBinary.
func (t *Fitted) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint([]byte{binaryVersion}, uint64(t.rows))
	b = binary.AppendUvarint(b, uint64(len(t.left)))
	for _, l := range t.left {
		b = appendText(appendText(b, l.Column), l.Reason)
	}
	b = binary.AppendUvarint(b, uint64(len(t.inputs)))
	for _, in := range t.inputs {
		b = append(appendText(b, in.Name), byte(in.Kind), byte(in.source))
		b = appendText(b, in.DType)
		b = binary.AppendUvarint(b, uint64(len(in.ops)))
		for _, o := range in.ops {
			b = o.append(b)
		}
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote. It returns an error for
// anything else, and then leaves t as it was.
func (t *Fitted) UnmarshalBinary(b []byte) error {
	r := &reader{b: b}
	if v := r.byte(); r.err == nil && v != binaryVersion {
		return fmt.Errorf("recipe: stored in version %d", v)
	}
	var u Fitted
	u.rows = r.count(math.MaxInt32)
	for range r.length() {
		u.left = append(u.left, Left{r.text(), r.text()})
	}
	names := map[string]bool{}
	for range r.length() {
		in := Input{Name: r.text(), Kind: frame.Kind(r.byte()), source: source(r.byte()), DType: r.text()}
		for range r.length() {
			in.ops = append(in.ops, r.op())
			if r.err != nil {
				return r.err
			}
		}
		if names[in.Name] || !in.sound() {
			r.fail(fmt.Errorf("recipe: stored input %d does not hold together", len(u.inputs)))
		}
		names[in.Name] = true
		in.Levels = levelsOf(in.ops)
		u.inputs = append(u.inputs, in)
	}
	if r.err == nil && len(r.b) > 0 {
		r.fail(fmt.Errorf("recipe: %d stored bytes are left over", len(r.b)))
	}
	if r.err != nil {
		return r.err
	}
	u.group()
	*t = u
	return nil
}

// sound reports whether each operation takes what the one before it leaves,
// and the last leaves finite numbers.
func (in Input) sound() bool {
	holds, holes := Texts, true
	switch in.source {
	case numberSource:
		holds = Numbers
	case textSource, boolSource:
	default:
		return false
	}
	for _, o := range in.ops {
		wants, next := Numbers, Numbers
		switch o := o.(type) {
		case *fillText:
			wants, next, holes = Texts, Texts, false
		case *fillNumber:
			holes = false
			if !finite(o.value) {
				return false
			}
		case *oneHot:
			wants, next, holes = o.cats.holds(), Indicators, false
		case *ordinal:
			wants, holes = o.cats.holds(), o.keepMissing
		case *standardize:
			if !o.sound() {
				return false
			}
		case numberOp:
			if !o.sound() {
				return false
			}
		}
		if holds != wants {
			return false
		}
		holds = next
	}
	return holds != Texts && !holes
}

func (o *standardize) sound() bool { return allFinite(o.mean, o.variance, o.scale) && o.scale > 0 }

func finite(x float64) bool { return x-x == 0 }

func (c categories) holds() Holds {
	if c.source == numberSource {
		return Numbers
	}
	return Texts
}

func (o *fillNumber) append(b []byte) []byte {
	return appendFloats(appendText(append(b, tagFillNumber), string(o.strategy)), o.value)
}

func (o *fillText) append(b []byte) []byte {
	tag := byte(tagFillText)
	if o.strategy == Constant {
		tag = tagFillConstant
	}
	return appendText(append(b, tag), o.value)
}

func (o *ordinal) append(b []byte) []byte {
	return o.cats.append(append(b, tagOrdinal, byte(indicator(o.keepMissing))))
}

func (o *standardize) append(b []byte) []byte {
	b = binary.AppendUvarint(append(b, tagStandardize), uint64(o.n))
	return appendFloats(b, o.mean, o.variance, o.scale)
}

func (c categories) append(b []byte) []byte {
	b = append(b, byte(c.source))
	b = binary.AppendUvarint(b, uint64(len(c.num)))
	b = appendFloats(b, c.num...)
	b = binary.AppendUvarint(b, uint64(len(c.text)))
	for _, t := range c.text {
		b = appendText(b, t)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloats(b []byte, x ...float64) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}
