package views

import (
	"strconv"

	"github.com/a-h/templ"
)

// Shell is what every page shares: everything around its body.
type Shell struct {
	Title    string  // the page's own title, without the product's name
	Step     string  // the wizard's step this page belongs to, as in Steps; may be empty
	FileName string  // the loaded file's name; empty when nothing is loaded
	Steps    []Step  // the stepper, in order; see NewSteps
	Theme    string  // "system", "light" or "dark"; anything else is system
	Flashes  []Flash // messages to show once
	Path     string  // this page's path and query; the theme switch comes back to it
	Version  string  // the program's version, for the footer
	Refresh  int     // seconds after which a page without scripts reloads; 0 is never
	Refused  bool    // the page redraws a refused form: the title starts with "Error:"
	Idle     int     // seconds without a request after which the data is dropped; 0 is unknown
}

// Flash is a message that is shown once, on the next page.
type Flash struct {
	Bad   bool // something went wrong; otherwise it is a confirmation
	Heard bool // only screen readers tell it: the page shows what it says
	Text  string
}

// StepState says where a step of the wizard stands.
type StepState string

// The states of a step.
const (
	StepDone     StepState = "done"
	StepHere     StepState = "here"
	StepPossible StepState = "possible"
	StepLater    StepState = "later" // not possible yet; Why says why
)

// Step is one entry of the stepper.
type Step struct {
	Name  string // Data, Explore, Prepare, Train, Results, Download
	URL   string
	State StepState
	Why   string // for StepLater: what has to happen first, "Load a file first."
}

// Progress is how far the session has come, from which NewSteps derives the
// stepper.
type Progress struct {
	Here     string // the step being shown, or empty
	Loaded   bool   // a file is loaded
	Explored bool   // the Explore page was opened
	Prepared bool   // the recipe has at least one step
	Trained  bool   // at least one run finished
	Saved    bool   // the model was downloaded
}

// NewSteps returns the stepper for a session that has come that far.
func NewSteps(p Progress) []Step {
	const load, train = "Load a file first.", "Train a model first."
	steps := []Step{
		{Name: "Data", URL: "/", State: state(true, p.Loaded)},
		{Name: "Explore", URL: "/explore", State: state(p.Loaded, p.Explored), Why: load},
		{Name: "Prepare", URL: "/prepare", State: state(p.Loaded, p.Prepared), Why: load},
		{Name: "Train", URL: "/train", State: state(p.Loaded, p.Trained), Why: load},
		{Name: "Results", URL: "/results", State: state(p.Trained, p.Trained), Why: train},
		{Name: "Download", URL: "/download", State: state(p.Trained, p.Saved), Why: train},
	}
	for i := range steps {
		if steps[i].Name == p.Here {
			steps[i].State = StepHere
		}
		if steps[i].State != StepLater {
			steps[i].Why = ""
		}
	}
	return steps
}

// OfRun has the steps that show a run show the one of that number.
func (s *Shell) OfRun(number string) {
	for i, step := range s.Steps {
		if step.Name == "Results" || step.Name == "Download" {
			s.Steps[i].URL = RunURL(step.URL, number)
		}
	}
}

func state(possible, done bool) StepState {
	switch {
	case done:
		return StepDone
	case possible:
		return StepPossible
	}
	return StepLater
}

// word is the state in words, for those who do not see the mark.
func (s StepState) word() string {
	switch s {
	case StepDone:
		return "done"
	case StepHere:
		return "you are here"
	case StepPossible:
		return "possible now"
	}
	return "not yet"
}

// documentTitle is the text of the title element.
func (s Shell) documentTitle() string {
	title := s.Title + " · ClickTrain"
	if s.Refused {
		return "Error: " + title
	}
	return title
}

// theme is one of the three themes.
func (s Shell) theme() string {
	if s.Theme == "light" || s.Theme == "dark" {
		return s.Theme
	}
	return "system"
}

func (s Shell) refresh() string { return strconv.Itoa(s.Refresh) }

func (s Shell) idle() string { return strconv.Itoa(s.Idle) }

// themes are the theme switch's buttons, in order.
var themes = [...]string{"system", "light", "dark"}

// colorScheme tells the browser which of its own colors to use.
func (s Shell) colorScheme() string {
	if t := s.theme(); t != "system" {
		return t
	}
	return "light dark"
}

func (s Shell) pressed(theme string) string { return strconv.FormatBool(s.theme() == theme) }

// htmxConfig keeps htmx from storing pages in the browser, from adding styles,
// and from running scripts.
const htmxConfig = `{"history":"reload","includeIndicatorCSS":false,"defaultTimeout":60000}`

// oob marks an element of a partial that replaces its namesake in the page.
func oob(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"hx-swap-oob": "outerMorph"}
}

func current(s StepState) templ.Attributes {
	if s != StepHere {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}
