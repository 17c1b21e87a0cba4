package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"clicktrain/internal/param"
	"clicktrain/internal/problem"
)

// Field is one input of a form.
type Field struct {
	Name        string   // as the form sends it
	Scope       string   // tells apart inputs of one name in several forms of a page; may be empty
	Label       string   // a phrase
	Code        string   // the name the field goes by in code, shown beside the label; may be empty
	Help        string   // one sentence below the label
	Wants       string   // the allowed values, "at least 0"; may be empty
	Type        string   // "number", "text", "select" or "several", which is boxes to tick
	Value       string   // what was typed, or the default
	Placeholder string   // what an empty field means
	Default     string   // shown in the help; may be empty
	Min         string   // of a number; empty is none
	Max         string   // of a number; empty is none
	Inc         string   // of a number: the step attribute, "1" or "any"
	Options     []Option // of a select, or the boxes, of which those ticked count in this order
	Suggest     []string // some of what may be typed, offered while typing
	Refusal     string   // why the value was refused; empty when it was not
}

// ID is the id of the field's input, to which an error summary links: the
// FieldID of its name, after its scope and a dot if it has one.
func (f Field) ID() string {
	if f.Scope == "" {
		return FieldID(f.Name)
	}
	return FieldID(f.Scope + "." + f.Name)
}

func (f Field) helpID() string    { return f.ID() + "-help" }
func (f Field) listID() string    { return f.ID() + "-list" }
func (f Field) refusalID() string { return f.ID() + "-refusal" }

// describedBy lists the ids of the texts that explain the field.
func (f Field) describedBy() string {
	var ids []string
	if f.hint() != "" {
		ids = append(ids, f.helpID())
	}
	if f.Refusal != "" {
		ids = append(ids, f.refusalID())
	}
	return strings.Join(ids, " ")
}

func (f Field) invalid() string { return strconv.FormatBool(f.Refusal != "") }

// hint is what stands below the label. Boxes show what is allowed.
func (f Field) hint() string {
	if f.Type == "several" {
		f.Wants = ""
	}
	return f.explained()
}

// explained is the help followed by what is allowed and what is the default.
func (f Field) explained() string {
	var parts []string
	if f.Help != "" {
		parts = append(parts, f.Help)
	}
	if f.Wants != "" {
		parts = append(parts, upperFirst(f.Wants)+".")
	}
	if def := f.defaultWords(); def != "" {
		parts = append(parts, "Default "+def+".")
	}
	return strings.Join(parts, " ")
}

// defaultWords is the default as the input shows it.
func (f Field) defaultWords() string {
	if f.Type != "several" {
		return f.Default
	}
	var words []string
	for _, name := range ticked(f.Default) {
		words = append(words, Label(f.Options, name))
	}
	return strings.Join(words, ", ")
}

// FieldID returns the id of the input with that name: letters, digits, dots
// and underscores stay, anything else is written as its code point.
func FieldID(name string) string {
	var b strings.Builder
	b.WriteString("f-")
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
			b.WriteRune(r)
		default:
			b.WriteString("-" + strconv.FormatInt(int64(r), 16))
		}
	}
	return b.String()
}

// ParamFields returns the inputs for declared parameters. Their form names are
// prefix, a dot and the parameter's name, or the name alone without a prefix.
// typed holds what was typed by form name; refused, which may be nil, is shown
// beside the parameter it blames.
func ParamFields(prefix string, fields []param.Field, typed map[string]string, refused *problem.Error) []Field {
	out := make([]Field, len(fields))
	for i, p := range fields {
		out[i] = paramField(prefix, p)
		f := &out[i]
		if v, ok := typed[f.Name]; ok {
			f.fill(v)
		}
		if refused != nil && (refused.Field == p.Name || refused.Field == f.Name) {
			f.Refusal = refused.Error()
		}
	}
	return out
}

// fill puts what was typed into the field.
func (f *Field) fill(v string) {
	f.Value = v
	if f.Type == "several" {
		f.tick(ticked(v))
		return
	}
	for i := range f.Options {
		f.Options[i].Selected = f.Options[i].Value == v
	}
}

