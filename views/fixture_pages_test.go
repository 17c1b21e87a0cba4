package views_test

import (
	"fmt"
	"io"
	"math"
	"testing"

	"clicktrain/internal/chart"
	"clicktrain/internal/problem"
	"clicktrain/views"
)

func landingPage(p *views.Problem) views.LandingPage {
	return views.LandingPage{
		Problem: p, MaxBytes: 200 << 20, Limits: "Up to 200 MiB and 10 000 columns.",
		Samples: []views.Sample{
			{Name: "titanic", Title: "Titanic", Question: "Who survived the Titanic?", Rows: "891 rows", Columns: "15 columns", Task: "yes or no"},
			{Name: "penguins", Title: "Penguins", Question: "Which species is this penguin?", Rows: "344 rows", Columns: "7 columns", Task: "one of three"},
			{Name: "iris", Title: "Iris", Question: "Which iris is it?", Rows: "150 rows", Columns: "5 columns", Task: "one of three"},
			{Name: "housing", Title: "Housing", Question: "What does a house cost in California?", Rows: views.Plural(20640, "row"), Columns: "10 columns", Task: "a number"},
		},
	}
}

func passengers() views.Table {
	t := views.Table{Caption: "The first 5 of 891 rows", Heads: []views.Head{
		{Name: "survived", Note: "Yes or no", Number: true, Code: true}, {Name: "pclass", Note: "Number", Number: true, Code: true},
		{Name: "sex", Note: "Category", Code: true}, {Name: "age", Note: "Number", Number: true, Code: true},
		{Name: "fare", Note: "Number", Number: true, Code: true}, {Name: "embarked", Note: "Category", Code: true},
		{Name: "class", Note: "Category", Code: true}, {Name: "who", Note: "Category", Code: true},
		{Name: "deck", Note: "Category", Code: true}, {Name: "embark_town", Note: "Category", Code: true}, {Name: "alone", Note: "Yes or no", Code: true},
	}}
	for _, r := range [][]string{
		{"0", "3", "male", "22", "7.25", "S", "Third", "man", "", "Southampton", "False"},
		{"1", "1", "female", "38", "71.2833", "C", "First", "woman", "C", "Cherbourg", "False"},
		{"1", "3", "female", "26", "7.925", "S", "Third", "woman", "", "Southampton", "True"},
		{"1", "1", "female", "35", "53.1", "S", "First", "woman", "C", "Southampton", "False"},
		{"0", "3", "male", "", "8.4583", "Q", "Third", "man", "", "Queenstown", "True"},
	} {
		row := views.Texts(r...)
		for j := range row {
			row[j].Missing = row[j].Text == ""
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func dataPage() views.DataPage {
	return views.DataPage{
		FileName: "titanic.csv", Summary: "Read 891 rows and 15 columns. Separator comma, UTF-8. 2 columns need a look.",
		Tiles: []views.Tile{{Label: "Rows", Value: "891"}, {Label: "Columns", Value: "15", Note: "6 numbers, 7 categories, 2 yes or no"},
			{Label: "Missing", Value: "6.5%", Note: "869 of 13 365 cells"}, {Label: "Size", Value: "57.0 KiB"}},
		Reading: []views.Fact{{Label: "Separator", Value: "comma"}, {Label: "Encoding", Value: "UTF-8"}, {Label: "Header", Value: "first line"}, {Label: "Decimal point", Value: "."}},
		Controls: []views.Field{{Name: "delimiter", Label: "Separator", Type: "select", Options: []views.Option{{Value: ",", Label: "comma", Selected: true}, {Value: ";", Label: "semicolon"}}},
			{Name: "header", Label: "First line", Type: "select", Options: []views.Option{{Value: "true", Label: "holds the names"}, {Value: "false", Label: "is a row"}}}},
		Chosen: true, Loss: "Reading the file again deletes the recipe and 2 runs.",
		Notices: []views.Notice{{Text: "Line 2 (years, m) does not look like data.", Actions: []views.Action{{Label: "Leave it out", URL: "/reread", Post: true, Hidden: []views.Hidden{{Name: "units", Value: "yes"}}}}},
			{Column: "age", URL: "/explore/columns/1", Text: "2 cells of age are not numbers and count as missing."}},
		More:          "Notices of 300 other columns stand on the pages of these columns below.",
		SetAsideTotal: "2 rows were set aside because they do not have 15 cells.",
		SetAside:      []views.SetAside{{Line: "410", Reason: "16 cells, 15 expected"}, {Line: "533", Reason: "3 cells, 15 expected"}},
		Preview:       passengers(),
		Kinds: views.KindTable{Caption: "Columns 1 to 2 of 15", Page: 1, After: &views.Link{Text: "Columns 3 to 4", URL: "/?page=2"}, Rows: []views.KindRow{
			{Index: 0, Name: "survived", URL: "/explore/columns/0", Kinds: kinds("Yes or no"), Reason: "two values, 0 and 1", Missing: "0", Refusal: "There is no such kind."},
			{Index: 1, Name: "age", URL: "/explore/columns/1", Kinds: kinds("Number"), Reason: "chosen by you", Chosen: true, Missing: "177"}}},
		MaxBytes: 200 << 20, Limits: "Up to 200 MiB.",
	}
}

func kinds(chosen string) []views.Option {
	var out []views.Option
	for _, k := range []string{"Number", "Category", "Yes or no"} {
		out = append(out, views.Option{Value: k, Label: k, Selected: k == chosen})
	}
	return out
}

func explorePage(t testing.TB) views.ExplorePage {
	sex := svg(t, func(w io.Writer) error {
		return chart.SparkBars(w, []chart.Bar{{Label: "male", Value: 577}, {Label: "female", Value: 314}}, say("Sex"), chart.Card)
	})
	return views.ExplorePage{
		Tiles: []views.Tile{{Label: "Rows", Value: "891"}, {Label: "Columns", Value: "15"}, {Label: "Missing cells", Value: "6.5%", Note: "869 of 13 365"}, {Label: "Duplicate rows", Value: "107", Note: "12% of all rows"}},
		Alerts: exploreAlerts([]views.Alert{
			{Severity: views.Bad, Column: "alive", URL: "/explore/columns/13", Text: "says the same as survived.", Hint: "A model that sees it learns nothing else, and you will not know it when you predict.", Action: &views.Action{Label: "Leave it out", URL: "/prepare", Post: true, Hidden: []views.Hidden{{Name: "step", Value: "drop"}, {Name: "columns", Value: "13"}}}},
			{Severity: views.Warn, Column: "deck", URL: "/explore/columns/11", Text: "is missing in 688 of 891 rows (77%).", Action: &views.Action{Label: "See it", URL: "/explore/columns/11"}},
			{Severity: views.Note, Text: "107 rows occur more than once.", Hint: "Copies that land among both training and test rows make a model look better than it is."},
		}),
		Choice:     views.TargetChoice{Options: []views.Option{{Value: "", Label: "Nothing yet"}, {Value: "0", Label: "survived", Selected: true}, {Value: "3", Label: "age"}}},
		Sorts:      []views.Option{{Value: "file", Label: "As in the file"}, {Value: "target", Label: "Goes with the target"}, {Value: "missing", Label: "Most missing first"}},
		TargetName: "survived", TargetNote: "342 of 891 passengers survived (38%).",
		Target: &views.Chart{Caption: "Fewer survived than died: 342 against 549.", SVG: svg(t, func(w io.Writer) error {
			return chart.Bars(w, []chart.Bar{{Label: "0", Value: 549}, {Label: "1", Value: 342}}, say("Survived"), chart.Size{W: 520})
		}), Table: &views.Table{Caption: "Rows for each value", Heads: []views.Head{{Name: "Value"}, {Name: "Rows", Number: true}}, Rows: [][]views.Cell{views.Texts("0", "549"), views.Texts("1", "342")}}},
		Cards: []views.ColumnCard{
			{Name: "survived", URL: "/explore/columns/0", Kind: "Yes or no", Reason: "two values, 0 and 1", IsTarget: true, Missing: "none missing", SVG: sex, Facts: []views.Fact{{Label: "Values", Value: "2"}, {Label: "Most", Value: "0"}, {Label: "Share", Value: "62%"}}},
			{Name: "age", URL: "/explore/columns/3", Kind: "Number", Reason: "every value is a number", Missing: "177 missing (20%)", Lacking: true, Relation: "association 0.08", SVG: histogram(t, "Age", chart.Card, 64, 115, 230, 155, 86, 42, 17, 5), Facts: []views.Fact{{Label: "Median", Value: "28"}, {Label: "Lowest", Value: "0.42"}, {Label: "Highest", Value: "80"}}},
			{Name: "sex", URL: "/explore/columns/2", Kind: "Category", Reason: "2 texts, each often", Missing: "none missing", Relation: "0.54, strong", Against: sex, Label: "Share with survived = 1", Left: "you left it out", SVG: sex, Facts: []views.Fact{{Label: "Values", Value: "2"}, {Label: "Most", Value: "male"}, {Label: "Share", Value: "65%"}}},
			{Name: "fare", URL: "/explore/columns/6", Kind: "Number", Reason: "every value is a number", Missing: "none missing", Relation: "association 0.26", SVG: histogram(t, "Fare", chart.Card, 562, 170, 80, 40, 16, 3, 11, 2, 0, 0, 3), Facts: []views.Fact{{Label: "Median", Value: "14.45"}, {Label: "Lowest", Value: "0"}, {Label: "Highest", Value: "512.3"}}, Alerts: []views.Alert{{Severity: views.Note, Text: "Long tail: 4 rows over 500."}}},
			{Name: "the_name_of_this_column_is_rather_long_in_kilometers", URL: "/explore/columns/7", Kind: "Text", Reason: "most values occur once", Missing: "none missing", Facts: []views.Fact{{Label: "Values", Value: "888"}, {Label: "Longest", Value: "82"}, {Label: "Shortest", Value: "12"}}},
		},
		Findings: []views.Finding{{Column: "sex", URL: "/explore/columns/2", Text: "survived is 1 in 74% of the rows where sex is female, and in 19% where sex is male."}},
		Ranking: &views.Chart{Caption: "sex tells the most about survived.", SVG: svg(t, func(w io.Writer) error {
			return chart.Bars(w, []chart.Bar{{Label: "sex", Value: 0.53}, {Label: "fare", Value: 0.36}}, say("Association"), chart.Size{W: 520})
		})},
		Settled: &views.Action{Label: "Show again 1 finding kept as it is", URL: "/explore/settle", Post: true, Hidden: []views.Hidden{{Name: "again", Value: "yes"}}},
		More:    exploreAlerts([]views.Alert{{Severity: views.Note, URL: "/explore/columns/6", Text: "fare has a long tail."}}),
		Shown:   "1 to 5 of 15 columns", Query: "a",
		Pages:  []views.PageLink{{Text: "1", URL: "/explore?page=1", Here: true}, {Text: "2", URL: "/explore?page=2"}},
		Lazy:   []views.LazyPart{{ID: "relations", Title: "How columns go together", Text: "Show how columns go together", URL: "/explore/relations"}},
		Report: []views.Link{{Text: "Keep as a report", URL: "/explore/report.html"}},
	}
}

func partPage(t testing.TB) views.PartPage {
	return views.PartPage{
		ID: "relations", Title: "How columns go together", Lead: "891 rows.",
		Charts: append([]views.Chart{{Caption: "Three columns lack values; deck lacks most of them.", SVG: svg(t, func(w io.Writer) error {
			return chart.Bars(w, []chart.Bar{{Label: "deck", Value: 0.772}, {Label: "age", Value: 0.199}, {Label: "embarked", Value: 0.002}}, say("Missing"), chart.Size{W: 520})
		})}},
			views.Chart{Wide: true, Caption: "Fare falls as class number rises (−0.55); the rest goes its own way.", Explain: "Correlation is 1 when two columns rise together in a straight line, −1 when one falls as the other rises, and near 0 when neither says anything about the other.",
				SVG: svg(t, func(w io.Writer) error {
					return chart.Heatmap(w, correlations(), say("Correlation"), chart.Size{W: 720})
				}), Narrow: svg(t, func(w io.Writer) error {
					return chart.Heatmap(w, correlations(), say("Correlation"), chart.Size{W: 330})
				})}),
		Tables: []views.TitledTable{{ID: "pairs", Title: "The strongest pairs", Note: "Of all columns.", Table: views.Table{Caption: "The strongest pairs", Heads: []views.Head{{Name: "Column"}, {Name: "And"}, {Name: "Correlation", Number: true}}, Rows: [][]views.Cell{{{Text: "pclass", Code: true}, {Text: "fare", Code: true}, {Text: "−0.55"}}, {{Text: "sibsp", Code: true}, {Text: "parch", Code: true}, {Text: "0.41"}}}}}, {ID: "rows", Title: "First rows", Table: passengers()}},
	}
}

// exploreAlerts gives alerts the buttons they have on the page.
func exploreAlerts(list []views.Alert) []views.ExploreAlert {
	var out []views.ExploreAlert
	for _, a := range list {
		x := views.ExploreAlert{Alert: a, State: "You left it out of training."}
		if a.Action != nil {
			x.Actions = append(x.Actions, *a.Action)
		}
		x.Actions = append(x.Actions, views.Action{Label: "Keep as is", URL: "/explore/settle", Post: true, Hidden: []views.Hidden{{Name: "finding", Value: a.Text}}})
		out = append(out, x)
	}
	return out
}

func correlations() chart.Grid {
	names := []string{"survived", "pclass", "age", "sibsp", "parch", "fare"}
	g := chart.Grid{Rows: names, Cols: names, Diverging: true, Min: -1, Max: 1, Format: chart.Correlation}
	for i := range names {
		g.Values = append(g.Values, make([]float64, len(names)))
		for j := range names {
			g.Values[i][j] = math.Cos(float64(i-j)) * math.Exp(-math.Abs(float64(i-j))/3)
		}
	}
	return g
}

func columnPage(t testing.TB) views.ColumnPage {
	return views.ColumnPage{
		Name: "fare", Kind: "Number", Reason: "every value is a number",
		Finding: "Fares pile up under 50; four tickets cost over 500.",
		Tiles:   []views.Tile{{Label: "Median", Value: "14.45"}, {Label: "Mean", Value: "32.2"}, {Label: "Spread", Value: "49.69", Note: "standard deviation"}, {Label: "Missing", Value: "0", Note: "of 891 rows"}},
		Alerts:  exploreAlerts([]views.Alert{{Severity: views.Warn, Text: "15 rows hold 0.", Hint: "Zero may stand for a missing fare."}}),
		Charts: []views.Chart{
			{Caption: "Most fares are under 50; the tail reaches 512.", SVG: histogram(t, "Fare, in pounds", chart.Size{W: 520, H: 280}, 562, 170, 80, 40, 16, 3, 11, 2, 0, 0, 3), Narrow: histogram(t, "Fare, in pounds", chart.Size{W: 320, H: 240}, 562, 170, 80, 40, 16, 3, 11, 2, 0, 0, 3),
				Table: &views.Table{Caption: "Rows by fare", Heads: []views.Head{{Name: "Fare"}, {Name: "Rows", Number: true}}, Rows: [][]views.Cell{views.Texts("0 to 10", "562"), views.Texts("10 to 20", "170")}}},
			{Caption: "Those who survived paid twice as much.", SVG: svg(t, func(w io.Writer) error {
				return chart.Boxes(w, []chart.Box{{Label: "survived", Q1: 12.5, Median: 26, Q3: 57, High: 120, Rows: 342}, {Label: "died", Q1: 7.9, Median: 10.5, Q3: 26, High: 53, Rows: 549}}, "Fare, in pounds", say("Fare by survived"), chart.Size{W: 520})
			})},
		},
		Stats:    []views.Fact{{Label: "Count", Value: "891"}, {Label: "Distinct values", Value: "248"}, {Label: "Lowest", Value: "0"}, {Label: "Lower quartile", Value: "7.91"}, {Label: "Upper quartile", Value: "31"}, {Label: "Highest", Value: "512.3"}, {Label: "Skewness", Value: "4.787", Note: "long tail to the right"}, {Label: "Kurtosis", Value: "33.4"}},
		Values:   views.Table{Caption: "The 3 most frequent of 248 values", Heads: []views.Head{{Name: "Value"}, {Name: "Rows", Number: true}, {Name: "Share", Number: true}}, Rows: [][]views.Cell{views.Texts("8.05", "43", "4.8%"), views.Texts("13", "42", "4.7%"), views.Texts("7.8958", "38", "4.3%")}},
		Previous: &views.Link{Text: "parch", URL: "/explore/columns/5"}, Next: &views.Link{Text: "embarked", URL: "/explore/columns/7"}, Up: "/explore?target=0",
	}
}

func preparePage() views.PreparePage {
	before := views.Table{Caption: "Before: 3 columns", Quiet: true, Heads: []views.Head{{Name: "age", Number: true, Code: true}, {Name: "sex", Code: true}, {Name: "embarked", Code: true}},
		Rows: [][]views.Cell{{{Text: "22"}, {Text: "male"}, {Text: "S"}}, {{Missing: true}, {Text: "female"}, {Text: "C"}}, {{Text: "26"}, {Text: "female"}, {Missing: true}}}}
	after := views.Table{Caption: "After: 6 columns", Quiet: true, Heads: []views.Head{{Name: "age", Number: true, Code: true, New: true}, {Name: "sex_male", Number: true, Code: true, New: true}, {Name: "embarked_C", Number: true, Code: true, New: true}, {Name: "embarked_Q", Number: true, Code: true, New: true}, {Name: "embarked_S", Number: true, Code: true, New: true}},
		Rows: [][]views.Cell{views.Texts("22", "1", "0", "0", "1"), {{Text: "28", Changed: true}, {Text: "0"}, {Text: "1"}, {Text: "0"}, {Text: "0"}}, views.Texts("26", "0", "0", "0", "1")}}
	columns := []views.Check{{Value: "3", Label: "age", Note: "numeric", Checked: true}, {Value: "11", Label: "deck", Note: "category"}}
	return views.PreparePage{
		Strip: "Learned from 712 training rows; 179 test rows set aside.", StripNote: "What a step learns, such as a median, comes from training rows only. Otherwise the test would flatter the model.",
		Steps: []views.RecipeStep{
			{Index: "0", Title: "Fill missing values with the median", Columns: "age", Learned: []string{"age: 28 where missing"}},
			{Index: "1", Title: "One column for each category", Columns: "sex, embarked", Learned: []string{"sex: female, male", "embarked: C, Q, S"}},
			{Index: "2", Title: "Standard scaling", Columns: "name", Refusal: "name is text, and scaling needs numbers."},
		},
		Suggestions: []views.Suggestion{
			{Title: "Fill missing values with the most frequent one", Columns: "embarked, deck", Reason: "Both are categories, and a model takes no gaps.", Hidden: []views.Hidden{{Name: "step", Value: "impute"}, {Name: "strategy", Value: "most_frequent"}}},
			{Title: "Standard scaling", Columns: "age, fare", Reason: "Their ranges differ 100-fold, which linear models mind.", Hidden: []views.Hidden{{Name: "step", Value: "scale"}}},
		},
		Families: []views.StepFamily{{Title: "Each column by itself", Forms: []views.StepForm{
			{Step: "impute", Title: "Missing values", When: "When cells are empty: models take no gaps.", Cost: "Filled values are guesses.", Columns: columns, Fields: []views.Field{{Name: "strategy", Label: "Fill with", Type: "select", Options: []views.Option{{Value: "mean", Label: "the mean"}, {Value: "median", Label: "the median", Selected: true}, {Value: "mode", Label: "the most frequent value"}, {Value: "drop", Label: "nothing: drop the row"}}}}},
			{Step: "encode", Title: "Categories to numbers", When: "When a column holds words.", Cost: "One-hot makes a column for each word.", Columns: columns, Fields: []views.Field{{Name: "method", Label: "How", Type: "select", Options: []views.Option{{Value: "label", Label: "one number for each category"}, {Value: "onehot", Label: "one column for each category"}}}}},
			{Step: "scale", Title: "Standard scaling", When: "When columns have very different ranges.", Cost: "Numbers lose their unit.", Columns: columns, Open: true, Preview: &views.StepPreview{Says: "Changes 712 values in 1 column.", Before: &before, After: &after}},
		}}},
		Editing: &views.StepForm{Step: "impute", Index: "0", Title: "Missing values", Cost: "Filled values are guesses.", ByName: true, Names: "age", Preview: &views.StepPreview{Refusal: "age holds text."}},
		History: []views.Version{{Done: "0", What: "No steps"}, {Done: "1", What: "Added: missing values"}, {Done: "2", What: "Added: one column for each category", Current: true}, {Done: "3", What: "Added: standard scaling", Undone: true}},
		Undo:    "1", Redo: "3", Prepared: "712 training rows and 179 test rows, 5 columns and the target.",
		Before: &before, After: &after, Widths: "3 columns become 5.", PreviewNote: "First 3 of 712 training rows.",
	}
}

func trainPage(refused *problem.Error) views.TrainPage {
	typed := map[string]string{}
	t := views.TrainPage{
		Question: "Predict survived, yes or no, from 12 columns.",
		Choice:   views.TargetChoice{Options: []views.Option{{Value: "0", Label: "survived", Selected: true}, {Value: "3", Label: "age"}}}, TargetName: "survived",
		Tasks:      []views.Option{{Value: "classification", Label: "Which class? (classification)", Selected: true}, {Value: "regression", Label: "How much? (regression)"}},
		TaskReason: "survived holds two values, so this is a choice between classes.",
		Features:   []string{"pclass", "sex", "age", "sibsp", "parch", "fare", "embarked"},
		LeftOut:    []views.LeftOut{{Name: "alive", Reason: "It says the same as the target."}, {Name: "deck", Reason: "77% of it is missing."}},
		Checks:     []views.Alert{{Severity: views.Warn, Text: "2 columns still have missing values.", Hint: "They will be filled with the median and the most frequent value.", Action: &views.Action{Label: "Change the recipe", URL: "/prepare"}}},
		Recipe:     "3 preparation steps: fill missing values, one column for each category, standard scaling.", RecipeURL: "/prepare",
		Split: []views.Field{{Name: "test_size", Label: "Share of rows to test on", Help: "A fifth is usual.", Wants: "between 0.05 and 0.5", Type: "number", Value: "0.2", Min: "0.05", Max: "0.5", Inc: "0.05", Default: "0.2"},
			{Name: "seed", Label: "Seed", Help: "The same seed draws the same rows.", Type: "number", Value: "42", Min: "0", Inc: "1"}},
	}
	if refused != nil {
		typed["random_forest.max_depth"] = "-3"
		t.Problem = &views.Problem{Items: []views.ProblemItem{{
			Text: refused.Message, Hint: refused.Hint, Href: "#" + views.FieldID("random_forest."+refused.Field)}}}
	}
	t.Families = []views.LearnerFamily{
		{Title: "Good to start with", First: true, Learners: []views.LearnerCard{
			{Name: "logistic_regression", Title: "Logistic regression", Summary: "Weighs the columns and adds them up. A good first model, easy to explain.", Cost: "Fast. It misses what only shows in combinations.", Advice: "Good start", Checked: refused == nil, Fields: views.ParamFields("logistic_regression", logisticParams(), nil, nil)},
			{Name: "random_forest", Title: "Random forest", Summary: "Many trees that ask yes-or-no questions, and vote.", Cost: "Slower, and the file is large. It does not extrapolate.", Checked: refused != nil, Refused: refused != nil, Fields: views.ParamFields("random_forest", forestParams(), typed, refused)},
		}},
		{Title: "Linear models", Open: true, Learners: []views.LearnerCard{
			{Name: "dummy", Title: "Most frequent class", Summary: "Always guesses the same: what a real model has to beat."},
		}},
		{Title: "Ensembles", Learners: []views.LearnerCard{
			{Name: "voting", Title: "Voting", Summary: "Lets several models vote.", Cost: "Slow.", MoreParts: true, Fields: []views.Field{{Name: "voting.voting", Type: "text", Label: "Voting"}}},
			{Name: "stacking", Title: "Stacking", Summary: "A model on top of others.", Cost: "Slow.", Fields: []views.Field{{Name: "stacking.cv", Type: "text", Label: "Folds"}},
				Parts: []views.LearnerPart{{Title: "Ridge", Fields: []views.Field{{Name: "stacking.ridge__alpha", Type: "number", Label: "Alpha"}}}}},
		}},
	}
	t.Split = append(t.Split, views.Field{Name: "cv", Type: "select", Label: "Check with cross-validation", Options: []views.Option{{Value: "0", Label: "no", Selected: true}, {Value: "5", Label: "5 folds"}}})
	t.Group = views.Field{Name: "group", Type: "select", Label: "Keep rows of the same … together", Options: []views.Option{{Label: "no column", Selected: true}}}
	t.Weights = views.Field{Name: "weight", Type: "select", Label: "Count rows by the column …", Options: []views.Option{{Label: "no column", Selected: true}}}
	return t
}

func resultsPage(t testing.TB) views.ResultsPage {
	bar := func(v, spread float64) string {
		return svg(t, func(w io.Writer) error {
			return chart.SparkBars(w, []chart.Bar{{Label: "score", Value: v, Spread: spread}}, say(fmt.Sprint("Score ", v)), chart.Size{W: 200, H: 28})
		})
	}
	confusion := chart.Grid{Rows: []string{"no", "yes"}, Cols: []string{"no", "yes"}, Values: [][]float64{{0.9, 0.1}, {0.26, 0.74}}, Shown: [][]string{{"99", "11"}, {"18", "51"}}, Max: 1, RowLabel: "Actual", ColLabel: "Predicted"}
	roc := chart.Plot{Curves: []chart.Curve{{Name: "forest (area 0.87)", X: []float64{0, 0.1, 0.3, 0.6, 1}, Y: []float64{0, 0.6, 0.85, 0.95, 1}}}, Unit: true, Diagonal: true, DiagonalName: "chance", XLabel: "False alarms, as a share of no", YLabel: "Found, as a share of yes"}
	return views.ResultsPage{
		Run: runHead(), MoreURL: "/train", TryURL: "/predict?run=2", SaveURL: "/download?run=2", DeleteURL: "/runs/2/delete?from=",
		Naming: views.Field{Name: "name", Type: "text", Label: "Name", Placeholder: "Run 2", Help: "At most 60 characters."},
		Others: []views.OtherRun{{Title: "Run 4: Gradient boosting for survived", State: "running", URL: "/runs/4", DeleteURL: "/runs/4/delete?from=2", Going: true},
			{Title: "Run 3: k nearest neighbors for survived", State: "failed", Why: "It took more memory than a run may have.", URL: "/runs/3", DeleteURL: "/runs/3/delete?from=2"}},
		Good: true, Verdict: "Right for 84 of 100 unseen passengers; always guessing no would be right for 62.", Detail: "Random forest, scored on 179 test rows that it had not met.",
		Scores: []views.Score{
			{Label: "Accuracy", Value: "0.838", Noise: "± 0.054", Baseline: "0.615", Folds: "0.812 ± 0.021", Rows: "179 test rows", Means: "84 of 100 right", Explain: "The share of test rows whose class was predicted right."},
			{Label: "Precision", Value: "0.837", Noise: "± 0.06", Baseline: "0.378", Rows: "179 test rows", Means: "weighted by class", Explain: "Of the rows given a class, the share that has it."},
			{Label: "Recall", Value: "0.838", Noise: "± 0.06", Baseline: "0.615", Rows: "179 test rows", Means: "weighted by class"},
			{Label: "F1 score", Value: "0.836", Noise: "± 0.06", Baseline: "0.468", Rows: "179 test rows", Means: "precision and recall in one"},
		},
		Warnings: []views.Alert{{Severity: views.Warn, Column: "deck", Text: "had two values among the test rows that training had not seen.", Hint: "They count as missing."}},
		Plots: []views.Chart{
			{Caption: "It misses 18 of 69 survivors, and mistakes 11 of 110 others for survivors.", SVG: svg(t, func(w io.Writer) error { return chart.Heatmap(w, confusion, say("Confusion"), chart.Size{W: 420}) }), Narrow: svg(t, func(w io.Writer) error { return chart.Heatmap(w, confusion, say("Confusion"), chart.Size{W: 320}) }), Table: &views.Table{Caption: "Test rows by actual and predicted class", Heads: []views.Head{{Name: "Actual"}, {Name: "Predicted no", Number: true}, {Name: "Predicted yes", Number: true}}, Rows: [][]views.Cell{{{Text: "no"}, {Text: "99", Heat: 9}, {Text: "11", Heat: 1}}, {{Text: "yes"}, {Text: "18", Heat: 3}, {Text: "51", Heat: 7}}}}},
			{Caption: "It ranks a survivor above another passenger 87 times of 100.", SVG: svg(t, func(w io.Writer) error { return chart.Lines(w, roc, say("ROC"), chart.Size{W: 480, H: 360}) }), Explain: "The curve shows what share of survivors is found for each share of false alarms. The area below it is 1 for a perfect model and 0.5 for guessing."},
		},
		PerClass: &views.Table{Caption: "Precision, recall and F1 score of each class", Heads: []views.Head{{Name: "Class"}, {Name: "Precision", Number: true}, {Name: "Recall", Number: true}, {Name: "F1 score", Number: true}, {Name: "Test rows", Number: true}}, Rows: [][]views.Cell{views.Texts("no", "0.846", "0.900", "0.872", "110"), views.Texts("yes", "0.823", "0.739", "0.779", "69")}},
		More: []views.ResultPart{{Title: "Where to draw the line", Text: "A lower threshold finds more.", Charts: []views.Chart{{Name: "precision-recall", Large: "/results/charts/precision-recall?run=1", Caption: "To find 80 of 100, 70 alarms of 100 are right.", SVG: svg(t, func(w io.Writer) error {
			return chart.Lines(w, roc, say("Precision and recall"), chart.Size{W: 480, H: 360})
		})}},
			Tables: []views.Table{{Caption: "What comes of a threshold", Heads: []views.Head{{Name: "Threshold"}, {Name: "Found", Number: true}}, Rows: [][]views.Cell{views.Texts("0.5", "51")}}}}},
		All: &views.Table{Caption: "Every score on 179 test rows", Heads: []views.Head{{Name: "Score"}, {Name: "This model", Number: true}, {Name: "Always guessing", Number: true}, {Name: "What it says"}}, Rows: [][]views.Cell{views.Texts("Accuracy", "0.838", "0.615", "The share of rows that were predicted right.")}},
		Check: &views.ResultCheck{Text: "5 folds of the training rows: Accuracy 0.812 ± 0.021; always guessing 0.617 ± 0.002.", Notes: []views.Alert{{Severity: views.Note, Text: "3 folds instead of 5: class c has only 3 rows."}},
			Table: &views.Table{Caption: "Scores of each fold", Heads: []views.Head{{Name: "Fold"}, {Name: "Accuracy", Number: true}}, Rows: [][]views.Cell{views.Texts("1", "0.82")}}},
		Weights: []views.Chart{{Caption: "Sex matters most, then fare and age.", SVG: svg(t, func(w io.Writer) error {
			return chart.Bars(w, []chart.Bar{{Label: "sex", Value: 0.41}, {Label: "fare", Value: 0.22}, {Label: "age", Value: 0.19}, {Label: "pclass", Value: 0.1}, {Label: "sibsp", Value: 0.05}, {Label: "embarked", Value: 0.03}}, say("Importance"), chart.Size{W: 520})
		})}},
		Recipe: []views.RecipeStep{{Title: "Fill missing values with the median", Columns: "age", Learned: []string{"age: 28 where missing"}}, {Title: "One column for each category", Columns: "sex, embarked", Learned: []string{"sex: female, male"}}},
		From:   "Learned from 712 training rows; 179 test rows set aside.", Setup: append(setup(), views.Fact{Label: "Seed", Value: "42"}), Timings: []views.Fact{{Label: "Preparing", Value: "12 ms"}, {Label: "Fitting", Value: "0.84 s"}, {Label: "Scoring", Value: "31 ms"}},
		Runs: []views.RunRow{{Title: "Random forest", Score: "0.838", Noise: "± 0.054", Bar: bar(0.838, 0.054), Time: "0.84 s", Target: "survived", Current: true, Number: "2", DeleteURL: "/runs/2/delete?from=2"}, {Title: "Logistic regression", URL: "/results?run=1", Score: "0.804", Noise: "± 0.058", Bar: bar(0.804, 0.058), Time: "40 ms", Target: "survived", Number: "1", Name: "the plain one", DeleteURL: "/runs/1/delete?from=2"}},
	}
}

func runHead() views.RunHead { // of one of two runs
	return views.RunHead{Number: "2", Model: "Random forest for survived", Page: "/results",
		Choice: []views.Option{{Value: "2", Label: "Run 2: Random forest for survived", Selected: true}, {Value: "1", Label: "Run 1 “the plain one”: Logistic regression for survived"}}}
}

// nastyRun is a run whose name and column are hostile.
func nastyRun() views.RunHead {
	return views.RunHead{Number: "2", Name: hostile[0], Model: hostile[1], Page: "/results", Choice: []views.Option{{Value: "2", Label: hostile[2]}, {Value: "1", Label: hostile[0]}}}
}

func nastyResults(t testing.TB) views.ResultsPage {
	r := resultsPage(t)
	r.Run, r.Naming.Value, r.Naming.Refusal = nastyRun(), hostile[0], hostile[1]
	r.Problem = &views.Problem{Items: []views.ProblemItem{{Text: hostile[1], Href: "#" + r.Naming.ID()}}}
	for i, h := range hostile {
		r.Runs[i%2].Name = h
		r.Others = append(r.Others, views.OtherRun{Title: h, Why: h, State: "failed", URL: "/runs/3", DeleteURL: "/runs/3/delete"})
	}
	return r
}

func predictPage() views.PredictPage {
	return views.PredictPage{
		Run: runHead(), URL: "/predict?run=1", BackURL: "/results?run=1",
		Fields: []views.Field{{Name: "c0", Type: "number", Inc: "any", Label: "age", Value: "22", Placeholder: "missing"}, {Name: "c1", Type: "text", Label: "sex", Value: "male", Suggest: []string{"female", "male"}}},
		Answer: &views.PredictAnswer{Says: "survived: no", Likely: &views.Table{Caption: "How likely each class is", Heads: []views.Head{{Name: "Class"}, {Name: "Probability", Number: true}}, Rows: [][]views.Cell{views.Texts("no", "88%"), views.Texts("yes", "12%")}},
			Warnings: []views.Alert{{Severity: views.Warn, Column: "age", Text: "140: Training rows hold 0.4 to 80 here; what the model says of values beyond that was never tested."}}},
	}
}

func nastyPredict() views.PredictPage {
	p := predictPage()
	p.Run, p.Answer.Says, p.Answer.Unlikely = nastyRun(), hostile[1], hostile[2]
	p.Answer.Warnings = nastyAlerts()
	for _, h := range hostile {
		p.Fields = append(p.Fields, views.Field{Name: "c9", Scope: h, Type: "text", Label: h, Value: h, Suggest: hostile, Refusal: h})
	}
	return p
}

func downloadPage() views.DownloadPage {
	return views.DownloadPage{
		Run: runHead(), Score: "Accuracy 0.838 on 179 test rows",
		Files:   []views.ModelFile{{Title: "scikit-learn pipeline", Name: "trained_model.pkl", For: "The recipe and the model in one: give it rows as they stand in your file, and it predicts.", URL: "/download/model.pkl", Size: "1.4 MiB", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Tested: "scikit-learn 1.9.1"}},
		Needs:   []string{"Python 3.10 or newer", "scikit-learn 1.9.1", "pandas"},
		Snippet: "import pickle\n\nimport pandas as pd\n\nwith open(\"trained_model.pkl\", \"rb\") as f:\n    model = pickle.load(f)\n\nrow = pd.DataFrame([{\"pclass\": 3, \"sex\": \"male\", \"age\": 22.0, \"fare\": 7.25}])\nprint(model.predict(row))\n",
		Safety:  "Opening a pickle runs what is in it, so open only files from people you trust. This one calls nothing but the constructors of scikit-learn and NumPy.",
		Inputs:  views.Table{Caption: "Columns and their kinds", Heads: []views.Head{{Name: "Column"}, {Name: "Kind"}, {Name: "First row"}}, Rows: [][]views.Cell{{{Text: "age", Code: true}, {Text: "Number"}, {Text: "22"}}, {{Text: "sex", Code: true}, {Text: "Category"}, {Text: "male"}}}},
	}
}

func helpPage() views.HelpPage {
	return views.HelpPage{
		Limits:   []views.Fact{{Label: "Upload", Value: "200 MiB"}, {Label: "Columns", Value: "10 000"}, {Label: "Training time", Value: "10 min"}, {Label: "Kept without use", Value: "60 min"}},
		Learners: []views.LearnerHelp{{Name: "random_forest", Title: "Random forest", Summary: "Many trees that vote.", Cost: "Slower.", Tasks: "classes and numbers", Fields: views.ParamFields("", forestParams(), nil, nil)}},
		Steps:    []views.LearnerHelp{{Name: "impute", Title: "Missing values", Summary: "Fills gaps."}},
	}
}

func nastyTable() views.Table {
	t := views.Table{Caption: hostile[0]}
	row := []views.Cell{}
	for _, h := range hostile {
		t.Heads = append(t.Heads, views.Head{Name: h, Code: true, Note: h})
		row = append(row, views.Cell{Text: h, Code: true})
	}
	row[1].URL = hostile[2]
	t.Rows = [][]views.Cell{row}
	return t
}

func nastyAlerts() []views.Alert {
	return []views.Alert{{Severity: "<b>", Column: hostile[1], URL: hostile[2], Text: hostile[0], Hint: hostile[4], Action: &views.Action{Label: hostile[3], URL: hostile[2], Post: true, Hidden: []views.Hidden{{Name: "x", Value: hostile[1]}}}}}
}

func nastyExplore() views.ExplorePage {
	e := views.ExplorePage{
		Tiles: []views.Tile{{Label: hostile[0], Value: hostile[6], Note: hostile[1]}}, Alerts: exploreAlerts(nastyAlerts()), TargetName: hostile[4],
		Query: hostile[1], Shown: hostile[0], Ranking: &views.Chart{Empty: hostile[0]},
		Findings: []views.Finding{{Column: hostile[0], URL: hostile[2], Text: hostile[1]}},
	}
	for i, h := range hostile {
		e.Choice.Options = append(e.Choice.Options, views.Option{Value: fmt.Sprint(i), Label: h})
		e.Cards = append(e.Cards, views.ColumnCard{Name: h, URL: fmt.Sprintf("/explore/columns/%d", i), Kind: "Text", Reason: h, Missing: h, Relation: h, Label: h, Left: h, Against: "<svg></svg>", Alerts: nastyAlerts(), Facts: []views.Fact{{Label: "Most", Value: h}}})
	}
	return e
}

func nastyTrain() views.TrainPage {
	p := trainPage(nil)
	p.Question, p.TargetName, p.TaskReason = hostile[0], hostile[1], hostile[4]
	p.Features = hostile
	for _, h := range hostile {
		p.LeftOut = append(p.LeftOut, views.LeftOut{Name: h, Reason: h})
		p.Choice.Options = append(p.Choice.Options, views.Option{Value: "9", Label: h})
	}
	p.Families[0].Learners[0].Fields[0].Value, p.Families[0].Learners[0].Fields[0].Refusal = hostile[1], hostile[0]
	return p
}

func nastyPrepare() views.PreparePage {
	p := preparePage()
	table := nastyTable()
	p.Before, p.After = &table, &table
	for _, h := range hostile {
		p.Steps = append(p.Steps, views.RecipeStep{Index: h, Title: h, Columns: h, Learned: []string{h}, Refusal: h})
	}
	return p
}
