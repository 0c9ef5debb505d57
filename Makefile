# make run: set up and open the station on bundled samples. make test: set up and pass every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup system run test check lint types rooms format lock clean

help:  ## List the goals
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready  ## Prepare everything: system libraries and .venv

$(VENV)/.ready: requirements.lock pyproject.toml packaging/system-libraries.sh
	@sh packaging/system-libraries.sh
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 setup"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup  ## Open the station on bundled samples (headless without a display)
	@$(BIN)/mingjian demo

test: setup check  ## Set up, then lint, types, import rules, format and every test
	$(BIN)/pytest -q

check: lint types rooms

lint:
	$(BIN)/ruff check app tests
	$(BIN)/ruff format --check app tests

types:
	$(BIN)/mypy

rooms:
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

format:  ## Format the code and apply safe fixes
	$(BIN)/ruff check --fix app tests
	$(BIN)/ruff format app tests

lock:  ## Renew requirements.lock from pyproject.toml
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra dev --python-version 3.11 -o requirements.lock pyproject.toml packaging/build-requirements.in
	rm -rf $(VENV)-lock

clean:  ## Remove what setup made
	rm -rf $(VENV) .cache
