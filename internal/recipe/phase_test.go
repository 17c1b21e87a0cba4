package recipe_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"

	"github.com/google/go-cmp/cmp"
)

// TestPhases checks that steps happen in the order in which they are listed,
// and that another order is refused with what to move.
func TestPhases(t *testing.T) {
	f := people(t)
	ordered := `{"step":"drop_columns","columns":["zero"]},{"step":"drop_missing","columns":["age"]},{"step":"encode"},{"step":"select_best"},{"step":"smote"}`
	if _, err := parse(t, `{"steps":[`+ordered+`]}`).Resolve(f, steps); err != nil {
		t.Errorf("in order: %v", err)
	}
	for _, tt := range []struct{ steps, message, hint string }{
		{`{"step":"drop_missing","columns":["age"]},{"step":"drop_columns","columns":["zero"]}`, "so it comes before step 1 (Leave out rows with missing values)", "Move step 2 above step 1."},
		{`{"step":"encode"},{"step":"pca"},{"step":"scale"}`, "so it comes before step 2 (Principal components (PCA))", "Move step 3 above step 2."},
		{`{"step":"smote"},{"step":"pca"}`, "step 1 (Make rows of rare classes (SMOTE))", "Move step 2 above step 1."},
	} {
		_, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(f, steps)
		if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, tt.message) || p.Hint != tt.hint || !strings.HasSuffix(p.Field, ".step") {
			t.Errorf("%s: %v, want %q and %q", tt.steps, err, tt.message, tt.hint)
		}
	}
	for _, tt := range []struct{ steps, message string }{
		{`{"step":"drop_columns"}`, "does not say for which columns"},
		{`{"step":"smote","columns":["age"]}`, "works on rows"},
		{`{"step":"drop_columns","columns":["age"]},{"step":"scale","columns":["age"]}`, "Step 1 leaves age out"},
		{`{"step":"set_kind","columns":["sex"],"kind":"numeric"}`, "No value of sex can be read as numeric"},
		{`{"step":"set_kind","columns":["born"]}`, "holds dates"},
		{`{"step":"treat_as_missing","columns":["sex"],"values":["f","m"]}`, "Nothing would be left of sex"},
		{`{"step":"treat_as_missing","columns":["sex"]}`, "No value is named"},
	} {
		_, err := parse(t, `{"steps":[`+tt.steps+`]}`).Resolve(f, steps)
		if p, ok := problem.As(err); !ok || !strings.Contains(p.Message, tt.message) || p.Hint == "" {
			t.Errorf("%s: %v, want a problem with %q and a hint", tt.steps, err, tt.message)
		}
	}
}

func TestInsert(t *testing.T) {
	names := func(r recipe.Recipe) string {
		var out []string
		for _, s := range r.Steps {
			out = append(out, s.Name)
		}
		return strings.Join(out, " ")
	}
	r := parse(t, `{"steps":[{"step":"drop_missing"},{"step":"impute"},{"step":"scale"},{"step":"pca"}]}`)
	for _, tt := range []struct{ step, want string }{
		{"drop_columns", "drop_columns drop_missing impute scale pca"},
		{"drop_outliers", "drop_missing drop_outliers impute scale pca"},
		{"encode", "drop_missing impute scale encode pca"},
		{"smote", "drop_missing impute scale pca smote"},
	} {
		if got := names(r.Insert(recipe.Step{Name: tt.step}, steps)); got != tt.want {
			t.Errorf("Insert(%s) = %s, want %s", tt.step, got, tt.want)
		}
	}
	if names(r) != "drop_missing impute scale pca" {
		t.Errorf("Insert changed the recipe to %s", names(r))
	}
}

