package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"clicktrain/views"
)

// longestPlace is the most bytes of the name of a place on the page.
const longestPlace = 80

// saidAt is the address of the page with the message where the form stood that
// was sent, and with marks on the steps of those places.
func saidAt(c echo.Context, steps ...int) string {
	return "/prepare?" + saidQuery(c, steps).Encode() + "#said"
}

// saidAfterVersion is saidAt after an edit was undone or done again, with the
// way back: done edits held before.
func saidAfterVersion(c echo.Context, done int) string {
	q := saidQuery(c, nil)
	q.Set("back", strconv.Itoa(done))
	return "/prepare?" + q.Encode() + "#said"
}

func saidQuery(c echo.Context, steps []int) url.Values {
	from := c.FormValue("from")
	if len(from) > longestPlace {
		from = ""
	}
	q := url.Values{"said": {cmp.Or(from, views.AtRecipe)}}
	for _, i := range steps {
		if i >= 0 {
			q.Add("step", strconv.Itoa(i))
		}
	}
	return q
}

// takeSaid takes the message out of the shell and puts it where the edit was
// made. A step that was moved keeps the focus, under the eyes: its message is
// only to be heard.
func takeSaid(c echo.Context, shell *views.Shell, page *views.PreparePage) {
	if len(shell.Flashes) == 0 {
		return
	}
	if i, ok := placeOf(c.QueryParam("moved"), len(page.Steps)); ok {
		page.Steps[i].Mark = "moved"
		shell.Flashes[0].Heard = true
		return
	}
	said := &views.Said{At: knownPlace(c.QueryParam("said"), page), Text: shell.Flashes[0].Text, Label: "Undo", Done: page.Undo}
	shell.Flashes = shell.Flashes[1:]
	mark := "new"
	if said.At == views.AtChange {
		mark = "changed"
	}
	marked := c.QueryParams()["step"]
	for _, text := range marked {
		if i, ok := placeOf(text, len(page.Steps)); ok {
			page.Steps[i].Mark = mark
			if len(marked) == 1 {
				said.Place = "It is step " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(page.Steps))
				said.Href = "#step-" + strconv.Itoa(i+1)
			}
		}
	}
	if back, ok := placeOf(c.QueryParam("back"), len(page.History)); ok {
		said.Done = strconv.Itoa(back)
		if at := slices.IndexFunc(page.History, func(v views.Version) bool { return v.Current }); back > at {
			said.Label = "Redo"
		}
	}
	page.Said = said
}

// knownPlace returns a place that the page draws, and opens the family of the
// forms that it is among. It is the recipe if there is no such place.
func knownPlace(at string, page *views.PreparePage) string {
	if at == views.AtChange && page.Editing == nil || at == views.AtSuggested {
		return at
	}
	if text, ok := strings.CutPrefix(at, views.AtSuggested+"-"); ok {
		if i, err := strconv.Atoi(text); err == nil && i >= 0 {
			if len(page.Suggestions) == 0 {
				return views.AtSuggested
			}
			return views.AtSuggestion(min(i, len(page.Suggestions)))
		}
	}
	for i, family := range page.Families {
		for _, f := range family.Forms {
			if at == views.AtForm(f.Step) {
				page.Families[i].Open = true
				return at
			}
		}
	}
	return views.AtRecipe
}
