package recipe

import (
	"fmt"
	"math"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/problem"
)

// Power is a family of transformations with a parameter λ that is learned so
// that the numbers come as near to a normal distribution as they can.
type Power uint8

// The families.
const (
	YeoJohnson Power = iota // takes any number (Yeo and Johnson 2000)
	BoxCox                  // takes positive numbers (Box and Cox 1964)
)

// String returns scikit-learn's name.
func (p Power) String() string { return [...]string{YeoJohnson: "yeo-johnson", BoxCox: "box-cox"}[p] }

// power transforms as scikit-learn's PowerTransformer does.
type power struct {
	family Power
	lambda float64
	scaler *standardize // nil if it is not scaled after
}

func (o *power) apply(v *values, seen *Seen) error {
	from, to := v.rewrite()
	for i, x := range from {
		if o.family == BoxCox && x <= 0 {
			return notPositive(seen.Column, x)
		}
		z := o.family.at(x, o.lambda)
		if math.IsInf(z, 0) {
			return tooFar(seen.Column, x, "transformed")
		}
		to[i] = z
	}
	if o.scaler != nil {
		return o.scaler.apply(v, seen)
	}
	return nil
}

func notPositive(column string, x float64) error {
	return problem.Column(column, "%s is %s in one row; box-cox takes numbers above 0 alone.", column, number(x)).
		WithHint("Choose yeo_johnson, which takes any number.")
}

// at returns x transformed with the parameter l, NaN where it is missing.
func (p Power) at(x, l float64) float64 {
	const eps = 0x1p-52
	switch {
	case p == BoxCox:
		return expm1By(l, math.Log(x), 1e-19)
	case x >= 0:
		return expm1By(l, math.Log1p(x), eps)
	}
	return -expm1By(2-l, math.Log1p(-x), eps)
}

// expm1By returns (exp(l·u)-1)/l, or u, which is its limit, if l is nearly 0.
func expm1By(l, u, nearly float64) float64 {
	if math.Abs(l) < nearly {
		return u
	}
	return math.Expm1(l*u) / l
}

// lambda returns the λ at which the likelihood of the numbers is greatest, if
// what they become were normal. x has no missing numbers, and two at least
// differ.
func (p Power) lambda(x []float64) float64 {
	if p == BoxCox {
		return boxCoxLambda(x)
	}
	return yeoJohnsonLambda(x)
}

// boxCoxLambda divides the numbers by their geometric mean, which takes all
// but the variance out of the likelihood and keeps powers small.
func boxCoxLambda(x []float64) float64 {
	logs, widest := make([]float64, len(x)), 0.0
	for i, v := range x {
		logs[i] = math.Log(v)
		widest = max(widest, math.Abs(logs[i]))
	}
	sum, n := sumPresent(logs)
	for i := range logs {
		logs[i] -= sum / float64(n)
		widest = max(widest, math.Abs(logs[i]))
	}
	moved := make([]float64, len(x))
	cost := func(l float64) float64 {
		for i, u := range logs {
			moved[i] = expm1By(l, u, 1e-19)
		}
		return 0.5 * math.Log(variance(moved))
	}
	limit := 300 / widest // squares of powers stay in range
	return minimize(cost, -limit, limit, 1.48e-8)
}

// yeoJohnsonLambda searches where 20 times the largest number can be
// transformed and its square stays in range, as scipy does.
func yeoJohnsonLambda(x []float64) float64 {
	logs, signed := make([]float64, len(x)), make([]float64, len(x))
	most, negative, positive := 0.0, false, false
	for i, v := range x {
		logs[i] = math.Log1p(math.Abs(v))
		signed[i] = math.Copysign(logs[i], v)
		most = max(most, math.Abs(v))
		negative, positive = negative || v < 0, positive || v >= 0
	}
	sum, n := sumPresent(signed)
	moved := make([]float64, len(x))
	cost := func(l float64) float64 {
		for i, u := range logs {
			if signed[i] >= 0 {
				moved[i] = expm1By(l, u, 0x1p-52)
			} else {
				moved[i] = -expm1By(2-l, u, 0x1p-52)
			}
		}
		v := variance(moved)
		if !(v >= 0x1p-1022) {
			return math.Inf(1)
		}
		return 0.5*math.Log(v) - (l-1)*(sum/float64(n))
	}
	const logEps = -52 * math.Ln2
	widest := math.Log1p(20 * most)
	low, high := (-1022*math.Ln2-logEps)/2/widest, (math.Log(math.MaxFloat64)+logEps)/2/widest
	if negative && positive {
		low, high = max(2-high, low), min(2-low, high)
	} else if negative {
		low, high = 2-high, 2-low
	}
	return minimize(cost, low, high, 1.48e-8)
}

