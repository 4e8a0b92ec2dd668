# Each target sets up what it needs; `make help` lists them. The README gives the same steps as plain commands.
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/
READY := $(VENV)/.ready
TOOLS := .venv-supply
TOOLS_READY := $(TOOLS)/.ready

.DEFAULT_GOAL := help
.PHONY: help site test test-fast check serve evaluate benchmark tagger soak lock licences sbom audit wheelhouse clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN)python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

site: $(READY) ## Build the public site from reviews/ into build/site
	$(RUN)candour build

test: $(READY) ## Run the tests (all but those of make soak)
	$(RUN)pytest

test-fast: $(READY) ## Run the tests that take seconds: no site built, no browser, no measurement of redaction
	$(RUN)pytest -m "not build and not browser and not slow and not soak"

check: $(READY) ## Style, types, import order and tests
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports
	$(RUN)pytest

serve: $(READY) ## Look at the built site on this machine
	$(RUN)candour serve

evaluate: $(READY) ## Measure redaction and write docs/redaction-quality.md (DATA=DIR adds the benchmark's judgments)
	$(RUN)python benchmarks/quality.py $(if $(DATA),--data $(DATA))

benchmark: $(READY) ## Measure redaction and releases, and write docs/performance.md (SIZES="100 500 2000 10000": how many reviews; hours)
	$(RUN)python benchmarks/performance.py $(if $(SIZES),--sizes $(SIZES))

tagger: $(READY) ## Train the tagger afresh on two cores (DATA=DIR holds the benchmark's tab/)
	@test -n "$(DATA)" || { echo "Give the folder that holds the benchmark's tab/: make tagger DATA=DIR"; exit 1; }
	$(RUN)python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable ".[training]"
	$(RUN)python -m training $(DATA)

soak: $(READY) ## The long tests, faults and attacks among them; counts them in docs/reliability.md (an hour or two)
	$(RUN)python benchmarks/reliability.py

$(TOOLS_READY): supply/requirements.lock
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r supply/requirements.lock
	@touch $@

LOCKING := $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11
WRITING := --generate-hashes --no-emit-index-url --no-header

lock: $(TOOLS_READY) ## Write the lock files afresh from pyproject.toml, then run make licences (needs the package index)
	$(LOCKING) pyproject.toml --extra dev $(WRITING) -o requirements.lock
	$(LOCKING) --group supply $(WRITING) -o supply/requirements.lock
	@mkdir -p dist
	$(LOCKING) requirements.lock --no-deps --format pylock.toml -o dist/pylock.toml
	$(TOOLS)/bin/python -m supply.wheels dist/pylock.toml

licences: $(READY) ## Write docs/licences.md: the licence of every package of the lock
	$(RUN)python -m supply.licences

sbom: $(TOOLS_READY) ## Write dist/candour.cdx.json: what Candour is made of, for whoever assures it (CycloneDX)
	$(TOOLS)/bin/python -m supply.sbom dist/candour.cdx.json

audit: $(TOOLS_READY) ## Look every package up among the known vulnerabilities (for maintainers: needs the internet)
	$(TOOLS)/bin/python -m supply.audit

wheelhouse: $(READY) ## Put all that an installation needs into dist/wheelhouse, for a machine of this kind without internet
	$(RUN)python -m supply.wheelhouse dist/wheelhouse

clean: ## Remove the virtual environment and what was built
	rm -rf $(VENV) $(TOOLS) dist build/site build/markdown build/manifest.txt
