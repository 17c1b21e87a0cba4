package recipe

import (
	"encoding/binary"
	"errors"
	"math"
)

// reader reads stored bytes. After the first fault, which err keeps, it reads
// zeros.
type reader struct {
	b      []byte
	err    error
	joints []jointOp // that members refer to
	inside bool      // an each, which holds no other
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.b = nil
}

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.fail(errors.New("recipe: stored bytes are cut short"))
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// count reads a number of at most limit.
func (r *reader) count(limit uint64) int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > limit {
		r.fail(errors.New("recipe: a stored number is out of range"))
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

// length reads how many items follow: each takes a byte at least.
func (r *reader) length() int { return r.count(uint64(len(r.b))) }

func (r *reader) text() string { return string(r.take(r.length())) }

func (r *reader) float() float64 {
	if b := r.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

func (r *reader) op() op {
	switch tag := r.byte(); tag {
	case tagFillNumber:
		return &fillNumber{strategy: Strategy(r.text()), value: r.float()}
	case tagFillText:
		return &fillText{MostFrequent, r.text()}
	case tagOneHot:
		return &oneHot{cats: r.categories()}
	case tagOrdinal:
		keep := r.byte() != 0
		return &ordinal{r.categories(), keep}
	case tagStandardize:
		return r.standardize()
	default:
		return r.laterOp(tag)
	}
}

func (r *reader) standardize() *standardize {
	return &standardize{n: r.rows(), mean: r.float(), variance: r.float(), scale: r.float()}
}

func (r *reader) categories() categories {
	c := categories{source: source(r.byte())}
	for range r.length() {
		c.num = append(c.num, r.float())
	}
	for range r.length() {
		c.text = append(c.text, r.text())
	}
	numbers := c.source == numberSource
	if c.source > boolSource || numbers && len(c.text) > 0 && len(c.text) != len(c.num) || !numbers && len(c.num) > 0 {
		r.fail(errors.New("recipe: stored categories do not hold together"))
	}
	return c
}
