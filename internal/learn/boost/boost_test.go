package boost_test

import (
	"testing"

	"clicktrain/internal/learn/boost"
	"clicktrain/internal/learn/learntest"
)

func TestConformance(t *testing.T) { learntest.Run(t, boost.Learner) }
