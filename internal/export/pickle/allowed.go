package pickle

// module is a Python module and the names in it that a pickle may refer to.
type module struct {
	name  string
	names []string
}

// allowed lists every global that a file of ours may name: classes of numpy
// and scikit-learn, the slice type, and scikit-learn's own version text.
// Nothing on it runs code of its own when loaded, and what is not on it cannot
// be written. Add a class here when a model needs it.
var allowed = [...]module{
	{"builtins", []string{"slice"}},
	{"numpy", []string{"clip", "dtype", "float64", "interp", "log1p", "ndarray", "ravel"}},
	{"pandas", []string{"DataFrame.apply", "DataFrame.astype", "DataFrame.replace", "to_datetime", "to_numeric"}},
	{"sklearn", []string{"__version__"}},
	{"sklearn._loss.loss", []string{"AbsoluteError", "HalfBinomialLoss", "HalfGammaLoss", "HalfMultinomialLoss", "HalfPoissonLoss", "HalfSquaredError", "PinballLoss"}},
	{"sklearn.compose._column_transformer", []string{"ColumnTransformer"}},
	{"sklearn.compose._target", []string{"TransformedTargetRegressor"}},
	{"sklearn.decomposition._pca", []string{"PCA"}},
	{"sklearn.dummy", []string{"DummyClassifier", "DummyRegressor"}},
	{"sklearn.ensemble._forest", []string{"ExtraTreesClassifier", "ExtraTreesRegressor", "RandomForestClassifier", "RandomForestRegressor"}},
	{"sklearn.ensemble._hist_gradient_boosting.binning", []string{"_BinMapper"}},
	{"sklearn.ensemble._hist_gradient_boosting.gradient_boosting", []string{"HistGradientBoostingClassifier", "HistGradientBoostingRegressor"}},
	{"sklearn.ensemble._hist_gradient_boosting.predictor", []string{"TreePredictor"}},
	{"sklearn.ensemble._stacking", []string{"StackingClassifier", "StackingRegressor"}},
	{"sklearn.ensemble._voting", []string{"VotingClassifier", "VotingRegressor"}},
	{"sklearn.feature_extraction.text", []string{"TfidfTransformer", "TfidfVectorizer"}},
	{"sklearn.feature_selection._univariate_selection", []string{"SelectKBest", "SelectPercentile", "chi2", "f_classif", "f_regression"}},
	{"sklearn.feature_selection._variance_threshold", []string{"VarianceThreshold"}},
	{"sklearn.impute._base", []string{"MissingIndicator", "SimpleImputer"}},
	{"sklearn.impute._knn", []string{"KNNImputer"}},
	{"sklearn.linear_model._base", []string{"LinearRegression"}},
	{"sklearn.linear_model._coordinate_descent", []string{"ElasticNet", "Lasso"}},
	{"sklearn.linear_model._logistic", []string{"LogisticRegression"}},
	{"sklearn.linear_model._ridge", []string{"Ridge"}},
	{"sklearn.model_selection._split", []string{"KFold", "StratifiedKFold"}},
	{"sklearn.naive_bayes", []string{"GaussianNB"}},
	{"sklearn.neighbors._classification", []string{"KNeighborsClassifier"}},
	{"sklearn.neighbors._regression", []string{"KNeighborsRegressor"}},
	{"sklearn.neural_network._multilayer_perceptron", []string{"MLPClassifier", "MLPRegressor"}},
	{"sklearn.pipeline", []string{"Pipeline"}},
	{"sklearn.preprocessing._data", []string{"MaxAbsScaler", "MinMaxScaler", "PowerTransformer", "QuantileTransformer", "RobustScaler", "StandardScaler"}},
	{"sklearn.preprocessing._discretization", []string{"KBinsDiscretizer"}},
	{"sklearn.preprocessing._encoders", []string{"OneHotEncoder", "OrdinalEncoder"}},
	{"sklearn.preprocessing._function_transformer", []string{"FunctionTransformer"}},
	{"sklearn.preprocessing._label", []string{"LabelBinarizer", "LabelEncoder"}},
	{"sklearn.preprocessing._polynomial", []string{"PolynomialFeatures"}},
	{"sklearn.preprocessing._target_encoder", []string{"TargetEncoder"}},
	{"sklearn.svm._classes", []string{"LinearSVC", "LinearSVR"}},
	{"sklearn.tree._classes", []string{"DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor"}},
	{"sklearn.tree._tree", []string{"Tree"}},
	{"sklearn.utils._bunch", []string{"Bunch"}},
}

// Allowed reports whether a pickle may refer to g.
func Allowed(g Global) bool {
	for _, m := range allowed {
		if m.name != g.Module {
			continue
		}
		for _, n := range m.names {
			if n == g.Name {
				return true
			}
		}
	}
	return false
}
