package recipe_test

import (
	"bytes"
	"slices"
	"testing"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// everything is a fitted recipe with each operation in it.
func everything(t testing.TB) (*recipe.Fitted, *frame.Frame) {
	f := frame.New(
		column(t, "mean", frame.Numeric, 1.0, nil, 4.0, 2.0),
		column(t, "scaled", frame.Numeric, 1.0, 2.0, 4.0, nil),
		column(t, "hot", frame.Numeric, 3.0, 1.0, 3.0, nil),
		column(t, "bool", frame.Bool, true, nil, false, true),
		column(t, "flag", frame.Bool, true, nil, false, true),
		column(t, "word", frame.Category, "b", nil, "ü\n", "b"),
		column(t, "code", frame.Category, "x", "y", nil, "01"),
		column(t, "empty", frame.Numeric, nil, nil, nil, nil),
	)
	fitted, _, _ := fit(t, `{"step":"impute","columns":["mean"],"strategy":"mean"},{"step":"impute","columns":["bool","word"],"strategy":"mode"},
		{"step":"impute","columns":["scaled"]},
		{"step":"encode","columns":["hot","bool","word"]},{"step":"encode","method":"ordinal"},{"step":"scale","columns":["scaled","code"]}`,
		f, []string{"mean", "scaled", "hot", "bool", "flag", "word", "code"}, 0, 1, 2)
	return fitted, f
}

func stored(t testing.TB, fitted *recipe.Fitted) []byte {
	t.Helper()
	b, err := fitted.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBinaryRoundTrip(t *testing.T) {
	fitted, f := everything(t)
	b := stored(t, fitted)
	again := new(recipe.Fitted)
	if err := again.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored(t, again), b) {
		t.Error("stored again, the bytes differ")
	}
	want, wantSeen := transform(t, fitted, f, nil)
	got, gotSeen := transform(t, again, f, nil)
	for _, d := range []string{
		cmp.Diff(want.Columns(), got.Columns()), cmp.Diff(wantSeen, gotSeen),
		cmp.Diff(fitted.Names(), again.Names()), cmp.Diff(fitted.Origin(), again.Origin()), cmp.Diff(fitted.Describe(recipe.Recipe{}), again.Describe(recipe.Recipe{})),
		cmp.Diff(inputs(fitted), inputs(again)), cmp.Diff(pickled(t, fitted), pickled(t, again)),
	} {
		if d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
	if fitted.Rows() != again.Rows() {
		t.Errorf("rows = %d, want %d", again.Rows(), fitted.Rows())
	}
}

type plainInput struct {
	Name, DType string
	Kind        frame.Kind
	Levels      []string
}

func inputs(f *recipe.Fitted) []plainInput {
	var out []plainInput
	for _, in := range f.Inputs() {
		out = append(out, plainInput{in.Name, in.DType, in.Kind, in.Levels})
	}
	return out
}

func pickled(t testing.TB, f *recipe.Fitted) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pickle.Write(&b, f.Sklearn()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnmarshalRefuses(t *testing.T) {
	fitted, _ := everything(t)
	b := stored(t, fitted)
	for n := range b {
		if err := new(recipe.Fitted).UnmarshalBinary(b[:n]); err == nil {
			t.Fatalf("%d of %d bytes were read without an error", n, len(b))
		}
	}
	if err := new(recipe.Fitted).UnmarshalBinary(append(slices.Clone(b), 0)); err == nil {
		t.Error("a byte too many was read without an error")
	}
	b[0] = 99
	if err := new(recipe.Fitted).UnmarshalBinary(b); err == nil {
		t.Error("another version was read without an error")
	}
}

// FuzzUnmarshal checks that whatever can be read can also be used.
func FuzzUnmarshal(f *testing.F) {
	fitted, table := everything(f)
	f.Add(stored(f, fitted))
	methods, _ := everyMethod(f)
	f.Add(stored(f, methods))
	f.Add([]byte{1, 0, 0, 0})
	prepared, _ := learn(f, table, []float64{0, 1, 2, 1}, 3, parse(f, `{"steps":[{"step":"treat_as_missing","columns":["mean"],"values":["2"]},
		{"step":"set_kind","columns":["hot"],"kind":"boolean"},{"step":"drop_duplicates"},
		{"step":"encode","columns":["word","code"],"method":"target"},{"step":"encode"},{"step":"scale"},
		{"step":"variance_threshold"},{"step":"polynomial","columns":["mean","scaled"]},{"step":"select_best","k":6},{"step":"pca","n_components":2}]}`).Steps...)
	f.Add(stored(f, prepared))
	f.Fuzz(func(t *testing.T, b []byte) {
		got := new(recipe.Fitted)
		if got.UnmarshalBinary(b) != nil {
			return
		}
		got.Describe(recipe.Recipe{})
		if n := len(got.Names()); n != len(got.Origin()) {
			t.Fatalf("%d names, %d origins", n, len(got.Origin()))
		}
		x, _, err := got.Transform(table, nil)
		if err == nil && x.Cols != len(got.Names()) {
			t.Fatalf("%d names for %d columns", len(got.Names()), x.Cols)
		}
		for j := 0; err == nil && !got.Native() && j < len(x.Blocks); j++ {
			for _, v := range x.Blocks[j].Dense {
				if v-v != 0 {
					t.Fatalf("block %d holds %v", j, v)
				}
			}
		}
		pickled(t, got)
	})
}

// TestSklearnBranches checks how columns are grouped: the values are compared
// with scikit-learn's where that is installed.
func TestSklearnBranches(t *testing.T) {
	fitted, _ := everything(t)
	attrs := map[string]pickle.Value{}
	for _, a := range fitted.Sklearn().Attrs {
		attrs[a.Name] = a.Value
	}
	type group struct {
		name    string
		class   string
		columns []pickle.Value
	}
	var got []group
	for _, b := range attrs["transformers_"].(pickle.List) {
		b := b.(pickle.Tuple)
		got = append(got, group{b[0].(string), b[1].(*pickle.Object).Class.Name, b[2].(pickle.List)})
	}
	want := []group{
		{"mean", "Pipeline", []pickle.Value{"mean"}},
		{"median_scale", "Pipeline", []pickle.Value{"scaled"}},
		{"one_hot", "Pipeline", []pickle.Value{"hot"}},
		{"most_frequent_one_hot", "Pipeline", []pickle.Value{"bool"}},
		{"ordinal", "OrdinalEncoder", []pickle.Value{"flag"}},
		{"most_frequent_one_hot_2", "Pipeline", []pickle.Value{"word"}},
		{"ordinal_scale", "Pipeline", []pickle.Value{"code"}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(group{})); diff != "" {
		t.Errorf("branches (-want +got):\n%s", diff)
	}
	if got, want := attrs["output_indices_"].(pickle.Dict)[2].Value, (pickle.Slice{Start: 2, Stop: 4}); got != want {
		t.Errorf("columns of the third branch = %v, want %v", got, want)
	}
}
