# ClickTrain. `make run` serves the app on :8000, `make test` runs every test;
# both install what they need. `make help` lists the rest.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO      ?= go
PYTHON  ?= python3
ADDR    ?= :8000
SCALE   ?= 1
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
TOOL    := $(GO) tool -modfile=tools.mod

# minutes is a time after which a test binary is ended, for go test.
minutes = $(shell echo $$(( $(1) * $(SCALE) )))m

# The shipped program is pure Go.
export CGO_ENABLED := 0

OLDEST := .venv-sklearn-oldest
NEWEST := .venv-sklearn-newest

.PHONY: help run build assets generate check test tools race fuzz fuzz-api bench golden golden-api cover docker clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 12

run: build ## build and serve on ADDR (:8000)
	./clicktrain serve --addr $(ADDR)

build: assets ## build ./clicktrain, one static binary
	$(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o clicktrain ./cmd/clicktrain

assets: ## fetch the browser assets named in package-lock.json into static/npm
	@if command -v npm >/dev/null; then \
	  if [ ! -e static/npm/.stamp ] || [ package-lock.json -nt static/npm/.stamp ]; then \
	    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node static/build.mjs && touch static/npm/.stamp; fi; \
	else echo "Node.js was not found: pages are served without their browser extras."; fi

generate: ## write the Go code of the templates
	$(TOOL) templ generate

check: ## formatting, vet (for arm64 too), staticcheck, and that generated code is up to date
	@test -z "$$(gofmt -l cmd internal static views web)" || { gofmt -l cmd internal static views web; exit 1; }
	$(GO) vet ./...
	GOARCH=arm64 $(GO) vet ./...
	$(TOOL) staticcheck ./...
	@$(TOOL) templ generate >/dev/null
	@git diff --exit-code --stat -- '*_templ.go'

test: tools build check ## install the test tools and run every test; SCALE=4 on a busy machine gives them four times as long
	CLICKTRAIN_TEST_TOOLS=required $(GO) test -timeout $(call minutes,12) ./...
	CGO_ENABLED=1 $(GO) test -race -short -timeout $(call minutes,8) ./internal/job ./internal/session ./internal/workflow ./internal/chart ./internal/ingest ./web
	CGO_ENABLED=1 $(GO) test -race -timeout $(call minutes,8) -run 'Conform/./(repeats|rows|classification|regression)/(repeats|rows)' ./internal/learn/... ./internal/catalog

tools: $(OLDEST)/.stamp $(NEWEST)/.stamp ## install Chromium and the Python environments that tests use
	./tests/install-chromium.sh

.venv-sklearn-%/.stamp: tests/sklearn/requirements-%.txt
	./tests/install-venv.sh $(PYTHON) .venv-sklearn-$* $<
	touch $@

race: ## every test under the race detector, without the tools
	CGO_ENABLED=1 $(GO) test -race -timeout $(call minutes,20) ./...

fuzz: ## fuzz each parser and encoder for a minute
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime 60s $$p; done; done

.venv-api/.stamp: tests/api/requirements.txt
	./tests/install-venv.sh $(PYTHON) .venv-api $<
	touch $@

fuzz-api: build .venv-api/.stamp ## hold the API against its description with Schemathesis, three minutes
	./tests/api/fuzz.sh ./clicktrain .venv-api/bin/schemathesis

.venv-bench/.stamp: bench/requirements.txt tests/sklearn/requirements-newest.txt
	./tests/install-venv.sh $(PYTHON) .venv-bench $<
	touch $@

bench: build .venv-bench/.stamp ## time ClickTrain against other libraries on this machine; FLAGS="--only forest" for a part
	.venv-bench/bin/python bench/bench.py $(FLAGS)

golden: $(NEWEST)/.stamp ## write the golden files anew
	@for f in $$(git ls-files 'internal/*/testdata/*.py' ':^internal/*/testdata/golden_*.py'); do echo $$f; (cd $$(dirname $$f) && $(CURDIR)/$(NEWEST)/bin/python -W ignore $$(basename $$f)); done

golden-api: ## write the API's description, web/testdata/openapi.json, anew
	$(GO) test ./web -run TestOpenAPIGolden -update

cover: ## test coverage by package
	$(GO) test -short -cover ./...

docker: ## build the container image
	docker build -t clicktrain .

clean: ## remove what the other targets made
	rm -rf clicktrain node_modules .venv-sklearn-oldest .venv-sklearn-newest .venv-bench .venv-api
	git clean -fdxq static/npm
