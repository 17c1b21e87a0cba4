package views

// FaultPage is what a request that cannot be served gets.
type FaultPage struct {
	Status    int    // the HTTP status
	Title     string // "Page not found", from FaultTitle
	Message   string // what is wrong, in one sentence
	Hint      string // what to do, in one sentence; may be empty
	Reference string // to quote when asking for help; may be empty
	Next      *Link  // where to go on; nil is the start page
}

// FaultTitle returns the heading for a status.
func FaultTitle(status int) string {
	switch status {
	case 400:
		return "This request could not be understood"
	case 403:
		return "This request was not let through"
	case 404:
		return "Nothing is here"
	case 405:
		return "This address does not take that"
	case 409:
		return "Another step comes first"
	case 413:
		return "The file is too large"
	case 415:
		return "This is not a CSV file"
	case 422:
		return "This cannot be used as it is"
	case 429:
		return "Too many requests"
	case 503:
		return "The server is full"
	case 507:
		return "Your session is full"
	}
	return "Something broke on our side"
}

// Expired is the page for a session that ended: its data is gone.
func Expired() FaultPage {
	return FaultPage{
		Status:  404,
		Title:   "Your data is no longer here",
		Message: "The session ended, or the server was restarted, and its data went with it.",
		Hint:    "Load your file again to go on.",
		Next:    &Link{Text: "Load a file", URL: "/"},
	}
}

func (f FaultPage) next() Link {
	if f.Next == nil {
		return Link{Text: "Go to the start", URL: "/"}
	}
	return *f.Next
}
