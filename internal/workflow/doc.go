// Package workflow owns one person's work: the data, the recipe and the runs,
// and the product's verbs on them: Upload, Profile, Prepare, Train, Predict,
// Export. It knows the order of the steps and what a change makes stale; it
// knows nothing of HTTP. Pages and the JSON API call the same verbs.
package workflow
