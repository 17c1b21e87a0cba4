package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// element is a parsed part of a drawing.
type element struct {
	name  string
	attrs map[string]string
	text  string
	kids  []*element
}

// parse reads a drawing strictly as XML.
func parse(t *testing.T, svg []byte) *element {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	root := &element{}
	stack := []*element{root}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%.400s", err, svg)
		}
		top := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			e := &element{name: tok.Name.Local, attrs: map[string]string{}}
			for _, a := range tok.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(tok)
		default:
			t.Fatalf("a drawing holds %T %v", tok, tok)
		}
	}
	if len(root.kids) != 1 || root.kids[0].name != "svg" {
		t.Fatalf("want one svg, got %.200s", svg)
	}
	return root.kids[0]
}

// all returns the elements of a name below e, in document order.
func (e *element) all(name string) []*element {
	var out []*element
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// labels returns what the texts below e say.
func (e *element) labels() []string {
	var out []string
	for _, l := range e.all("text") {
		out = append(out, l.text)
	}
	return out
}

// desc returns the description.
func (e *element) desc() string { return e.all("desc")[0].text }

// num returns a number attribute.
func (e *element) num(t *testing.T, name string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(e.attrs[name], 64)
	if err != nil {
		t.Fatalf("%s %s = %q, want a number", e.name, name, e.attrs[name])
	}
	return v
}

// draw returns the parsed drawing.
func draw(t *testing.T, f func(w io.Writer) error) *element {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	root := parse(t, b.Bytes())
	checkSafe(t, root, b.Bytes())
	return root
}

var (
	safeElements = []string{"svg", "title", "desc", "g", "rect", "circle", "path", "text"}
	safeAttrs    = []string{"xmlns", "class", "role", "viewBox", "width", "height", "font-family", "font-size", "color", "fill",
		"fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "d", "x", "y", "cx", "cy", "r",
		"text-anchor", "transform", "textLength", "lengthAdjust"}
)

// checkSafe asserts what is true of every drawing.
func checkSafe(t *testing.T, root *element, svg []byte) {
	t.Helper()
	if len(svg) > 200_000 {
		t.Errorf("%d bytes, want at most 200,000", len(svg))
	}
	for _, bad := range []string{"NaN", "Inf", "e+", "922337"} {
		if i := bytes.Index(svg, []byte(`="`+bad)); i >= 0 {
			t.Errorf("an attribute starts with %s: %s", bad, svg[i:min(i+60, len(svg))])
		}
	}
	if root.attrs["role"] != "img" || root.attrs["viewBox"] == "" {
		t.Errorf("root = %v, want role and viewBox", root.attrs)
	}
	if len(root.kids) < 2 || root.kids[0].name != "title" || root.kids[1].name != "desc" || root.kids[0].text == "" || root.kids[1].text == "" {
		t.Errorf("want a title and a description first, got %d children", len(root.kids))
	}
	if n := len(root.all("rect")) + len(root.all("circle")); n > maxMarks+30 { // the key's swatches are over and above
		t.Errorf("%d marks, want at most %d", n, maxMarks)
	}
	checkElement(t, root, root)
}

func checkElement(t *testing.T, root, e *element) {
	t.Helper()
	if !slices.Contains(safeElements, e.name) {
		t.Errorf("element %s", e.name)
	}
	for name, v := range e.attrs {
		if !slices.Contains(safeAttrs, name) {
			t.Errorf("attribute %s=%q on %s", name, v, e.name)
		}
		if name == "class" {
			checkClasses(t, v)
		}
	}
	if s, ok := e.attrs["font-size"]; ok && s != "12" && s != "13" {
		t.Errorf("font-size %s, want 12 or 13", s)
	}
	switch e.name {
	case "rect":
		inside(t, root, e, e.num(t, "x"), e.num(t, "y"))
		inside(t, root, e, e.num(t, "x")+e.num(t, "width"), e.num(t, "y")+e.num(t, "height"))
	case "circle":
		inside(t, root, e, e.num(t, "cx"), e.num(t, "cy"))
	case "text":
		checkText(t, root, e)
	}
	for _, k := range e.kids {
		checkElement(t, root, k)
	}
}

func checkClasses(t *testing.T, classes string) {
	t.Helper()
	for c := range strings.FieldsSeq(classes) {
		if _, ok := light[c]; !ok && c != "chart" && c != "c-line" && c != "c-dot" && !strings.HasPrefix(c, "c-d") {
			t.Errorf("class %s is not in the theme", c)
		}
	}
}

// checkText asserts that a level text lies within the drawing.
func checkText(t *testing.T, root, e *element) {
	t.Helper()
	x, y := e.num(t, "x"), e.num(t, "y")
	inside(t, root, e, x, y)
	if _, turned := e.attrs["transform"]; turned {
		return
	}
	w := measure(e.text, textSize) / wider
	if e.attrs["font-size"] == "12" {
		w *= smallSize / textSize
	}
	if s, held := e.attrs["textLength"]; held {
		w, _ = strconv.ParseFloat(s, 64)
	}
	switch e.attrs["text-anchor"] {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	inside(t, root, e, x, y)
	inside(t, root, e, x+w, y)
}

// inside asserts that a point is within the drawing, give or take a pixel.
func inside(t *testing.T, root, e *element, x, y float64) {
	t.Helper()
	var w, h float64
	if _, err := fmt.Sscanf(root.attrs["viewBox"], "0 0 %f %f", &w, &h); err != nil {
		t.Fatalf("viewBox %q: %v", root.attrs["viewBox"], err)
	}
	if !(x >= -1 && x <= w+1 && y >= -1 && y <= h+1) {
		t.Errorf("%s %q at %.1f, %.1f is outside of %v by %v", e.name, e.text, x, y, w, h)
	}
}
