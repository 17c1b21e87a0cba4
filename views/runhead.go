package views

import "net/url"

// RunHead says which run a page shows, and offers to show another.
type RunHead struct {
	Number string   // as ?run= takes it
	Name   string   // what the person calls it; empty where they have not said
	Model  string   // "Random forest for survived"
	Page   string   // this page's path, which takes ?run=
	Choice []Option // the runs with a model, the newest first; fewer than two are not offered
}

// Title is the run in a sentence: "run 1", or by its name.
func (h RunHead) Title() string {
	if h.Name == "" {
		return "run " + h.Number
	}
	return "run " + h.Number + " “" + Clip(h.Name, mostName) + "”"
}

// mostName is the most characters of a run's name that are shown.
const mostName = 60

// RunURL is the address of a page for one run.
func RunURL(path, number string) string { return path + "?run=" + url.QueryEscape(number) }

// OtherRun is a run that has no model.
type OtherRun struct {
	Title     string
	State     string // queued, running, failed or cancelled
	Why       string // it failed; may be empty
	URL       string // its own page
	DeleteURL string // asks whether to delete it
	Going     bool
}

// state is where it stands, in words.
func (o OtherRun) state() string {
	switch o.State {
	case "queued":
		return "waits to train"
	case "running":
		return "is training"
	case "cancelled":
		return "was cancelled"
	}
	return "failed"
}

// DeleteRunPage is GET /runs/{id}/delete.
type DeleteRunPage struct {
	Run   RunHead
	URL   string // where the form is sent
	From  string // the run that was looked at, to go back to; may be empty
	Keep  Link   // the way back
	Going bool   // the run is not over: it is cancelled instead
}

func (d DeleteRunPage) verb() string {
	if d.Going {
		return "Cancel"
	}
	return "Delete"
}
