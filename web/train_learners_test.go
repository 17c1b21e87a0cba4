package web

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"clicktrain/internal/learn"
	"clicktrain/internal/param"
)

// committee is an ensemble: it has settings of its own and of its parts.
type committee struct {
	learn.Estimator
	voting string
	depth  int
}

func (c *committee) Params(s *param.Set) {
	s.Choice(&c.voting, "voting", "hard", []string{"hard", "soft"}, "How they vote.")
	s.Nest("decision_tree", func(s *param.Set) { s.Int(&c.depth, "max_depth", 3, param.AtLeast(1), "How deep.") })
}

func (c *committee) Fit(context.Context, learn.Data) (learn.Model, error) { return nil, nil }

func TestLearnersAreGrouped(t *testing.T) {
	s := newStepSite(t)
	client := s.load(t, weighed())
	for target, task := range map[string]learn.Task{"4": learn.Classification, "5": learn.Regression} {
		r := s.ask(t, client, "GET", "/train?target="+target, "").want(t, 200)
		page := r.html(t)
		if len(r.body) > 200_000 {
			t.Errorf("the page has %d bytes", len(r.body))
		}
		var want, got []string
		for _, l := range s.opts.Workflow.Catalog.Learners {
			if l.Can(task) {
				want = append(want, l.Name)
			}
		}
		page.Find("input[name=learner]").Each(func(_ int, in *goquery.Selection) { got = append(got, in.AttrOr("value", "")) })
		if got[0] != startWith {
			t.Errorf("%s comes first", got[0])
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s offers %v, want %v", task, got, want)
		}
		if page.Find("details.family").Length() < 3 || page.Find("details.family[open]").Length() != 0 || page.Find("details.family input[name=learner][value="+startWith+"]").Length() != 0 {
			t.Errorf("%d families are folded, %d are not", page.Find("details.family").Length(), page.Find("details.family[open]").Length())
		}
	}
	page := s.ask(t, client, "GET", "/train?target=4&learner=k_nearest_neighbors", "").want(t, 200).html(t)
	if open := page.Find("details.family[open]"); open.Length() != 1 || open.Find("input[checked]").AttrOr("value", "") != "k_nearest_neighbors" {
		t.Error("the family of the learner that is chosen is folded")
	}
}

func TestPartsAreFoldedUntilAskedFor(t *testing.T) {
	s := newStepSite(t, func(o *Options) {
		o.Workflow.Catalog.Learners = append(o.Workflow.Catalog.Learners, learn.Learner{
			Name: "committee", Title: "Committee", Family: "Ensembles", Tasks: []learn.Task{learn.Classification},
			New: func(learn.Task) learn.Estimator { return new(committee) }})
	})
	client := s.load(t, weighed())
	const nested = `[name="committee.decision_tree__max_depth"]`
	page := s.ask(t, client, "GET", "/train?target=4", "").want(t, 200).html(t)
	ask := page.Find("button[name=parts][value=committee]")
	if page.Find(nested).Length() != 0 || ask.Length() != 1 || ask.AttrOr("formmethod", "") != "get" {
		t.Errorf("%d settings of parts are drawn, %d buttons", page.Find(nested).Length(), ask.Length())
	}
	page = s.ask(t, client, "GET", "/train?target=4&learner=committee&parts=committee", "").want(t, 200).html(t)
	if page.Find(nested).AttrOr("value", "") != "3" || page.Find("input[type=hidden][name=parts]").AttrOr("value", "") != "committee" || !strings.Contains(page.Find("summary").Text(), "Settings of Decision tree") {
		t.Error("the settings of the parts are not drawn when they are asked for")
	}
	if text := s.get(t, "/openapi.json").want(t, 200).body; !strings.Contains(text, "its parts, as `part__parameter`: `decision_tree`") || strings.Contains(text, "decision_tree__max_depth") {
		t.Error("the description lists the settings of the parts")
	}
	r := s.post(t, client, "/train", "target=4&learner=committee&committee.decision_tree__max_depth=0")
	r.told(t, 422, "decision_tree__max_depth must be")
	if in := r.html(t).Find(nested); in.AttrOr("value", "") != "0" || in.AttrOr("aria-invalid", "") != "true" {
		t.Error("a refused setting of a part is not shown")
	}
}
