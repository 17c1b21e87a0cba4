// Package forest owns the learners that are made of decision trees: a single
// one, random forests, whose trees are grown on bootstrap samples and look at
// a random few of the columns for each split (Breiman 2001), and extra trees,
// which also cut each of these columns at random (Geurts, Ernst and Wehenkel
// 2006). The predictions of several trees are averaged. The trees are package
// tree's.
package forest
