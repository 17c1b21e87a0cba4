package web

import (
	"slices"
	"strings"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
	"clicktrain/internal/problem"
	"clicktrain/views"
)

// startWith is the learner that is proposed first: it needs no tuning and
// takes columns as they are.
const startWith = "random_forest"

// advised are the learners to start with, with the reason, the first one first.
var advised = []struct{ name, why string }{
	{startWith, "Good start"},
	{"hist_gradient_boosting", "Often the most accurate"},
	{"logistic_regression", "Easy to explain"},
	{"linear_regression", "Easy to explain"},
}

// learnerFamilies groups the learners that can do the task: those to start with, and
// then all others by what they are like.
func learnerFamilies(all []learn.Learner, f *trainForm, refused *problem.Error) []views.LearnerFamily {
	first := views.LearnerFamily{Title: "Good to start with", First: true}
	var rest []views.LearnerFamily
	for _, a := range advised {
		for _, l := range all {
			if l.Name == a.name && l.Can(f.goal.Task) {
				card := learnerCard(all, l, f, refused)
				card.Advice = a.why
				first.Learners = append(first.Learners, card)
			}
		}
	}
	for _, l := range all {
		if !l.Can(f.goal.Task) || slices.ContainsFunc(first.Learners, func(c views.LearnerCard) bool { return c.Name == l.Name }) {
			continue
		}
		title := string(l.Family)
		at := slices.IndexFunc(rest, func(x views.LearnerFamily) bool { return x.Title == title })
		if at < 0 {
			at = len(rest)
			rest = append(rest, views.LearnerFamily{Title: title})
		}
		card := learnerCard(all, l, f, refused)
		rest[at].Learners = append(rest[at].Learners, card)
		rest[at].Open = rest[at].Open || card.Checked
	}
	if len(first.Learners) == 0 {
		return rest
	}
	return append([]views.LearnerFamily{first}, rest...)
}

// learnerCard is the card of one of the learners.
func learnerCard(learners []learn.Learner, l learn.Learner, f *trainForm, refused *problem.Error) views.LearnerCard {
	card := views.LearnerCard{Name: l.Name, Title: l.Title, Summary: l.Summary, Cost: l.Cost, Checked: l.Name == f.learner.Name}
	typed, blame := f.typed, refused
	if !card.Checked {
		blame = nil
	}
	all := learnerFields(l, f.goal.Task)
	if card.Checked && f.sent {
		for _, p := range all {
			if _, ok := typed[l.Name+"."+p.Name]; !ok && p.Type == param.Bool && p.Group == "" {
				typed[l.Name+"."+p.Name] = "false"
			}
		}
	}
	own, parts := splitFieldsByPart(all)
	card.Fields = views.ParamFields(l.Name, own, typed, blame)
	nameLearners(learners, card.Fields)
	card.Refused = anyRefused(card.Fields)
	shown := f.typed["parts"] == l.Name || blame != nil && strings.Contains(blame.Field, "__")
	card.MoreParts = len(parts) > 0 && !shown
	for _, p := range parts {
		if !shown {
			break
		}
		part := views.LearnerPart{Title: partTitle(learners, p.name), Fields: views.ParamFields(l.Name, p.fields, typed, blame)}
		part.Refused = anyRefused(part.Fields)
		card.Parts = append(card.Parts, part)
	}
	return card
}

// partFields are the parameters of a part of an ensemble.
type partFields struct {
	name   string
	fields []param.Field
}

// splitFieldsByPart tells a learner's own parameters from those of its parts.
func splitFieldsByPart(all []param.Field) (own []param.Field, parts []partFields) {
	for _, p := range all {
		if p.Group == "" {
			own = append(own, p)
			continue
		}
		i := slices.IndexFunc(parts, func(x partFields) bool { return x.name == p.Group })
		if i < 0 {
			i = len(parts)
			parts = append(parts, partFields{name: p.Group})
		}
		parts[i].fields = append(parts[i].fields, p)
	}
	return own, parts
}

// nameLearners writes the titles of learners where they are to be chosen from.
func nameLearners(all []learn.Learner, fields []views.Field) {
	for _, f := range fields {
		for i, o := range f.Options {
			if at := slices.IndexFunc(all, func(l learn.Learner) bool { return l.Name == o.Value }); at >= 0 {
				f.Options[i].Label = all[at].Title
			}
		}
	}
}

// partTitle is the title of the learner that a part is, or the part's name.
func partTitle(all []learn.Learner, name string) string {
	if i := slices.IndexFunc(all, func(l learn.Learner) bool { return l.Name == name }); i >= 0 {
		return all[i].Title
	}
	return views.Phrase(name)
}

func anyRefused(fields []views.Field) bool {
	return slices.ContainsFunc(fields, func(f views.Field) bool { return f.Refusal != "" })
}
