package web

import (
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/problem"
	"clicktrain/internal/profile"
	"clicktrain/internal/recipe"
	"clicktrain/views"
)

const (
	firstAlerts = 8   // shown at once
	moreAlerts  = 100 // shown on demand
)

func malformedForm() error { return problem.New(problem.Malformed, "The form cannot be read.") }

func noColumn() error {
	return problem.New(problem.NotFound, "There is no such column.").WithHint("The file may have been replaced; go back to Explore.")
}

// aboutFeatures are alerts that ask to fill, encode or leave out their column.
var aboutFeatures = []string{"missing", "high_cardinality", "constant", "near_constant"}

// alerts returns what is to be told of the data and of the target, the most
// severe first. A column that gives the target away is told of once, and the
// target not of what is to be done with a column to learn from.
func (x *explored) alerts() []profile.Alert {
	var out []profile.Alert
	leaks := map[string]bool{}
	if x.against.TargetReport != nil {
		for _, a := range x.against.Alerts {
			out = append(out, a)
			leaks[a.Column] = leaks[a.Column] || strings.HasPrefix(a.Code, "leak")
		}
	}
	for _, a := range x.Report.Alerts {
		learned := x.against.TargetReport == nil || a.Column != x.Goal.Target || !slices.Contains(aboutFeatures, a.Code)
		if learned && (a.Code != "copy" || !leaks[a.Column]) {
			out = append(out, a)
		}
	}
	rank := []profile.Severity{profile.Critical, profile.Warning, profile.Info}
	slices.SortStableFunc(out, func(a, b profile.Alert) int {
		return slices.Index(rank, a.Severity) - slices.Index(rank, b.Severity)
	})
	return out
}

// fillAlerts puts the alerts on the page that are not settled.
func (s *Server) fillAlerts(page *views.ExplorePage, x *explored) {
	kept := 0
	for _, a := range x.alerts() {
		if slices.Contains(x.Settled, a.Key()) {
			kept++
			continue
		}
		switch {
		case len(page.Alerts) < firstAlerts:
			page.Alerts = append(page.Alerts, x.alert(a, -1))
		case len(page.More) < moreAlerts:
			page.More = append(page.More, x.alert(a, -1))
		}
	}
	if kept > 0 {
		page.Settled = &views.Action{Label: "Show again " + views.Plural(kept, "finding") + " kept as it is", URL: "/explore/settle", Post: true,
			Hidden: []views.Hidden{{Name: "again", Value: "yes"}}}
		if kept > 1 {
			page.Settled.Label = "Show again " + views.Plural(kept, "finding") + " kept as they are"
		}
	}
}

// columnAlerts returns the alerts about one column, for its page.
func (x *explored) columnAlerts(column int) []views.ExploreAlert {
	var out []views.ExploreAlert
	name := x.frame.Columns[column].Name
	for _, a := range x.alerts() {
		if (a.Column == name || slices.Contains(a.Columns, name)) && !slices.Contains(x.Settled, a.Key()) {
			out = append(out, x.alert(a, column))
		}
	}
	return out
}

var severities = map[profile.Severity]views.Severity{profile.Info: views.Note, profile.Warning: views.Warn, profile.Critical: views.Bad}

// alert is an alert with its buttons. from is the column on whose page it
// stands, −1 for the page of all.
func (x *explored) alert(a profile.Alert, from int) views.ExploreAlert {
	out := views.ExploreAlert{Alert: views.Alert{Severity: severities[a.Severity], Column: a.Column, Text: a.Message, Hint: a.Hint}}
	fix := x.fix(a, from)
	if fix != nil && fix.URL == "/reread" && x.loss != "" {
		out.Hint += " " + x.loss
	}
	if at := x.at(a.Column); at >= 0 && at != from {
		out.URL = columnURL(at)
	}
	// The name becomes the link where the sentence begins with it.
	rest, begins := strings.CutPrefix(a.Message, a.Column+" ")
	if out.Column = ""; begins && out.URL != "" {
		out.Column, out.Text = a.Column, rest
	}
	out.State = x.state(a)
	if fix != nil {
		out.Actions = append(out.Actions, *fix)
	}
	label := "Keep as is"
	if x.asks(a) {
		label = "It is known before: keep it"
	}
	out.Actions = append(out.Actions, x.post(label, "/explore/settle", from, views.Hidden{Name: "finding", Value: a.Key()}))
	return out
}

