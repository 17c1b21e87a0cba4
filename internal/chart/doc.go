// Package chart draws values as SVG: Histogram, Bars, Heatmap, Scatter, Lines
// and Boxes for figures, SparkHistogram and SparkBars for column cards. It
// knows nothing of frames, models or pages; each function takes a plain struct
// and writes one drawing, or nothing and an error, to an io.Writer.
//
// # What a drawing is
//
// An <svg role="img"> with a viewBox, its natural size in width and height
// (which a style sheet may override, as with max-width: 100%; height: auto), a
// <title> and a <desc>. It holds no style attribute, no script, no link, no
// id and no text that is not escaped: labels may hold anything. It may
// be put into a page under a policy of style-src 'self', or saved as a file.
// Equal input gives equal bytes. A drawing has at most 2,000 marks and 200 KB.
//
// No input breaks a drawing: values that are not finite are left out, a
// single value gets a range, and if nothing is left the drawing says "Nothing
// to draw". Errors are for input that contradicts itself, such as columns of
// different length.
//
// # Classes
//
// Every colored thing has a class, and takes its color from the property
// "color" through currentColor. A style sheet sets that one property:
//
//	.c-grid { color: var(--grid) }
//
// It must not set fill or stroke, since some classes are used for both. A
// presentation attribute holds the color for a light ground, so that a saved
// drawing looks right by itself.
//
//	class            what                                        light    dark
//	c-text           names of axes, rows, columns and series     #1c2127  #e7ebef
//	c-tick           numbers on axes and beside bars             #565f69  #a3adb8
//	c-grid           grid lines                                  #e4e6e2  #272e36
//	c-axis           the line on which bars stand                #84898f  #6d7782
//	c-bar            bars and boxes                              #2450c8  #8fb0ff
//	c-neg            bars below zero                             #b85c00  #ffb066
//	c-ref            reference bar, dashed reference line        #565f69  #a3adb8
//	c-spread         whiskers                                    #1c2127  #e7ebef
//	c-missing        small square: a cell without a value         #84898f  #6d7782
//	c-surface        ground behind a key, median in a box        #ffffff  #181d23
//	c-num, c-num-on  number on a pale, on a strong cell          #1c2127, #ffffff  #e7ebef, #0d1420
//	c-s1 … c-s8      series                                      the series tokens
//	c-h0 … c-h10     diverging cells; c-h5 is zero, c-h10 most   see testdata/theme.css
//	c-q0 … c-q9      sequential cells, c-q0 is least             see testdata/theme.css
//
// Further classes only tell marks apart and need no color: chart (the svg
// itself), c-line (a curve, beside c-s1 …), c-dot (points, beside c-s1 …),
// c-d1 … c-d5 (squares of a binned scatter plot, from few to many points;
// their fill-opacity is set). testdata/theme.css is a style sheet of all
// colors for light and dark, each checked for contrast by this package's
// tests.
//
// # How it is made
//
// The go-chart library lays out axes and calls the series in turn. Its own
// SVG renderer does not escape text and writes style attributes, so the type
// canvas stands in its place; its scales, ticks and series give way to scale,
// niceTicks and painter, which know no input that fails.
package chart
