package linear_test

import (
	"testing"

	"clicktrain/internal/learn/learntest"
	"clicktrain/internal/learn/linear"
)

func TestRegressionConformance(t *testing.T) { learntest.Run(t, linear.Regression) }

func TestLogisticConformance(t *testing.T) { learntest.Run(t, linear.Logistic) }

func TestRidgeConformance(t *testing.T) { learntest.Run(t, linear.Ridge) }

func TestLassoConformance(t *testing.T) { learntest.Run(t, linear.Lasso) }

func TestElasticNetConformance(t *testing.T) { learntest.Run(t, linear.ElasticNet) }

func TestSVMConformance(t *testing.T) { learntest.Run(t, linear.SVM) }
