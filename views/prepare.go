package views

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// PreparePage is /prepare.
type PreparePage struct {
	Problem     *Problem
	Said        *Said  // what was done just now; nil if nothing was
	Strip       string // "Learned from 712 training rows; 179 test rows set aside."
	StripNote   string // on demand: why the test rows take no part
	Steps       []RecipeStep
	Suits       []Option     // sent as for: the kinds of algorithm that the recipe is suggested for
	Suggestions []Suggestion // none: the recipe covers what the data needs
	Families    []StepFamily // the forms that add a step
	Editing     *StepForm    // the step that is being changed; nil otherwise
	History     []Version    // the oldest first; fewer than 2 are not shown
	Undo        string       // what POST /prepare/version takes to undo the last edit; empty if there is none
	Redo        string       // and to do it again
	Prepared    string       // "712 training rows and 179 test rows, 19 columns": what the CSV holds; empty without one
	Before      *Table       // the affected columns as they are; nil without steps
	After       *Table       // and as a learner is fed them
	PreviewNote string       // "First 5 of 712 training rows, the 4 columns that change."
	Widths      string       // "14 columns become 19."; may be empty
}

// Said tells what an edit of the recipe did.
type Said struct {
	At    string // where it stands: AtRecipe, AtChange, AtSuggested, or one of AtSuggestion and AtForm
	Text  string // "Added: fill missing values."
	Place string // "It is step 3 of 4"; empty if it is of no one step
	Href  string // leads to that step
	Label string // "Undo" or "Redo"
	Done  string // what POST /prepare/version takes to do that; empty if it cannot
}

// The places of the page where an edit is made, and told. Their forms send them
// as from.
const (
	AtRecipe    = "recipe"
	AtChange    = "change"
	AtSuggested = "suggested"
)

// AtSuggestion is the place of a suggestion, by its index in the list.
func AtSuggestion(i int) string { return AtSuggested + "-" + strconv.Itoa(i) }

// AtForm is the place of the form that adds a step of that name.
func AtForm(step string) string { return "add-" + step }

func (s *Said) at(place string) bool { return s != nil && s.At == place }

// RecipeStep is a step of the recipe.
type RecipeStep struct {
	Index   string   // as POST /prepare/remove takes it: its place, from 0, and after a point what may mark the recipe
	Title   string   // "Fill missing values with the median"
	Columns string   // "age" or "all 5 columns with missing values"
	Learned []string // "age: 28 where missing": what it learned from the training rows
	Refusal string   // why it cannot be done as it stands; may be empty
	First   bool     // no step comes before it
	Last    bool     // and none after it
	Mark    string   // "new", "changed" or "moved" if it was so just now, else empty
	Moved   string   // "up" or "down" if it was moved just now, else empty
}

// Version is a state of the recipe that can be gone back to.
type Version struct {
	Done    string // as POST /prepare/version takes it
	What    string // "Added: fill missing values"
	Current bool
	Undone  bool
}

// StepFamily is a group of steps.
type StepFamily struct {
	Title string // Missing values
	Open  bool   // one of its forms is in use
	Forms []StepForm
}

// names lists the steps of the family.
func (f StepFamily) names() string {
	titles := make([]string, len(f.Forms))
	for i, form := range f.Forms {
		titles[i] = form.Title
	}
	return strings.Join(titles, ", ")
}

// Suggestion is a step that the data asks for.
type Suggestion struct {
	Title   string
	Columns string
	Reason  string
	Hidden  []Hidden // the form of POST /prepare that adds this step alone
}

// StepForm adds or changes one step.
type StepForm struct {
	Step    string // sent as step: impute
	Index   string // of the step that it changes, as RecipeStep has it; empty where it adds one
	Title   string // Missing values
	When    string // one line: when to use it
	Cost    string // one line: what it costs
	Fields  []Field
	Columns []Check // sent as columns; none chosen is all it applies to
	Names   string  // what was typed of column names, where there are too many for a list
	ByName  bool    // there are too many columns for a list
	Named   bool    // columns must be chosen
	Blamed  bool    // the choice of columns was refused
	Whole   bool    // it is done to the table, and not to columns
	Open    bool
	Preview *StepPreview // what it would do; nil until asked
}

