package views

import (
	"strconv"

	"github.com/a-h/templ"
)

// RunPage is GET /runs/{id}.
type RunPage struct {
	Run       RunHead
	ID        string // short and safe in an address
	State     string // queued, running, done, failed or cancelled
	Percent   int    // 0 to 100; negative when it is not known
	Doing     string // "Growing trees", or why it waits
	Elapsed   string // "12 s"
	Left      string // "about 20 s left"; may be empty
	Steps     []Fact // what was chosen: rows, columns, learner
	Problem   *Problem
	RetryURL  string // the form again, as it was
	DeleteURL string // asks whether to delete the run
}

// live reports whether the run goes on, so that the page keeps asking.
func (r RunPage) live() bool { return r.State == "queued" || r.State == "running" }

func (r RunPage) url() string { return "/runs/" + r.ID }

func (r RunPage) resultsURL() string { return RunURL("/results", r.ID) }

func (r RunPage) percent() string { return strconv.Itoa(min(r.Percent, 100)) }

// heading is the page's h1.
func (r RunPage) heading() string {
	switch r.State {
	case "queued":
		return "Waiting to train"
	case "done":
		return "Trained"
	case "failed":
		return "Training did not finish"
	case "cancelled":
		return "Training was cancelled"
	}
	return "Training"
}

// spoken is what a screen reader is told. It changes seldom.
func (r RunPage) spoken() string {
	if r.State == "running" && r.Percent >= 0 {
		return r.Doing + ", " + strconv.Itoa(r.Percent/10*10) + " percent"
	}
	return r.heading()
}

func (r RunPage) retryURL() string {
	if r.RetryURL == "" {
		return "/train"
	}
	return r.RetryURL
}

// poll makes htmx ask for the page again each second while the run goes on.
func (r RunPage) poll() templ.Attributes {
	if !r.live() {
		return nil
	}
	return templ.Attributes{
		"hx-get":     r.url(),
		"hx-trigger": "every 1s",
		"hx-target":  "#main",
		"hx-swap":    "innerMorph",
		"data-keep":  true,
	}
}
