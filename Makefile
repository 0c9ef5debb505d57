# make run: set up and open the station on bundled samples. make test: set up and pass every check.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
TOOLCHAIN := .venv-toolchain

ifndef PYTHON
PYTHON := $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
    $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
    && echo $$python && break; done)
endif

# Scripts of a virtual environment hold its path: a folder that was moved is set up anew.
$(shell [ "$$(cat $(VENV)/.ready 2>/dev/null)" = "$(CURDIR)" ] || rm -f $(VENV)/.ready)
$(shell [ "$$(cat $(TOOLCHAIN)/.ready 2>/dev/null)" = "$(CURDIR)" ] || rm -f $(TOOLCHAIN)/.ready)

.DEFAULT_GOAL := help
.PHONY: help setup run test toolchain check lint types rooms format lock clean

help:  ## List the goals
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready  ## Prepare everything: system libraries and .venv

$(VENV)/.ready: requirements.lock pyproject.toml packaging/system-libraries.sh
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11, 3.12 or 3.13 is needed. If it has another name: make PYTHON=/path/to/python setup"; exit 1; }
	@PYTHON="$(PYTHON)" sh packaging/system-libraries.sh
	@echo "Preparing $(VENV) with $$($(PYTHON) --version); the first time takes some minutes."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || rm -rf $(VENV)
	@[ -d $(VENV) ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "$(CURDIR)" > $@

run: setup  ## Open the station on bundled samples (headless without a display)
	@$(BIN)/mingjian demo

test: setup toolchain check  ## Set up, then lint, types, import rules, format and every test
	$(BIN)/pytest -q

toolchain: setup $(TOOLCHAIN)/.ready  ## Prepare .venv-toolchain: train, prune and export detectors

$(TOOLCHAIN)/.ready: requirements-toolchain.lock
	@echo "Preparing $(TOOLCHAIN) with $$($(PYTHON) --version); the first time takes some minutes."
	@[ -d $(TOOLCHAIN) ] || $(PYTHON) -m venv $(TOOLCHAIN)
	@$(TOOLCHAIN)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-toolchain.lock
	@$(TOOLCHAIN)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "$(CURDIR)" > $@

check: lint types rooms

lint:
	$(BIN)/ruff check --quiet app tests
	$(BIN)/ruff format --quiet --check app tests

types:
	$(BIN)/mypy --no-error-summary

rooms:
	@$(BIN)/lint-imports --no-logo >$(VENV)/rooms.log 2>&1 || { cat $(VENV)/rooms.log; exit 1; }

format:  ## Format the code and apply safe fixes
	$(BIN)/ruff check --fix app tests
	$(BIN)/ruff format app tests

lock:  ## Renew requirements.lock from pyproject.toml
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra dev --python-version 3.11 -o requirements.lock pyproject.toml packaging/build-requirements.in
	$(VENV)-lock/bin/uv --config-file requirements-toolchain.uv.toml pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements-toolchain.lock requirements-toolchain.in
	rm -rf $(VENV)-lock

clean:  ## Remove what setup made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache out
