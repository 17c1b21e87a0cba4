package tree

import "math"

// Key rounds x to float32 and returns an integer of the same order, which
// walks compare because it takes no jump. 0 and -0 have one key; an infinity,
// or what float32 cannot hold, has one beyond all thresholds.
func Key(x float64) int32 {
	b := int32(math.Float32bits(float32(x) + 0)) // -0 + 0 is 0
	return b ^ b>>31&math.MaxInt32
}

// keyFloat returns the float32 that has key k.
func keyFloat(k int32) float32 {
	return math.Float32frombits(uint32(k ^ k>>31&math.MaxInt32))
}