// post is a button that sends hidden fields and comes back to where it was.
func (x *explored) post(label, to string, from int, hidden ...views.Hidden) views.Action {
	if from >= 0 {
		hidden = append(hidden, views.Hidden{Name: "from", Value: strconv.Itoa(from)})
	}
	return views.Action{Label: label, URL: to, Post: true, Hidden: hidden}
}

// asks reports whether an alert asks if a column that trainings use is known
// before the outcome.
func (x *explored) asks(a profile.Alert) bool {
	return (a.Code == "leak" || a.Code == "leak_missing") && len(x.used([]string{a.Column})) > 0
}

// given reports whether trainings do without a column because it gives the
// target away, and for no other reason.
func (x *explored) given(a profile.Alert) bool {
	return a.Severity == profile.Critical && slices.ContainsFunc(x.Suspects, func(l recipe.Left) bool {
		return l.Column == a.Column && l.Reason == x.left(a.Column)
	})
}

// state says that trainings do without the columns that a fix would drop, or
// keep the rows together that it would.
func (x *explored) state(a profile.Alert) string {
	if a.Fix.Action == profile.GroupBy && x.Group == a.Column {
		return "Its rows are kept on one side of the split."
	}
	if f, ok := stepFixes[a.Code]; ok && x.hasStep(f, a) {
		return "A step of your recipe sees to it."
	}
	if a.Fix.Action != profile.DropColumn || len(x.used(a.Fix.Columns)) > 0 {
		return ""
	}
	if len(x.chosen(a.Fix.Columns)) > 0 {
		return "You left it out of training."
	}
	return "It is left out of training already."
}

// used returns the columns that trainings use.
func (x *explored) used(columns []string) []string {
	var out []string
	for _, c := range columns {
		if c != x.Goal.Target && x.left(c) == "" {
			out = append(out, c)
		}
	}
	return out
}

// chosen returns the columns that the person left out.
func (x *explored) chosen(columns []string) []string {
	var out []string
	for _, c := range columns {
		if slices.Contains(x.LeftOut, c) {
			out = append(out, c)
		}
	}
	return out
}

// fix is the step that takes the reason of an alert away, or leads to where
// that is done; nil where there is none.
func (x *explored) fix(a profile.Alert, from int) *views.Action {
	link := func(label, url string) *views.Action { return &views.Action{Label: label, URL: url} }
	if a.Fix.Action == profile.DropColumn {
		if used := x.used(a.Fix.Columns); len(used) > 0 {
			out := x.post(leaveLabel(used, a), "/explore/leave", from, x.hidden(used)...)
			return &out
		}
		if chosen := x.chosen(a.Fix.Columns); len(chosen) > 0 {
			out := x.post("Take back", "/explore/take", from, x.hidden(chosen)...)
			return &out
		}
		if x.given(a) {
			out := x.post("It is known before: use it", "/explore/take", from, x.hidden([]string{a.Column})...)
			return &out
		}
		return nil
	}
	switch at := x.at(a.Column); {
	case at < 0:
	case a.Fix.Action == profile.MarkMissing:
		return x.reread("Mark as missing", from, append(marks(a.Fix.Values), x.hidden([]string{a.Column})...)...)
	case a.Fix.Action == profile.GroupBy && x.Group == a.Column:
		out := x.post("Take back", "/explore/ungroup", from)
		return &out
	case a.Fix.Action == profile.GroupBy && a.Column != x.Goal.Target:
		out := x.post("Keep its rows together", "/explore/group", from, x.hidden([]string{a.Column})...)
		return &out
	case a.Code == "mixed_types" && a.Severity != profile.Info:
		return x.reread("Read as numbers", from, append(x.hidden([]string{a.Column}), views.Hidden{Name: "kind", Value: frame.Numeric.String()})...)
	}
	if step, ok := stepFixes[a.Code]; ok && !x.hasStep(step, a) {
		return x.addStep(step, a)
	}
	switch a.Code {
	case "duplicates", "conflicting_labels":
		return link("See the rows", "/explore/rows#"+a.Code)
	case "missing", "skew", "high_cardinality", "imbalance":
		return link("Prepare", "/prepare")
	}
	return nil
}

