// Package views draws the wizard's pages. Each page is a templ component fed
// by one plain struct, filled by the caller: numbers that are read by a person
// come as text (see Num, Count, Percent), charts as SVG text, and nothing here
// computes, fails or reaches for anything outside its arguments.
//
// A page's body is a component on its own; Layout wraps it into a whole
// document, and Partial sends it bare, with what outside of it has changed, to
// replace the content of #main:
//
//	Layout(shell, Train(form))   // a document
//	Partial(shell, Train(form))  // the same for an HX-Request
//
// Everything works without scripts: forms have an action and a method, and
// htmx upgrades the same addresses.
package views
