package chart_test

import (
	"bytes"
	"fmt"
	"strings"

	"clicktrain/internal/chart"
)

func ExampleBars() {
	var b bytes.Buffer
	err := chart.Bars(&b, []chart.Bar{
		{Label: "Random forest", Value: 0.843, Spread: 0.02},
		{Label: "Always <no>", Value: 0.616, Ref: true},
	}, chart.Text{Title: "Accuracy", Desc: "The forest is right for 84 of 100 unseen rows."}, chart.Size{W: 480})
	if err != nil {
		fmt.Println(err)
	}
	svg := b.String()
	fmt.Println(strings.Contains(svg, `role="img"`), strings.Contains(svg, "Always &lt;no&gt;"), strings.Contains(svg, "style="))
	// Output: true true false
}
