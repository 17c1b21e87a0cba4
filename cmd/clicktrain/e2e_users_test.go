package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// stepPages are the pages that show something of a person's work.
var stepPages = []string{"/explore", "/explore/columns/0", "/prepare", "/train", "/runs/1", "/results", "/results?run=1", "/download", "/download/model.pkl", "/download/model.pkl?run=1"}

// private is a table that can be told from any other.
func private(word string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s_a,%s_b,target\n", word, word)
	for i := range 60 {
		fmt.Fprintf(&b, "%d.5,%s%d,%s\n", i%7, word, i%3, []string{"no", "yes"}[i*i%7%2])
	}
	return []byte(b.String())
}

// trainOnPages takes a table to a model by the pages.
func (c *client) trainOnPages(t *testing.T, word string) {
	t.Helper()
	c.upload(t, "/upload", word+".csv", private(word)).want(t, 200)
	page := c.get(t, "/train").want(t, 200).html(t)
	c.awaitResults(t, c.submit(t, page, "/train", "Train", "learner=logistic_regression").want(t, 200))
}

// TestTwoBrowsers checks that neither of two people sees anything of the
// other's, and that what one deletes is gone for that one alone.
func TestTwoBrowsers(t *testing.T) {
	p := launch(t)
	alice, bob, nobody := p.visitor(t), p.visitor(t), p.visitor(t)
	alice.trainOnPages(t, "zebra")
	for _, path := range stepPages {
		a := nobody.get(t, path)
		if a.StatusCode != http.StatusConflict || strings.Contains(string(a.body), "zebra") || len(a.Cookies()) > 0 {
			t.Errorf("%s without a cookie = %d", path, a.StatusCode)
		}
	}
	bob.upload(t, "/upload", "walrus.csv", private("walrus")).want(t, 200)
	for _, path := range []string{"/runs/1", "/results", "/results?run=1", "/download", "/download?run=1", "/download/model.pkl?run=1"} {
		bob.get(t, path).want(t, http.StatusNotFound)
	}
	bob.fill(t, "/runs/1/cancel").want(t, http.StatusNotFound)
	bob.trainOnPages(t, "walrus")
	for who, own := range map[*client][2]string{alice: {"zebra", "walrus"}, bob: {"walrus", "zebra"}} {
		for _, path := range append([]string{"/"}, stepPages...) {
			a := who.get(t, path).want(t, 200)
			body := string(a.body)
			if strings.Contains(body, own[1]) || !strings.Contains(body, own[0]) {
				t.Errorf("%s of %s shows the wrong data", path, own[0])
			}
			if a.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s may be stored: %q", path, a.Header.Get("Cache-Control"))
			}
		}
	}
	before := alice.cookies(t)
	alice.submit(t, alice.get(t, "/").html(t), "/clear", "Clear everything").want(t, 200)
	if left := alice.cookies(t); strings.Contains(left, "ct=") {
		t.Errorf("the cookie stays: %s", left)
	}
	for _, path := range stepPages { // whoever kept the old cookie has nothing
		if a := nobody.ask(t, http.MethodGet, path, nil, "Cookie: "+before); a.StatusCode != http.StatusNotFound || strings.Contains(string(a.body), "zebra") {
			t.Errorf("%s with the cookie of deleted data = %d", path, a.StatusCode)
		}
	}
	bob.get(t, "/download").want(t, 200)
}

// cookies returns the client's cookies as a header's value.
func (c *client) cookies(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(c.url)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, cookie := range c.http.Jar.Cookies(u) {
		out = append(out, cookie.Name+"="+cookie.Value)
	}
	return strings.Join(out, "; ")
}

// TestTwoSessions checks the same of the API: a session's id leads to that
// session, its runs belong to it, and nothing else is a way in.
func TestTwoSessions(t *testing.T) {
	p := launch(t)
	c, browsing := p.visitor(t), p.visitor(t)
	browsing.trainOnPages(t, "zebra")
	var ids, runs [2]string
	for i, word := range []string{"walrus", "heron"} {
		var up uploadAnswer
		c.upload(t, "/api/upload", word+".csv", private(word)).want(t, 201).json(t, &up)
		var trained trainAnswer
		c.send(t, "/api/training/"+up.SessionID, `{"algorithm": "logistic_regression", "target_column": "target"}`).want(t, 200).json(t, &trained)
		ids[i], runs[i] = up.SessionID, trained.RunID
	}
	for i, word := range []string{"walrus", "heron"} {
		other := []string{"heron", "walrus"}[i]
		for _, path := range []string{"/api/sessions/", "/api/eda/"} {
			if body := string(c.get(t, path+ids[i]).want(t, 200).body); !strings.Contains(body, word) || strings.Contains(body, other) {
				t.Errorf("%s of %s shows the wrong data", path, word)
			}
		}
		c.get(t, "/api/export/"+ids[i]+"?run_id="+runs[1-i]).want(t, 404)
		c.send(t, "/api/predict/"+ids[i], fmt.Sprintf(`{"run_id": %q, "rows": [{}]}`, runs[1-i])).want(t, 404)
	}
	_, value, _ := strings.Cut(browsing.cookies(t), "=")
	for _, id := range []string{value, runs[0], "1", strings.ToLower(ids[0]), ids[0] + "x", ids[0][1:]} {
		for _, path := range []string{"/api/sessions/", "/api/eda/", "/api/export/"} {
			c.get(t, path+url.PathEscape(id)).want(t, 404)
		}
	}
	if a := browsing.get(t, "/download").want(t, 200); strings.Contains(string(a.body), "walrus") {
		t.Error("the browser sees a caller's data")
	}
	for _, path := range append([]string{"/"}, stepPages...) { // a caller's id is no cookie
		if a := c.ask(t, http.MethodGet, path, nil, "Cookie: ct="+ids[0]); strings.Contains(string(a.body), "walrus") {
			t.Errorf("%s takes a session's id for a cookie", path)
		}
	}
	for _, id := range ids {
		for _, path := range append([]string{"/"}, stepPages...) {
			if strings.Contains(string(browsing.get(t, path).body), id) {
				t.Errorf("%s shows a session's id", path)
			}
		}
		if strings.Contains(p.log.String(), id) || strings.Contains(p.log.String(), "walrus") {
			t.Error("the log has a session's id or the names of its columns")
		}
	}
	c.checkGone(t, ids[0], runs[0])
	c.get(t, "/api/sessions/"+ids[1]).want(t, 200)
}
