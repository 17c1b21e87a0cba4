// Package pickle writes Python pickles that hold numpy arrays and fitted
// scikit-learn estimators, without Python. It only encodes: what a model's
// attributes are is known where the model is.
//
// Every opcode that carries text is length-prefixed, so no name or value can
// become an instruction, and a global may be written only if it is on the
// package's list. Nothing here reads a pickle.
package pickle

// Value is what a pickle can hold: nil, bool, int, float64, string, []byte,
// Tuple, List, Dict, Global, Slice, Array, *Object and *Call.
type Value any

// Tuple is a Python tuple.
type Tuple []Value

// List is a Python list.
type List []Value

// Pair is one entry of a Dict.
type Pair struct{ Key, Value Value }

// Dict is a Python dict, written in the order given.
type Dict []Pair

// Global names a class, function or constant of a Python module. It must be on
// the list of allowed globals.
type Global struct{ Module, Name string }

// Slice is Python's slice(Start, Stop, None).
type Slice struct{ Start, Stop int }

// Attr is one attribute of an object.
type Attr struct {
	Name  string
	Value Value
}

// Object is an instance of a class with its attributes, made without calling
// the class's constructor unless Constructed is set. One *Object that stands in
// two places is one Python object.
type Object struct {
	Class       Global
	Attrs       []Attr
	Estimator   bool // a scikit-learn estimator: carries _sklearn_version
	Constructed bool // made by calling Class without arguments: what Attrs leaves out has the defaults of the version that reads it
	Items       Dict // what the object holds, where its class is a dict
}

// Estimator returns a scikit-learn estimator of the given class.
func Estimator(module, class string, attrs ...Attr) *Object {
	return &Object{Class: Global{module, class}, Attrs: attrs, Estimator: true}
}

// Set adds attributes to o and returns it.
func (o *Object) Set(attrs ...Attr) *Object {
	o.Attrs = append(o.Attrs, attrs...)
	return o
}

// Call is the result of calling a global with arguments; State, if not nil, is
// handed to the result's __setstate__.
type Call struct {
	Func  Global
	Args  Tuple
	State Value
}

// Array is a numpy array. DType is a numpy type string such as <f8, or a List
// of (name, type string) Tuples for a structured one. Data holds the elements
// in C order, little endian; an object array (|O) has Items instead.
type Array struct {
	DType Value
	Shape []int
	Data  []byte
	Items List
}

// Sklearner is a fitted model that scikit-learn has a class for. labels is the
// array for classes_, or a zero Array where the task is regression; features
// is the number of columns p.
type Sklearner interface {
	Sklearn(labels Array, features int) *Object
}
