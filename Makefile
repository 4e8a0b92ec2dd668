# Each target sets up what it needs; `make help` lists them. The README gives the same steps as plain commands.
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help site test test-fast check serve evaluate benchmark tagger soak lock clean

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

benchmark: $(READY) ## Measure speed against Presidio as it comes
	$(RUN)python benchmarks/speed.py

tagger: $(READY) ## Train the tagger afresh on two cores (DATA=DIR holds the benchmark's tab/)
	@test -n "$(DATA)" || { echo "Give the folder that holds the benchmark's tab/: make tagger DATA=DIR"; exit 1; }
	$(RUN)python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable ".[training]"
	$(RUN)python -m training $(DATA)

soak: $(READY) ## The long tests: kill loops, thousands of reviews, more of what make test tries
	$(RUN)pytest -m soak

lock: $(READY) ## Write requirements.lock afresh from pyproject.toml
	$(RUN)python -m pip install --quiet uv
	$(RUN)uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -o requirements.lock

clean: ## Remove the virtual environment and what was built
	rm -rf $(VENV) build/site build/markdown
