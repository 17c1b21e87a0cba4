package chart

import "strconv"

// The classes of the drawing. Each has one color, which a style sheet sets
// with the property "color"; see the package comment.
const (
	clsText    = "c-text"
	clsTick    = "c-tick"
	clsGrid    = "c-grid"
	clsAxis    = "c-axis"
	clsBar     = "c-bar"
	clsNeg     = "c-neg"
	clsRef     = "c-ref"
	clsSpread  = "c-spread"
	clsMissing = "c-missing"
	clsSurface = "c-surface"
	clsNum     = "c-num"
	clsNumOn   = "c-num-on"
	seriesMax  = 8
	divSteps   = 11
	seqSteps   = 10
)

// Colors of a drawing that stands alone, on a light ground.
var light = map[string]string{
	clsText: "#1c2127", clsTick: "#565f69", clsGrid: "#e4e6e2", clsAxis: "#84898f",
	clsBar: "#2450c8", clsNeg: "#b85c00", clsRef: "#565f69", clsSpread: "#1c2127",
	clsMissing: "#84898f", clsSurface: "#ffffff", clsNum: "#1c2127", clsNumOn: "#ffffff",

	"c-s1": "#2450c8", "c-s2": "#b85c00", "c-s3": "#1f7a5c", "c-s4": "#a3327f",
	"c-s5": "#5b6b7a", "c-s6": "#8a6d00", "c-s7": "#0b7285", "c-s8": "#7048a8",

	"c-h0": "#8f4700", "c-h1": "#a85d14", "c-h2": "#cf8d4f", "c-h3": "#e5b68a", "c-h4": "#f3dcc6",
	"c-h5": "#f1f1ee",
	"c-h6": "#d3ddf6", "c-h7": "#a9bdee", "c-h8": "#7e9be4", "c-h9": "#4b70d6", "c-h10": "#2450c8",

	"c-q0": "#f1f4fc", "c-q1": "#dfe7f9", "c-q2": "#c9d6f5", "c-q3": "#b1c3f0", "c-q4": "#97b0ea",
	"c-q5": "#7e9be4", "c-q6": "#4a6cd0", "c-q7": "#365fce", "c-q8": "#2450c8", "c-q9": "#1b3d9c",
}

// colorOf returns the presentation attribute with the class's own color.
func colorOf(class string) string { return ` color="` + light[class] + `"` }

// seriesClass returns the class of series i, counted from 0.
func seriesClass(i int) string { return "c-s" + strconv.Itoa(i%seriesMax+1) }

// divClass returns the class of share t, from −1 to 1, on the diverging scale.
func divClass(t float64) string { return "c-h" + strconv.Itoa(divLevel(t)) }

func divLevel(t float64) int {
	t = min(max(t, -1), 1)
	if t < 0 {
		return 5 - int(-t*5+0.5)
	}
	return 5 + int(t*5+0.5)
}

// seqClass returns the class of share t, from 0 to 1, on the sequential scale.
func seqClass(t float64) string { return "c-q" + strconv.Itoa(seqLevel(t)) }

func seqLevel(t float64) int { return min(int(min(max(t, 0), 1)*seqSteps), seqSteps-1) }

// numClass returns the class of a number written on a colored cell.
func numClass(cell string) string {
	switch cell {
	case "c-h0", "c-h1", "c-h9", "c-h10", "c-q6", "c-q7", "c-q8", "c-q9":
		return clsNumOn
	}
	return clsNum
}

// dashes tell series apart without color.
var dashes = [...]string{"", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 1 2 1 2", "1 2", "14 3 4 3"}
