package recipe

import (
	"math"
	"slices"
	"strconv"

	"clicktrain/internal/export/pickle"
	"clicktrain/internal/frame"
)

// Sklearn returns the fitted recipe as a scikit-learn transformer, which takes
// a DataFrame with the raw columns in any order and gives the columns of
// Transform: a ColumnTransformer, or where steps work on prepared columns a
// Pipeline of one and those steps. It holds for scikit-learn 1.4 to 1.9. What
// was done to training rows alone has no part in it.
func (t *Fitted) Sklearn() *pickle.Object {
	names := make([]string, len(t.inputs))
	for i, in := range t.inputs {
		names[i] = in.Name
	}
	columns := bundled(t.items(), names, len(names))
	if len(t.matrix) == 0 {
		return columns
	}
	steps := pickle.List{pickle.Tuple{"columns", columns}}
	used := map[string]int{}
	width := 0
	for _, s := range t.order {
		width += len(t.strands[s].names)
	}
	for _, m := range t.matrix {
		steps = append(steps, pickle.Tuple{numbered(m.op.step(), used), m.sklearn(width)})
		width, _ = m.width(width)
	}
	return pipeline(steps)
}

// bundled returns the ColumnTransformer of items. names are those of the
// columns that it gets, as a DataFrame; where they are nil it gets an array of
// so many columns.
func bundled(items []item, names []string, width int) *pickle.Object {
	c := columnTransformer{names: names, width: width}
	for _, b := range bundles(items) {
		takes, local := b.takes()
		var known []string
		for _, i := range takes {
			if names != nil {
				known = append(known, names[i])
			}
		}
		made := 0
		for _, it := range b.items {
			made += it.width
		}
		c.add(b.name, local.transformer(known), takes, made)
	}
	return c.object()
}

// takes returns the columns that the bundle takes, and the bundle as it is to
// who gets those columns alone.
func (b bundle) takes() (columns []int, local bundle) {
	local = bundle{name: b.name, joint: b.joint, items: slices.Clone(b.items)}
	if b.joint {
		for i, it := range b.items {
			m := it.ops[memberAt(it.ops)].(*member)
			for len(columns) <= m.at {
				columns = append(columns, 0)
			}
			columns[m.at], local.items[i].column = it.column, m.at
		}
		return columns, local
	}
	for i, it := range b.items {
		columns, local.items[i].column = append(columns, it.column), i
	}
	return columns, local
}

// transformer returns the transformer of one bundle. names are those of the
// columns that it gets, nil where it gets an array.
func (b bundle) transformer(names []string) *pickle.Object {
	if !b.joint {
		return oneOrPipeline(chain(b.items, names))
	}
	before, after := b.parts()
	var steps pickle.List
	known := names // by the joint transformer, as long as it gets a DataFrame
	switch one := bundles(before); {
	case len(one) > 1 || one[0].joint:
		steps = pickle.List{pickle.Tuple{"each", bundled(before, names, len(before))}}
		known = nil
	case len(before[0].ops)+len(before[0].changes) > 0 || names != nil && measured(before):
		steps = chain(before, names)
		if slices.ContainsFunc(before[0].ops, func(o op) bool { return !keepsNames(o) }) {
			known = nil
		}
	}
	joint := b.items[0].ops[memberAt(b.items[0].ops)].(*member).joint
	object := joint.sklearn().Set(pickle.Attr{Name: "n_features_in_", Value: joint.members()})
	if known != nil {
		object.Set(pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(known)})
	}
	steps = append(steps, pickle.Tuple{"together", object})
	straight := slices.IsSortedFunc(after, func(a, b item) int { return a.column - b.column }) && len(after) == len(before)
	if one := bundles(after); len(one) == 1 && !one[0].joint && straight {
		used := map[string]int{"each": 1, "together": 1}
		for _, s := range steps {
			used[s.(pickle.Tuple)[0].(string)]++
		}
		for _, s := range chain(after, nil) {
			s := s.(pickle.Tuple)
			steps = append(steps, pickle.Tuple{numbered(s[0].(string), used), s[1]})
		}
		return oneOrPipeline(steps)
	}
	return oneOrPipeline(append(steps, pickle.Tuple{"then", bundled(after, nil, len(before))}))
}

