package forest_test

import (
	"testing"

	"clicktrain/internal/learn/forest"
	"clicktrain/internal/learn/learntest"
)

func TestConformance(t *testing.T) { learntest.Run(t, forest.Learner) }
