package neural

import "clicktrain/internal/codec"

// version starts each encoded model.
const version = 2

// MarshalBinary writes the model; its size is 8 bytes a weight.
func (m *model) MarshalBinary() ([]byte, error) {
	var w codec.Writer
	w.Byte(version)
	w.Int(m.classes)
	w.Ints(m.layout)
	w.Ints(m.sizes)
	w.Text(m.net.activation)
	w.Text(m.solver)
	w.Text(m.schedule)
	for _, x := range []float64{m.alpha, m.rate, m.powerT, m.momentum, m.tol, m.validation, m.beta1, m.beta2, m.epsilon, m.loss} {
		w.Float(x)
	}
	for _, x := range []int{m.batch, m.maxIter, m.patience, m.iterations} {
		w.Int(x)
	}
	w.Uint64(uint64(m.seen))
	w.Uint64(m.seed)
	w.Bool(m.nesterov)
	w.Bool(m.shuffle)
	w.Bool(m.early)
	w.Bool(m.settled)
	w.Floats(m.weights)
	return w.Data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote of a Classifier.
func (m *Classifier) UnmarshalBinary(data []byte) error {
	back, err := read(data, true)
	if err == nil {
		m.model = back
	}
	return err
}

// UnmarshalBinary reads what MarshalBinary wrote of a Regressor.
func (m *Regressor) UnmarshalBinary(data []byte) error {
	back, err := read(data, false)
	if err == nil {
		m.model = back
	}
	return err
}

func read(data []byte, classes bool) (m model, err error) {
	r := codec.NewReader(data)
	if v := r.Byte(); v != version {
		r.Fail("neural network of version %d", v)
	}
	n := &net{classes: r.Int(), layout: r.Ints(), sizes: r.Ints(), activation: r.Text()}
	m.net, m.settings.activation, m.solver = n, n.activation, r.Text()
	m.schedule = r.Text()
	for _, x := range []*float64{&m.alpha, &m.rate, &m.powerT, &m.momentum, &m.tol, &m.validation, &m.beta1, &m.beta2, &m.epsilon, &m.loss} {
		*x = r.Float()
	}
	for _, x := range []*int{&m.batch, &m.maxIter, &m.patience, &m.iterations} {
		*x = r.Int()
	}
	m.seen, m.seed = int(r.Uint64()), r.Uint64()
	m.nesterov, m.shuffle, m.early, m.settled = r.Bool(), r.Bool(), r.Bool(), r.Bool()
	weights := r.Floats()
	if !n.valid(classes, len(weights)) {
		r.Fail("neural network whose parts do not fit")
	}
	if err := r.End(); err != nil {
		return m, err
	}
	n.prepare()
	copy(n.weights, weights)
	m.hidden = n.sizes[1 : len(n.sizes)-1]
	return m, nil
}

// valid reports whether layout and sizes are those of a net of so many weights.
func (n *net) valid(classes bool, weights int) bool {
	if (n.classes >= 2) != classes || n.classes == 1 || len(n.sizes) < 3 || len(n.sizes) > maxLayers+2 {
		return false
	}
	p := 0
	for _, width := range n.layout {
		if p += max(width, 1); p > weights {
			return false
		}
	}
	for _, size := range n.sizes {
		if size < 1 || size > weights {
			return false
		}
	}
	outputs := n.sizes[len(n.sizes)-1]
	if n.classes > 2 && outputs != n.classes || n.classes <= 2 && outputs != 1 {
		return false
	}
	switch n.activation {
	case relu, tanh, logistic, identity:
		return p == n.sizes[0] && weightsOf(n.sizes) == weights
	}
	return false
}
