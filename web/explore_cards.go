package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/internal/profile"
	"clicktrain/views"
)

// pageCards is how many column cards a page shows.
const pageCards = 50

// view is which cards are shown, and in which order.
type view struct {
	sort  string
	query string
	page  int // from 1
}

// The orders of the cards.
const (
	byFile        = "file"
	byName        = "name"
	byKind        = "kind"
	byMissing     = "missing"
	byAssociation = "association"
)

// viewOf reads a view from the address. The order is by association where
// there is a target and no other is asked for.
func viewOf(c echo.Context, target bool) view {
	v := view{sort: c.QueryParam("sort"), query: strings.TrimSpace(c.QueryParam("q")), page: 1}
	if len(v.query) > 200 {
		v.query = strings.ToValidUTF8(v.query[:200], "")
	}
	if n, err := strconv.Atoi(c.QueryParam("page")); err == nil && n > 1 {
		v.page = n
	}
	known := slices.Contains([]string{byFile, byName, byKind, byMissing}, v.sort) || v.sort == byAssociation && target
	if !known {
		v.sort = byFile
		if target {
			v.sort = byAssociation
		}
	}
	return v
}

// url is the address of another page of the view.
func (v view) url(page int) string {
	q := url.Values{"sort": {v.sort}}
	if v.query != "" {
		q.Set("q", v.query)
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return "/explore?" + q.Encode() + "#columns"
}

func sortOptions(chosen string, target bool) []views.Option {
	out := []views.Option{
		{Value: byFile, Label: "as in the file"}, {Value: byName, Label: "by name"},
		{Value: byKind, Label: "by kind"}, {Value: byMissing, Label: "most missing first"},
	}
	if target {
		out = append([]views.Option{{Value: byAssociation, Label: "by association with the target"}}, out...)
	}
	for i := range out {
		out[i].Selected = out[i].Value == chosen
	}
	return out
}

// cardOrder returns the columns' positions in the order asked for; those whose
// name lacks the query are left out.
func (x *explored) cardOrder(v view) []int {
	var out []int
	query := strings.ToLower(v.query)
	for i, c := range x.Report.Columns {
		if query == "" || strings.Contains(strings.ToLower(c.Name), query) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(i, j int) int {
		a, b := x.Report.Columns[i], x.Report.Columns[j]
		switch v.sort {
		case byName:
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		case byKind:
			return cmp.Compare(a.Kind, b.Kind)
		case byMissing:
			return cmp.Compare(b.Missing, a.Missing)
		case byAssociation:
			return cmp.Compare(x.score(b.Name), x.score(a.Name))
		}
		return 0
	})
	return out
}

// score is a column's association for its rank: the target comes first, what
// is undefined last.
func (x *explored) score(column string) float64 {
	r := x.against.relation(column)
	switch {
	case column == x.Goal.Target:
		return 2
	case r == nil || !r.Score.Defined():
		return -1
	}
	return float64(r.Score)
}

// fillCards puts the cards of the view on the page.
func (s *Server) fillCards(page *views.ExplorePage, x *explored, v view) {
	order := x.cardOrder(v)
	last := max((len(order)+pageCards-1)/pageCards, 1)
	at := min(v.page, last)
	from := (at - 1) * pageCards
	to := min(from+pageCards, len(order))
	for _, i := range order[from:to] {
		page.Cards = append(page.Cards, s.card(x, i))
	}
	switch {
	case len(order) == 0:
	case last > 1:
		page.Shown = fmt.Sprintf("%s to %s of %s", views.Count(from+1), views.Count(to), views.Plural(len(order), "column"))
	default:
		page.Shown = views.Plural(len(order), "column")
	}
	if last > 1 {
		page.Pages = pageLinks(v, at, last)
	}
}

// pageLinks are links to the first and last pages and those around the present.
func pageLinks(v view, at, last int) []views.PageLink {
	var out []views.PageLink
	for p := 1; p <= last; p++ {
		if p == 1 || p == last || p >= at-2 && p <= at+2 {
			out = append(out, views.PageLink{Text: views.Count(p), URL: v.url(p), Here: p == at})
		}
	}
	return out
}

func (s *Server) card(x *explored, i int) views.ColumnCard {
	c := x.Report.Columns[i]
	card := views.ColumnCard{
		Name: c.Name, URL: columnURL(i), Kind: kindWords[c.Kind], Reason: c.Reason, SVG: s.cardChart(c),
		Facts: cardFacts(c), Missing: missingText(c, x.Report.Rows), Lacking: c.Missing > 0, IsTarget: c.Name == x.Goal.Target,
	}
	if r := x.against.relation(c.Name); r != nil {
		card.Relation = scoreText(r.Score)
		card.Against, card.Label = x.against.cardChart(s, r), x.against.label(r)
	}
	if !card.IsTarget {
		card.Left = shortReason(x.left(c.Name))
	}
	return card
}

// shortReason fits a reason into a sentence that ends after it: what follows a
// semicolon asks the reader back.
func shortReason(reason string) string {
	short, _, _ := strings.Cut(reason, ";")
	return strings.TrimRight(short, ".?")
}

// columnChart is a column's spread with its numbers.
func (s *Server) columnChart(c profile.Column) *views.Chart {
	out := &views.Chart{Name: "values", Caption: finding(c), Table: spreadTable(c), Empty: "There is nothing to draw for this column."}
	if draw := spread(c); draw != nil {
		out.SVG, out.Narrow = s.sizes(draw, 0)
	}
	return out
}

// spreadTable holds the numbers of a column's chart.
func spreadTable(c profile.Column) *views.Table {
	if h, ok := binsOf(c); ok {
		t := &views.Table{Caption: "Rows by range of values", Heads: []views.Head{{Name: "From"}, {Name: "To", Number: true}, {Name: "Rows", Number: true}}}
		for i, n := range h.Counts {
			t.Rows = append(t.Rows, views.Texts(views.Num(h.Edges[i]), views.Num(h.Edges[i+1]), views.Count(n)))
		}
		return t
	}
	levels := levelsOf(c)
	if c.Levels != nil {
		levels = c.Levels.Top
	}
	if levels == nil {
		return nil
	}
	t := &views.Table{Caption: "Most frequent values", Heads: []views.Head{{Name: "Value"}, {Name: "Rows", Number: true}}}
	for _, l := range levels {
		t.Rows = append(t.Rows, []views.Cell{{Text: views.Clip(l.Value, 80), Code: true}, {Text: views.Count(l.Count)}})
	}
	if c.Levels != nil && c.Levels.Rest > 0 {
		t.Rows = append(t.Rows, views.Texts("all others", views.Count(c.Levels.Rest)))
	}
	return t
}
