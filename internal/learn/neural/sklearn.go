package neural

import "clicktrain/internal/export/pickle"

const module = "sklearn.neural_network._multilayer_perceptron"

// Sklearn returns the model as sklearn.neural_network.MLPClassifier.
func (m *Classifier) Sklearn(labels pickle.Array, features int) *pickle.Object {
	activation, kind := "logistic", "binary"
	if m.classes > 2 {
		activation, kind = "softmax", "multiclass"
	}
	binarizer := pickle.Estimator("sklearn.preprocessing._label", "LabelBinarizer",
		pickle.Attr{Name: "neg_label", Value: 0},
		pickle.Attr{Name: "pos_label", Value: 1},
		pickle.Attr{Name: "sparse_output", Value: false},
		pickle.Attr{Name: "y_type_", Value: kind},
		pickle.Attr{Name: "sparse_input_", Value: false},
		pickle.Attr{Name: "classes_", Value: labels})
	return m.object("MLPClassifier", "log_loss", activation, features).Set(
		pickle.Attr{Name: "_label_binarizer", Value: binarizer},
		pickle.Attr{Name: "classes_", Value: labels})
}

// Sklearn returns the model as sklearn.neural_network.MLPRegressor.
func (m *Regressor) Sklearn(_ pickle.Array, features int) *pickle.Object {
	return m.object("MLPRegressor", "squared_error", "identity", features)
}

// object returns the estimator, less its classes.
func (m *model) object(class, loss, output string, features int) *pickle.Object {
	var hidden pickle.Tuple
	for _, n := range m.hidden {
		hidden = append(hidden, n)
	}
	batch := pickle.Value("auto")
	if m.batch > 0 {
		batch = m.batch
	}
	var coefs, intercepts pickle.List
	for l := range m.coef {
		in, out := m.sizes[l], m.sizes[l+1]
		coef := make([]float64, 0, in*out)
		for j := range in {
			if l == 0 {
				j = m.input(j)
			}
			coef = append(coef, m.coef[l][j*out:][:out]...)
		}
		coefs = append(coefs, pickle.Floats(coef, in, out))
		intercepts = append(intercepts, pickle.Floats(m.bias[l]))
	}
	return pickle.Estimator(module, class, []pickle.Attr{
		{Name: "activation", Value: m.settings.activation},
		{Name: "solver", Value: m.solver},
		{Name: "alpha", Value: m.alpha},
		{Name: "batch_size", Value: batch},
		{Name: "learning_rate", Value: m.schedule},
		{Name: "learning_rate_init", Value: m.rate},
		{Name: "power_t", Value: m.powerT},
		{Name: "max_iter", Value: m.maxIter},
		{Name: "loss", Value: loss},
		{Name: "hidden_layer_sizes", Value: hidden},
		{Name: "shuffle", Value: m.shuffle},
		{Name: "random_state", Value: int(m.seed & 0xffffffff)}, // what scikit-learn takes
		{Name: "tol", Value: m.tol},
		{Name: "verbose", Value: false},
		{Name: "warm_start", Value: false},
		{Name: "momentum", Value: m.momentum},
		{Name: "nesterovs_momentum", Value: m.nesterov},
		{Name: "early_stopping", Value: m.early},
		{Name: "validation_fraction", Value: m.validation},
		{Name: "beta_1", Value: m.beta1},
		{Name: "beta_2", Value: m.beta2},
		{Name: "epsilon", Value: m.epsilon},
		{Name: "n_iter_no_change", Value: m.patience},
		{Name: "max_fun", Value: 15000},
		{Name: "n_features_in_", Value: features},
		{Name: "n_outputs_", Value: m.sizes[len(m.sizes)-1]},
		{Name: "n_layers_", Value: len(m.sizes)},
		{Name: "out_activation_", Value: output},
		{Name: "coefs_", Value: coefs},
		{Name: "intercepts_", Value: intercepts},
		{Name: "n_iter_", Value: m.iterations},
		{Name: "t_", Value: m.seen},
		{Name: "loss_", Value: m.loss},
	}...)
}
