package metric

// Metric describes a score to a person.
type Metric struct {
	Name   string // in the API: balanced_accuracy
	Title  string // on a page: Balanced accuracy
	Help   string // one sentence: what it says
	Higher bool   // higher is better
}

// The names of the scores that head a report.
const (
	Accuracy = "accuracy"
	R2       = "r2_score"
)

// catalog lists every score, in the order of the reports.
var catalog = [...]Metric{
	{Accuracy, "Accuracy", "The share of rows that were predicted right.", true},
	{"balanced_accuracy", "Balanced accuracy", "The mean share of each class that was found; every class counts the same, however rare.", true},
	{"precision", "Precision", "Of the rows predicted as a class, the share that are of it; classes are weighted by their rows.", true},
	{"recall", "Recall", "Of the rows of a class, the share that was found; classes are weighted by their rows.", true},
	{"f1_score", "F1", "The harmonic mean of precision and recall; classes are weighted by their rows.", true},
	{"precision_macro", "Precision (macro)", "Precision, every class counting the same.", true},
	{"recall_macro", "Recall (macro)", "Recall, every class counting the same.", true},
	{"f1_macro", "F1 (macro)", "F1, every class counting the same.", true},
	{"mcc", "Matthews correlation", "The correlation of truth and prediction: 1 is perfect, 0 is no better than chance.", true},
	{"cohen_kappa", "Cohen's kappa", "Agreement beyond chance: 1 is perfect, 0 is what chance gives.", true},
	{"mean_per_class_error", "Mean error per class", "The mean share of each class that was missed; every class counts the same.", false},
	{"specificity", "Specificity", "Of the rows of the first class, the share that was not taken for the second.", true},
	{"f05_score", "F0.5", "F1 of the second class with precision counting twice as much as recall.", true},
	{"f2_score", "F2", "F1 of the second class with recall counting twice as much as precision.", true},
	{"roc_auc", "ROC AUC", "How often a row of the second class is given a higher probability than a row of the first; 0.5 is chance.", true},
	{"roc_auc_ovr", "ROC AUC (one against the rest)", "ROC AUC of each class against the rest, every class counting the same.", true},
	{"average_precision", "Average precision", "The area under the precision-recall curve of the second class.", true},
	{"gini", "Gini", "ROC AUC on a scale where 0 is chance and 1 is perfect.", true},
	{"ks", "Kolmogorov-Smirnov", "How far the probabilities of the two classes are apart at the best threshold: share found less share of false alarms.", true},
	{"log_loss", "Log loss", "How surprised the probabilities were by the truth; 0 is perfect.", false},
	{"brier", "Brier score", "The mean squared error of the probabilities; 0 is perfect.", false},
	{R2, "R²", "The share of the target's variance that is explained; 0 is no better than always predicting the mean.", true},
	{"rmse", "RMSE", "The root of the mean squared error, in units of the target; large errors weigh more.", false},
	{"mse", "MSE", "The mean squared error, in squared units of the target.", false},
	{"mae", "MAE", "The mean size of an error, in units of the target.", false},
	{"median_ae", "Median error", "Half of the errors are no larger than this, in units of the target.", false},
	{"mape", "MAPE", "The mean size of an error as a share of the true value.", false},
	{"max_error", "Largest error", "The largest error, in units of the target.", false},
	{"explained_variance", "Explained variance", "R², without the penalty for errors that lean to one side.", true},
	{"adjusted_r2", "Adjusted R²", "R², less what as many columns of noise would have explained by chance.", true},
	{"smape", "sMAPE", "The mean size of an error as a share of the mean of the true and the predicted value; 0 is perfect, 2 is the worst.", false},
	{"rmsle", "RMSLE", "The root of the mean squared error of log(1 + value): it counts ratios rather than differences.", false},
	{"cv_rmse", "CV(RMSE)", "RMSE as a share of the target's mean.", false},
	{"pearson_r", "Pearson correlation", "How closely the predictions follow the truth along a straight line: 1 is perfectly, 0 is not at all.", true},
	{"relative_absolute_error", "Relative absolute error", "The errors as a share of those of always predicting the mean; below 1 is better than that.", false},
	{"root_relative_squared_error", "Root relative squared error", "RMSE as a share of that of always predicting the mean; below 1 is better than that.", false},
	{"d2_absolute_error", "D² (absolute error)", "As R², for absolute errors: the share of the errors of always predicting the median that is avoided.", true},
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
