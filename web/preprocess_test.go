package web

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestRefusedRecipes sends recipes that cannot be done, by the API: the answer
// names the step, and the recipe that was there stays.
func TestRefusedRecipes(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "impute", "columns": ["age"], "strategy": "mean"}]}`).want(t, 200)
	tests := []struct {
		name, body      string
		status          int
		field, sentence string
	}{
		{"no body", ``, 400, "", ""},
		{"no JSON", `{"steps": [`, 400, "", "not JSON"},
		{"nothing to do", `{}`, 422, "steps", "nothing to do"},
		{"unknown member", `{"missing": "mean"}`, 422, "missing", "missing"},
		{"unknown strategy", `{"missing_strategy": "guess"}`, 422, "missing_strategy", "guess"},
		{"unknown encoding", `{"missing_strategy": "mean", "encoding": "morse"}`, 422, "encoding", "morse"},
		{"scaling in words", `{"missing_strategy": "mean", "scaling": "yes"}`, 422, "scaling", "boolean"},
		{"both forms", `{"missing_strategy": "mean", "steps": []}`, 422, "steps", "not both"},
		{"unknown step", `{"steps": [{"step": "polish"}]}`, 422, "steps[0].step", "polish"},
		{"no step", `{"steps": [{}]}`, 422, "steps[0].step", ""},
		{"no object", `{"steps": [3]}`, 422, "steps[0]", ""},
		{"unknown parameter", `{"steps": [{"step": "impute", "strategy": "mean", "power": 2}]}`, 422, "steps[0].power", "power"},
		{"bad parameter", `{"steps": [{"step": "scale"}, {"step": "impute", "strategy": "best"}]}`, 422, "steps[1].strategy", "strategy"},
		{"unknown column", `{"steps": [{"step": "impute", "columns": ["height"]}]}`, 422, "steps[0].columns", "height"},
		{"too many steps", `{"steps": [` + strings.Repeat(`{"step": "scale"}, `, 500) + `{"step": "scale"}]}`, 422, "steps", "at most 500"},
		{"too many components", `{"steps": [{"step": "pca", "n_components": 99}]}`, 422, "steps[0].n_components", "99"},
		{"too many of the second", `{"steps": [{"step": "impute", "columns": ["age"]}, {"step": "pca", "n_components": 99}]}`, 422, "steps[1].n_components", "99"},
		{"no such word", `{"steps": [{"step": "scale"}, {"step": "tfidf", "columns": ["town"], "min_df": 9000}]}`, 422, "steps[1].min_df", "No term is left"},
		{"mean of words", `{"steps": [{"step": "impute", "columns": ["town"], "strategy": "mean"}]}`, 422, "steps[0].strategy", "town holds text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := s.call(t, "/api/preprocessing/"+id, tt.body)
			r.told(t, tt.status, tt.sentence)
			if d := r.details(t); d.Field != tt.field {
				t.Errorf("field = %q, want %q (%s)", d.Field, tt.field, d.Detail)
			}
			if !s.held(t, id).Prepared {
				t.Error("the recipe that was there is gone")
			}
		})
	}
	s.call(t, "/api/preprocessing/"+strings.Repeat("A", 43), `{"missing_strategy": "mean"}`).told(t, 404, "There is no such session.")
}

// TestComponentsOfHugeNumbers refuses principal components of numbers whose
// variances are no numbers, rather than to look for them without an end.
func TestComponentsOfHugeNumbers(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, "a,b,c,y\n"+strings.Repeat("1e308,1e200,1,x\n-1e308,2e200,2,y\n5e-324,3e200,4,x\n-1e308,2e200,2,x\n", 20))
	s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "pca"}], "target_column": "y"}`).told(t, 422, "principal components")
	s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "pca", "columns": ["c"]}], "target_column": "y"}`).want(t, 200)
}

// TestRecipeForTarget names the target with a recipe that learns from it, which
// otherwise would be the suggested one.
func TestRecipeForTarget(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	columns := func(r response) []string {
		var got struct{ Columns []string }
		if err := json.Unmarshal([]byte(r.want(t, 200).body), &got); err != nil {
			t.Fatal(err)
		}
		return got.Columns
	}
	if got := columns(s.call(t, "/api/preprocessing/"+id, `{"steps": [], "target_column": "town"}`)); slices.Contains(got, "town") || len(got) == 0 {
		t.Errorf("prepared for town: %q", got)
	}
	for target, says := range map[string]string{"height": "height", "town": "There is no step"} {
		s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "polish"}], "target_column": "`+target+`"}`).told(t, 422, says)
	}
	s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "polish"}], "target_column": "age"}`).told(t, 422, "polish")
	if held := s.held(t, id); held.Target != "town" {
		t.Errorf("the target is %q after a refused recipe, want town", held.Target)
	}
	csv := s.get(t, "/api/preprocessing/"+id+"/prepared.csv").want(t, 200).body
	if head, _, _ := strings.Cut(csv, "\n"); !strings.HasSuffix(head, ",town") {
		t.Errorf("the prepared rows have the columns %s", head)
	}
	body := s.call(t, "/api/preprocessing/"+id, `{"steps": [{"step": "scale"}], "target_column": "income"}`).want(t, 200).body
	if strings.Contains(body, `"income"`) || !strings.Contains(body, `"age"`) {
		t.Errorf("a step that names no columns takes the target: %s", body)
	}
}

// TestPageSparesTheTarget adds a step without columns on the page, where the
// target is a number.
func TestPageSparesTheTarget(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.trainOn(t, client, 4, "decision_tree")
	for name, r := range map[string]response{
		"recipe":  s.post(t, client, "/prepare", "step=scale&columns="),
		"preview": s.post(t, client, "/prepare/preview", "step=pca&columns="),
	} {
		text := r.want(t, 200).html(t).Find(".split ol.recipe > li, #preview-pca").Text()
		if strings.Contains(text, "income") || !strings.Contains(text, "age") {
			t.Errorf("the %s says %q", name, text)
		}
	}
}

// TestOlderRecipeForm checks that the older form of each choice does what the
// steps do.
func TestOlderRecipeForm(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	for _, tt := range []struct {
		body  string
		steps []string
	}{
		{`{"missing_strategy": "mean", "encoding": "label", "scaling": true}`, []string{"impute", "encode", "scale"}},
		{`{"missing_strategy": "mode"}`, []string{"impute"}},
		{`{"missing_strategy": "drop", "scaling": false}`, []string{"drop_missing"}},
	} {
		var got struct {
			Shape   [2]int
			Columns []string
			Steps   []map[string]any
			Preview []map[string]float64
			Rows    rowCounts
		}
		if err := json.Unmarshal([]byte(s.call(t, "/api/preprocessing/"+id, tt.body).want(t, 200).body), &got); err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.steps {
			if !slices.ContainsFunc(got.Steps, func(m map[string]any) bool { return m["step"] == want }) {
				t.Errorf("%s gives the steps %v, without %s", tt.body, got.Steps, want)
			}
		}
		if got.Shape != [2]int{got.Rows.Train + got.Rows.Test, len(got.Columns)} || len(got.Preview) == 0 || len(got.Preview[0]) != len(got.Columns) {
			t.Errorf("%s: shape %v, columns %v, rows %+v, preview %v", tt.body, got.Shape, got.Columns, got.Rows, got.Preview)
		}
		if dropped := strings.Contains(tt.body, "drop"); dropped != (got.Rows.Dropped > 0) {
			t.Errorf("%s leaves out %d rows", tt.body, got.Rows.Dropped)
		}
	}
}

// TestRecipePageInTwoTabs edits a recipe on a page that another tab has made
// old: its buttons must not work on the step that now has the place.
func TestRecipePageInTwoTabs(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.post(t, client, "/prepare", "step=impute&strategy=median&columns=0").want(t, 200)
	s.post(t, client, "/prepare", "step=encode&method=ordinal&columns=1").want(t, 200)
	s.post(t, client, "/prepare", "step=scale&columns=0").want(t, 200)
	old := s.ask(t, client, "GET", "/prepare", "").want(t, 200)
	index := old.html(t).Find("form[action='/prepare/remove'] button").Eq(1).AttrOr("value", "")
	if !strings.HasPrefix(index, "1.") {
		t.Fatalf("the second step is %q", index)
	}
	s.post(t, client, "/prepare/remove", "index="+index).want(t, 200)
	now := s.ask(t, client, "GET", "/prepare/recipe.json", "").want(t, 200).body
	for path, form := range map[string]string{
		"/prepare/remove": "", "/prepare/move": "&way=up", "/prepare/change": "&step=scale&columns=0",
	} {
		s.post(t, client, path, "index="+index+form).told(t, 422, "changed meanwhile")
	}
	if got := s.post(t, client, "/prepare/preview", "index="+index+"&step=scale&columns=0").want(t, 200).body; !strings.Contains(got, "changed meanwhile") {
		t.Error("the preview of a step that is gone does not say so")
	}
	if got := s.ask(t, client, "GET", "/prepare/recipe.json", "").want(t, 200).body; got != now {
		t.Errorf("the recipe is %s, want %s", got, now)
	}
	fresh := s.ask(t, client, "GET", "/prepare", "").html(t).Find("form[action='/prepare/remove'] button").Eq(1).AttrOr("value", "")
	page := s.ask(t, client, "GET", "/prepare?change="+fresh, "").want(t, 200)
	if title := page.html(t).Find("#change-title").Text(); !strings.HasPrefix(title, "Change step 2:") {
		t.Errorf("changing the second step: %q", title)
	}
}

// TestRecipePage builds a recipe step by step, takes one out and starts anew.
func TestRecipePage(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	steps := func(r response) []string {
		var out []string
		for _, li := range r.want(t, 200).html(t).Find(".split ol.recipe > li strong").EachIter() {
			out = append(out, li.Text())
		}
		return out
	}
	want := func(what string, r response, titles ...string) {
		t.Helper()
		if got := steps(r); !slices.Equal(got, titles) {
			t.Errorf("after %s the recipe is %q, want %q", what, got, titles)
		}
	}
	const fill, codes, scale = "Fill missing values: the median", "Encode categories: codes 0, 1, 2 … (label)", "Scale numbers: mean 0, standard deviation 1 (standard)"
	want("nothing", s.ask(t, client, "GET", "/prepare", ""))
	want("a step", s.post(t, client, "/prepare", "step=impute&strategy=median&columns=0"), fill)
	want("another", s.post(t, client, "/prepare", "step=encode&method=ordinal&columns=1"), fill, codes)
	want("a third", s.post(t, client, "/prepare", "step=scale&columns="), fill, codes, scale)
	want("taking one out", s.post(t, client, "/prepare/remove", "index=1"), fill, scale)
	want("taking out one that is gone", s.post(t, client, "/prepare/remove", "index=7"), fill, scale)
	want("taking out nonsense", s.post(t, client, "/prepare/remove", "index=x"), fill, scale)
	r := s.post(t, client, "/prepare/suggest", "", "HX-Request: true").want(t, 200)
	if r.html(t).Find(".suggested ul.rows").Length() != 0 || len(steps(r)) <= 2 || r.html(t).Find("header.top").Length() != 0 {
		t.Errorf("after the suggestions: %q", steps(r))
	}
	want("all were taken out", s.post(t, client, "/prepare/reset", ""))
	want("that was undone", s.post(t, client, "/prepare/version", "done=5"), steps(r)...)
	want("all edits but three were undone", s.post(t, client, "/prepare/version", "done=3"), fill, codes, scale)
	want("a step moved up", s.post(t, client, "/prepare/move", "index=1&way=up"), codes, fill, scale)
	want("the first moved up", s.post(t, client, "/prepare/move", "index=0&way=up"), codes, fill, scale)
	want("a step moved down", s.post(t, client, "/prepare/move", "index=1&way=down"), codes, scale, fill)
	want("a step changed", s.post(t, client, "/prepare/change", "index=2&step=impute&strategy=mean&columns=0"), codes, scale, "Fill missing values: the mean")
	r = s.post(t, client, "/prepare/change", "index=9&step=impute").want(t, 422)
	r.told(t, 422, "changed meanwhile")
	r = s.ask(t, client, "GET", "/prepare?change=2", "").want(t, 200)
	if v, _ := r.html(t).Find("#change select[name=strategy] option[selected]").Attr("value"); v != "mean" {
		t.Errorf("the form that changes a step has the strategy %q", v)
	}
	if _, ticked := r.html(t).Find("#change input[name=columns][value='0']").Attr("checked"); !ticked {
		t.Error("the form that changes a step does not tick its column")
	}
	if n := r.html(t).Find("details ol.rows > li").Length(); n != 7 {
		t.Errorf("the history has %d versions, want 7: no steps and 6 edits", n)
	}
}

// TestStepPreview asks what a step would do, with and without htmx: the recipe
// stays as it is.
func TestStepPreview(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	form := "step=impute&strategy=most_frequent&columns=1"
	whole := s.post(t, client, "/prepare/preview", form).want(t, 200)
	part := s.post(t, client, "/prepare/preview", form, "HX-Request: true").want(t, 200)
	for what, r := range map[string]response{"whole": whole, "part": part} {
		box := r.html(t).Find("#preview-impute")
		if text := box.Text(); !strings.Contains(text, "Changes:") || !strings.Contains(text, "1 column") || box.Find("table").Length() != 2 {
			t.Errorf("%s: the preview says %q", what, text)
		}
	}
	if part.html(t).Find("h1").Length() != 0 || whole.html(t).Find("details[open] #preview-impute").Length() != 1 {
		t.Error("the part is a page, or the page does not open the form")
	}
	if whole.html(t).Find(".split ol.recipe > li").Length() != 0 {
		t.Error("a preview changes the recipe")
	}
	if text := s.post(t, client, "/prepare/preview", "step=impute&strategy=mean&columns=1", "HX-Request: true").want(t, 200).html(t).Find(".refusal").Text(); !strings.Contains(text, "town") {
		t.Errorf("a step that cannot be done is refused with %q", text)
	}
	s.post(t, client, "/prepare/preview", "step=polish").told(t, 404, "no such step")
}

// TestRecipeFile saves a recipe, loads it into another session, and refuses
// what is none.
func TestRecipeFile(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.post(t, client, "/prepare", "step=impute&strategy=mean&columns=0").want(t, 200)
	saved := s.ask(t, client, "GET", "/prepare/recipe.json", "").want(t, 200)
	if got := saved.Header.Get("Content-Disposition"); !strings.Contains(got, "recipe.json") {
		t.Errorf("Content-Disposition = %q", got)
	}
	other := s.load(t, people())
	load := func(body string) response {
		return s.ask(t, other, "POST", "/prepare/load", "--x\r\nContent-Disposition: form-data; name=\"recipe\"; filename=\"r.json\"\r\n\r\n"+body+"\r\n--x--\r\n", "Content-Type: multipart/form-data; boundary=x")
	}
	if text := load(saved.body).want(t, 200).html(t).Find(".split ol.recipe").Text(); !strings.Contains(text, "the mean") {
		t.Errorf("the loaded recipe is %q", text)
	}
	for body, sentence := range map[string]string{
		"": "No file was chosen", "no": "not JSON", `{"steps": 3}`: "no recipe", `{}`: "no recipe", `{"steps": [], "name": "mine"}`: "no recipe",
		strings.Repeat("[", 50) + strings.Repeat("]", 50): "deeper than 32", `{"steps": [], "steps": []}`: "there twice", `{"steps": [{"step": "polish"}]}`: "polish", `{"steps": [{"step": "scale", "columns": ["height"]}]}`: "height",
	} {
		load(body).told(t, 422, sentence)
	}
	if text := s.ask(t, other, "GET", "/prepare", "").html(t).Find(".split ol.recipe").Text(); !strings.Contains(text, "the mean") {
		t.Errorf("after refusals the recipe is %q", text)
	}
}

// TestPreparedCSV downloads the prepared rows: every row of the file once,
// with the target, and nothing that a spreadsheet would run.
func TestPreparedCSV(t *testing.T) {
	s := newStepSite(t)
	const csv = "=a,b,say\n1,x,=1+1\n2,y,-5\n,x,@b\n4,y,=1+1\n5,x,-5\n6,y,@b\n7,x,=1+1\n8,y,-5\n9,x,@b\n10,y,=1+1\n11,x,-5\n12,y,@b\n"
	id := s.open(t, csv)
	r := s.get(t, "/api/preprocessing/"+id+"/prepared.csv").want(t, 200)
	lines := strings.Split(strings.TrimSpace(r.body), "\n")
	if len(lines) != 13 || !strings.HasPrefix(lines[0], "part,'=a,") {
		t.Fatalf("the prepared rows are\n%s", r.body)
	}
	parts := map[string]int{}
	for _, l := range lines[1:] {
		cells := strings.Split(l, ",")
		parts[cells[0]]++
		if last := cells[len(cells)-1]; strings.HasPrefix(last, "=") || strings.HasPrefix(last, "@") {
			t.Errorf("a spreadsheet would run %q", l)
		}
	}
	if parts["train"]+parts["test"] != 12 || parts["test"] == 0 {
		t.Errorf("the parts are %v", parts)
	}
	if raw := s.get(t, "/api/preprocessing/"+id+"/prepared.csv?escape=none").want(t, 200).body; !strings.Contains(raw, ",=1+1\n") {
		t.Errorf("with escape=none the prepared rows are\n%s", raw)
	}
}

// TestRecipeHistoryAPI undoes and does again through the API.
func TestRecipeHistoryAPI(t *testing.T) {
	s := newStepSite(t)
	id := s.open(t, people())
	at := "/api/preprocessing/" + id
	stored := func(r response) (out storedRecipe) {
		t.Helper()
		if err := json.Unmarshal([]byte(r.want(t, 200).body), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	s.call(t, at+"/undo", "").told(t, 409, "nothing to undo")
	s.call(t, at, `{"steps": [{"step": "impute", "columns": ["age"], "strategy": "mean"}]}`).want(t, 200)
	got := stored(s.get(t, at))
	if len(got.Steps) != 1 || len(got.History) != 1 || got.Done != 1 || len(got.Suggested) == 0 {
		t.Errorf("the stored recipe is %+v", got)
	}
	if got := stored(s.call(t, at+"/undo", "")); len(got.Steps) != 0 || got.Done != 0 || len(got.History) != 1 {
		t.Errorf("after undo: %+v", got)
	}
	if got := stored(s.call(t, at+"/redo", "")); len(got.Steps) != 1 || got.Done != 1 {
		t.Errorf("after redo: %+v", got)
	}
	s.call(t, at+"/redo", "").told(t, 409, "nothing to do again")
}

// TestRefusedStep sends a step that cannot be done by the page: it says why,
// and the recipe stays.
func TestRefusedStep(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, people())
	s.post(t, client, "/prepare", "step=impute&strategy=median&columns=0").want(t, 200)
	for form, sentence := range map[string]string{
		"step=polish": "polish", "step=impute&strategy=best": "strategy", "step=impute&strategy=mean&columns=1": "town",
		"step=impute&columns=99": "There is no such column.", "step=impute&columns=x": "There is no such column.", "": "",
	} {
		r := s.post(t, client, "/prepare", form)
		r.told(t, 422, sentence)
		if n := r.html(t).Find("main .split ol.recipe > li").Length(); n != 1 {
			t.Errorf("after %q the recipe has %d steps", form, n)
		}
	}
}
