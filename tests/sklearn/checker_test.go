package sklearn

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// environments are the Python virtual environments that `make tools` builds.
var environments = []string{".venv-sklearn-oldest", ".venv-sklearn-newest"}

// expected is a case as check_export.py reads it.
type expected struct {
	Name          string         `json:"name"`
	Pickle        string         `json:"pickle"`
	CSV           string         `json:"csv"`
	ReadCSV       map[string]any `json:"read_csv"`
	Target        string         `json:"target"`
	Rows          []int          `json:"rows"`
	Predictions   []any          `json:"predictions"`
	Probabilities [][]float64    `json:"probabilities"`
	Scores        [][]float64    `json:"scores"`
	Classes       []any          `json:"classes"`
	Known         int            `json:"known"`
	Codes         []string       `json:"codes"`
	Train         []int          `json:"train,omitempty"`
	Exact         bool           `json:"exact"`
	Tolerance     float64        `json:"tolerance"`
	Again         float64        `json:"again"`
	Sparse        bool           `json:"sparse"`
	Since         string         `json:"since,omitempty"`
}

// checker has each environment's scikit-learn look at cases while others are
// still being made.
type checker struct {
	t      *testing.T
	folder string // of the files that cases name
	cases  int
	ends   []*end
	close  func()
}

// end is a running check_export.py.
type end struct {
	env   string
	start func()
	todo  chan []byte // lines, for as many cases as there may be
	done  chan struct{}
	out   bytes.Buffer
	err   error
}

// newChecker returns a checker that starts scikit-learn in each environment
// once there is a case. The test is skipped where there is no scikit-learn, or
// fails where it has to be there.
func newChecker(t *testing.T) *checker {
	t.Helper()
	script, err := filepath.Abs("check_export.py")
	if err != nil {
		t.Fatal(err)
	}
	c := &checker{t: t, folder: t.TempDir()}
	for _, env := range environments {
		python, err := filepath.Abs(filepath.Join("..", "..", env, "bin", "python"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(python); err != nil {
			if os.Getenv("CLICKTRAIN_TEST_TOOLS") == "required" || os.Getenv("CI") != "" {
				t.Fatalf("%s is not there: run make tools", env)
			}
			t.Skipf("%s is not there: run make tools", env)
		}
		e := &end{env: env, todo: make(chan []byte, 4096), done: make(chan struct{})}
		cmd := exec.CommandContext(t.Context(), python, script, "-")
		cmd.Dir, cmd.Stdout, cmd.Stderr = c.folder, &e.out, &e.out
		// All cores are taken, and small tables are slower on many threads.
		cmd.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1")
		e.start = sync.OnceFunc(func() { go e.run(cmd) })
		c.ends = append(c.ends, e)
	}
	c.close = sync.OnceFunc(func() {
		for _, e := range c.ends {
			close(e.todo)
			if c.cases > 0 {
				<-e.done
			}
		}
	})
	t.Cleanup(c.close)
	return c
}

// run hands the lines to the command until there are no more.
func (e *end) run(cmd *exec.Cmd) {
	defer close(e.done)
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		e.err = err
		return
	}
	for line := range e.todo {
		if _, err := in.Write(line); err != nil {
			break // it ended, and says why
		}
	}
	in.Close()
	e.err = cmd.Wait()
}

// add has scikit-learn look at a case, whose files are written.
func (c *checker) add(t *testing.T, e expected) {
	t.Helper()
	line, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	c.cases++
	for _, end := range c.ends {
		end.start()
		end.todo <- append(line, '\n')
	}
}

// finish waits for scikit-learn and tells what it said. That there was no case
// at all is a fault unless -run picks some.
func (c *checker) finish() {
	c.close()
	if picked := flag.Lookup("test.run").Value.String(); c.cases == 0 && strings.Contains(picked, "/") {
		c.t.Skipf("no case is like %s", picked)
	}
	for _, e := range c.ends {
		said := e.out.String()
		if want := fmt.Sprintf("\n%d cases: 0 failed", c.cases); c.cases == 0 || e.err != nil || !strings.Contains(said, want) {
			c.t.Errorf("%s: %v; want %q, got:\n%s", e.env, e.err, want, said)
			continue
		}
		c.t.Logf("%s: %s", e.env, said)
	}
}
