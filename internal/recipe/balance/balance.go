// Package balance holds the steps that let rare classes count as much as
// frequent ones in training. They never change what is tested or predicted.
package balance

import (
	"clicktrain/internal/param"
	"clicktrain/internal/recipe"
)

// ClassWeight is the catalog's entry for weighing rows.
var ClassWeight = recipe.Definition{
	Name: "class_weight", Title: "Weigh classes alike",
	Summary: "Lets each class count the same in all, however few training rows it has.",
	Cost:    "Rare classes are found more often, and probabilities no longer match how often classes occur. Not every algorithm can weigh rows.",
	Phase:   recipe.OnBalance,
	New:     func() recipe.Action { return classWeight{} },
}

type classWeight struct{}

func (classWeight) Params(*param.Set) {}

func (classWeight) Balance(b *recipe.Balanced) error { return b.Weigh() }

// RandomOver is the catalog's entry for repeating rows.
var RandomOver = recipe.Definition{
	Name: "random_over", Title: "Repeat rows of rare classes",
	Summary: "Repeats training rows, drawn at random, until each class has as many as the largest.",
	Cost:    "More rows to learn from, none of them new; probabilities no longer match how often classes occur.",
	Phase:   recipe.OnBalance,
	New:     func() recipe.Action { return randomOver{} },
}

type randomOver struct{}

func (randomOver) Params(*param.Set) {}

func (randomOver) Balance(b *recipe.Balanced) error { return b.Repeat() }

// RandomUnder is the catalog's entry for leaving out rows of large classes.
var RandomUnder = recipe.Definition{
	Name: "random_under", Title: "Leave out rows of frequent classes",
	Summary: "Leaves out training rows, drawn at random, until each class has as few as the smallest.",
	Cost:    "Fewer rows to learn from; probabilities no longer match how often classes occur.",
	Phase:   recipe.OnBalance,
	New:     func() recipe.Action { return randomUnder{} },
}

type randomUnder struct{}

func (randomUnder) Params(*param.Set) {}

func (randomUnder) Balance(b *recipe.Balanced) error { return b.Thin() }

// SMOTE is the catalog's entry for making rows between others.
var SMOTE = recipe.Definition{
	Name: "smote", Title: "Make rows of rare classes (SMOTE)",
	Summary: "Makes training rows between a row and its nearest neighbors of the same class, until each class has as many as the largest.",
	Cost:    "Compares each two rows of the smaller classes. Scale the columns first; probabilities no longer match how often classes occur.",
	Phase:   recipe.OnBalance,
	Filled:  true,
	New:     func() recipe.Action { return new(smote) },
}

type smote struct{ neighbors int }

func (a *smote) Params(s *param.Set) {
	s.Int(&a.neighbors, "k_neighbors", 5, param.Between(1, 100), "How many of the nearest rows of the same class a new row may lie towards.")
}

func (a *smote) Balance(b *recipe.Balanced) error { return b.SMOTE(a.neighbors) }
