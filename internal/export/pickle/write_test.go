package pickle

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func written(t testing.TB, v Value) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWriteBytes pins the encoding: Python's pickletools reads each of these as
// the value on its left.
func TestWriteBytes(t *testing.T) {
	for _, tt := range []struct {
		v    Value
		want string
	}{
		{nil, "4e"},
		{true, "88"},
		{false, "89"},
		{255, "4bff"},
		{256, "4d0001"},
		{65536, "4a00000100"},
		{-1, "4affffffff"},
		{math.MaxInt32 + 1, "8a080000008000000000"},
		{math.MinInt32 - 1, "8a08ffffff7fffffffff"},
		{1.5, "473ff8000000000000"},
		{"é", "5802000000c3a97100"},
		{"a\xffb", "580500000061efbfbd627100"},
		{[]byte{1, 2}, "43020102"},
		{Tuple{}, "29"},
		{Tuple{1, 2}, "4b014b0286"},
		{Tuple{1, 2, 3, 4}, "284b014b024b034b0474"},
		{List{}, "5d"},
		{List{1}, "5d284b0165"},
		{Dict{}, "7d"},
		{Dict{{"a", nil}}, "7d28580100000061" + "7100" + "4e75"},
		{Tuple{"a", "a"}, "580100000061" + "7100" + "6800" + "86"},
		{Slice{1, 2}, hex.EncodeToString([]byte("cbuiltins\nslice\nq\x00K\x01K\x02N\x87Rq\x01"))},
	} {
		got := hex.EncodeToString(written(t, tt.v))
		if want := "8004" + tt.want + "2e"; got != want {
			t.Errorf("Write(%v) = %s, want %s", tt.v, got, want)
		}
	}
}

// TestRoundTrip reads back what was written.
func TestRoundTrip(t *testing.T) {
	many := List{}
	for i := range 700 { // more than 255 memo entries
		many = append(many, fmt.Sprint("text ", i%400))
	}
	node := List{Tuple{"left", "<i8"}, Tuple{"gain", "<f8"}, Tuple{"flag", "|u1"}}
	for _, v := range []Value{
		many,
		Floats([]float64{1, math.Inf(1), math.Copysign(0, -1), 3, 4, 5}, 2, 3),
		Ints([]int64{math.MinInt64, 0, 7}),
		Int32s([]int32{-1, 2}),
		Bools([]bool{true, false}),
		Strings([]string{"b", "", "a\nb", "cos\nsystem\n"}),
		Objects(List{nil, true, 1.5}, 3, 1),
		Floats(nil),
		Array{DType: node, Shape: []int{2}, Data: make([]byte, 34)},
		List{Floats([]float64{1}), Floats([]float64{2}), Strings([]string{"x"})},
		Estimator("sklearn.preprocessing._data", "StandardScaler", Attr{"mean_", Floats([]float64{1, 2})}, Attr{"copy", true}),
		&Object{Class: Global{"sklearn.pipeline", "Pipeline"}},
		&Object{Class: Global{"sklearn.utils._bunch", "Bunch"}, Items: Dict{{"a", 1}, {"b", List{"c"}}}},
		&Call{Func: Global{"sklearn.tree._tree", "Tree"}, Args: Tuple{3, Ints([]int64{2}), 1}, State: Dict{{"node_count", 1}}},
		bytes.Repeat([]byte{7}, 70_000),
	} {
		got, _, err := read(written(t, v))
		if err != nil {
			t.Errorf("%T: %v", v, err)
			continue
		}
		if diff := cmp.Diff(v, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%T (-want +got):\n%s", v, diff)
		}
	}
}

// TestIdentity checks that one object in two places is one, also inside itself.
func TestIdentity(t *testing.T) {
	tree := Estimator("sklearn.tree._classes", "DecisionTreeClassifier")
	tree.Set(Attr{"itself", tree})
	other := Estimator("sklearn.tree._classes", "DecisionTreeClassifier")
	v, _, err := read(written(t, List{tree, tree, other}))
	if err != nil {
		t.Fatal(err)
	}
	l := v.(List)
	if l[0] != l[1] || l[0] == l[2] {
		t.Errorf("identities: %p %p %p, want the first two the same", l[0], l[1], l[2])
	}
	if o := l[0].(*Object); o.Attrs[0].Value != o {
		t.Error("an object's reference to itself is another object")
	}
}

