package recipe_test

import (
	"context"
	"fmt"

	"clicktrain/internal/frame"
	"clicktrain/internal/recipe"
	"clicktrain/internal/recipe/encode"
	"clicktrain/internal/recipe/impute"
)

func ExampleFit() {
	f := frame.New(
		&frame.Column{Name: "age", Kind: frame.Numeric, Num: []float64{20, 40, 90}},
		&frame.Column{Name: "sex", Kind: frame.Category, Codes: []int32{0, 1, -1}, Levels: []string{"female", "male"}},
	)
	defs := []recipe.Definition{impute.Definition, encode.Definition}
	r, notes := recipe.Recipe{}.Complete(f, f.Names(), defs, recipe.Want{})
	fmt.Println(notes[0].Message)

	training := []int{0, 1}
	fitted, _, err := recipe.Fit(context.Background(), r, defs, recipe.Training{Frame: f, Features: f.Names(), Rows: training})
	if err != nil {
		fmt.Println(err)
		return
	}
	x, seen, err := fitted.Transform(f, []int{2})
	fmt.Println(fitted.Names(), x.Columns(), err)
	fmt.Printf("%s: %d missing\n", seen[0].Column, seen[0].Missing)
	// Output:
	// age: nothing is missing now; a row to come that lacks a value gets the median of the training rows.
	// [age sex] [[90] [-1]] <nil>
	// sex: 1 missing
}
