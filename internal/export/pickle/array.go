package pickle

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Floats returns a float64 array of the given shape, in C order. No shape
// means one dimension. It panics if the shape does not hold the values.
func Floats(x []float64, shape ...int) Array {
	data := make([]byte, 0, 8*len(x))
	for _, v := range x {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
	}
	return Array{DType: "<f8", Shape: shaped(len(x), shape), Data: data}
}

// Ints is Floats for int64.
func Ints(x []int64, shape ...int) Array {
	data := make([]byte, 0, 8*len(x))
	for _, v := range x {
		data = binary.LittleEndian.AppendUint64(data, uint64(v))
	}
	return Array{DType: "<i8", Shape: shaped(len(x), shape), Data: data}
}

// Int32s is Floats for int32.
func Int32s(x []int32, shape ...int) Array {
	data := make([]byte, 0, 4*len(x))
	for _, v := range x {
		data = binary.LittleEndian.AppendUint32(data, uint32(v))
	}
	return Array{DType: "<i4", Shape: shaped(len(x), shape), Data: data}
}

// Bools is Floats for bool.
func Bools(x []bool, shape ...int) Array {
	data := make([]byte, len(x))
	for i, v := range x {
		if v {
			data[i] = 1
		}
	}
	return Array{DType: "|b1", Shape: shaped(len(x), shape), Data: data}
}

// Strings returns an object array of Python texts; see Floats for the shape.
func Strings(x []string, shape ...int) Array {
	items := make(List, len(x))
	for i, v := range x {
		items[i] = v
	}
	return Objects(items, shape...)
}

// Objects returns an object array; see Floats for the shape.
func Objects(items List, shape ...int) Array {
	return Array{DType: "|O", Shape: shaped(len(items), shape), Items: items}
}

func shaped(n int, shape []int) []int {
	if len(shape) == 0 {
		return []int{n}
	}
	size := 1
	for _, d := range shape {
		size *= d
	}
	if size != n {
		panic(fmt.Sprintf("pickle: %d elements do not fill the shape %v", n, shape))
	}
	return shape
}

// check returns the type's key in the memo, and an error unless a's elements
// are of a known type and as many as its shape holds.
func (a Array) check() (key string, err error) {
	size, key, err := elementSize(a.DType)
	if err != nil {
		return "", err
	}
	n := 1
	for _, d := range a.Shape {
		if d < 0 || (d > 0 && n > math.MaxInt/64/d) {
			return "", fmt.Errorf("pickle: shape %v", a.Shape)
		}
		n *= d
	}
	if key == "|O" {
		if len(a.Items) != n || a.Data != nil {
			return "", fmt.Errorf("pickle: %d items in an object array of shape %v", len(a.Items), a.Shape)
		}
	} else if len(a.Data) != n*size || a.Items != nil {
		return "", fmt.Errorf("pickle: %d bytes in a %s array of shape %v", len(a.Data), key, a.Shape)
	}
	return key, nil
}

// elementSize returns the bytes of one element, and a text that tells the type
// from every other.
func elementSize(dtype Value) (size int, key string, err error) {
	switch t := dtype.(type) {
	case string:
		switch t {
		case "|b1", "|u1":
			return 1, t, nil
		case "<i4", "<u4":
			return 4, t, nil
		case "<i8", "<f8":
			return 8, t, nil
		case "|O":
			return 0, t, nil
		}
	case List:
		for _, field := range t {
			pair, ok := field.(Tuple)
			if !ok || len(pair) != 2 {
				return 0, "", fmt.Errorf("pickle: field %v of an array type", field)
			}
			name, ok := pair[0].(string)
			n, k, err := elementSize(pair[1])
			if !ok || err != nil || n == 0 {
				return 0, "", fmt.Errorf("pickle: field %v of an array type", field)
			}
			size += n
			key += fmt.Sprintf("%q%s,", name, k)
		}
		if size > 0 {
			return size, key, nil
		}
	}
	return 0, "", fmt.Errorf("pickle: array type %v", dtype)
}
