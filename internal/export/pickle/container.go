package pickle

import "fmt"

func (e *encoder) items(items []Value) error {
	for _, v := range items {
		if err := e.value(v); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) tuple(t Tuple) error {
	switch n := len(t); {
	case n == 0:
		e.bytes(opEmptyTuple)
		return nil
	case n <= 3:
		if err := e.items(t); err != nil {
			return err
		}
		e.bytes(opTuple1 + byte(n-1))
		return nil
	}
	e.bytes(opMark)
	if err := e.items(t); err != nil {
		return err
	}
	e.bytes(opTuple)
	return nil
}

func (e *encoder) list(l List) error {
	e.bytes(opEmptyList)
	if len(l) == 0 {
		return nil
	}
	e.bytes(opMark)
	if err := e.items(l); err != nil {
		return err
	}
	e.bytes(opAppends)
	return nil
}

func (e *encoder) dict(d Dict) error {
	e.bytes(opEmptyDict)
	return e.setItems(d)
}

// setItems writes entries into the dict before them.
func (e *encoder) setItems(d Dict) error {
	if len(d) == 0 {
		return nil
	}
	e.bytes(opMark)
	for _, p := range d {
		if err := e.items([]Value{p.Key, p.Value}); err != nil {
			return err
		}
	}
	e.bytes(opSetItems)
	return nil
}

// global writes the one opcode that ends at a newline, which is why g must be
// on the list: no other name reaches the file this way.
func (e *encoder) global(g Global) error {
	if i, ok := e.globals[g]; ok {
		e.get(i)
		return nil
	}
	if !Allowed(g) {
		return fmt.Errorf("pickle: %q.%q is not an allowed global", g.Module, g.Name)
	}
	e.bytes(opGlobal)
	e.w.WriteString(g.Module)
	e.bytes('\n')
	e.w.WriteString(g.Name)
	e.bytes('\n')
	e.globals[g] = e.put()
	return nil
}

// object writes cls.__new__(cls) and its attributes. The object is in the memo
// before its attributes are written, so that they may refer to it.
func (e *encoder) object(o *Object) error {
	if o == nil {
		return fmt.Errorf("pickle: a nil object")
	}
	if i, ok := e.made[o]; ok {
		e.get(i)
		return nil
	}
	if err := e.global(o.Class); err != nil {
		return err
	}
	if o.Constructed {
		e.bytes(opEmptyTuple, opReduce)
	} else {
		e.bytes(opEmptyTuple, opNewObj)
	}
	e.made[o] = e.put()
	if err := e.setItems(o.Items); err != nil {
		return err
	}
	state := make(Dict, 0, len(o.Attrs)+1)
	for _, a := range o.Attrs {
		state = append(state, Pair{a.Name, a.Value})
	}
	if o.Estimator {
		// The version that reads the file, whichever it is: a file that holds
		// for a range of versions has no one version to warn about.
		state = append(state, Pair{"_sklearn_version", Global{"sklearn", "__version__"}})
	}
	if err := e.dict(state); err != nil {
		return err
	}
	e.bytes(opBuild)
	return nil
}

func (e *encoder) call(c *Call) error {
	if c == nil {
		return fmt.Errorf("pickle: a nil call")
	}
	if i, ok := e.made[c]; ok {
		e.get(i)
		return nil
	}
	if err := e.global(c.Func); err != nil {
		return err
	}
	if err := e.tuple(c.Args); err != nil {
		return err
	}
	e.bytes(opReduce)
	e.made[c] = e.put()
	if c.State == nil {
		return nil
	}
	if err := e.value(c.State); err != nil {
		return err
	}
	e.bytes(opBuild)
	return nil
}

// array writes ndarray.__new__(ndarray, (0,)) and its state, which names
// nothing private to one version of numpy.
func (e *encoder) array(a Array) error {
	key, err := a.check()
	if err != nil {
		return err
	}
	if err := e.global(Global{"numpy", "ndarray"}); err != nil {
		return err
	}
	shape := make(Tuple, len(a.Shape))
	for i, d := range a.Shape {
		shape[i] = d
	}
	e.bytes(opInt1, 0, opTuple1, opTuple1, opNewObj, opMark, opInt1, 1)
	if err := e.tuple(shape); err != nil {
		return err
	}
	if err := e.dtype(key, a.DType); err != nil {
		return err
	}
	e.bytes(opFalse) // C order
	if key == "|O" {
		err = e.list(a.Items)
	} else {
		e.data(a.Data)
	}
	e.bytes(opTuple, opBuild)
	return err
}

// dtype writes numpy.dtype(t), once for each key.
func (e *encoder) dtype(key string, t Value) error {
	if i, ok := e.types[key]; ok {
		e.get(i)
		return nil
	}
	if err := e.global(Global{"numpy", "dtype"}); err != nil {
		return err
	}
	if err := e.tuple(Tuple{t}); err != nil {
		return err
	}
	e.bytes(opReduce)
	e.types[key] = e.put()
	return nil
}
