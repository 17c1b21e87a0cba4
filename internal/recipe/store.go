package recipe

import (
	"errors"
	"fmt"
	"math"

	"clicktrain/internal/frame"
)

// binaryVersion is the first byte of a stored Fitted.
const binaryVersion = 2

var (
	errNested = errors.New("recipe: stored operations do not hold together")
	errJoint  = errors.New("recipe: stored joint operations do not hold together")
)

// MarshalBinary returns the fitted recipe as bytes for UnmarshalBinary.
func (t *Fitted) MarshalBinary() ([]byte, error) {
	b := appendCount([]byte{binaryVersion}, t.rows)
	b = append(b, byte(indicator(t.native)))
	b = appendCount(b, len(t.left))
	for _, l := range t.left {
		b = appendText(appendText(b, l.Column), l.Reason)
	}
	b = appendCount(b, len(t.told))
	for _, l := range t.told {
		b = append(appendText(appendText(b, l.Step), l.Text), byte(indicator(l.Late)))
	}
	b = appendCount(b, len(t.joints))
	for _, j := range t.joints {
		b = j.append(b)
	}
	b = appendCount(b, len(t.inputs))
	for _, in := range t.inputs {
		b = in.append(b)
	}
	b = appendCount(b, len(t.matrix))
	for _, m := range t.matrix {
		b = m.append(b)
	}
	return b, nil
}

func (in Input) append(b []byte) []byte {
	b = append(appendText(b, in.Name), byte(in.Kind), byte(in.source))
	b = appendCount(appendText(b, in.DType), len(in.changes))
	for _, ch := range in.changes {
		b = ch.append(b)
	}
	b = appendOps(b, in.ops)
	b = appendCount(b, len(in.sides))
	for _, s := range in.sides {
		b = appendOps(appendCount(b, s.after), s.ops)
	}
	return b
}

func appendOps(b []byte, ops []op) []byte {
	b = appendCount(b, len(ops))
	for _, o := range ops {
		b = o.append(b)
	}
	return b
}

// UnmarshalBinary reads what MarshalBinary wrote. It returns an error for
// anything else, and then leaves t as it was.
func (t *Fitted) UnmarshalBinary(b []byte) error {
	r := &reader{b: b}
	if v := r.byte(); r.err == nil && v != binaryVersion {
		return fmt.Errorf("recipe: stored in version %d", v)
	}
	u := Fitted{rows: r.rows(), native: r.byte() != 0}
	for range r.length() {
		u.left = append(u.left, Left{r.text(), r.text()})
	}
	for range r.length() {
		u.told = append(u.told, Learned{Step: r.text(), Text: r.text(), Late: r.byte() != 0})
	}
	for range r.length() {
		u.joints = append(u.joints, r.joint())
		if r.err != nil {
			return r.err
		}
	}
	r.joints = u.joints
	names := map[string]bool{}
	for range r.length() {
		in := r.input()
		if r.err == nil && (names[in.Name] || !in.sound(u.native)) {
			r.fail(fmt.Errorf("recipe: stored input %d does not hold together", len(u.inputs)))
		}
		if r.err != nil {
			return r.err
		}
		names[in.Name] = true
		u.inputs = append(u.inputs, in)
	}
	if !u.meets() {
		return errJoint
	}
	if err := r.matrix(&u); err != nil {
		return err
	}
	if len(r.b) > 0 {
		return fmt.Errorf("recipe: %d stored bytes are left over", len(r.b))
	}
	*t = u
	return nil
}

// matrix reads the steps on prepared columns, and indexes u.
func (r *reader) matrix(u *Fitted) error {
	steps := r.length()
	if r.err != nil {
		return r.err
	}
	u.index()
	width := len(u.names)
	for range steps {
		m := r.matrixStep()
		if r.err != nil {
			return r.err
		}
		var ok bool
		if width, ok = m.width(width); !ok || u.native {
			return errNested
		}
		u.matrix = append(u.matrix, m)
	}
	if r.err == nil {
		u.index()
	}
	return r.err
}

func (r *reader) input() Input {
	in := Input{Name: r.text(), Kind: frame.Kind(r.byte()), source: source(r.byte()), DType: r.text()}
	for range r.length() {
		in.changes = append(in.changes, r.change())
	}
	in.ops = r.ops()
	for range r.length() {
		in.sides = append(in.sides, side{r.count(math.MaxInt32), r.ops()})
	}
	in.Levels = levelsOf(in.ops)
	return in
}

func (r *reader) ops() []op {
	var ops []op
	for range r.length() {
		o := r.op()
		if r.err != nil {
			return nil
		}
		ops = append(ops, o)
	}
	return ops
}

// member reads a column's part in a joint operation.
func (r *reader) member() op {
	m := &member{group: r.count(math.MaxInt32), at: r.count(math.MaxInt32)}
	if r.err == nil && m.group >= len(r.joints) {
		r.fail(errJoint)
	}
	if r.err != nil {
		return nil
	}
	m.joint = r.joints[m.group]
	if m.at >= m.joint.members() {
		r.fail(errJoint)
	}
	return m
}

// sound reports whether each operation takes what the one before it leaves,
// and the last leaves finite numbers, or where native is set also missing ones.
func (in Input) sound(native bool) bool {
	if in.source > boolSource {
		return false
	}
	s := shape{holds: Texts, holes: true, width: 1}
	if changedSource(in.source, in.changes) == numberSource {
		s.holds = Numbers
		if in.Kind == frame.Time {
			s.holds = Dates
		}
	}
	shapes := []shape{s}
	follow := func(s shape, ops []op) (shape, bool) {
		for _, o := range ops {
			var ok bool
			if s, ok = afterOp(o, s); !ok {
				return s, false
			}
			shapes = append(shapes, s)
		}
		ready := s.holds != Texts && s.holds != Dates && (native || s.holds != Codes && !s.holes)
		return s, ready
	}
	if _, ok := follow(s, in.ops); !ok {
		return false
	}
	for _, side := range in.sides {
		if side.after > len(in.ops) || memberAt(side.ops) >= 0 {
			return false
		}
		if _, ok := follow(shapes[side.after], side.ops); !ok {
			return false
		}
	}
	return true
}

// meets reports whether each joint operation has its members, in the order in
// which scikit-learn would hand them over, and no column meets two of them in
// another order than all others.
func (t *Fitted) meets() bool {
	have := make([][]*Column, len(t.joints))
	for g, j := range t.joints {
		have[g] = make([]*Column, j.members())
	}
	for _, in := range t.inputs {
		last := -1
		for k, o := range in.ops {
			m, ok := o.(*member)
			if !ok {
				continue
			}
			if m.group <= last || have[m.group][m.at] != nil {
				return false
			}
			last = m.group
			have[m.group][m.at] = &Column{Name: in.Name, changes: in.changes, ops: in.ops[:k]}
		}
	}
	for _, members := range have {
		for _, c := range members {
			if c == nil {
				return false
			}
		}
		if len(members) == 0 {
			return false
		}
		for i, c := range joined(members) {
			if c != members[i] {
				return false
			}
		}
	}
	return true
}
