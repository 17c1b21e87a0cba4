// Package neural owns the multi-layer perceptron: layers of weighted sums, each
// bent by an activation function, whose weights are found by following the
// gradient of the loss (Rumelhart, Hinton and Williams 1986), with Adam (Kingma
// and Ba 2015), momentum (Sutskever and others 2013) or L-BFGS. Loss, penalty, steps and stopping are those of
// scikit-learn's MLPClassifier and MLPRegressor: from the same first weights
// and the same order of rows, both come to the same weights.
//
// A net holds the weights. A pass takes some rows forward and back and adds up
// loss and gradient; a trainer cuts rows into chunks by their number and the
// net's size alone, and adds the chunks' sums in order, so no result depends on
// how many workers there were. One-hot blocks stay codes: a code picks a row of
// the first layer's weights.
package neural
