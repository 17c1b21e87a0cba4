package views

import "github.com/a-h/templ"

// PreparePage is /prepare.
type PreparePage struct {
	Problem     *Problem
	Strip       string // "Learned from 712 training rows; 179 test rows set aside."
	StripNote   string // on demand: why the test rows take no part
	Steps       []RecipeStep
	Suggestions []Suggestion // none: the recipe covers what the data needs
	Forms       []StepForm   // one for each family of steps
	Before      *Table       // the affected columns as they are; nil without steps
	After       *Table       // and as a learner is fed them
	PreviewNote string       // "First 5 of 712 training rows, the 4 columns that change."
	Widths      string       // "14 columns become 19."; may be empty
}

// RecipeStep is a step of the recipe.
type RecipeStep struct {
	Index   string   // as POST /prepare/remove takes it
	Title   string   // "Fill missing values with the median"
	Columns string   // "age" or "all 5 columns with missing values"
	Learned []string // "age: 28 where missing": what it learned from the training rows
	Refusal string   // why it cannot be done as it stands; may be empty
}

// Suggestion is a step that the data asks for.
type Suggestion struct {
	Title   string
	Columns string
	Reason  string
	Hidden  []Hidden // the form of POST /prepare that adds this step alone
}

// StepForm adds one step.
type StepForm struct {
	Step    string // sent as step: impute
	Title   string // Missing values
	When    string // one line: when to use it
	Cost    string // one line: what it costs
	Fields  []Field
	Columns []Option // sent as columns; the first is all it applies to
	Empty   string   // why there is nothing to do, in place of the form; may be empty
}

// columnsField is the drop-down list for the step's columns. Its id names the
// step, because every form of the page has one.
func (f StepForm) columnsField() Field {
	return Field{Name: "columns", Scope: f.Step, Label: "Columns", Type: "select", Options: f.Columns}
}

// swapMain makes htmx post a form and put the answer into #main.
func swapMain(url string) templ.Attributes {
	return templ.Attributes{"hx-post": url, "hx-target": "#main", "hx-swap": "innerHTML"}
}
