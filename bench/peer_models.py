"""The peers of each learner: unfitted estimators of scikit-learn, LightGBM and
XGBoost that do the same work, with every core. Libraries are imported when
asked for, so that a process holds the one that it times."""
import os


def make(library, algorithm, task, seed, params):
    """Returns an estimator of the library. params are scikit-learn's names."""
    return {"scikit-learn": of_sklearn, "LightGBM": of_lightgbm, "XGBoost": of_xgboost}[library](algorithm, task, seed, params)


def of_sklearn(algorithm, task, seed, params):
    from sklearn import ensemble, linear_model, naive_bayes, neighbors, neural_network, svm, tree
    regression = task == "regression"
    random, parallel = {"random_state": seed}, {"n_jobs": -1}
    kind, given = {
        "random_forest": ((ensemble.RandomForestClassifier, ensemble.RandomForestRegressor), random | parallel),
        "extra_trees": ((ensemble.ExtraTreesClassifier, ensemble.ExtraTreesRegressor), random | parallel),
        "decision_tree": ((tree.DecisionTreeClassifier, tree.DecisionTreeRegressor), random),
        "hist_gradient_boosting": ((ensemble.HistGradientBoostingClassifier, ensemble.HistGradientBoostingRegressor),
                                   random | {"early_stopping": False}),
        "linear_regression": ((None, linear_model.LinearRegression), {}),
        "ridge": ((None, linear_model.Ridge), {}),
        "lasso": ((None, linear_model.Lasso), {}),
        "elastic_net": ((None, linear_model.ElasticNet), {}),
        "logistic_regression": ((linear_model.LogisticRegression, None), {}),
        "linear_svm": ((svm.LinearSVC, svm.LinearSVR), random),
        "k_nearest_neighbors": ((neighbors.KNeighborsClassifier, neighbors.KNeighborsRegressor), parallel),
        "gaussian_naive_bayes": ((naive_bayes.GaussianNB, None), {}),
        "multi_layer_perceptron": ((neural_network.MLPClassifier, neural_network.MLPRegressor), random),
    }[algorithm]
    return kind[regression](**(given | params))


def of_lightgbm(algorithm, task, seed, params):
    """Histogram gradient boosting with scikit-learn's number of rounds, leaves,
    bins and step, and rows in a leaf."""
    import lightgbm
    kind = lightgbm.LGBMRegressor if task == "regression" else lightgbm.LGBMClassifier
    return kind(n_estimators=params.get("max_iter", 100), num_leaves=31, learning_rate=0.1, max_bin=255, min_child_samples=20,
                n_jobs=os.cpu_count(), random_state=seed, verbose=-1)


def of_xgboost(algorithm, task, seed, params):
    """The same, with leaves grown by their gain as the others do."""
    import xgboost
    kind = xgboost.XGBRegressor if task == "regression" else xgboost.XGBClassifier
    return kind(n_estimators=params.get("max_iter", 100), tree_method="hist", grow_policy="lossguide", max_depth=0, max_leaves=31,
                learning_rate=0.1, max_bin=255, n_jobs=os.cpu_count(), random_state=seed)