// stepFix is a step of the recipe that takes away the reason of an alert.
type stepFix struct {
	label  string
	step   string
	params []views.Hidden
	whole  bool // it is for the table, not for the alert's columns
}

// stepFixes are the steps that put right what an alert of a code tells.
var stepFixes = map[string]stepFix{
	"duplicates":       {label: "Train on each row once", step: "drop_duplicates", whole: true},
	"skew":             {label: "Make them less skewed", step: "transform"},
	"high_cardinality": {label: "Encode by the target", step: "encode", params: []views.Hidden{{Name: "method", Value: "target"}}},
	"imbalance":        {label: "Weigh classes alike", step: "class_weight", whole: true},
}

// columnsOf are the columns that a step is for.
func (f stepFix) columnsOf(x *explored, a profile.Alert) []string {
	var out []string
	for _, name := range append([]string{a.Column}, a.Columns...) {
		if !f.whole && x.at(name) >= 0 && name != x.Goal.Target && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// hasStep reports whether the recipe does already what a fix would do.
func (x *explored) hasStep(f stepFix, a profile.Alert) bool {
	return slices.ContainsFunc(x.steps, func(s recipe.Step) bool {
		if s.Name != f.step {
			return false
		}
		for _, c := range f.columnsOf(x, a) {
			if len(s.Columns) > 0 && !slices.Contains(s.Columns, c) {
				return false
			}
		}
		return true
	})
}

// addStep is a button that adds a step to the recipe and shows it there.
func (x *explored) addStep(f stepFix, a profile.Alert) *views.Action {
	columns := f.columnsOf(x, a)
	if !f.whole && len(columns) == 0 {
		return nil
	}
	hidden := append([]views.Hidden{{Name: "step", Value: f.step}}, f.params...)
	for _, c := range columns {
		hidden = append(hidden, views.Hidden{Name: "columns", Value: strconv.Itoa(x.at(c))})
	}
	return &views.Action{Label: f.label, URL: "/prepare", Post: true, Hidden: hidden}
}

// reread is a button that reads the file again and comes back.
func (x *explored) reread(label string, from int, hidden ...views.Hidden) *views.Action {
	out := x.post(label, "/reread", from, hidden...)
	if from < 0 {
		out.Hidden = append(out.Hidden, views.Hidden{Name: "from", Value: "all"})
	}
	return &out
}

// marks are the inputs that have texts count as missing.
func marks(values []string) []views.Hidden {
	out := make([]views.Hidden, len(values))
	for i, v := range values {
		out[i] = views.Hidden{Name: markField, Value: v}
	}
	return out
}

func leaveLabel(used []string, a profile.Alert) string {
	switch {
	case len(used) > 1:
		return "Leave out " + strconv.Itoa(len(used)) + " columns"
	case used[0] != a.Column:
		return "Leave out " + views.Clip(used[0], 24)
	}
	return "Leave it out"
}

func (x *explored) hidden(columns []string) []views.Hidden {
	out := make([]views.Hidden, len(columns))
	for i, c := range columns {
		out[i] = views.Hidden{Name: "column", Value: strconv.Itoa(x.at(c))}
	}
	return out
}