// TestCompletePutsStepsWhereTheyBelong checks that what is added stands among
// the steps on columns.
func TestCompletePutsStepsWhereTheyBelong(t *testing.T) {
	f := people(t)
	r := parse(t, `{"steps":[{"step":"drop_missing","columns":["size"]},{"step":"polynomial","columns":["age"]},{"step":"random_over"}]}`)
	full, _ := r.Complete(f, []string{"age", "size", "sex"}, steps, recipe.Want{Scale: true})
	var got []string
	for _, s := range full.Steps {
		got = append(got, s.Name)
	}
	if want := []string{"drop_missing", "impute", "encode", "scale", "polynomial", "random_over"}; !slices.Equal(got, want) {
		t.Errorf("completed to %q, want %q", got, want)
	}
	if _, err := full.Resolve(f, steps); err != nil {
		t.Errorf("what Complete returns: %v", err)
	}
}

func TestChanges(t *testing.T) {
	nan := math.NaN()
	f := frame.New(
		column(t, "n", frame.Numeric, 1.0, -999.0, 0.0, 3.0, nil),
		column(t, "mixed", frame.Category, "1", "x", "2.5", nil, "x"),
		column(t, "yes", frame.Category, "yes", "no", "maybe", nil, "yes"),
		column(t, "gone", frame.Numeric, 1.0, 2.0, 3.0, 4.0, 5.0),
	)
	fitted, d, err := tryLearn(t, f, []float64{0, 1, 0, 1, 0}, 2, parse(t, `{"steps":[{"step":"drop_columns","columns":["gone"]},
		{"step":"treat_as_missing","columns":["n"],"values":["-999"]},{"step":"set_kind","columns":["mixed"],"kind":"numeric"},
		{"step":"set_kind","columns":["yes"],"kind":"boolean"},{"step":"impute","columns":["n","mixed"],"strategy":"mean"},
		{"step":"impute","strategy":"most_frequent","columns":["yes"]},{"step":"encode","method":"ordinal","columns":["yes"]}]}`).Steps...)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]float64{}
	for j, name := range fitted.Names() {
		got[name] = d.X.Columns()[j]
	}
	want := map[string][]float64{"n": {1, 4. / 3, 0, 3, 4. / 3}, "mixed": {1, 1.75, 2.5, 1.75, 1.75}, "yes": {1, 0, 1, 1, 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	if left := fitted.Left(); len(left) != 1 || left[0].Column != "gone" {
		t.Errorf("left out %v, want gone", left)
	}
	if f.Columns[0].Num[1] != -999 || f.Columns[1].Levels[0] != "1" {
		t.Error("the table changed")
	}
	again := new(recipe.Fitted)
	if err := again.UnmarshalBinary(stored(t, fitted)); err != nil {
		t.Fatal(err)
	}
	x, _ := transform(t, again, f, []int{1, 4})
	for j, name := range again.Names() {
		if w := []float64{want[name][1], want[name][4]}; !slices.Equal(x.Columns()[j], w) {
			t.Errorf("%s stored and read: %v, want %v", name, x.Columns()[j], w)
		}
	}
	for _, in := range fitted.Inputs() {
		num, ok, err := in.Numbers(f.Column(in.Name), nil)
		if err != nil || ok != (in.Name != "yes") || in.Name == "n" && !slices.EqualFunc(num, []float64{1, nan, 0, 3, nan}, func(a, b float64) bool { return a == b || a != a && b != b }) {
			t.Errorf("%s as numbers: %v, %t, %v", in.Name, num, ok, err)
		}
	}
}

// TestFeaturesAfterSteps checks that a step can make a column usable, or not.
func TestFeaturesAfterSteps(t *testing.T) {
	f := people(t)
	r := parse(t, `{"steps":[{"step":"drop_columns","columns":["age"]},{"step":"set_kind","columns":["story"],"kind":"category"}]}`)
	use, left := r.Features(f, "size", steps)
	if !slices.Contains(use, "story") || slices.Contains(use, "age") || slices.Contains(use, "born") {
		t.Errorf("used %q", use)
	}
	if i := slices.IndexFunc(left, func(l recipe.Left) bool { return l.Column == "age" }); i < 0 || !strings.Contains(left[i].Reason, "step") {
		t.Errorf("left out %v, want age because of a step", left)
	}
}
