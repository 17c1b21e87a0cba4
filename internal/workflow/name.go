package workflow

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clicktrain/internal/problem"
)

// MaxRunName is the most characters of a run's name.
const MaxRunName = 60

// Name returns what the person calls the run; empty where they have not said.
func (r *Run) Name() string {
	r.workspace.mu.Lock()
	defer r.workspace.mu.Unlock()
	return r.name
}

// Rename sets the run's name, without blanks around it; an empty one takes it
// back. Characters that show nothing or turn the direction of the text are
// refused, and more than MaxRunName.
func (r *Run) Rename(name string) error {
	name = strings.TrimSpace(name)
	switch {
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unseen):
		return problem.Field("name", "The name has characters that cannot be shown.").WithHint("Use letters, digits and signs on one line.")
	case utf8.RuneCountInString(name) > MaxRunName:
		return problem.Field("name", "The name has %d characters; at most %d are kept.", utf8.RuneCountInString(name), MaxRunName).WithHint("Choose a shorter one.")
	}
	r.workspace.mu.Lock()
	defer r.workspace.mu.Unlock()
	if !slices.Contains(r.workspace.runs, r) {
		return errNoRun()
	}
	r.name = name
	return nil
}

// unseen reports whether a character shows nothing or hides others. The joiner
// is let through: it makes one sign of several.
func unseen(r rune) bool {
	const joiner = '\u200d'
	return r != joiner && (r == unicode.ReplacementChar || !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r))
}

// Remove forgets a run that is over and frees what it made. One that goes on
// has to be cancelled first.
func (r *Run) Remove() error {
	w := r.workspace
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.runs, r)
	if i < 0 {
		return errNoRun()
	}
	if !r.State().State.Over() {
		return problem.New(problem.Conflict, "The run goes on.").WithHint("Cancel it first.")
	}
	w.drop(i)
	return nil
}