func paramField(prefix string, p param.Field) Field {
	name := p.Name
	if prefix != "" {
		name = prefix + "." + p.Name
	}
	def := param.Text(p.Default)
	f := Field{Name: name, Label: Phrase(p.Name), Code: p.Name, Help: p.Help, Type: "number", Value: def, Default: def}
	switch p.Type {
	case param.Bool:
		f.Type = "select"
		f.Default = map[bool]string{true: "yes", false: "no"}[p.Default == true]
		f.Options = []Option{
			{Value: "true", Label: "Yes", Selected: def == "true"},
			{Value: "false", Label: "No", Selected: def == "false"},
		}
	case param.Choice:
		f.Type = "select"
		for _, c := range p.Choices {
			f.Options = append(f.Options, Option{Value: c, Label: c, Selected: c == def})
		}
	case param.Mixed:
		f.Type, f.Wants = "text", "Takes "+p.Wants()
	case param.List:
		f.Type, f.Wants = "text", "Takes "+p.Wants()
		if len(p.Choices) > 0 {
			f.Type = "several"
			for _, c := range p.Choices {
				f.Options = append(f.Options, Option{Value: c, Label: c})
			}
			f.tick(ticked(def))
		}
	case param.Free, param.Signs, param.Ints, param.Floats:
		f.Type = "text"
		if p.Type != param.Free {
			f.Wants = "Takes " + p.Wants()
		}
	case param.MaybeFloat:
		f.Placeholder, f.Default = "none", "none"
		f.Inc, f.Wants = "any", p.Wants()
		f.bound(p.Range, 0)
	case param.MaybeInt:
		if p.Default != nil { // so that an empty input is not none, which is to be typed
			f.Type, f.Wants = "text", p.Wants()
			break
		}
		f.Placeholder, f.Default = "none", "none"
		fallthrough
	case param.Int:
		f.Inc, f.Wants = "1", p.Wants()
		f.bound(p.Range, 1)
	case param.Float:
		f.Inc, f.Wants = "any", p.Wants()
		f.bound(p.Range, 0)
	}
	return f
}

// bound sets min and max. An excluded minimum is left to the server unless
// values come in steps, where the next one is the minimum.
func (f *Field) bound(r param.Range, step float64) {
	lo := r.Min
	if r.Open {
		lo += step
	}
	if !math.IsInf(lo, 0) && !math.IsNaN(lo) && (!r.Open || step > 0) {
		f.Min = strconv.FormatFloat(lo, 'g', -1, 64)
	}
	if !math.IsInf(r.Max, 0) && !math.IsNaN(r.Max) {
		f.Max = strconv.FormatFloat(r.Max, 'g', -1, 64)
	}
}

// Phrase turns a name such as n_estimators or max_depth into words.
func Phrase(name string) string {
	words := strings.Split(name, "_")
	if i := slices.Index(words, "n"); i == 0 && len(words) > 1 {
		words = append([]string{"number", "of"}, words[1:]...)
	}
	return upperFirst(strings.Join(words, " "))
}

// aria ties the input to its help and its refusal.
func (f Field) aria() templ.Attributes {
	a := f.described()
	a["aria-invalid"] = f.invalid()
	return a
}

func (f Field) described() templ.Attributes {
	a := templ.Attributes{}
	if ids := f.describedBy(); ids != "" {
		a["aria-describedby"] = ids
	}
	return a
}

// limits says what may be typed. A value that is not a number is shown in a
// text input, because a number input would hide it.
func (f Field) limits() templ.Attributes {
	a := templ.Attributes{"type": "text"}
	if f.Placeholder != "" {
		a["placeholder"] = f.Placeholder
	}
	if len(f.Suggest) > 0 {
		a["list"] = f.listID()
	}
	if f.Type != "number" {
		return a
	}
	a["inputmode"] = "decimal"
	if _, err := strconv.ParseFloat(f.Value, 64); err != nil && f.Value != "" {
		return a
	}
	a["type"] = "number"
	for name, v := range map[string]string{"min": f.Min, "max": f.Max, "step": f.Inc} {
		if v != "" {
			a[name] = v
		}
	}
	return a
}
