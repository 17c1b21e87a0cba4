package param

import (
	"slices"
	"strconv"
	"strings"
)

// list reads a list of distinct texts.
func (f Field) list(raw any) ([]string, bool) {
	var out []string
	switch v := raw.(type) {
	case string:
		out = entries(v)
	case []string:
		out = v
	case []any:
		for _, x := range v {
			t, ok := x.(string)
			if !ok {
				return nil, false
			}
			out = append(out, t)
		}
	default:
		return nil, false
	}
	seen := make(map[string]bool, len(out))
	for _, t := range out {
		if seen[t] || len(f.Choices) > 0 && !slices.Contains(f.Choices, t) {
			return nil, false
		}
		seen[t] = true
	}
	return slices.Clone(out), true
}

// signsOf reads names with signs.
func signsOf(raw any) (map[string]int, bool) {
	out := map[string]int{}
	add := func(name string, raw any) bool {
		_, x, ok := literal(raw)
		_, twice := out[name]
		if !ok || twice || x != 1 && x != -1 {
			return false
		}
		out[name] = int(x)
		return true
	}
	switch v := raw.(type) {
	case nil:
	case string:
		for _, e := range entries(v) {
			i := strings.LastIndexByte(e, ':')
			if i < 0 || !add(strings.TrimSpace(e[:i]), e[i+1:]) {
				return nil, false
			}
		}
	case map[string]any:
		for name, x := range v {
			if !add(name, x) {
				return nil, false
			}
		}
	case map[string]int:
		for name, x := range v {
			if !add(name, x) {
				return nil, false
			}
		}
	default:
		return nil, false
	}
	if len(out) == 0 {
		return nil, true
	}
	return out, true
}

// entries splits a form's text at line ends, or where it has none at commas.
func entries(text string) []string {
	sep := ","
	if strings.Contains(strings.TrimSpace(text), "\n") {
		sep = "\n"
	}
	var out []string
	for _, e := range strings.Split(text, sep) {
		if e = strings.TrimSpace(e); e != "" {
			out = append(out, e)
		}
	}
	return out
}

// joined is the text that entries splits.
func joined(list []string) string {
	sep := ", "
	if slices.ContainsFunc(list, func(t string) bool { return strings.Contains(t, ",") }) {
		sep = "\n"
	}
	return strings.Join(list, sep)
}

func signsText(signs map[string]int) string {
	var list []string
	for name, x := range signs {
		list = append(list, name+":"+strconv.Itoa(x))
	}
	slices.Sort(list)
	return joined(list)
}
