package views

import "github.com/a-h/templ"

// SVG writes a drawing as it is. It is the only way for markup to enter a page
// unescaped, and only package chart's output may be given to it.
func SVG(svg string) templ.Component { return templ.Raw(svg) }
