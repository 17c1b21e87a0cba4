package recipe

import (
	"context"
	"errors"
	"fmt"

	"clicktrain/internal/export/pickle"
)

// jointOp is one fitted operation on several columns together: its members, of
// which each has a place.
type jointOp interface {
	// applyAll transforms the members' values in place, with so many
	// goroutines. It returns ctx's error soon after ctx ends.
	applyAll(ctx context.Context, workers int, v []*values, seen []*Seen) error
	// members returns how many there are.
	members() int
	// afterAt returns what the operation leaves of the member at a place, and
	// whether it can take that and its stored numbers are sound.
	afterAt(at int, s shape) (shape, bool)
	// sklearn returns the transformer of all members, in order.
	sklearn() *pickle.Object
	append(b []byte) []byte

	step() string
	word() string
	describe(at int) (text, value string)
}

// member is one column's part in a jointOp: the place at of the recipe's
// group-th, counted from 0.
type member struct {
	joint     jointOp
	group, at int
}

// apply is not how members are transformed: see Fitted.run.
func (m *member) apply(*values, *Seen) error {
	return errors.New("recipe: a member of a joint operation was transformed alone")
}

func (m *member) like() string                        { return fmt.Sprint("joint ", m.group) }
func (m *member) step() string                        { return m.joint.step() }
func (m *member) word() string                        { return m.joint.word() }
func (m *member) describe() (text, value string)      { return m.joint.describe(m.at) }
func (m *member) after(s shape) (shape, bool)         { return m.joint.afterAt(m.at, s) }
func (m *member) sklearn(columns []op) *pickle.Object { return m.joint.sklearn() }

func (m *member) append(b []byte) []byte {
	return appendCount(appendCount(append(b, tagMember), m.group), m.at)
}

// memberAt returns the place of the first joint operation among ops, or -1.
func memberAt(ops []op) int {
	for k, o := range ops {
		if _, ok := o.(*member); ok {
			return k
		}
	}
	return -1
}

// joint makes the columns members of a joint operation, and applies it. The
// columns must be in the order that joined gave.
func (f *fitting) joint(columns []*Column, o jointOp) error {
	group := len(f.joints)
	f.joints = append(f.joints, o)
	v, seen := make([]*values, len(columns)), make([]*Seen, len(columns))
	for at, c := range columns {
		c.ops = append(c.ops, &member{o, group, at})
		v[at], seen[at] = &c.values, new(Seen)
	}
	return o.applyAll(f.ctx, f.workers, v, seen)
}

// joined returns columns in an order in which those that were treated alike
// stand together, as scikit-learn would hand them to a joint operation.
func joined(columns []*Column) []*Column {
	var items []item
	for i, c := range columns {
		items = append(items, item{strand: i, column: i, changes: c.changes, ops: c.ops})
	}
	out := make([]*Column, 0, len(columns))
	for _, i := range orderOf(items) {
		out = append(out, columns[i])
	}
	return out
}
