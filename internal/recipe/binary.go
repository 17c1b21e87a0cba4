package recipe

import (
	"encoding/binary"
	"math"
)

// The bytes that tell operations apart.
const (
	tagFillNumber = iota + 1
	tagFillText
	tagOneHot
	tagOrdinal
	tagStandardize
)

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