// Check is a box to tick.
type Check struct {
	Value, Label string
	Note         string // the column's kind
	Checked      bool
}

// StepPreview shows what one step does.
type StepPreview struct {
	Refusal string // why it cannot be done; the rest is then empty
	Says    string // "Changes 177 values in 1 column."
	Before  *Table
	After   *Table
}

// id tells apart the inputs of one name in the forms of a page.
func (f StepForm) id() string {
	if f.Index != "" {
		return "change-" + f.Step
	}
	return f.Step
}

// from is the place of the form.
func (f StepForm) from() string {
	if f.Index != "" {
		return AtChange
	}
	return AtForm(f.Step)
}

// chosen says which columns are ticked.
func (f StepForm) chosen() string {
	n := 0
	for _, c := range f.Columns {
		if c.Checked {
			n++
		}
	}
	switch {
	case n == 0 && f.Named:
		return "none yet"
	case n == 0:
		return "all it applies to"
	}
	return Plural(n, "column")
}

// listed reports whether the list of columns is open.
func (f StepForm) listed() bool {
	return f.Named || f.Blamed || slices.ContainsFunc(f.Columns, func(c Check) bool { return c.Checked })
}

// none says what it means to choose no columns.
func (f StepForm) none() string {
	if f.Named {
		return "one at least"
	}
	return "none means all it applies to"
}

// refusedID is the id of the first input that was refused; empty where none was.
func (f StepForm) refusedID() string {
	for _, x := range f.Fields {
		if x.Refusal != "" {
			return x.ID()
		}
	}
	if f.Blamed {
		return f.columnsID()
	}
	return ""
}

// RefusedHref leads to the first input that was refused; empty where none was.
func (f StepForm) RefusedHref() string {
	if id := f.refusedID(); id != "" {
		return "#" + id
	}
	return ""
}

// columnsID is the id of where columns are chosen.
func (f StepForm) columnsID() string {
	if f.ByName {
		return "f-" + f.id() + "-names"
	}
	return "f-" + f.id() + "-columns"
}

// action is where the form is sent.
func (f StepForm) action() string {
	if f.Index != "" {
		return "/prepare/change"
	}
	return "/prepare"
}

// place is the number of the step that the form changes, from 1.
func (f StepForm) place() string { return placeOf(f.Index) }

// anchor lets links lead to a step that can be edited.
func (s RecipeStep) anchor() templ.Attributes {
	if place := placeOf(s.Index); place != "" {
		return templ.Attributes{"id": "step-" + place}
	}
	return nil
}

// placeOf reads the place of a step, from 1, out of its index.
func placeOf(index string) string {
	at, _, _ := strings.Cut(index, ".")
	i, err := strconv.Atoi(at)
	if err != nil {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// previewHere makes htmx put the answer to the preview button where the
// preview is.
func previewHere(f StepForm) templ.Attributes {
	return templ.Attributes{"hx-post": "/prepare/preview", "hx-target": "#preview-" + f.id(), "hx-swap": "outerHTML"}
}

// previewFollows makes htmx ask for the preview again when the form changes.
func previewFollows(f StepForm) templ.Attributes {
	a := previewHere(f)
	a["hx-trigger"] = `change from:"closest form" delay:200ms`
	a["hx-include"] = "closest form"
	a["hx-sync"] = "closest form:abort"
	return a
}

// swapMain makes htmx post a form and put the answer into #main.
func swapMain(url string) templ.Attributes {
	return templ.Attributes{"hx-post": url, "hx-target": "#main", "hx-swap": "innerHTML"}
}
