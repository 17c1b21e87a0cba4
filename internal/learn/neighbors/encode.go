package neighbors

import (
	"math"

	"clicktrain/internal/codec"
)

// version starts each encoded model.
const version = 1

// MarshalBinary writes the rows: 8 bytes for each number and target, mostly 1
// for each code and class.
func (m *Classifier) MarshalBinary() ([]byte, error) {
	w := m.write(m.classes)
	classes := make([]int, len(m.y))
	for i, y := range m.y {
		classes[i] = int(y)
	}
	w.Ints(classes)
	return w.Data, nil
}

// MarshalBinary writes the rows; see Classifier's.
func (m *Regressor) MarshalBinary() ([]byte, error) {
	w := m.write(0)
	w.Floats(m.y)
	return w.Data, nil
}

func (m *model) write(classes int) *codec.Writer {
	w := new(codec.Writer)
	w.Byte(version)
	w.Int(classes)
	w.Int(m.k)
	w.Int(m.power)
	w.Text(m.weights)
	w.Int(m.rows)
	w.Ints(m.layout)
	w.Floats(m.dense)
	w.Codes(m.codes)
	return w
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Classifier) UnmarshalBinary(data []byte) error {
	r := codec.NewReader(data)
	var back Classifier
	back.classes = back.read(r)
	if back.classes < 2 {
		r.Fail("neighbors of %d classes", back.classes)
	}
	for _, y := range r.Ints() {
		if y >= back.classes {
			r.Fail("class %d of %d", y, back.classes)
		}
		back.y = append(back.y, float64(y))
	}
	if err := back.end(r); err != nil {
		return err
	}
	*m = back
	return nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Regressor) UnmarshalBinary(data []byte) error {
	r := codec.NewReader(data)
	var back Regressor
	if classes := back.read(r); classes != 0 {
		r.Fail("neighbors of %d classes", classes)
	}
	back.y = r.Floats()
	if err := back.end(r); err != nil {
		return err
	}
	*m = back
	return nil
}

func (m *model) read(r *codec.Reader) (classes int) {
	if v := r.Byte(); v != version {
		r.Fail("neighbors of version %d", v)
	}
	classes, m.k, m.power, m.weights = r.Int(), r.Int(), r.Int(), r.Text()
	m.table = &table{rows: r.Int(), layout: r.Ints()}
	m.prepare()
	m.dense, m.codes = r.Floats(), r.Codes()
	return classes
}

// end checks that what was read fits together.
func (m *model) end(r *codec.Reader) error {
	if len(m.y) != m.rows || len(m.dense) != m.rows*m.numbers || len(m.codes) != m.rows*m.groups ||
		m.k < 1 || m.k > m.rows || m.power != 1 && m.power != 2 || m.weights != uniform && m.weights != distance || len(m.layout) == 0 {
		r.Fail("neighbors whose parts do not fit")
	}
	for j, width := range m.groupWidths() {
		for i := j; i < len(m.codes); i += m.groups {
			if int(m.codes[i]) >= width {
				r.Fail("code %d of %d", m.codes[i], width)
			}
		}
	}
	for _, x := range m.dense {
		if !(math.Abs(x) <= largest) {
			r.Fail("the number %v", x)
		}
	}
	return r.End()
}

// groupWidths returns the widths of the one-hot blocks.
func (t *table) groupWidths() []int {
	var out []int
	for _, w := range t.layout {
		if w > 0 {
			out = append(out, w)
		}
	}
	return out
}
