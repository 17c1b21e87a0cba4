package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// mostConcerns is how many unanswered concerns the page lists.
const mostConcerns = 6

// The answers to a concern, as the form sends them: what to do, a colon, and
// the place of a column or the key of a finding.
const (
	answerLeave  = "leave"
	answerUse    = "use"
	answerKeep   = "keep"
	answerGroup  = "group"
	answerCopies = "copies"
)

// concernChecks list what may make the scores too good and no one has answered,
// each with its answers.
func concernChecks(p *workflow.Plan, f *frame.Frame) []views.Alert {
	var out []views.Alert
	for i, c := range p.Concerns {
		if i == mostConcerns {
			out = append(out, views.Alert{Severity: views.Note, Text: views.Plural(len(p.Concerns)-i, "more finding") + " of this kind.",
				Action: &views.Action{Label: "See all on Explore", URL: "/explore#first"}})
			break
		}
		out = append(out, concernCheck(c, p, f))
	}
	return out
}

func concernCheck(c workflow.Concern, p *workflow.Plan, f *frame.Frame) views.Alert {
	at := strconv.Itoa(f.Index(c.Column))
	a := views.Alert{Severity: views.Warn, Text: c.Message, Hint: c.Hint}
	answer := func(label, what string) { a.Answers = append(a.Answers, views.Answer{Label: label, Value: what}) }
	keep := answerKeep + ":" + c.Key()
	switch c.Code {
	case "leak", "leak_missing":
		if c.Left {
			a.Severity = views.Note
			a.Text += " It is left out."
			answer("It is known before: use it", answerUse+":"+at)
			answer("Leave it out", answerLeave+":"+at)
			break
		}
		answer("Leave it out", answerLeave+":"+at)
		answer("It is known before: keep it", keep)
	case "repeated_id":
		a.Hint = fmt.Sprintf("Split so, %d of %d test rows are of one that training rows are of too. %s", c.Shared, p.Test, c.Hint)
		answer("Keep its rows together", answerGroup+":"+at)
		answer("Keep as is", keep)
	case "duplicates":
		a.Severity = severities[c.Severity]
		a.Hint = "A copy on each side of the split makes scores too good."
		answer("Keep copies together", answerCopies+":")
		answer("Keep as is", keep)
	default:
		answer("Keep as is", keep)
	}
	return a
}

// answerConcern takes an answer from the form, and shows it again with what was
// typed.
func (s *Server) answerConcern(c echo.Context, ws *workflow.Workspace) error {
	m, err := ws.Now()
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return malformedForm()
	}
	what, of, _ := strings.Cut(form.Get("answer"), ":")
	column, known := columnAt(m.Data().Frame().Names(), of)
	if !known && slices.Contains([]string{answerLeave, answerUse, answerGroup}, what) {
		return noColumn()
	}
	said := "It is kept as it is."
	switch what {
	case answerLeave:
		said, err = leftText([]string{column}, "left out of training"), ws.LeaveOut(column)
	case answerUse:
		said, err = leftText([]string{column}, "used in training again"), ws.TakeBack(column)
	case answerGroup:
		said, err = groupedText(column), ws.SetGroup(column)
		form.Del("group")
		form.Del("grouped")
	case answerCopies:
		said, err = "Copies of a row are kept on one side of the split.", ws.SetCopies()
		form.Del("group")
		form.Del("grouped")
	case answerKeep:
		err = ws.Settle(of)
	default:
		return problem.New(problem.NotFound, "There is no such answer.")
	}
	if p, _, told := redrawable(err); told {
		said, err = p.Error(), nil
	}
	if err != nil {
		return err
	}
	if err := s.flash(c, said); err != nil {
		return err
	}
	form.Del("answer")
	address := url.URL{Path: "/train", RawQuery: form.Encode(), Fragment: "checks"}
	return goTo(c, address.String())
}

// groupedText says that the rows of each value of a column are kept together.
func groupedText(column string) string {
	return fmt.Sprintf("The rows of each %s are kept on one side of the split.", views.Clip(column, 40))
}