func TestWriteRefuses(t *testing.T) {
	deep := List{nil}
	deep[0] = deep
	for name, v := range map[string]Value{
		"global":           Global{"os", "system"},
		"name of a module": Global{"numpy", "load"},
		"class":            &Object{Class: Global{"builtins", "eval"}},
		"function":         &Call{Func: Global{"builtins", "exec"}, Args: Tuple{"1"}},
		"newline":          Global{"numpy\nos", "dtype"},
		"type":             int32(1),
		"nested type":      Dict{{"a", List{struct{}{}}}},
		"nil object":       (*Object)(nil),
		"nil call":         (*Call)(nil),
		"cycle":            deep,
		"short array":      Array{DType: "<f8", Shape: []int{2}, Data: make([]byte, 15)},
		"array type":       Array{DType: "V8", Shape: []int{1}, Data: make([]byte, 8)},
		"no array type":    Array{},
		"object field":     Array{DType: List{Tuple{"a", "|O"}}, Shape: []int{0}},
		"negative shape":   Array{DType: "|u1", Shape: []int{-1, -1}, Data: make([]byte, 1)},
		"huge shape":       Array{DType: "|u1", Shape: []int{1 << 62, 1 << 62}},
		"too few items":    Array{DType: "|O", Shape: []int{2}, Items: List{1}},
		"items of numbers": Array{DType: "<f8", Shape: []int{0}, Items: List{1}},
	} {
		if err := Write(new(bytes.Buffer), v); err == nil {
			t.Errorf("%s: written, want an error", name)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteReportsFailure(t *testing.T) {
	if err := Write(full{}, Floats(make([]float64, 1e5))); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("Write to a full disk = %v, want its error", err)
	}
}

func TestShapePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Floats of 3 values in shape (2, 2) did not panic")
		}
	}()
	Floats([]float64{1, 2, 3}, 2, 2)
}

// FuzzWrite puts hostile text wherever text may stand: it must come back as
// text, and bring no global with it.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"", "a\n.cos\nsystem\n(Vls\ntR.", "\x80\x04.", "\xff\xfe", "Vx\n", "é\u2028", strings.Repeat("x", 300)} {
		f.Add(s, 1.5, int64(1))
	}
	f.Fuzz(func(t *testing.T, s string, x float64, n int64) {
		clean := strings.ToValidUTF8(s, "\uFFFD")
		v := func(s string) Value {
			return Estimator("sklearn.preprocessing._encoders", "OneHotEncoder",
				Attr{s, Dict{{s, int(n)}, {Tuple{s, s}, x}}},
				Attr{"categories_", List{Strings([]string{s, s}), Floats([]float64{x})}},
				Attr{"raw", []byte(s)})
		}
		got, globals, err := read(written(t, v(s)))
		if err != nil {
			t.Fatal(err)
		}
		want := v(clean).(*Object)
		want.Attrs[2].Value = []byte(s)
		if s != "_sklearn_version" {
			if diff := cmp.Diff(Value(want), got, cmpopts.EquateEmpty(), cmpopts.EquateNaNs()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
		if len(globals) != 4 {
			t.Errorf("globals %v, want the class, ndarray, dtype and the version", globals)
		}
		for _, g := range globals {
			if !Allowed(g) {
				t.Errorf("global %v", g)
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	trees := make(List, 100)
	for i := range trees {
		trees[i] = Array{DType: "|u1", Shape: []int{600_000}, Data: make([]byte, 600_000)}
	}
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := Write(&out, trees); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(out.Len()))
}

// TestConstructed checks that an object that is to be constructed is the
// result of a call, with its attributes set after it.
func TestConstructed(t *testing.T) {
	for _, constructed := range []bool{true, false} {
		o := Estimator("sklearn.dummy", "DummyRegressor", Attr{"constant", 1})
		o.Constructed = constructed
		var b bytes.Buffer
		if err := Write(&b, o); err != nil {
			t.Fatal(err)
		}
		op := byte(opNewObj)
		if constructed {
			op = opReduce
		}
		if want := []byte{opEmptyTuple, op, opPut1}; !bytes.Contains(b.Bytes(), want) {
			t.Errorf("Constructed %t: %q does not hold %q", constructed, b.Bytes(), want)
		}
	}
}
