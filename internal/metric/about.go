package metric

// Metric describes a score to a person.
type Metric struct {
	Name   string // in the API: balanced_accuracy
	Title  string // on a page: Balanced accuracy
	Help   string // one sentence: what it says
	Higher bool   // higher is better
	Of     Scope
}

// Scope is which classes a score is of.
type Scope int

// All scores are of all classes but those of the class of interest; of two
// classes some of these are the same whichever is of interest.
const (
	OfAll Scope = iota
	OfInterest
	OfEither
)

// For returns the title with the class that the score is of, where there is one.
func (m Metric) For(class string, classes int) string {
	if m.Of == OfAll || m.Of == OfEither && classes == 2 || class == "" {
		return m.Title
	}
	return m.Title + " of " + class
}

// The names of the scores that head a report.
const (
	Accuracy = "accuracy"
	R2       = "r2_score"
)

// catalog lists every score, in the order of the reports.
var catalog = [...]Metric{
	{Accuracy, "Accuracy", "The share of rows that were predicted right.", true, OfAll},
	{"balanced_accuracy", "Balanced accuracy", "The mean share of each class that was found; every class counts the same, however rare.", true, OfAll},
	{"precision", "Precision, classes weighted", "Of the rows predicted as a class, the share that are of it; classes are weighted by their rows.", true, OfAll},
	{"recall", "Recall, classes weighted", "Of the rows of a class, the share that was found; classes are weighted by their rows, which makes it the accuracy.", true, OfAll},
	{"f1_score", "F1, classes weighted", "The harmonic mean of precision and recall; classes are weighted by their rows.", true, OfAll},
	{"precision_macro", "Precision, classes alike", "Precision, every class counting the same (macro).", true, OfAll},
	{"recall_macro", "Recall, classes alike", "Recall, every class counting the same (macro).", true, OfAll},
	{"f1_macro", "F1, classes alike", "F1, every class counting the same (macro).", true, OfAll},
	{"mcc", "Matthews correlation", "The correlation of truth and prediction: 1 is perfect, 0 is no better than chance.", true, OfAll},
	{"cohen_kappa", "Cohen's kappa", "Agreement beyond chance: 1 is perfect, 0 is what chance gives.", true, OfAll},
	{"mean_per_class_error", "Mean error per class", "The mean share of each class that was missed; every class counts the same.", false, OfAll},
	{PrecisionOfInterest, "Precision", "Of the rows predicted as the class, the share that are of it: alarms that are right.", true, OfInterest},
	{RecallOfInterest, "Recall", "Of the rows of the class, the share that was found.", true, OfInterest},
	{F1OfInterest, "F1", "The harmonic mean of the class's precision and recall.", true, OfInterest},
	{"specificity", "Specificity", "Of the rows that are not of the class, the share that was not taken for it.", true, OfInterest},
	{"f05_score", "F0.5", "F1 of the class with precision counting twice as much as recall.", true, OfInterest},
	{"f2_score", "F2", "F1 of the class with recall counting twice as much as precision.", true, OfInterest},
	{"roc_auc", "ROC AUC", "How well it ranks: how often a row of the class is given a higher probability than another row; 0.5 is chance.", true, OfEither},
	{"average_precision", "Average precision", "The area under the precision-recall curve of the class; guessing has the share of its rows.", true, OfInterest},
	{"gini", "Gini", "ROC AUC on a scale where 0 is chance and 1 is perfect.", true, OfEither},
	{"ks", "Kolmogorov-Smirnov", "How far the probabilities of the class and of the rest are apart at the best threshold: share found less share of false alarms.", true, OfEither},
	{"roc_auc_ovr", "ROC AUC, each class against the rest", "ROC AUC of each class against the rest, every class counting the same.", true, OfAll},
	{"log_loss", "Log loss", "How surprised the probabilities were by the truth; 0 is perfect.", false, OfAll},
	{"brier", "Brier score", "The mean squared error of the probabilities; 0 is perfect.", false, OfAll},
	{R2, "R²", "The share of the target's variance that is explained; 0 is no better than always predicting the mean.", true, OfAll},
	{"rmse", "RMSE", "The root of the mean squared error, in units of the target; large errors weigh more.", false, OfAll},
	{"mse", "MSE", "The mean squared error, in squared units of the target.", false, OfAll},
	{"mae", "MAE", "The mean size of an error, in units of the target.", false, OfAll},
	{"median_ae", "Median error", "Half of the errors are no larger than this, in units of the target.", false, OfAll},
	{"mape", "MAPE", "The mean size of an error as a share of the true value.", false, OfAll},
	{"max_error", "Largest error", "The largest error, in units of the target.", false, OfAll},
	{"explained_variance", "Explained variance", "R², without the penalty for errors that lean to one side.", true, OfAll},
	{"adjusted_r2", "Adjusted R²", "R², less what as many columns of noise would have explained by chance.", true, OfAll},
	{"smape", "sMAPE", "The mean size of an error as a share of the mean of the true and the predicted value; 0 is perfect, 2 is the worst.", false, OfAll},
	{"rmsle", "RMSLE", "The root of the mean squared error of log(1 + value): it counts ratios rather than differences.", false, OfAll},
	{"cv_rmse", "CV(RMSE)", "RMSE as a share of the target's mean.", false, OfAll},
	{"pearson_r", "Pearson correlation", "How closely the predictions follow the truth along a straight line: 1 is perfectly, 0 is not at all.", true, OfAll},
	{"relative_absolute_error", "Relative absolute error", "The errors as a share of those of always predicting the mean; below 1 is better than that.", false, OfAll},
	{"root_relative_squared_error", "Root relative squared error", "RMSE as a share of that of always predicting the mean; below 1 is better than that.", false, OfAll},
	{"d2_absolute_error", "D² (absolute error)", "As R², for absolute errors: the share of the errors of always predicting the median that is avoided.", true, OfAll},
}

// About returns the description of the named score.
func About(name string) (Metric, bool) {
	for _, m := range catalog {
		if m.Name == name {
			return m, true
		}
	}
	return Metric{}, false
}

func higherIsBetter(name string) bool {
	m, _ := About(name)
	return m.Higher
}
