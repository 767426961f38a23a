# The words of the project. `make run` and `make test` do all the set-up that they need.
PYTHON ?= python3
PORT ?= 8080
DATA ?= .cache/demo
# Each worker has a PBX, telephones and a browser of its own beside it: no more of them than cores.
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
# Of each target of the fuzzers; a night is long enough for all of them.
INPUTS ?= 1000000
SECONDS ?= 3600
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
RUN_READY := .venv/.run-ready
DEV_READY := .venv/.dev-ready
PAGES := src/tws/web/static/index.html
PAGE_SOURCES := $(shell git ls-files frontend 2>/dev/null)

# Bytecode is kept, whatever the shell says: without it every start compiles the whole library.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test check bench soak drill fuzz audit sbom shots icons extension wheel openapi types clean lock written

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/pip:
	$(PYTHON) -m venv .venv

$(RUN_READY): requirements/run.lock pyproject.toml | $(BIN)/pip
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(DEV_READY): requirements/dev.lock pyproject.toml | $(BIN)/pip
	$(PIP) install --require-hashes -r requirements/dev.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $(RUN_READY) $@

$(PAGES): $(PAGE_SOURCES) | $(RUN_READY)
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build

install: $(RUN_READY) $(PAGES) ## install the server and build its pages

run: install ## start the demo: a simulated PBX, the company SSDEI, pages on http://localhost:8080; PORT=... DATA=..., the wall of phones on PORT+1
	$(BIN)/tws demo --port $(PORT) --data $(DATA)

test: $(DEV_READY) $(PAGES) ## run every test, with the real peers this machine may install
	$(BIN)/pytest -n $(WORKERS)

check: $(DEV_READY) $(PAGES) ## format, lint, types, layers, and the pages' types
	$(BIN)/ruff format --check src tests bench drills fuzz
	$(BIN)/ruff check src tests bench drills fuzz
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/web/test_typescript.py
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

bench: $(DEV_READY) $(PAGES) ## measure, each figure beside its bare limit
	$(BIN)/python -m bench

drill: $(DEV_READY) $(PAGES) ## kill, cut and fill what the server lives on, and print what was lost; DRILLS=... for some
	$(BIN)/python -m drills $(DRILLS)

fuzz: $(DEV_READY) ## inputs that nobody thought of, for all that reads what others wrote: INPUTS=... of each target, within SECONDS=... for it
	$(BIN)/python -m fuzz --inputs $(INPUTS) --seconds $(SECONDS) --jobs $(WORKERS) $(TARGETS)

audit: $(DEV_READY) ## is anything that is installed known to be vulnerable? Ends with 3 where nobody could be asked
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.supply.audit

sbom: $(DEV_READY) ## the bills of materials (CycloneDX) of the server and of its pages, into ./dist
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.supply.sbom

soak: $(DEV_READY) $(PAGES) ## a large site for a while: does anything grow, is a call lost? MINUTES=15 CALLS=40 DATABASE=..., see docs/performance.md
	$(BIN)/python -m bench.soak

shots: $(DEV_READY) $(PAGES) ## screenshots of every page, in both languages, into ./shots
	$(BIN)/python -m tests.pages.shots

icons: $(DEV_READY) ## draw the icons of the installed page from its favicon
	$(BIN)/python -m tests.pages.icons

extension: $(RUN_READY) ## pack the browser extension into ./dist
	mkdir -p dist && rm -f dist/tws-extension.zip
	cd extension && $(CURDIR)/$(BIN)/python -m zipfile -c ../dist/tws-extension.zip \
	  *.html *.css *.js *.json icons _locales

wheel: $(RUN_READY) $(PAGES) ## build the wheel, pages included, into ./dist
	rm -f dist/tws-*.whl
	$(BIN)/python -m hatchling build -t wheel

openapi: $(RUN_READY) ## print the description of the API
	@$(BIN)/tws openapi

lock: $(DEV_READY) ## choose the newest versions that pyproject.toml allows
	$(PIP) install uv
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --all-extras --group build --group check \
	  --group test --generate-hashes --no-emit-index-url --no-annotate --no-header --universal \
	  -o requirements/dev.lock
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --all-extras --group build \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --universal \
	  -c requirements/dev.lock -o requirements/run.lock

types: $(DEV_READY) ## write the pages' types from the description of the API
	$(BIN)/python -m tests.web.typescript

written: types ## write all that is written from something else: types, French sentences, names of incidents, the list of parameters
	$(BIN)/python -m tests.house.french
	$(BIN)/python -m tests.house.incident_kinds
	$(BIN)/python -m tests.house.parameters_page

clean: ## remove what was installed and built
	rm -rf .venv .cache dist shots frontend/node_modules src/tws/web/static
