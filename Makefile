# make run: everything on this machine.  make check, make test: what every change must pass.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11
BIN := .venv/bin
PY := $(BIN)/python
READY := .venv/.ready
DEV := .venv/.ready-dev
NODE := node_modules/.ready

.PHONY: help run run-servers test test-js check bench chaos budgets screens fmt clean bundles interruption catalogues lock setup dev

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# ---- run -----------------------------------------------------------------------------------
run: setup ## everything here: SQLite, no broker, mail into a folder (PORT_BASE, KENTONGAN_HOME, DEMO=0)
	@exec $(BIN)/kentongan up

run-servers: setup ## the same on PostgreSQL and RabbitMQ (KENTONGAN_POSTGRES_URL, KENTONGAN_AMQP_URL)
	@exec $(BIN)/kentongan up --servers

setup: $(READY)

$(PY):
	@echo "making .venv with $(PYTHON)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Kentongan needs Python 3.11 (set PYTHON=...)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

$(READY): requirements.txt pyproject.toml | $(PY)
	@echo "installing what runs (once, a minute or two)"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# ---- check and test ------------------------------------------------------------------------
dev: setup $(DEV)

$(DEV): requirements-dev.txt | $(READY)
	@echo "installing what checks and tests"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(NODE): package-lock.json package.json .npmrc | $(DEV)
	@echo "installing what bundles and checks JavaScript"
	@scripts/with-node npm ci --ignore-scripts --loglevel=error
	@touch $@

check: dev $(NODE) ## format, lint, types, import contracts, JavaScript, compose file, bundles, translations
	@scripts/check

test: dev $(NODE) ## every suite (installs missing servers and Chromium when it may)
	@scripts/test $(ARGS)

chaos: dev ## the long form of the crash tests (SEED=...)
	@KENTONGAN_CHAOS=long $(PY) -m pytest tests/chaos -m chaos --timeout=3600 -s $(ARGS)

bench: dev ## the figures, as a table and JSON
	@$(PY) -m tests.bench $(ARGS)

budgets: dev $(NODE) ## what every public page costs a cheap phone, against its limits
	@$(PY) -m tests.browser.budgets

screens: dev ## a picture of every page, small and wide, light and dark, into docs/screens/
	@$(PY) -m tests.browser.screens docs/screens

fmt: dev ## put the code in order
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bundles: dev $(NODE) ## build the pages' scripts and region files again
	@scripts/with-node node scripts/build_bundles.mjs
	@$(PY) scripts/region_files.py build

interruption: dev ## build the pages the proxy shows when nothing behind it answers (BRAND=...)
	@PYTHONPATH=. $(PY) scripts/interruption.py --brand "$(or $(BRAND),Kentongan)"

catalogues: dev ## bring new sentences into the English catalogues
	@$(PY) scripts/catalogues.py update

lock: dev ## resolve the locks again (UPGRADE=--upgrade)
	@for set in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
	    --python-version 3.11 $(UPGRADE) $$set.in -o $$set.txt; done
	@rm -f package-lock.json  # npm loses optional packages when it starts from a lock without addresses
	@scripts/with-node npm install --package-lock-only --loglevel=error

clean: ## remove what was made, but not var/ (the state)
	@rm -rf .venv node_modules build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find services shared client tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
