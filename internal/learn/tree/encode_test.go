package tree

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
)

// sample returns a tree of some hundred nodes that has leaves of several rows.
func sample(t testing.TB, classes int) *Tree {
	const n = 400
	random := rand.New(rand.NewPCG(13, uint64(classes)))
	a, b, y := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		a[i], b[i], y[i] = math.Round(random.NormFloat64()*9), random.Float64(), random.NormFloat64()
		if classes > 0 {
			y[i] = float64(random.IntN(classes))
		}
	}
	return grow(t, frame.Dense(n, a, b), y, nil, classes, Options{MinSamplesSplit: 6, MinSamplesLeaf: 1, MaxFeatures: 1})
}

func TestBinaryRoundTrip(t *testing.T) {
	for _, k := range []int{0, 2, 5} {
		want := sample(t, k)
		var v Values
		v.Add(want)
		b := want.AppendBinary([]byte("x"), &v)
		got, rest, err := Decode(append(b[1:], "rest"...), Form{Classes: k, Columns: 2, Criterion: want.Criterion, Values: v.All})
		if err != nil || string(rest) != "rest" {
			t.Fatalf("%d classes: Decode leaves %q, error %v", k, rest, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d classes: a tree read back is another", k)
		}
		var w Values
		w.Add(got)
		if again := got.AppendBinary(nil, &w); !bytes.Equal(again, b[1:]) {
			t.Errorf("%d classes: a tree read back is written differently", k)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	nan := binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(math.NaN())))
	leaf := []byte{7, 1} // one row of weight 1, class 1
	inner := []byte{2, 0, 0, 0, 0}
	zero := make([]byte, 8)
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for name, b := range map[string][]byte{
		"nothing":               {},
		"no nodes":              {0, 0},
		"more nodes than bytes": {200, 1, 0, 7, 1},
		"no right child":        join([]byte{2, 0}, inner, leaf),
		"a second root":         join([]byte{2, 0}, leaf, leaf),
		"feature out of range":  join([]byte{3, 0}, []byte{4, 0, 0, 0, 0}, leaf, leaf),
		"threshold not finite":  join([]byte{3, 0, 2}, nan, leaf, leaf),
		"class out of range":    {1, 0, 7, 2},
		"classes out of range":  {1, 0, 9, 4, 1},
		"leaf without rows":     {1, 0, 1, 0, 1},
		"one row of no weight":  {1, 0, 3, 0},
		"leaf without weight":   {1, 0, 9, 0, 0},
		"leaf without classes":  {1, 0, 9, 1},
		"classes that fall":     {1, 0, 9, 5, 1, 1, 0, 1},
		"a weight of 0":         join([]byte{1, 1, 9, 0}, zero),
		"a whole weight":        {1, 1, 7, 0},
	} {
		if tr, _, err := Decode(b, Form{Classes: 2, Columns: 2}); err == nil {
			t.Errorf("%s: Decode returns %+v", name, tr)
		}
	}
	if tr, _, err := Decode(join([]byte{3, 0}, inner, leaf, leaf), Form{Classes: 2, Columns: 2}); err != nil || tr.Depth != 1 {
		t.Errorf("a good tree is refused: %v", err)
	}
}

// FuzzDecode reads anything without a panic, and what it reads can be walked
// and written for scikit-learn.
func FuzzDecode(f *testing.F) {
	for _, k := range []int{0, 2, 5} {
		t, v := sample(f, k), Values{}
		v.Add(t)
		f.Add(t.AppendBinary(nil, &v), k)
	}
	f.Fuzz(func(t *testing.T, b []byte, k int) {
		if k < 0 || k > 100 {
			return
		}
		tr, _, err := Decode(b, Form{Classes: k, Columns: 2, Values: []float64{1, -2, 3e300}})
		if err != nil {
			return
		}
		predictOne(tr, []float64{0.5, -3})
		if n := len(tr.Pickle(2).State.(pickle.Dict)); n != 4 {
			t.Errorf("the state has %d entries", n)
		}
	})
}

// TestPickleRecords checks the node records byte by byte on a tree of three
// nodes.
func TestPickleRecords(t *testing.T) {
	X := frame.Dense(4, []float64{1, 2, 3, 4})
	call := grow(t, X, []float64{0, 0, 1, 1}, nil, 2, full(1)).Pickle(1)
	state := call.State.(pickle.Dict)
	nodes := state[2].Value.(pickle.Array)
	var want []byte
	for _, r := range []struct {
		left, right, feature int64
		threshold, impurity  float64
		rows                 int64
		weight               float64
	}{{1, 2, 0, 2.5, 0.5, 4, 4}, {-1, -1, -2, -2, 0, 2, 2}, {-1, -1, -2, -2, 0, 2, 2}} {
		buf := new(bytes.Buffer)
		_ = binary.Write(buf, binary.LittleEndian, r.left)
		for _, v := range []any{r.right, r.feature, r.threshold, r.impurity, r.rows, r.weight, uint8(0)} {
			_ = binary.Write(buf, binary.LittleEndian, v)
		}
		want = append(want, buf.Bytes()...)
	}
	if !bytes.Equal(nodes.Data, want) || len(want) != 3*nodeBytes {
		t.Errorf("records\n%x, want\n%x", nodes.Data, want)
	}
	if got, want := state[3].Value.(pickle.Array), pickle.Floats([]float64{0.5, 0.5, 1, 0, 0, 1}, 3, 1, 2); !reflect.DeepEqual(got, want) {
		t.Errorf("values %v, want %v", got, want)
	}
}