// chain returns the steps of items that are treated alike. Only the first
// knows column names, and those that follow one that hands on a DataFrame: what
// others return has none, and the next would warn that they are missing.
func chain(items []item, names []string) pickle.List {
	var steps pickle.List
	used := map[string]int{}
	add := func(name string, o *pickle.Object, width int, known []string) {
		o.Set(pickle.Attr{Name: "n_features_in_", Value: width})
		if known != nil {
			o.Set(pickle.Attr{Name: "feature_names_in_", Value: pickle.Strings(known)})
		}
		steps = append(steps, pickle.Tuple{numbered(name, used), o})
	}
	if names != nil && measured(items) {
		if coded(items[0].ops) {
			add("read", toNumbers(), len(items), names)
		}
		add("read", withoutInfinities(), len(items), names)
	}
	for k := range items[0].changes {
		for _, o := range changeSklearn(items, k, names) {
			add("read", o, len(items), names)
		}
	}
	for k, o := range items[0].ops {
		width := 0
		column := make([]op, len(items))
		for i, it := range items {
			column[i] = it.ops[k]
			width += len(columnNames("", it.ops[:k]))
		}
		if s, ok := o.(staged); ok {
			for _, object := range s.stages(column, names) {
				add(partOf(o), object, width, nil)
			}
			names = nil
			continue
		}
		add(partOf(o), o.sklearn(column), width, names)
		if !keepsNames(o) {
			names = nil
		}
	}
	if len(steps) == 0 && names != nil {
		add("as_is", function(nil, nil), len(items), names)
	}
	return steps
}

// numbered returns a name that is not in use yet.
func numbered(name string, used map[string]int) string {
	used[name]++
	if n := used[name]; n > 1 {
		name += "_" + strconv.Itoa(n)
	}
	return name
}

// oneOrPipeline returns the only step, or a Pipeline of all; of none, one that
// changes nothing.
func oneOrPipeline(steps pickle.List) *pickle.Object {
	switch len(steps) {
	case 0:
		return function(nil, nil)
	case 1:
		return steps[0].(pickle.Tuple)[1].(*pickle.Object)
	}
	return pipeline(steps)
}

func pipeline(steps pickle.List) *pickle.Object {
	return pickle.Estimator("sklearn.pipeline", "Pipeline",
		pickle.Attr{Name: "steps", Value: steps},
		pickle.Attr{Name: "memory", Value: nil},
		pickle.Attr{Name: "verbose", Value: false},
		pickle.Attr{Name: "transform_input", Value: nil})
}

// function returns a FunctionTransformer that calls a public function of numpy
// or pandas on all columns, or none.
func function(f pickle.Value, arguments pickle.Dict) *pickle.Object {
	var kw pickle.Value
	if arguments != nil {
		kw = arguments
	}
	return pickle.Estimator("sklearn.preprocessing._function_transformer", "FunctionTransformer",
		pickle.Attr{Name: "func", Value: f},
		pickle.Attr{Name: "inverse_func", Value: nil},
		pickle.Attr{Name: "validate", Value: false},
		pickle.Attr{Name: "accept_sparse", Value: false},
		pickle.Attr{Name: "check_inverse", Value: true},
		pickle.Attr{Name: "feature_names_out", Value: "one-to-one"},
		pickle.Attr{Name: "kw_args", Value: kw},
		pickle.Attr{Name: "inv_kw_args", Value: nil})
}

// changeSklearn returns the transformers of the k-th change of items, none
// where pandas needs none. After its values are replaced, a column of texts of
// which none is left would be one of numbers to pandas.
func changeSklearn(items []item, k int, names []string) []*pickle.Object {
	switch ch := items[0].changes[k]; {
	case ch.do == emptying:
		var values, texts pickle.Dict
		for i, it := range items {
			s := changedSource(it.source, it.changes[:k])
			values = append(values, pickle.Pair{Key: names[i], Value: it.changes[k].pandas(s)})
			if s != numberSource {
				texts = append(texts, pickle.Pair{Key: names[i], Value: "object"})
			}
		}
		steps := []*pickle.Object{onFrame("replace", pickle.Pair{Key: "to_replace", Value: values}, pickle.Pair{Key: "value", Value: math.NaN()})}
		if texts != nil {
			steps = append(steps, onFrame("astype", pickle.Pair{Key: "dtype", Value: texts}))
		}
		return steps
	case ch.do == retyping && ch.kind == frame.Numeric:
		return []*pickle.Object{toNumbers()}
	}
	return nil
}
