package sklearn

// settings are parameters that change what is written of a learner, by table.
func settings() map[string][]setting {
	of := func(learner, about string, pairs ...any) setting {
		s := setting{learner: learner, about: about, params: map[string]any{}}
		for i := 0; i < len(pairs); i += 2 {
			s.params[pairs[i].(string)] = pairs[i+1]
		}
		return s
	}
	list := func(items ...any) []any { return items }
	const (
		logistic, svm, net = "logistic_regression", "linear_svm", "multi_layer_perceptron"
		tree, forest, more = "decision_tree", "random_forest", "extra_trees"
		boost, near, bayes = "hist_gradient_boosting", "k_nearest_neighbors", "gaussian_naive_bayes"
	)
	var penalties []setting
	for _, penalty := range []string{"none", "l1", "l2", "elasticnet"} {
		penalties = append(penalties, of(logistic, penalty, "penalty", penalty, "C", 0.5, "l1_ratio", 0.3))
	}
	classes := append(penalties,
		of(logistic, "balanced", "class_weight", "balanced"),
		of(logistic, "no intercept", "fit_intercept", false),
		of(svm, "hinge", "loss", "hinge"),
		of(svm, "balanced", "class_weight", "balanced", "intercept_scaling", 2.0),
		of(svm, "no intercept", "fit_intercept", false),
		of(tree, "entropy", "criterion", "entropy", "class_weight", "balanced", "min_samples_leaf", 0.02),
		of(forest, "balanced subsample", "class_weight", "balanced_subsample", "max_samples", 0.5, "criterion", "log_loss"),
		of(more, "bootstrap", "bootstrap", true, "class_weight", "balanced", "max_features", "log2"),
		of(boost, "balanced", "class_weight", "balanced", "max_features", 0.5),
		of(boost, "early", "early_stopping", "yes", "max_iter", 40, "n_iter_no_change", 3, "learning_rate", 0.4),
		of(boost, "free", "max_leaf_nodes", "none", "max_depth", 3, "max_bins", 24, "l2_regularization", 1.0),
		of(near, "manhattan", "p", 1, "n_neighbors", 7),
		of(near, "distance", "weights", "distance", "n_neighbors", 15),
		of(near, "one", "n_neighbors", 1),
		of(bayes, "smooth", "var_smoothing", 0.1),
		of(net, "tanh", "activation", "tanh", "hidden_layer_sizes", list(6, 4)),
		of(net, "logistic", "activation", "logistic", "solver", "lbfgs"),
		of(net, "identity", "activation", "identity", "early_stopping", true),
		of(net, "momentum", "solver", "sgd", "learning_rate", "adaptive", "learning_rate_init", 0.02, "momentum", 0.8),
		of("voting", "hard", "voting", "hard"),
		of("voting", "hard, weighed", "voting", "hard", "weights", list(1, 2.5, 1), "estimators", list(svm, tree, logistic)),
		of("voting", "soft, weighed", "weights", list(3, 1, 0.5, 2), "estimators", list(logistic, boost, bayes, more)),
		of("voting", "one", "estimators", list(tree)),
		of("stacking", "passthrough", "passthrough", true),
		of("stacking", "of scores", "estimators", list(svm, bayes, boost), "final_estimator", forest),
		of("stacking", "passthrough to boosting", "passthrough", true, "estimators", list(tree, net), "final_estimator", boost),
	)
	two := []setting{
		of(boost, "monotonic", "monotonic_cst", map[string]any{"age": -1, "fare": 1}),
		of(tree, "pruned", "ccp_alpha", 0.003, "max_features", "sqrt"),
		of(tree, "few leaves", "max_leaf_nodes", 8, "min_impurity_decrease", 0.001),
		of(forest, "shallow", "max_depth", 4, "bootstrap", false, "class_weight", "balanced"),
	}
	numbers := []setting{
		of("linear_regression", "no intercept", "fit_intercept", false),
		of("ridge", "strong", "alpha", 30.0),
		of("ridge", "no intercept", "fit_intercept", false, "alpha", 0),
		of("lasso", "strong", "alpha", 500.0),
		of("elastic_net", "no intercept", "fit_intercept", false, "l1_ratio", 0.2),
		of(svm, "squared", "loss", "squared_epsilon_insensitive", "epsilon", 100.0, "C", 3.0),
		of(svm, "no intercept", "fit_intercept", false),
		of(tree, "few leaves", "max_leaf_nodes", 12, "max_features", 0.5),
		of(tree, "pruned", "ccp_alpha", 1e7),
		of(forest, "samples", "max_samples", 100, "min_samples_split", 0.05),
		of(more, "bootstrap", "bootstrap", true, "max_depth", 5),
		of(boost, "monotonic", "monotonic_cst", map[string]any{"median_income": 1, "housing_median_age": -1}),
		of(boost, "absolute", "loss", "absolute_error"),
		of(boost, "gamma", "loss", "gamma"),
		of(boost, "poisson", "loss", "poisson"),
		of(boost, "quantile", "loss", "quantile", "quantile", 0.9),
		of(boost, "early", "early_stopping", "yes", "max_iter", 40, "n_iter_no_change", 2, "learning_rate", 0.5),
		of(near, "manhattan", "p", 1, "weights", "distance"),
		of(near, "one", "n_neighbors", 1),
		of(net, "lbfgs", "solver", "lbfgs", "activation", "tanh"),
		of(net, "descent", "solver", "sgd", "learning_rate", "invscaling", "power_t", 0.2, "nesterovs_momentum", false, "learning_rate_init", 0.1),
		of("voting", "weighed", "weights", list(1, 0, 2), "estimators", list("ridge", near, boost)),
		of("stacking", "passthrough", "passthrough", true, "final_estimator", forest),
		of("stacking", "of trees", "estimators", list(tree, more), "final_estimator", "linear_regression"),
	}
	return map[string][]setting{
		"titanic":  append(two, classes...),
		"penguins": classes,
		"housing":  numbers,
	}
}
