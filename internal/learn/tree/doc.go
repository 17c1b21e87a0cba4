// Package tree grows, stores and walks binary decision trees as scikit-learn's
// DecisionTreeClassifier and DecisionTreeRegressor do: a row goes left where
// its value, rounded to float32, is at most the threshold.
//
// Cut sorts the columns of a matrix into bins once; a Grower then grows any
// number of Trees on them from different row weights. A Tree predicts, ranks
// its columns, and can be written in a compact form of its own or as the Tree
// object inside a scikit-learn pickle. What trees are combined into is the
// ensembles' matter.
package tree
