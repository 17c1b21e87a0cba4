package views

// HelpPage is /help.
type HelpPage struct {
	Limits   []Fact // what this server takes, and for how long it keeps it
	Learners []LearnerHelp
	Steps    []LearnerHelp // the families of preparation steps
	Version  string
}

// LearnerHelp describes an algorithm or a preparation step.
type LearnerHelp struct {
	Name    string // in the API
	Title   string
	Summary string
	Cost    string
	Tasks   string  // "classes, numbers"; may be empty
	Fields  []Field // its parameters
}

// DocsPage is /docs: the shell in which the API's documentation is shown.
type DocsPage struct {
	Styles  []string // addresses of style sheets
	Scripts []string // addresses of scripts, in order
	SpecURL string   // /openapi.json
}