// variance returns the mean square distance from the mean.
func variance(x []float64) float64 {
	sum, n := sumPresent(x)
	mean, squares := sum/float64(n), 0.0
	for _, v := range x {
		squares += float64((v - mean) * (v - mean))
	}
	return squares / float64(n)
}

func (o *power) like() string { return fmt.Sprint("power ", o.family, o.scaler != nil) }

func (o *power) sklearn(columns []op) *pickle.Object {
	object := pickle.Estimator("sklearn.preprocessing._data", "PowerTransformer",
		pickle.Attr{Name: "method", Value: o.family.String()},
		pickle.Attr{Name: "standardize", Value: o.scaler != nil},
		pickle.Attr{Name: "copy", Value: true},
		pickle.Attr{Name: "lambdas_", Value: pickle.Floats(gather(columns, func(o *power) float64 { return o.lambda }))})
	if o.scaler == nil {
		return object
	}
	scalers := make([]op, len(columns))
	for i, c := range columns {
		scalers[i] = c.(*power).scaler
	}
	scaler := o.scaler.sklearn(scalers).Set(
		pickle.Attr{Name: "n_features_in_", Value: len(columns)},
		pickle.Attr{Name: "_sklearn_output_config", Value: pickle.Dict{{Key: "transform", Value: "default"}}})
	return object.Set(pickle.Attr{Name: "_scaler", Value: scaler})
}

func (o *power) step() string { return "transform" }
func (o *power) word() string { return "power" }

func (o *power) describe() (text, value string) {
	text = "Brought near a normal distribution by a power (" + o.family.String() + ")"
	if o.scaler != nil {
		text += ", then scaled to mean 0 and standard deviation 1"
	}
	return text, "λ = " + rounded(o.lambda)
}

func (o *power) sound() bool {
	return o.family <= BoxCox && finite(o.lambda) && (o.scaler == nil || o.scaler.sound())
}

func (o *power) append(b []byte) []byte {
	b = append(b, tagPower, byte(o.family), byte(indicator(o.scaler != nil)))
	b = appendFloats(b, o.lambda)
	if o.scaler != nil {
		b = o.scaler.append(b)
	}
	return b
}

func (r *reader) power() *power {
	o := &power{family: Power(r.byte())}
	scaled := r.byte() != 0
	o.lambda = r.float()
	if scaled {
		if tag := r.byte(); tag != tagStandardize {
			r.fail(fmt.Errorf("recipe: stored operation %d, not a scaler", tag))
		}
		o.scaler = r.standardize()
	}
	return o
}

// Power learns λ, and then the mean and the standard deviation if the result
// is to be scaled. Numbers that are as good as equal get λ = 1, which moves
// them at most. A number that the family cannot take is a *problem.Error.
func (c *Column) Power(family Power, scaled bool) error {
	if low, _ := extent(c.values.num); family == BoxCox && low <= 0 {
		return notPositive(c.Name, low)
	}
	plain, err := newStandardize(c.values.num)
	if err != nil {
		return c.tooLarge("standard deviation")
	}
	o := &power{family: family, lambda: 1}
	if !plain.constant() {
		o.lambda = family.lambda(present(c.values.num))
	}
	if err := o.apply(&c.values, &Seen{Column: c.Name}); err != nil || !scaled {
		c.ops = append(c.ops, o)
		return err
	}
	scaler, err := newStandardize(c.values.num)
	if err != nil {
		return c.tooLarge("standard deviation")
	}
	o.scaler = scaler
	c.ops = append(c.ops, o)
	return scaler.apply(&c.values, &Seen{Column: c.Name})
}

// present returns the numbers that are not missing.
func present(x []float64) []float64 {
	out := make([]float64, 0, len(x))
	for _, v := range x {
		if v == v {
			out = append(out, v)
		}
	}
	return out
}
