package workflow

import (
	"strconv"
	"strings"
	"testing"

	"clicktrain/internal/recipe"
)

// TestHistory undoes and does again edits of a recipe: each version comes back
// as it was, and an edit after an undo forgets what was undone.
func TestHistory(t *testing.T) {
	version := func(n int) recipe.Recipe {
		return recipe.Recipe{Steps: []recipe.Step{{Name: strconv.Itoa(n)}}}
	}
	w := &Workspace{state: state{data: new(Data)}}
	holds := func(what, want string) {
		t.Helper()
		got := ""
		if r, _, err := w.Recipe(); err != nil {
			t.Fatal(err)
		} else if len(r.Steps) > 0 {
			got = r.Steps[0].Name
		}
		if got != want {
			t.Errorf("%s: recipe %q holds, want %q", what, got, want)
		}
	}
	holds("at first", "")
	if w.Undo() == nil {
		t.Error("what was never done is undone")
	}
	for n := 1; n <= 3; n++ {
		w.edits = w.edits.add("edit", version(n))
	}
	holds("after 3 edits", "3")
	for _, want := range []string{"2", "1", ""} {
		if err := w.Undo(); err != nil {
			t.Fatal(err)
		}
		holds("undone", want)
	}
	if err := w.Redo(); err != nil {
		t.Fatal(err)
	}
	holds("done again", "1")
	kept, _, _ := w.History()
	w.edits = w.edits.add("edit", version(9))
	holds("edited after an undo", "9")
	if w.Redo() == nil {
		t.Error("what was undone before an edit is done again")
	}
	if kept[1].Recipe.Steps[0].Name != "2" {
		t.Errorf("an edit changes the history that was told: %v", kept)
	}
	if err := w.Reset(); err != nil {
		t.Fatal(err)
	}
	holds("reset", "")
	if err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	holds("reset undone", "9")
	for n := range 2 * maxEdits {
		w.edits = w.edits.add("edit", version(n))
	}
	if list, done, _ := w.History(); len(list) != maxEdits || done != maxEdits {
		t.Errorf("%d of %d edits are kept, want %d", done, len(list), maxEdits)
	}
	holds("after many edits", strconv.Itoa(2*maxEdits-1))
}

// TestLargeHistory bounds what is held of recipes by their size: the oldest go,
// and the one that holds stays, however large.
func TestLargeHistory(t *testing.T) {
	version := func(n, size int) recipe.Recipe {
		return recipe.Recipe{Steps: []recipe.Step{{Name: strconv.Itoa(n) + strings.Repeat("x", size)}}}
	}
	var e edits
	for n := range 20 {
		e = e.add("edit", version(n, maxEditBytes/8))
	}
	if len(e.list) != 7 || e.at != 7 || !strings.HasPrefix(e.current().Steps[0].Name, "19x") {
		t.Errorf("%d edits of an eighth of the limit are kept, %d of them done; want 7", len(e.list), e.at)
	}
	if e = e.add("edit", version(20, 2*maxEditBytes)); len(e.list) != 1 || !strings.HasPrefix(e.current().Steps[0].Name, "20x") {
		t.Errorf("of an edit over the limit and those before, %d are kept", len(e.list))
	}
}
