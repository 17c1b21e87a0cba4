package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clicktrain/internal/frame"
	"clicktrain/internal/train"
	"clicktrain/internal/workflow"
	"clicktrain/views"
)

// What the form calls rows that are equal in all columns that are learned from.
const (
	copiesValue = "copies"
	copiesName  = "copies of a row"
)

// chooseGroup takes the column that rows are kept together by, which the form
// names by its place or, typed, by its name, or copies of a row.
func (f *trainForm) chooseGroup(ws *workflow.Workspace) error {
	f.group, f.copies = f.at.Group(), f.at.Copies()
	place, placed := f.typed["group"]
	typed, named := f.typed["grouped"]
	if !placed && !named {
		return nil
	}
	if place == copiesValue || typed == copiesName && !slices.Contains(f.names, copiesName) {
		f.group, f.copies = "", true
		return ws.SetCopies()
	}
	column, _ := columnAt(f.names, place)
	if strings.TrimSpace(typed) != "" {
		column = nearest(f.names, typed)
	}
	switch {
	case column == "" || column == f.goal.Target: // what is predicted is chosen first
		ws.ClearGroup()
		f.group, f.copies = "", false
		return nil
	case column == f.group:
		return nil
	}
	err := ws.SetGroup(column)
	p, _, told := redrawable(err)
	switch {
	case err == nil:
		f.group, f.copies = column, false
	case told:
		f.refused = p.WithHint("%s", hintAt(f.names, column, p.Hint))
	default:
		return err
	}
	return nil
}

// groupField is the input for the column that rows are kept together by. The
// list holds the columns whose values come again.
func (f *trainForm) groupField(d *workflow.Data, p *workflow.Plan) views.Field {
	out := views.Field{Name: "group", Type: "select", Label: "Keep rows of the same … together",
		Help: "Rows of one patient, customer or machine are alike. On one side of the split they cannot make scores too good."}
	if f.refused != nil && f.refused.Field == "group_column" {
		out.Refusal = f.refused.Error()
	}
	if p != nil && p.Groups != nil {
		out.Help = groupText(*p.Groups)
	}
	if len(f.names) > listedColumns {
		out.Name, out.Type, out.Value, out.Suggest = "grouped", "text", f.group, suggestedNames(f.names)
		if f.copies {
			out.Value = copiesName
		}
		if typed, ok := f.typed["grouped"]; ok {
			out.Value = typed
		}
		out.Placeholder = "no column"
		return out
	}
	out.Options = append(out.Options, views.Option{Label: "no column: each row by itself", Selected: f.group == "" && !f.copies},
		views.Option{Value: copiesValue, Label: copiesName, Selected: f.copies})
	for i, c := range d.Frame().Columns {
		if c.Name == f.group || c.Name != f.goal.Target && canGroup(c) {
			out.Options = append(out.Options, views.Option{Value: strconv.Itoa(i), Label: views.Clip(c.Name, 80), Selected: c.Name == f.group})
		}
	}
	return out
}

// canGroup reports whether rows may be kept together by a column of that kind:
// not by a measure, nor by yes and no.
func canGroup(c *frame.Column) bool {
	return c.Kind != frame.Bool && (c.Kind != frame.Numeric || c.Whole)
}

// groupText tells how the groups fall on the two sides.
func groupText(g train.GroupSplit) string {
	if g.Column == "" {
		return fmt.Sprintf("No copy of a training row is in test: %s of row in training, %s in test.", views.Plural(g.Train, "kind"), views.Plural(g.Test, "kind"))
	}
	return fmt.Sprintf("No %s is in both parts: %s in training, %s in test.", views.Clip(g.Column, 40), views.Count(g.Train), views.Count(g.Test))
}

// groupID is the id of that input.
func groupID(names []string) string {
	if len(names) > listedColumns {
		return views.FieldID("grouped")
	}
	return views.FieldID("group")
}
