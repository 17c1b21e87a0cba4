package views

// HelpPage is /help.
type HelpPage struct {
	Limits   []Fact // what this server takes, and for how long it keeps it
	Learners []LearnerHelp
	Steps    []LearnerHelp // the families of preparation steps
	Faults   []FaultHelp   // what the API's errors mean
	Version  string
}

// LearnerHelp describes an algorithm or a preparation step.
type LearnerHelp struct {
	Name    string // in the API
	Title   string
	Summary string
	Cost    string
	Tasks   string  // "classes, numbers"; may be empty
	Fields  []Field // its parameters
}

// DocsPage is /docs: the shell in which the API's documentation is shown.
type DocsPage struct {
	Styles  []string // addresses of style sheets
	Scripts []string // addresses of scripts, in order
	SpecURL string   // /openapi.json
}

// glossary explains the words that are used throughout.
var glossary = []Fact{
	{Label: "Row", Value: "One line of the file: one passenger, one house, one flower."},
	{Label: "Column", Value: "One property that every row has: age, price, color."},
	{Label: "Target", Value: "The column that the model learns to predict."},
	{Label: "Feature", Value: "A column that the model predicts from."},
	{Label: "Training rows", Value: "The rows that the recipe and the model learn from."},
	{Label: "Test rows", Value: "Rows set aside, which the model meets only when it is scored."},
	{Label: "Dummy", Value: "A model that ignores the features and always guesses the same. A real one has to beat it."},
	{Label: "Class", Value: "One of the answers, where the target is one of a few texts."},
	{Label: "Accuracy", Value: "The share of test rows whose class was predicted right. Higher is better, 1 is perfect."},
	{Label: "Precision", Value: "Of the rows that were given a class, the share that has it. Higher is better."},
	{Label: "Recall", Value: "Of the rows that have a class, the share that was given it. Higher is better."},
	{Label: "F1 score", Value: "One number for precision and recall, low if either is low. Higher is better."},
	{Label: "R²", Value: "How much of the target’s spread the model accounts for: 1 is all, 0 is no better than the mean."},
	{Label: "MSE and RMSE", Value: "The mean squared error, and its root in the target’s own unit. Lower is better."},
	{Label: "One-hot", Value: "A category becomes one column of zeros and ones for each of its values."},
	{Label: "Label encoding", Value: "A category becomes whole numbers, in the order of its values."},
	{Label: "Standard scaling", Value: "A column is shifted to mean 0 and stretched to standard deviation 1."},
	{Label: "Overfitting", Value: "The model remembers the training rows instead of learning from them, and does worse on others."},
	{Label: "Leak", Value: "A feature that gives the answer away and will not be known when you predict."},
}

// codeName is the name the field goes by in code.
func (f Field) codeName() string {
	if f.Code != "" {
		return f.Code
	}
	return f.Name
}

// FaultHelp explains one type of the API's errors.
type FaultHelp struct {
	ID     string // of the section, which the type's address names
	Status string // "422 Unprocessable Entity"
	Means  string // one or two sentences
}
