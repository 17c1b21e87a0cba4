// Package linear owns the learners that weigh columns: least squares as
// Regression, Ridge, Lasso and ElasticNet, a choice between classes as Logistic,
// and linear support vector machines as SVM. Their models have the coefficients
// of scikit-learn's classes of these names.
//
// All fits read the blocks of a frame.Matrix as they stand. A design shows
// them in tiles of rows, the number columns centered and scaled; sums over
// rows (gram, project, spread) need one multiplication for a pair of number
// columns and one addition for anything with a one-hot block in it. Rows are
// cut into chunks by their count alone, and partial sums are added in the
// order of chunks, so no result depends on how many workers there were.
package linear
