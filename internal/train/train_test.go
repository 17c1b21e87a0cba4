package train

import (
	"sync"
	"testing"

	"clicktrain/internal/learn"
)

// TestCatalogIsOnlyRead looks learners up from many goroutines in a list that
// has room for one more, which must stay empty: many runs share the list.
func TestCatalogIsOnlyRead(t *testing.T) {
	c := Catalog{Learners: make([]learn.Learner, 15, 16), Dummy: learn.Learner{Name: "dummy"}}
	c.Learners[14].Name = "last"
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, name := range []string{"last", "dummy"} {
				if l, ok := c.Learner(name); !ok || l.Name != name {
					t.Errorf("Learner(%s) = %q, %v", name, l.Name, ok)
				}
			}
			if _, ok := c.Learner("none"); ok {
				t.Error("a learner that is not there is found")
			}
		})
	}
	wg.Wait()
	if room := c.Learners[:16][15]; room.Name != "" {
		t.Errorf("%q was written behind the list", room.Name)
	}
}
