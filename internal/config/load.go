package config

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// ErrHelp is returned where the person asked for help, which has been printed.
var ErrHelp = errors.New("help was printed")

// Env is what Load may ask of its surroundings.
type Env struct {
	Getenv   func(string) string          // as os.Getenv
	ReadFile func(string) ([]byte, error) // as os.ReadFile
	Stdout   io.Writer                    // where help goes
}

// cli is the command line's grammar.
type cli struct {
	Serve struct {
		Config `embed:""`
	} `cmd:"" default:"withargs" help:"Start the server (what runs where no command is named)."`
	Healthcheck struct {
		Addr string `default:":8000" placeholder:"HOST:PORT" help:"Address that the server listens on."`
	} `cmd:"" help:"Ask a running server how it is; exit with 0 when it is healthy."`
	Version struct{} `cmd:"" help:"Print the version."`
	Worker  struct{} `cmd:"" hidden:""`
}

// Load reads the settings from the arguments after the program's name and from
// the environment. Its errors are for the person who started the program.
func Load(args []string, env Env) (Config, error) {
	var grammar cli
	helped := false
	parser, err := kong.New(&grammar,
		kong.Name("clicktrain"),
		kong.Description("From a CSV file to a scikit-learn model, in the browser.\n\n"+
			"Start it and open http://localhost:8000. Each flag can also be set by the environment variable named beside it; a flag goes first."),
		kong.Writers(env.Stdout, env.Stdout),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, Summary: true}),
		kong.ValueFormatter(describe),
		kong.Resolvers(environment(env.Getenv)),
	)
	if err != nil {
		return Config{}, fmt.Errorf("read the command line's grammar: %w", err)
	}
	ctx, err := parser.Parse(args)
	if helped {
		return Config{}, ErrHelp
	}
	if err != nil {
		return Config{}, err
	}
	c := Config{Command: Command(strings.Fields(ctx.Command())[0])}
	switch c.Command {
	case Healthcheck:
		c.Addr = grammar.Healthcheck.Addr
		return c, nil
	case Worker, Version:
		return c, nil
	}
	c = grammar.Serve.Config
	c.Command = Serve
	if err := c.check(); err != nil {
		return Config{}, err
	}
	c.SessionKey, err = sessionKey(c.SessionKeyFile, env)
	return c, err
}

// sessionKey reads the key from the environment or else from the file. There
// is no flag for it: other users of the machine can read command lines.
func sessionKey(path string, env Env) (Secret, error) {
	key, from := []byte(env.Getenv("CLICKTRAIN_SESSION_KEY")), "CLICKTRAIN_SESSION_KEY"
	if len(key) == 0 && path != "" {
		var err error
		if key, err = env.ReadFile(path); err != nil {
			return nil, fmt.Errorf("--session-key-file: %w", err)
		}
		from = "the file of --session-key-file"
	} else if len(key) == 0 {
		return nil, nil
	}
	if len(key) < minKey {
		return nil, fmt.Errorf("%s has %d bytes; a session key needs at least %d random bytes, for example from: openssl rand -hex 32", from, len(key), minKey)
	}
	return key, nil
}

// environment resolves a flag that the command line leaves out.
func environment(getenv func(string) string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if flag.Name == "help" {
			return nil, nil
		}
		if v := getenv(variable(flag.Name)); v != "" {
			return v, nil
		}
		return nil, nil
	})
}

// variable returns the name of a flag's environment variable.
func variable(flag string) string {
	return "CLICKTRAIN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// describe is a flag's help: what it is, its default and its variable.
func describe(v *kong.Value) string {
	if v.Flag == nil || v.Name == "help" {
		return v.Help
	}
	text := v.Help
	if v.HasDefault {
		text += " Default " + v.Default + "."
	}
	return text + " [" + variable(v.Name) + "]"
}
