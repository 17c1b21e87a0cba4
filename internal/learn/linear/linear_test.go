package linear_test

import (
	"testing"

	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
)

func TestRegressionConformance(t *testing.T) { learntest.Run(t, linear.Regression) }

func TestLogisticConformance(t *testing.T) { learntest.Run(t, linear.Logistic) }
