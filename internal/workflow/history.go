package workflow

import (
	"encoding/json"
	"slices"

	"clicktrain/internal/problem"
	"clicktrain/internal/recipe"
)

// What is kept of a recipe's versions; the oldest go first, and the one that
// holds stays.
const (
	maxEdits     = 100
	maxEditBytes = 2 << 20 // of all together, written as JSON
)

// Edit is a version of the recipe and what made it.
type Edit struct {
	What   string // "Added: fill missing values with the median"
	Recipe recipe.Recipe
	size   int // bytes of the recipe as JSON
}

// edits is the history of a recipe: its versions, and which of them holds. The
// zero value is a recipe without steps that nobody has touched.
type edits struct {
	list []Edit // each was made from the one before; the first, from no steps
	at   int    // how many of them are done: list[at-1] holds
}

// current returns the recipe that holds.
func (e edits) current() recipe.Recipe {
	if e.at == 0 {
		return recipe.Recipe{}
	}
	return e.list[e.at-1].Recipe
}

// add makes r the recipe that holds. What was undone is forgotten.
func (e edits) add(what string, r recipe.Recipe) edits {
	text, _ := json.Marshal(r) // what cannot be written is not counted
	list := append(e.list[:e.at:e.at], Edit{what, r, len(text)})
	list = list[max(0, len(list)-maxEdits):]
	held := 0
	for i := len(list) - 1; i >= 0; i-- {
		if held += list[i].size; held > maxEditBytes && i < len(list)-1 {
			list = slices.Clone(list[i+1:]) // so that the rest is not held
			break
		}
	}
	return edits{list, len(list)}
}

// GoTo makes the version hold that had so many edits done, and returns how many
// were done before, and all versions.
func (w *Workspace) GoTo(done int) (was int, list []Edit, err error) {
	return w.turn(func(int) int { return done })
}

// Undo takes the last edit of the recipe back.
func (w *Workspace) Undo() error {
	_, _, err := w.turn(func(was int) int { return was - 1 })
	return err
}

// Redo does the edit again that was undone last.
func (w *Workspace) Redo() error {
	_, _, err := w.turn(func(was int) int { return was + 1 })
	return err
}

// turn makes the version hold that to chooses by how many edits are done.
func (w *Workspace) turn(to func(was int) int) (was int, list []Edit, err error) {
	w.editing.Lock()
	defer w.editing.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	was, list = w.edits.at, w.edits.list
	done := to(was)
	switch {
	case w.data == nil:
		return 0, nil, errNoData()
	case done < 0:
		return 0, nil, problem.New(problem.Conflict, "There is nothing to undo.")
	case done > len(list):
		return 0, nil, problem.New(problem.Conflict, "There is nothing to do again.")
	}
	w.edits.at = done
	return was, list, nil
}
