# The one door to every chore. `make` prints what there is; nothing but Python 3.11+, git and make
# has to be there before, and nothing is written outside this folder but what pip keeps in its own
# cache and `make demo` in the user's.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
PICTURE_DAY := 2026-11-16
# Where bench-accuracy finds the public series and the simulator; they are not part of the project.
SHARED ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-aws test check lint docs-check golden docs picture bench bench-accuracy clean

help:  ## Print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED)  ## Make .venv and install finops with its tools, once until the pins change

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'finops needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)'; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -c constraints.txt
	$(BIN)/python -m compileall -q finops_cli
	@touch $@

demo: $(INSTALLED)  ## Ask the demo account why EC2 spiked
	@echo '$$ finops ask "why did EC2 spike" --source demo'
	@$(BIN)/finops ask "why did EC2 spike" --source demo --output terminal

demo-aws: $(INSTALLED)  ## Ask live AWS, played by a test endpoint that serves the demo account
	@echo '$$ finops cost --by service --source aws'
	@$(BIN)/python -m tests.aws_endpoint $(BIN)/finops cost --by service --source aws \
	  --output terminal

test: $(INSTALLED)  ## Run the whole test suite
	$(BIN)/python -m pytest

check: lint docs-check test  ## All that CI runs: style, types, layers, docs, tests

lint: $(INSTALLED)  ## Check style, types and import layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs-check: $(INSTALLED)  ## Check that the generated docs are up to date
	$(BIN)/python docs/generate.py --check

golden: $(INSTALLED)  ## Rewrite the golden files; read the change in review
	FINOPS_GOLDEN=1 $(BIN)/python -m pytest

docs: $(INSTALLED)  ## Regenerate the generated docs
	$(BIN)/python docs/generate.py

picture: $(INSTALLED)  ## Redraw docs/demo.svg from a real answer of the demo
	$(BIN)/python docs/picture.py docs/demo.svg --as-of $(PICTURE_DAY)

bench: $(INSTALLED)  ## Print the tables of speed, memory and size
	$(BIN)/python -m tests.bench

bench-accuracy: $(INSTALLED)  ## Measure forecasts and anomalies, and write docs/accuracy.md (SHARED=folder)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,forecast]' -c constraints.txt
	$(BIN)/python -m tests.bench.accuracy $(SHARED) --write

clean:  ## Remove what can be made again, .venv included
	rm -rf .venv build dist *.egg-info .*_cache .hypothesis
	find finops_cli tests docs -name __pycache__ -type d -prune -exec rm -rf {} +
